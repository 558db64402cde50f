// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "../link/testtraffic.h"
#include "support/testcase.h"
#include "tcpwprocess.h"

#include <QDeadlineTimer>
#include <QTest>

#include <thread>

using namespace tcpw;

TCPW_OWN_NETWORK;

/// `tcpw capture` that prints rows.
class CaptureVerbTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void countsWhatWasSent();
    void countsWhatWasLost();
    void tellsTheDevicesApart();
    void countsWhatItDoesNotPrint();
    void endsInTimeUnderAFlood();
    void tellsWhatBecomesOfTheDevice();
    void endsWhenTheDeviceIsGone();
    void goesOnWithTheOtherDevice();
    void endsWhenNobodyReads();
    void refusesWrongUsage_data();
    void refusesWrongUsage();

private:
    std::unique_ptr<NetworkNamespace> m_far;
    std::unique_ptr<VethPair> m_pair;
};

void CaptureVerbTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
}

void CaptureVerbTest::init()
{
    m_far = std::make_unique<NetworkNamespace>();
    m_pair = std::make_unique<VethPair>(*m_far);
    QVERIFY(m_pair->valid());
    QVERIFY(knowNeighbours(*m_far));
    QVERIFY(ip("link add near1 type veth peer name far1") && ip("link set near1 up")
        && ip("link set far1 up"));
}

void CaptureVerbTest::cleanup()
{
    ip("link del near1", Quiet::yes);
    ip("link del wan0", Quiet::yes);
    m_pair.reset();
    m_far.reset();
}

/// The number before these words on stderr; -1 when there are none.
static qlonglong numberBefore(const QByteArray& errors, const QByteArray& words)
{
    const auto end = errors.indexOf(QByteArray(' ' + words));
    if (end < 0)
        return -1;
    const auto begin = std::max(errors.lastIndexOf(' ', end - 1), errors.lastIndexOf('(', end - 1));
    return errors.mid(begin + 1, end - begin - 1).toLongLong();
}

void CaptureVerbTest::countsWhatWasSent()
{
    constexpr std::size_t count = 30000;
    TcpwProcess tcpw(
        QStringLiteral("capture --device near0 --filter 'udp port 9009' --format tsv"));
    QVERIFY2(tcpw.begun(), tcpw.errors().constData());
    QCOMPARE(sendByOtherProgram("near0", std::vector<Bytes>(count, udpFrame("flood"))), count);
    tcpw.interrupt();
    QCOMPARE(tcpw.ended(), 0);
    const auto captured = numberBefore(tcpw.errors(), "packets captured");
    const auto missed = numberBefore(tcpw.errors(), "missed");
    QVERIFY2(captured + missed == qlonglong(count), tcpw.errors().constData());
    QCOMPARE(missed,
        numberBefore(tcpw.errors(), "by the kernel") + numberBefore(tcpw.errors(), "by the device")
            + numberBefore(tcpw.errors(), "by the helper"));
    QCOMPARE(tcpw.count("number").size(), std::size_t(captured));
    QCOMPARE(tcpw.errors().count('\n'), 1);
    QVERIFY(!tcpw.output().startsWith("number\ttime\tlength\torigin\tdevice"));
}

/// Nobody reads its output while packets come: what it has no room for, the kernel drops.
void CaptureVerbTest::countsWhatWasLost()
{
    constexpr std::size_t rounds = 120, count = 1000;
    TcpwProcess tcpw(
        QStringLiteral("capture --device near0 --filter 'udp port 9009' --columns number,length"));
    QVERIFY2(tcpw.begun(), tcpw.errors().constData());
    const std::vector<Bytes> frames(count, udpFrame(std::string(1400, 'x'))); // 170 MB in all
    for (std::size_t round = 0; round < rounds; ++round)
        QCOMPARE(sendByOtherProgram("near0", frames), count);
    tcpw.interrupt();
    QCOMPARE(tcpw.ended(), 0);
    const auto captured = numberBefore(tcpw.errors(), "packets captured");
    const auto missed = numberBefore(tcpw.errors(), "by the kernel");
    QVERIFY2(
        missed > 0 && captured + missed == qlonglong(rounds * count), tcpw.errors().constData());
    QCOMPARE(tcpw.output().count('\n'), 1 + captured);
}

void CaptureVerbTest::tellsTheDevicesApart()
{
    TcpwProcess tcpw(QStringLiteral(
        "capture --device near0 --device near1 --filter 'udp port 9009' --format tsv"));
    QVERIFY2(tcpw.begun(), tcpw.errors().constData());
    QCOMPARE(sendByOtherProgram("near0", std::vector<Bytes>(50, udpFrame("a"))), std::size_t{50});
    QCOMPARE(sendByOtherProgram("far1", std::vector<Bytes>(20, udpFrame("b"))), std::size_t{20});
    QTRY_COMPARE_WITH_TIMEOUT(tcpw.count("number").size(), std::size_t{70}, patience);
    tcpw.interrupt();
    QCOMPARE(tcpw.ended(), 0);
    QVERIFY(tcpw.count("device")
        == (std::map<QString, int>{{QStringLiteral("near0"), 50}, {QStringLiteral("near1"), 20}}));
    QVERIFY(tcpw.count("origin")
        == (std::map<QString, int>{{QStringLiteral("kernel"), 50}, {QStringLiteral("peer"), 20}}));
    QVERIFY2(tcpw.errors().contains("tcpw: near0: 50 packets captured, 0 missed"), tcpw.errors());
    QVERIFY2(tcpw.errors().contains("tcpw: near1: 20 packets captured, 0 missed"), tcpw.errors());
    QVERIFY2(tcpw.errors().contains("tcpw: 70 packets captured, 0 missed"), tcpw.errors());
}

void CaptureVerbTest::countsWhatItDoesNotPrint()
{
    TcpwProcess tcpw(
        QStringLiteral("capture --device near0 --filter 'udp port 9009' --format tsv --count 3"));
    QVERIFY2(tcpw.begun(), tcpw.errors().constData());
    QCOMPARE(sendByOtherProgram("near0", std::vector<Bytes>(9, udpFrame("a"))), std::size_t{9});
    QCOMPARE(tcpw.ended(), 0);
    QCOMPARE(tcpw.count("number").size(), std::size_t{3});
    const auto captured = numberBefore(tcpw.errors(), "packets captured");
    QVERIFY2(captured == 3 || tcpw.errors().contains(" 3 of them were printed."), tcpw.errors());
}

void CaptureVerbTest::endsInTimeUnderAFlood()
{
    TcpwProcess tcpw(QStringLiteral("capture --device near0 --format tsv --seconds 1"));
    QVERIFY2(tcpw.begun(), tcpw.errors().constData());
    std::atomic<bool> flooding = true;
    std::thread flood([&flooding] {
        const std::vector<Bytes> frames(200, udpFrame("flood"));
        for (int i = 0; i < 20000 && flooding; ++i)
            sendByOtherProgram("near0", frames);
    });
    const int code = tcpw.ended();
    flooding = false;
    flood.join();
    QCOMPARE(code, 0);
    QCOMPARE(
        tcpw.count("number").size(), std::size_t(numberBefore(tcpw.errors(), "packets captured")));
}

void CaptureVerbTest::tellsWhatBecomesOfTheDevice()
{
    TcpwProcess tcpw(QStringLiteral("capture --device near1 --format tsv"));
    QVERIFY2(tcpw.begun(), tcpw.errors().constData());
    QVERIFY(ip("link set far1 down"));
    QTRY_VERIFY_WITH_TIMEOUT(tcpw.errors().contains("tcpw: The link of near1 is down"), patience);
    QVERIFY(ip("link set far1 up"));
    QTRY_VERIFY_WITH_TIMEOUT(
        tcpw.errors().contains("tcpw: The link of near1 is up again. The capture goes on."),
        patience);
    QVERIFY(ip("link set near1 down") && ip("link set near1 name wan0") && ip("link set wan0 up"));
    QTRY_VERIFY_WITH_TIMEOUT(
        tcpw.errors().contains("tcpw: near1 is called wan0 now. The capture goes on."), patience);
    tcpw.interrupt();
    QCOMPARE(tcpw.ended(), 0);
}

void CaptureVerbTest::endsWhenTheDeviceIsGone()
{
    TcpwProcess tcpw(
        QStringLiteral("capture --device near1 --filter 'udp port 9009' --format tsv"));
    QVERIFY2(tcpw.begun(), tcpw.errors().constData());
    QCOMPARE(sendByOtherProgram("near1", std::vector<Bytes>(40, udpFrame("a"))), std::size_t{40});
    QVERIFY(ip("link del near1"));
    QCOMPARE(tcpw.ended(), 1);
    QCOMPARE(tcpw.count("number").size(), std::size_t{40});
    QVERIFY2(tcpw.errors().contains("40 packets captured, 0 missed"), tcpw.errors());
    QVERIFY2(tcpw.errors().contains("\ntcpw: near1 is gone"), tcpw.errors());
}

void CaptureVerbTest::goesOnWithTheOtherDevice()
{
    TcpwProcess tcpw(QStringLiteral(
        "capture --device near1 --device near0 --filter 'udp port 9009' --format tsv"));
    QVERIFY2(tcpw.begun(), tcpw.errors().constData());
    QVERIFY(ip("link del near1"));
    QTRY_VERIFY_WITH_TIMEOUT(tcpw.errors().contains("tcpw: near1 is gone"), patience);
    QCOMPARE(sendByOtherProgram("near0", {udpFrame("still")}), std::size_t{1});
    QTRY_COMPARE_WITH_TIMEOUT(tcpw.count("number").size(), std::size_t{1}, patience);
    tcpw.interrupt();
    QCOMPARE(tcpw.ended(), 1); // not all that was asked for was done
}

void CaptureVerbTest::endsWhenNobodyReads()
{
    TcpwProcess tcpw(QStringLiteral("capture --device near0 --format tsv | head -n 3"), {});
    // head keeps what it prints until it ends, so nothing tells when the capture runs.
    for (const QDeadlineTimer deadline(patience); tcpw.isRunning() && !deadline.hasExpired();) {
        sendByOtherProgram("near0", std::vector<Bytes>(10, udpFrame("a")));
        QTest::qWait(20);
    }
    QCOMPARE(tcpw.ended(), 0); // head's
    QCOMPARE(tcpw.output().count('\n'), 3);
}

void CaptureVerbTest::refusesWrongUsage_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("no device") << QString() << 2 << QByteArray("--device");
    QTest::newRow("one twice") << QStringLiteral("--device near0 --device near0") << 2
                               << QByteArray("twice");
    QTest::newRow("no such second one")
        << QStringLiteral("--device near0 --device nosuch0") << 1 << QByteArray("nosuch0");
    QTest::newRow("unknown column")
        << QStringLiteral("--device near0 --columns number,colour") << 2 << QByteArray("colour");
    QTest::newRow("unknown format")
        << QStringLiteral("--device near0 --format xml") << 2 << QByteArray("xml");
    QTest::newRow("compressed") << QStringLiteral("--device near0 --write x.pcap.gz") << 2
                                << QByteArray("compress");
    QTest::newRow("a folder") << QStringLiteral("--device near0 --write /") << 1
                              << QByteArray("not saved");
    QTest::newRow("no such folder") << QStringLiteral("--device near0 --write /nosuch/x.pcap") << 1
                                    << QByteArray("no such file or folder");
    QTest::newRow("no file") << QStringLiteral("--device near0 --write /dev/null") << 1
                             << QByteArray("not an ordinary file");
    QTest::newRow("several link types")
        << QStringLiteral("--device near0 --device any --write /tmp/nosuch-tcpw.pcap") << 1
        << QByteArray(".pcapng");
    QTest::newRow("filter") << QStringLiteral("--device near0 --device near1 --filter 'tcp((('")
                            << 1 << QByteArray("filter");
}

void CaptureVerbTest::refusesWrongUsage()
{
    QFETCH(QString, words);
    QFETCH(int, code);
    QFETCH(QByteArray, part);
    TcpwProcess tcpw(QStringLiteral("capture ") + words + QStringLiteral(" </dev/null"));
    QCOMPARE(tcpw.ended(), code);
    QVERIFY2(tcpw.errors().contains(part), tcpw.errors().constData());
    QCOMPARE(tcpw.errors().count('\n'), 1);
    QVERIFY(tcpw.output().isEmpty());
}

TCPW_TEST(CaptureVerbTest);

#include "tst_captureverb.moc"
