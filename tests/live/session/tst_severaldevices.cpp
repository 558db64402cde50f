// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "livedevices.h"
#include "support/testcase.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace tcpw;

/// A session that captures on several devices at once.
class SeveralDevicesTest : public QObject, protected LiveDevices
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init() { makeDevices(); }
    void cleanup() { endDevices(); }
    void capturesOnSeveralDevices();
    void goesOnWithTheOthers();
    void beginsAndEndsOnADeviceWhileCapturing();
    void savesTheNamesOfTheDevices();
    void countsEveryPacket();
    void countsWhatTheDiskDoesNotTake();
    void stopsAStartThatIsUnderWay();
};

void SeveralDevicesTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
    prepare();
}

void SeveralDevicesTest::capturesOnSeveralDevices()
{
    QVERIFY(choose("near0"));
    QSignalSpy changed(m_session.get(), &LiveSession::captureDevicesChanged);
    m_session->setAlsoCaptured({device("near1")->id, device("near0")->id, device("far1")->id});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(m_session->alsoCaptured().size(), std::size_t{2}); // the chosen one is captured anyway
    QCOMPARE(m_session->captureDevices().size(), std::size_t{3});
    QVERIFY(startCapture());
    const auto send = [this](const char* name) {
        std::optional<Result<SendReport>> report;
        m_session->withBackend<SendReport>(
            BackendKind::host, this,
            [id = device(name)->id](
                Backend& backend) { return backend.send(id, {udpFrame("ours")}); },
            [&report](Result<SendReport> result) { report = result; });
        return QTest::qWaitFor([&report] { return report.has_value(); }, patience) && *report
            && (*report)->sent == 1;
    };
    QVERIFY(send("near0") && send("far1"));
    QCOMPARE(sendByOtherProgram("near1", {udpFrame("theirs"), udpFrame("theirs")}), std::size_t{2});
    const std::map<std::string, int> expected{
        {"near0 me", 1}, {"far1 me", 1}, {"near1 peer", 1}, {"near1 kernel", 2}, {"far1 peer", 2}};
    QTRY_VERIFY_WITH_TIMEOUT(packets() == expected, patience);
    m_session->stop();
    QTRY_COMPARE_WITH_TIMEOUT(
        m_session->statistics().delivered, m_session->store().size(), patience);
    QVERIFY(m_failures->isEmpty());
}

void SeveralDevicesTest::goesOnWithTheOthers()
{
    QVERIFY(choose("near0"));
    m_session->setAlsoCaptured({device("near1")->id});
    QVERIFY(startCapture());
    QVERIFY(ip("link del near0"));
    QTRY_VERIFY_WITH_TIMEOUT(told(QStringLiteral("near0 is gone")), patience);
    QVERIFY(told(QStringLiteral("The other devices are still captured on.")));
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->device(), patience);
    QVERIFY(m_session->capturing());
    QCOMPARE(sendByOtherProgram("near1", {udpFrame("on the other")}), std::size_t{1});
    QTRY_COMPARE_WITH_TIMEOUT(packets()["near1 kernel"], 1, patience);
    QVERIFY(ip("link del near1"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->capturing(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->alsoCaptured().empty(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(
        m_session->statistics().delivered, m_session->store().size(), patience);
}

void SeveralDevicesTest::beginsAndEndsOnADeviceWhileCapturing()
{
    QVERIFY(choose("near0") && startCapture());
    QString name; // that is known when the device is told of
    connect(m_session.get(), &LiveSession::captureDevicesChanged, this,
        [&] { name = m_session->deviceName(1); });
    m_session->setAlsoCaptured({device("near1")->id});
    QCOMPARE(name, QStringLiteral("near1"));
    int sent = 0; // until its capture has begun
    QTRY_VERIFY_WITH_TIMEOUT(++sent > 0 && sendByOtherProgram("near1", {udpFrame("some")}) == 1
            && packets()["near1 kernel"] > 0,
        patience);
    QSignalSpy counted(m_session.get(), &LiveSession::statisticsChanged);
    m_session->setAlsoCaptured({});
    QVERIFY(m_session->capturing());
    QTRY_VERIFY_WITH_TIMEOUT(counted.size() > 0 // its last packet is in the store
            && m_session->statistics().delivered == m_session->store().size(),
        patience);
    const int before = packets()["near1 kernel"];
    QCOMPARE(sendByOtherProgram("near1", {udpFrame("no more")}), std::size_t{1});
    QCOMPARE(sendByOtherProgram("near0", {udpFrame("still")}), std::size_t{1});
    QTRY_COMPARE_WITH_TIMEOUT(packets()["near0 kernel"], 1, patience);
    QCOMPARE(packets()["near1 kernel"], before);
}

void SeveralDevicesTest::savesTheNamesOfTheDevices()
{
    QVERIFY(choose("near0"));
    m_session->setAlsoCaptured({device("near1")->id});
    QVERIFY(startCapture());
    QCOMPARE(sendByOtherProgram("near0", {udpFrame("a")}), std::size_t{1});
    QCOMPARE(sendByOtherProgram("near1", {udpFrame("b")}), std::size_t{1});
    const std::map<std::string, int> expected{{"near0 kernel", 1}, {"near1 kernel", 1}};
    QTRY_VERIFY_WITH_TIMEOUT(packets() == expected, patience);
    m_session->stop();
    QSignalSpy saved(m_session.get(), &LiveSession::saved);
    const QString path = m_state.filePath(QStringLiteral("two.pcapng"));
    m_session->saveFile(path);
    QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
    QSignalSpy replaced(m_session.get(), &LiveSession::storeReplaced);
    m_session->openFile(path);
    QTRY_COMPARE_WITH_TIMEOUT(replaced.size(), 1, patience);
    QVERIFY(m_session->showsFile() && packets() == expected);
}

void SeveralDevicesTest::countsEveryPacket()
{
    constexpr std::size_t count = 20000;
    QVERIFY(choose("near0"));
    m_session->setAlsoCaptured({device("near1")->id});
    QSignalSpy checked(m_session.get(), &LiveSession::captureFilterChecked);
    m_session->setCaptureFilter(QStringLiteral("udp port 9009"));
    QTRY_COMPARE_WITH_TIMEOUT(checked.size(), 1, patience);
    QCOMPARE(checked[0][1].toString(), QString());
    QVERIFY(startCapture());
    const std::vector<Bytes> frames(count, udpFrame("flood"));
    QCOMPARE(sendByOtherProgram("near0", frames), count);
    m_session->setCaptureFilter(QStringLiteral("udp and port 9009")); // starts both anew
    QSignalSpy captures(m_session.get(), &LiveSession::captureChanged);
    QTRY_VERIFY_WITH_TIMEOUT(captures.size() == 2 && m_session->capturing(), patience);
    QCOMPARE(sendByOtherProgram("near1", frames), count);
    m_session->stop();
    QTRY_COMPARE_WITH_TIMEOUT(
        m_session->statistics().delivered + m_session->statistics().missed(), 2 * count, patience);
    QCOMPARE(
        m_session->statistics().delivered, m_session->store().size() + m_session->droppedByStore());
}

void SeveralDevicesTest::countsWhatTheDiskDoesNotTake()
{
    constexpr std::size_t count = 5000;
    QVERIFY(choose("near0") && startCapture());
    std::signal(SIGXFSZ, SIG_IGN); // as the programs do
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small{50000, before.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const std::size_t sent
        = sendByOtherProgram("near0", std::vector<Bytes>(count, udpFrame("flood")));
    m_session->stop();
    const bool counted
        = QTest::qWaitFor([this] { return m_session->statistics().delivered >= count; }, patience);
    setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(counted && sent == count);
    QVERIFY(m_session->droppedByStore() > 0 && m_session->store().size() > 0);
    QCOMPARE(
        m_session->statistics().delivered, m_session->store().size() + m_session->droppedByStore());
    QTRY_VERIFY_WITH_TIMEOUT(m_failures->size() > 0, patience); // it is said, too
    m_session->clear(); // counts what the new store has
    QCOMPARE(m_session->droppedByStore(), quint64{0});
    QCOMPARE(m_session->statistics().delivered, std::uint64_t{0});
}

void SeveralDevicesTest::stopsAStartThatIsUnderWay()
{
    QVERIFY(choose("near0"));
    for (int i = 0; i < 20; ++i) {
        std::optional<bool> outcome;
        m_session->startThen([&outcome](bool started) { outcome = started; });
        m_session->stop();
        QCOMPARE(outcome, std::optional<bool>(false));
    }
    m_session->start();
    m_session->chooseDevice(device("near1")->id);
    QVERIFY(startCapture());
    QCOMPARE(sendByOtherProgram("near0", {udpFrame("a")}), std::size_t{1});
    QCOMPARE(sendByOtherProgram("near1", {udpFrame("b")}), std::size_t{1});
    QTRY_COMPARE_WITH_TIMEOUT(packets()["near1 kernel"], 1, patience);
    QCOMPARE(packets().size(), std::size_t{1});
    QVERIFY(m_failures->isEmpty());
}

TCPW_TEST(SeveralDevicesTest);
#include "tst_severaldevices.moc"
