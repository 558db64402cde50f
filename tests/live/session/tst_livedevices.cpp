// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "livedevices.h"
#include "support/testcase.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <sys/resource.h>

using namespace tcpw;

TCPW_OWN_NETWORK;

namespace {

double processorSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

} // namespace

/// A session on devices that come, go and change.
class LiveDevicesTest : public QObject, protected LiveDevices
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init() { makeDevices(); }
    void cleanup() { endDevices(); }
    void listsDevicesThatComeGoAndChange();
    void tellsThatTheLinkIsDownAndUp();
    void keepsThePacketsOfADeletedDevice();
    void followsARenamedDevice();
    void endsWhenTheDeviceMovesAway();
    void doesNotGoOnWithANewDeviceOfTheName();
    void tellsThatTheChosenDeviceIsGone();
    void tellsWithinASecond();
    void restsWhileNothingHappens();
};

void LiveDevicesTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
    prepare();
}

void LiveDevicesTest::listsDevicesThatComeGoAndChange()
{
    QVERIFY(ip("link add late0 type veth peer name late1"));
    QTRY_VERIFY_WITH_TIMEOUT(device("late0") && !device("late0")->up, patience);
    QVERIFY(ip("link set late0 up") && ip("addr add 10.77.0.1/24 dev late0"));
    QTRY_VERIFY_WITH_TIMEOUT(device("late0")->up && device("late0")->addresses.size() == 1
            && device("late0")->addresses[0].prefixLength == 24,
        patience);
    QVERIFY(ip("link set late1 up"));
    QTRY_VERIFY_WITH_TIMEOUT(device("late0")->running, patience);
    QVERIFY(ip("link set late1 name late2"));
    QTRY_VERIFY_WITH_TIMEOUT(device("late2") && !device("late1"), patience);
    QVERIFY(ip("link del late0"));
    QTRY_VERIFY_WITH_TIMEOUT(!device("late0") && !device("late2"), patience);
    QVERIFY(m_notices->isEmpty() && m_failures->isEmpty());
}

void LiveDevicesTest::tellsThatTheLinkIsDownAndUp()
{
    QVERIFY(choose("near0") && startCapture());
    QVERIFY(m_far->ip("link set far0 down"));
    QTRY_VERIFY_WITH_TIMEOUT(told(QStringLiteral("The link of near0 is down")), patience);
    QVERIFY(told(QStringLiteral("goes on when it is back")));
    QTRY_VERIFY_WITH_TIMEOUT(!device("near0")->running, patience);
    QVERIFY(m_far->ip("link set far0 up"));
    QTRY_VERIFY_WITH_TIMEOUT(told(QStringLiteral("The link of near0 is up again")), patience);
    QVERIFY(m_session->capturing());
    QCOMPARE(sendByOtherProgram("near0", {udpFrame("again")}), std::size_t{1});
    QTRY_COMPARE_WITH_TIMEOUT(packets()["near0 kernel"], 1, patience);
}

void LiveDevicesTest::keepsThePacketsOfADeletedDevice()
{
    QVERIFY(choose("near0") && startCapture());
    const std::vector<Bytes> frames(300, udpFrame("before"));
    QCOMPARE(sendByOtherProgram("near0", frames), frames.size());
    QVERIFY(ip("link del near0"));
    QTRY_VERIFY_WITH_TIMEOUT(told(QStringLiteral("near0 is gone")), patience);
    QVERIFY(told(QStringLiteral("what it has captured is kept")));
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->capturing() && !m_session->device(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(packets()["near0 kernel"], 300, patience);
    QTRY_COMPARE_WITH_TIMEOUT(
        m_session->statistics().delivered, m_session->store().size(), patience);
    QCOMPARE(std::ranges::count_if(*m_notices,
                 [](const QList<QVariant>& arguments) {
                     return arguments[0].value<Notice>().text.contains(QStringLiteral("gone"));
                 }),
        1);
}

void LiveDevicesTest::followsARenamedDevice()
{
    QVERIFY(choose("near0") && startCapture());
    const auto index = m_session->device()->id.index;
    QString name; // that was told of
    connect(m_session.get(), &LiveSession::captureDevicesChanged, this,
        [&] { name = m_session->deviceName(0); });
    QVERIFY(ip("link set near0 down") && ip("link set near0 name wan0") && ip("link set wan0 up"));
    QTRY_VERIFY_WITH_TIMEOUT(told(QStringLiteral("near0 is called wan0 now")), patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_session->device() && m_session->device()->id.name == "wan0", patience);
    QCOMPARE(m_session->device()->id.index, index);
    QCOMPARE(name, QStringLiteral("wan0"));
    QVERIFY(m_session->capturing());
    QTRY_VERIFY_WITH_TIMEOUT(device("wan0")->running, patience);
    // Another device takes the old name; nothing of it is captured.
    QVERIFY(
        ip("link set near1 down") && ip("link set near1 name near0") && ip("link set near0 up"));
    QTRY_VERIFY_WITH_TIMEOUT(device("near0") && device("near0")->running, patience);
    QCOMPARE(sendByOtherProgram("near0", {udpFrame("other")}), std::size_t{1});
    QCOMPARE(sendByOtherProgram("wan0", {udpFrame("same")}), std::size_t{1});
    QTRY_COMPARE_WITH_TIMEOUT(packets()["wan0 kernel"], 1, patience);
    QCOMPARE(packets().size(), std::size_t{1});
    QCOMPARE(m_session->device()->id.name, std::string("wan0"));
    ip("link del near0");
}

void LiveDevicesTest::endsWhenTheDeviceMovesAway()
{
    QVERIFY(choose("near1") && startCapture());
    QVERIFY(ip("link set near1 netns " + m_far->path()));
    QTRY_VERIFY_WITH_TIMEOUT(told(QStringLiteral("near1 is gone")), patience);
    QVERIFY(told(QStringLiteral("another network namespace")));
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->capturing() && !m_session->device(), patience);
}

void LiveDevicesTest::doesNotGoOnWithANewDeviceOfTheName()
{
    QVERIFY(choose("near1") && startCapture());
    const auto index = m_session->device()->id.index;
    QVERIFY(ip("link del near1") && ip("link add near1 type veth peer name far1")
        && ip("link set near1 up") && ip("link set far1 up"));
    QTRY_VERIFY_WITH_TIMEOUT(told(QStringLiteral("near1 is gone")), patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        device("near1") && device("near1")->id.index != index && device("near1")->running,
        patience);
    QVERIFY(!m_session->device() && !m_session->capturing());
    QCOMPARE(sendByOtherProgram("near1", {udpFrame("new")}), std::size_t{1});
    QVERIFY(choose("near1") && startCapture());
    QCOMPARE(sendByOtherProgram("near1", {udpFrame("chosen anew")}), std::size_t{1});
    QTRY_COMPARE_WITH_TIMEOUT(packets()["near1 kernel"], 1, patience);
    QCOMPARE(packets().size(), std::size_t{1});
}

void LiveDevicesTest::tellsThatTheChosenDeviceIsGone()
{
    QVERIFY(choose("near1"));
    QVERIFY(ip("link set near1 down") && ip("link set near1 name wan0"));
    QTRY_VERIFY_WITH_TIMEOUT(told(QStringLiteral("near1 is called wan0 now.")), patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_session->device() && m_session->device()->id.name == "wan0", patience);
    QVERIFY(ip("link del wan0"));
    QTRY_VERIFY_WITH_TIMEOUT(told(QStringLiteral("wan0 is gone")), patience);
    QVERIFY(!m_session->device());
    QCOMPARE(m_notices->size(), 2);
}

/// The best of some tries, for others may use the machine, too.
void LiveDevicesTest::tellsWithinASecond()
{
    QVERIFY(choose("near0") && startCapture());
    qint64 slowest = 0;
    for (const char* state : {"down", "up"}) {
        qint64 best = patience;
        for (int attempt = 0; attempt < 3; ++attempt) {
            QVERIFY(m_far->ip(std::string("link set far0 ") + (state[0] == 'd' ? "up" : "down")));
            QTRY_VERIFY_WITH_TIMEOUT(device("near0")->running == (state[0] == 'd'), patience);
            m_notices->clear();
            QElapsedTimer timer;
            timer.start();
            QVERIFY(m_far->ip(std::string("link set far0 ") + state));
            QTRY_VERIFY_WITH_TIMEOUT(told(QStringLiteral("is ") + QLatin1String(state)), patience);
            QTRY_VERIFY_WITH_TIMEOUT(device("near0")->running == (state[0] == 'u'), patience);
            best = std::min(best, timer.elapsed());
        }
        slowest = std::max(slowest, best);
    }
    qInfo("said and listed after %lld ms", static_cast<long long>(slowest));
    QVERIFY2(slowest < 1000, qPrintable(QString::number(slowest)));
}

void LiveDevicesTest::restsWhileNothingHappens()
{
    QVERIFY(choose("near0") && startCapture());
    QVERIFY(m_far->ip("link set far0 down"));
    QTRY_VERIFY_WITH_TIMEOUT(told(QStringLiteral("is down")), patience);
    double least = 1;
    for (int attempt = 0; attempt < 3; ++attempt) {
        const double before = processorSeconds();
        QTest::qWait(700); // what is measured is the time in which nothing happens
        least = std::min(least, processorSeconds() - before);
    }
    qInfo("%.1f ms of processor time in 700 ms", least * 1000);
    QVERIFY2(least < 0.1, qPrintable(QString::number(least)));
}

TCPW_TEST(LiveDevicesTest);

#include "tst_livedevices.moc"
