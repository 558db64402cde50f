// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "backendfixture.h"
#include "support/network.h"
#include "support/testcase.h"

#include <QElapsedTimer>

#include <algorithm>

using namespace tcpw;

namespace {

constexpr int patience = 20000; // ms; a busy machine is slow
constexpr std::uint8_t secondNumber = captureNumber + 1;

} // namespace

/// What holds with every backend for devices that change while they are captured on, and for
/// several captures at once.
class BackendDevicesTest : public BackendFixture
{
    Q_OBJECT
private slots:
    void tellsThatTheLinkIsDownAndUp_data() { hostRows(); }
    void tellsThatTheLinkIsDownAndUp();
    void tellsThatTheDeviceIsGone_data() { hostRows(); }
    void tellsThatTheDeviceIsGone();
    void tellsThatTheDeviceMovedAway_data() { hostRows(); }
    void tellsThatTheDeviceMovedAway();
    void tellsTheNewName_data() { hostRows(); }
    void tellsTheNewName();
    void doesNotGoOnWithANewDeviceOfTheName_data() { hostRows(); }
    void doesNotGoOnWithANewDeviceOfTheName();
    void capturesOnSeveralDevices_data() { hostRows(); }
    void capturesOnSeveralDevices();
    void tellsWithinASecond_data() { hostRows(); }
    void tellsWithinASecond();

private:
    static void hostRows();
    void makeDevices();
    Device device(const char* name);
    Result<CaptureStarted> captureOn(const char* name, std::uint8_t number = captureNumber);
    bool told(CaptureNotice::Kind kind, const char* part, std::uint8_t number = captureNumber);
    std::size_t packetsOf(std::uint8_t number, Origin origin);
};

void BackendDevicesTest::hostRows()
{
    QTest::addColumn<int>("unused");
    QTest::newRow("in this process") << 0;
    QTest::newRow("through the helper") << 0;
}

/// In place of those that there are.
void BackendDevicesTest::makeDevices()
{
    for (const char* name : {"near1", "near2", "wan1"})
        ip(std::string("link del ") + name, Quiet::yes);
    for (const char* end : {"1", "2"}) {
        const std::string near = std::string("near") + end, far = std::string("far") + end;
        QVERIFY(ip("link add " + near + " type veth peer name " + far));
        QVERIFY(ip("link set " + near + " up") && ip("link set " + far + " up"));
    }
}

Device BackendDevicesTest::device(const char* name)
{
    const auto devices = m_backend->devices();
    if (devices)
        for (const Device& device : *devices)
            if (device.id.name == name)
                return device;
    return {};
}

Result<CaptureStarted> BackendDevicesTest::captureOn(const char* name, std::uint8_t number)
{
    CaptureOptions options;
    options.device = device(name).id;
    options.number = number;
    options.filter = numberedFrames;
    return m_backend->startCapture(options);
}

bool BackendDevicesTest::told(CaptureNotice::Kind kind, const char* part, std::uint8_t number)
{
    const auto notices = m_recorder->notices();
    return std::ranges::any_of(notices, [&](const CaptureNotice& notice) {
        return notice.kind == kind && notice.number == number
            && notice.text.find(part) != std::string::npos;
    });
}

std::size_t BackendDevicesTest::packetsOf(std::uint8_t number, Origin origin)
{
    std::size_t count = 0;
    m_recorder->forEachPacket([&](const PacketRecord& record, ByteView) {
        count += record.device == number && record.origin == origin;
    });
    return count;
}

void BackendDevicesTest::tellsThatTheLinkIsDownAndUp()
{
    makeDevices();
    const auto started = captureOn("near1");
    QVERIFY2(started, qPrintable(problem(started)));
    QVERIFY(ip("link set far1 down"));
    QTRY_VERIFY_WITH_TIMEOUT(told(CaptureNotice::Kind::linkDown, "near1 is down"), patience);
    QVERIFY(ip("link set far1 up"));
    QTRY_VERIFY_WITH_TIMEOUT(told(CaptureNotice::Kind::linkUp, "near1 is up again"), patience);
    QVERIFY(m_backend->send(device("near1").id, manyFrames(3)));
    QTRY_COMPARE_WITH_TIMEOUT(packetsOf(captureNumber, Origin::me), std::size_t{3}, patience);
}

void BackendDevicesTest::tellsThatTheDeviceIsGone()
{
    makeDevices();
    QVERIFY(captureOn("near1"));
    QVERIFY(m_backend->send(device("near1").id, manyFrames(500)));
    QVERIFY(ip("link del near1"));
    QTRY_VERIFY_WITH_TIMEOUT(told(CaptureNotice::Kind::stopped, "near1 is gone"), patience);
    QVERIFY(told(CaptureNotice::Kind::stopped, "what it has captured is kept"));
    QVERIFY(!told(CaptureNotice::Kind::linkDown, "") || m_recorder->notices().size() == 2);
    const auto statistics = m_backend->stopCapture(captureNumber);
    QVERIFY2(statistics, qPrintable(problem(statistics)));
    QCOMPARE(statistics->delivered + statistics->missed(), std::uint64_t{500});
    QCOMPARE(m_recorder->packetCount(), statistics->delivered);
}

void BackendDevicesTest::tellsThatTheDeviceMovedAway()
{
    makeDevices();
    QVERIFY(captureOn("near1"));
    const NetworkNamespace elsewhere;
    QVERIFY(ip("link set near1 netns " + elsewhere.path()));
    QTRY_VERIFY_WITH_TIMEOUT(
        told(CaptureNotice::Kind::stopped, "another network namespace"), patience);
}

void BackendDevicesTest::tellsTheNewName()
{
    makeDevices();
    QVERIFY(captureOn("near1"));
    QVERIFY(ip("link set near1 down") && ip("link set near1 name wan1") && ip("link set wan1 up"));
    QTRY_VERIFY_WITH_TIMEOUT(
        told(CaptureNotice::Kind::renamed, "near1 is called wan1 now"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(told(CaptureNotice::Kind::linkUp, "wan1 is up again"), patience);
    QVERIFY(problem(captureOn("wan1", secondNumber)).contains(QStringLiteral("already")));
    const auto sent = m_backend->send(device("wan1").id, manyFrames(2));
    QVERIFY2(sent, qPrintable(problem(sent)));
    QTRY_COMPARE_WITH_TIMEOUT(packetsOf(captureNumber, Origin::me), std::size_t{2}, patience);
}

void BackendDevicesTest::doesNotGoOnWithANewDeviceOfTheName()
{
    makeDevices();
    const DeviceId old = device("near1").id;
    QVERIFY(captureOn("near1"));
    makeDevices();
    QTRY_VERIFY_WITH_TIMEOUT(told(CaptureNotice::Kind::stopped, "near1 is gone"), patience);
    QVERIFY(problem(m_backend->send(old, manyFrames(1)))
                .contains(QStringLiteral("near1 is not the device you chose")));
    QVERIFY(m_backend->send(device("near1").id, manyFrames(1)));
    const auto statistics = m_backend->stopCapture(captureNumber);
    QVERIFY(statistics && statistics->delivered == 0);
    QVERIFY(captureOn("near1"));
    QVERIFY(m_backend->send(device("near1").id, manyFrames(4)));
    QTRY_COMPARE_WITH_TIMEOUT(packetsOf(captureNumber, Origin::me), std::size_t{4}, patience);
}

void BackendDevicesTest::capturesOnSeveralDevices()
{
    makeDevices();
    QVERIFY(captureOn("near1"));
    QVERIFY(captureOn("far1", secondNumber));
    QVERIFY(captureOn("near2", 0));
    constexpr std::uint32_t many = 5000, some = 70;
    QVERIFY(m_backend->send(device("near1").id, manyFrames(many)));
    QVERIFY(m_backend->send(device("near2").id, manyFrames(some)));
    QVERIFY(m_backend->send(device("far2").id, manyFrames(some)));
    const auto first = m_backend->stopCapture(captureNumber);
    const auto second = m_backend->stopCapture(secondNumber);
    const auto third = m_backend->stopCapture(0);
    QVERIFY(first && second && third);
    QCOMPARE(first->delivered + first->missed(), many);
    QCOMPARE(second->delivered + second->missed(), many);
    QCOMPARE(third->delivered + third->missed(), 2 * some);
    QCOMPARE(packetsOf(captureNumber, Origin::me), first->delivered);
    QCOMPARE(packetsOf(secondNumber, Origin::peer), second->delivered);
    QCOMPARE(packetsOf(0, Origin::me), std::size_t{some});
    QCOMPARE(packetsOf(0, Origin::peer), std::size_t{some});
    QCOMPARE(m_recorder->packetCount(), first->delivered + second->delivered + third->delivered);
}

/// The best of some tries, for others may use the machine, too.
void BackendDevicesTest::tellsWithinASecond()
{
    struct Change
    {
        const char* command;
        CaptureNotice::Kind kind;
        const char* part;
        qint64 best = patience;
    };
    Change changes[] = {{"link set far1 down", CaptureNotice::Kind::linkDown, "near1"},
        {"link set far1 up", CaptureNotice::Kind::linkUp, "near1"},
        {"link set near1 name wan1", CaptureNotice::Kind::renamed, "wan1"},
        {"link del wan1", CaptureNotice::Kind::stopped, "wan1"}};
    for (std::uint8_t attempt = 0; attempt < 3; ++attempt) {
        makeDevices();
        QVERIFY(captureOn("near1", attempt));
        for (Change& change : changes) {
            if (change.kind == CaptureNotice::Kind::renamed)
                QVERIFY(ip("link set near1 down")); // older kernels rename no device that is up
            QElapsedTimer timer;
            timer.start();
            QVERIFY(ip(change.command));
            QTRY_VERIFY_WITH_TIMEOUT(told(change.kind, change.part, attempt), patience);
            change.best = std::min(change.best, timer.elapsed());
        }
        QVERIFY(m_backend->stopCapture(attempt));
    }
    for (const Change& change : changes) {
        qInfo("%s: said after %lld ms", change.command, static_cast<long long>(change.best));
        QVERIFY2(change.best < 1000, change.command);
    }
}

TCPW_TEST(BackendDevicesTest);

#include "tst_backenddevices.moc"
