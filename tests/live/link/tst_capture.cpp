// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/linkquery.h"
#include "link/pcapengine.h"
#include "support/testcase.h"
#include "testtraffic.h"

#include <QDateTime>
#include <QTest>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace tcpw;

TCPW_OWN_NETWORK;

class CaptureTest : public QObject, protected LinkFixture
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init() { makePair(); }
    void cleanup() { endPair(); }
    void givesWhatWasSentAndWhatCame();
    void givesTheBytesAsTheyWere();
    void takesWhatTheFilterTakes_data();
    void takesWhatTheFilterTakes();
    void takesWhatAFilterTakesThatIsTooLongForTheKernel();
    void cutsToTheSnapshotLength();
    void stampsWithNanosecondsOfNow();
    void isPromiscuousOrSaysThatItIsNot();
    void capturesOnLoopbackOnce();
    void capturesOnAllDevicesWithDirections();
};

void CaptureTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
}

void CaptureTest::givesWhatWasSentAndWhatCame()
{
    PcapEngine engine(m_recorder.sink());
    const auto started = engine.start(optionsFor("near0"));
    QVERIFY2(started, started ? "" : started.error().message.c_str());
    QCOMPARE(started->warning, std::string());
    QVERIFY(started->linkType == LinkType::ethernet);
    QVERIFY(engine.running());

    const auto sent = engine.send(deviceNamed("near0"), std::vector<Bytes>{udpFrame("question")});
    QVERIFY(sent);
    QCOMPARE(sent->sent, 1u);
    QCOMPARE(sent->failed, 0u);
    QTRY_COMPARE(m_recorder.testCount(), std::size_t{1});
    m_far->run([] { sendByKernel({"answer"}, false); });
    QTRY_COMPARE(m_recorder.testCount(), std::size_t{2});
    const auto packets = m_recorder.tests();
    QCOMPARE(payloadOf(packets[0]), std::string("question"));
    QVERIFY(packets[0].record.origin == Origin::me);
    QCOMPARE(payloadOf(packets[1]), std::string("answer"));
    QVERIFY(packets[1].record.origin == Origin::peer);
    QCOMPARE(packets[0].record.device, std::uint8_t{3});

    const CaptureStatistics statistics = engine.stop();
    QVERIFY(!engine.running());
    QCOMPARE(statistics.delivered, std::uint64_t{m_recorder.count()});
    QCOMPARE(statistics.droppedByKernel, std::uint64_t{0});
    QVERIFY(engine.statistics() == statistics);
}

void CaptureTest::givesTheBytesAsTheyWere()
{
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(optionsFor("near0")));
    std::vector<Bytes> frames;
    for (const std::size_t size : {14u, 15u, 60u, 61u, 200u, 1514u}) {
        Bytes frame = udpFrame(std::string(1500 - 28, 'x'));
        frame.resize(size);
        frame[12] = 0x88; // a type that nobody has
        frame[13] = 0xb5;
        frames.push_back(frame);
    }
    QVERIFY(engine.send(deviceNamed("near0"), frames));
    QTRY_VERIFY(m_recorder.count() >= frames.size());
    engine.stop();
    std::vector<Bytes> captured;
    for (const Captured& each : m_recorder.packets())
        if (each.record.origin == Origin::me) {
            captured.push_back(each.bytes);
            QCOMPARE(std::size_t{each.record.originalLength}, each.bytes.size());
        }
    QVERIFY(captured == frames);
}

void CaptureTest::takesWhatTheFilterTakes_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("expected");
    QTest::newRow("all") << QString() << 3;
    QTest::newRow("udp") << QStringLiteral("udp port 9009") << 3;
    QTest::newRow("none") << QStringLiteral("tcp") << 0;
    QTest::newRow("from the peer") << QStringLiteral("udp and src host 10.9.0.2") << 1;
    QTest::newRow("inbound") << QStringLiteral("udp and inbound") << 1;
    QTest::newRow("outbound") << QStringLiteral("udp and outbound") << 2;
}

void CaptureTest::takesWhatTheFilterTakes()
{
    QFETCH(QString, filter);
    QFETCH(int, expected);
    CaptureOptions options = optionsFor("near0");
    options.filter = filter.toStdString();
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(options));
    QVERIFY(engine.send(options.device, std::vector<Bytes>{udpFrame("mine")}));
    QVERIFY(sendByKernel({"kernel's"}));
    m_far->run([] { sendByKernel({"peer's"}, false); });
    engine.stop();
    QCOMPARE(int(m_recorder.testCount()), expected);
}

void CaptureTest::takesWhatAFilterTakesThatIsTooLongForTheKernel()
{
    // An IPv6 address takes some eighteen instructions; 4096 are the most that the kernel takes.
    CaptureOptions options = optionsFor("near0");
    options.filter = "udp";
    for (int i = 1; i < 300; ++i)
        options.filter += " or host ::" + std::to_string(i);
    PcapEngine engine(m_recorder.sink());
    const auto started = engine.start(options);
    QVERIFY2(started, started ? "" : started.error().message.c_str());
    QVERIFY(engine.send(options.device, std::vector<Bytes>{udpFrame("mine"), Bytes(60, 0)}));
    const CaptureStatistics statistics = engine.stop();
    QCOMPARE(m_recorder.testCount(), std::size_t{1});
    QCOMPARE(statistics.delivered, std::uint64_t{m_recorder.count()});
    for (const Captured& each : m_recorder.packets())
        QVERIFY(each.bytes != Bytes(60, 0));
}

void CaptureTest::cutsToTheSnapshotLength()
{
    CaptureOptions options = optionsFor("near0");
    options.snapshotLength = 60;
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(options));
    QVERIFY(engine.send(
        options.device, std::vector<Bytes>{udpFrame(std::string(100, 'x')), udpFrame("short")}));
    engine.stop();
    const auto packets = m_recorder.tests();
    QCOMPARE(packets.size(), std::size_t{2});
    QCOMPARE(packets[0].bytes.size(), std::size_t{60});
    QCOMPARE(packets[0].record.capturedLength, 60u);
    QCOMPARE(packets[0].record.originalLength, 142u);
    QVERIFY(packets[0].record.origin == Origin::me);
    QCOMPARE(packets[1].bytes.size(), std::size_t{47});
}

void CaptureTest::stampsWithNanosecondsOfNow()
{
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(optionsFor("near0")));
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    std::vector<Bytes> frames(50, udpFrame("tick"));
    QVERIFY(engine.send(deviceNamed("near0"), frames));
    const qint64 after = QDateTime::currentMSecsSinceEpoch();
    engine.stop();
    bool fine = false;
    for (const Captured& each : m_recorder.tests()) {
        QVERIFY(each.record.timestamp / 1'000'000 >= before - 1);
        QVERIFY(each.record.timestamp / 1'000'000 <= after + 1);
        fine = fine || each.record.timestamp % 1000 != 0;
    }
    QVERIFY(fine);
}

void CaptureTest::isPromiscuousOrSaysThatItIsNot()
{
    const NetlinkSocket socket;
    const auto promiscuity = [&socket] {
        return findLink(socket, std::string("near0"))->promiscuity;
    };
    QCOMPARE(promiscuity(), 0u);
    PcapEngine engine(m_recorder.sink());
    CaptureOptions options = optionsFor("near0");
    const auto started = engine.start(options);
    QVERIFY(started);
    QCOMPARE(promiscuity(), started->warning.empty() ? 1u : 0u);
    engine.stop();
    QCOMPARE(promiscuity(), 0u);
    options.promiscuous = false;
    QVERIFY(engine.start(options));
    QCOMPARE(promiscuity(), 0u);
}

void CaptureTest::capturesOnLoopbackOnce()
{
    PcapEngine engine(m_recorder.sink());
    CaptureOptions options = optionsFor("lo");
    options.filter = "udp";
    QVERIFY(engine.start(options));
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(9009);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < 5; ++i)
        ::sendto(socket, "x", 1, 0, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::close(socket);
    const CaptureStatistics statistics = engine.stop();
    QCOMPARE(m_recorder.testCount(), std::size_t{5});
    for (const Captured& each : m_recorder.tests())
        QVERIFY(each.record.origin == Origin::kernel);
    QCOMPARE(statistics.delivered, std::uint64_t{5});
}

void CaptureTest::capturesOnAllDevicesWithDirections()
{
    PcapEngine engine(m_recorder.sink());
    CaptureOptions options;
    options.device = {0, "any", 0};
    options.filter = "udp port 9009";
    const auto started = engine.start(options);
    QVERIFY2(started, started ? "" : started.error().message.c_str());
    QVERIFY(started->linkType == LinkType::linuxCooked2);
    QVERIFY(engine.send(deviceNamed("near0"), std::vector<Bytes>{udpFrame("me")}));
    QVERIFY(sendByKernel({"kernel"}));
    m_far->run([] { sendByKernel({"peer"}, false); });
    engine.stop();
    const auto packets = m_recorder.tests();
    QCOMPARE(packets.size(), std::size_t{3});
    for (const Captured& each : packets)
        QCOMPARE(payloadOf(each), std::string(originName(each.record.origin)));
}

TCPW_TEST(CaptureTest);

#include "tst_capture.moc"
