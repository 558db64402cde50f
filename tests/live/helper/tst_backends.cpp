// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/bytewriter.h"
#include "helper/client.h"
#include "helper/localbackend.h"
#include "lab/capabilities.h"
#include "link/filter.h"
#include "recorder.h"
#include "support/testcase.h"

#include <QtTest>

#include <set>

using namespace tcpw;

namespace {

constexpr std::uint8_t number = 7; ///< of the tests' captures
constexpr std::uint16_t tutorialPort = 8081;
constexpr std::uint16_t syn = ControlBits::syn, rst = ControlBits::rst,
                        synAck = ControlBits::syn | ControlBits::ack;
constexpr char numberedFrames[] = "ether proto 0x88b5";

/// This program's lab, made before Qt starts threads: a process with several cannot enter one.
Result<std::unique_ptr<Lab>> lab = Lab::start();

Bytes synFrame(std::uint16_t sourcePort, std::uint16_t destinationPort)
{
    EthernetHeader ethernet;
    ethernet.source = labAddress::nearMac;
    ethernet.destination = labAddress::farMac;
    Ipv4Header ip;
    ip.source = labAddress::near4;
    ip.destination = labAddress::far4;
    TcpHeader tcp;
    tcp.sourcePort = sourcePort;
    tcp.destinationPort = destinationPort;
    tcp.sequenceNumber = 1000;
    tcp.controlBits.value = syn;
    return encode({LinkType::ethernet, {ethernet, ip, tcp}});
}

/// A frame that no stack answers (a local experimental EtherType of IEEE 802), with its number.
Bytes numberedFrame(std::uint32_t which, std::size_t length = 60)
{
    ByteWriter writer;
    writer.append(labAddress::farMac.octets);
    writer.append(labAddress::nearMac.octets);
    writer.u16(0x88b5);
    writer.u32(which);
    writer.zeros(length - writer.size());
    return writer.take();
}

std::vector<Bytes> manyFrames(std::uint32_t count)
{
    std::vector<Bytes> frames;
    for (std::uint32_t i = 0; i < count; ++i)
        frames.push_back(numberedFrame(i));
    return frames;
}

} // namespace

/// What holds for every backend, however it does it.
class BackendsTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();

    void listsTheLabsDeviceFirst_data() { rows(); }
    void listsTheLabsDeviceFirst();
    void showsWhoSentWhat_data() { rows(); }
    void showsWhoSentWhat();
    void keepsTheKernelSilent_data() { rows(); }
    void keepsTheKernelSilent();
    void handsOverEveryPacketBeforeStopReturns_data() { rows(); }
    void handsOverEveryPacketBeforeStopReturns();
    void countsWhatNobodyTookOver_data() { helperRow(); }
    void countsWhatNobodyTookOver();
    void sendsWithoutACapture_data() { rows(); }
    void sendsWithoutACapture();
    void reportsFramesThatCannotBeSent_data() { rows(); }
    void reportsFramesThatCannotBeSent();
    void refusesADeviceThatIsNotTheChosenOne_data() { rows(); }
    void refusesADeviceThatIsNotTheChosenOne();
    void capturesWhatTheFilterLets_data() { rows(); }
    void capturesWhatTheFilterLets();
    void refusesWrongCaptures_data() { rows(); }
    void refusesWrongCaptures();
    void stopsAnyNumberOfTimes_data() { rows(); }
    void stopsAnyNumberOfTimes();
    void findsNeighbours_data() { rows(); }
    void findsNeighbours();
    void saysWhatCanBeReached_data() { rows(); }
    void saysWhatCanBeReached();
    void givesNewPorts_data() { rows(); }
    void givesNewPorts();
    void asksTheFarEnd_data() { rows(); }
    void asksTheFarEnd();
    void tellsWhatTheFarEndDoes_data() { labRow(); }
    void tellsWhatTheFarEndDoes();
    void opensTheLabOfItsNamespaceInThisProcess();

private:
    static void rows();
    static void helperRow();
    static void labRow();
    Result<std::unique_ptr<Backend>> open(const QString& how);
    Device lab0();
    Result<CaptureStarted> capture(const std::string& filter = "");

    std::unique_ptr<Recorder> m_recorder; ///< outlives the backend that tells it
    std::unique_ptr<Backend> m_backend;
};

void BackendsTest::rows()
{
    QTest::addColumn<int>("unused");
    QTest::newRow("in this process") << 0;
    helperRow();
    labRow();
}

void BackendsTest::helperRow()
{
    QTest::addColumn<int>("unused");
    QTest::newRow("through the helper") << 0;
}

void BackendsTest::labRow()
{
    QTest::addColumn<int>("unused");
    QTest::newRow("through the helper's lab") << 0;
}

void BackendsTest::initTestCase()
{
    setHelperPath(TCPW_BINARY_DIR "/app/tcpw-helper");
    if (!lab)
        QSKIP(lab.error().message.c_str());
    const auto served = (*lab)->serveNamespace();
    QVERIFY2(served, qPrintable(problem(served)));
    QCOMPARE(raiseAmbientCapabilities(), 0); // for the helper that shares this namespace
}

Result<std::unique_ptr<Backend>> BackendsTest::open(const QString& how)
{
    if (how == QStringLiteral("through the helper"))
        return startHelper({helperPath(), "--host"}, m_recorder->events());
    if (how == QStringLiteral("through the helper's lab"))
        return startHelper({helperPath(), "--lab"}, m_recorder->events());
    return std::make_unique<LocalBackend>(
        m_recorder->events(), [](const FarRequest& request) { return (*lab)->far(request); });
}

void BackendsTest::init()
{
    m_recorder = std::make_unique<Recorder>();
    auto backend = open(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY2(backend, qPrintable(problem(backend)));
    m_backend = std::move(*backend);
}

void BackendsTest::cleanup()
{
    m_backend.reset();
    QVERIFY(m_recorder->losses().empty());
}

Device BackendsTest::lab0()
{
    const auto devices = m_backend->devices();
    return devices && !devices->empty() ? devices->front() : Device();
}

Result<CaptureStarted> BackendsTest::capture(const std::string& filter)
{
    CaptureOptions options;
    options.device = lab0().id;
    options.number = number;
    options.filter = filter;
    return m_backend->startCapture(options);
}

void BackendsTest::listsTheLabsDeviceFirst()
{
    const auto devices = m_backend->devices();
    QVERIFY2(devices, qPrintable(problem(devices)));
    QVERIFY(!devices->empty());
    const Device& first = devices->front();
    QCOMPARE(QString::fromStdString(first.id.name), QStringLiteral("lab0"));
    QVERIFY(first.lab && first.up && first.running);
    QVERIFY(first.mac == labAddress::nearMac);
    QVERIFY(first.id.index > 0);
    QVERIFY(first.captureProblem.empty() && first.injectProblem.empty());
    QVERIFY(std::ranges::any_of(first.addresses, [](const DeviceAddress& address) {
        return address == DeviceAddress{labAddress::near4, 24};
    }));
}

void BackendsTest::showsWhoSentWhat()
{
    const auto started = capture();
    QVERIFY2(started, qPrintable(problem(started)));
    QCOMPARE(started->linkType, LinkType::ethernet);
    const auto port = m_backend->newPort().value_or(0);
    const auto report = m_backend->send(lab0().id, {synFrame(port, tutorialPort)});
    QVERIFY2(report, qPrintable(problem(report)));
    QVERIFY(*report == (SendReport{1, 0, ""}));
    QTRY_COMPARE(m_recorder->segments(Origin::me, syn, port), 1);
    QTRY_COMPARE(m_recorder->segments(Origin::peer, synAck, port), 1);
    QTRY_COMPARE(m_recorder->segments(Origin::kernel, rst, port), 1);
    m_recorder->forEachPacket(
        [](const PacketRecord& record, ByteView) { QCOMPARE(record.device, number); });
}

void BackendsTest::keepsTheKernelSilent()
{
    const auto started = capture("tcp");
    QVERIFY2(started, qPrintable(problem(started)));
    const auto port = m_backend->newPort().value_or(0);
    const GuardRequest request{labAddress::near4, port, 0};
    const auto armed = m_backend->armGuard(request);
    QVERIFY2(armed, qPrintable(problem(armed)));
    QVERIFY(armed->needed && armed->dropsAll);
    const auto again = m_backend->armGuard(request);
    QVERIFY(again && *again == *armed);
    QVERIFY(m_backend->send(lab0().id, {synFrame(port, tutorialPort)}));
    QTRY_VERIFY(m_recorder->segments(Origin::peer, synAck, port) >= 2); // retransmitted after 1 s
    QCOMPARE(m_recorder->segments(Origin::kernel, rst, port), 0);

    QVERIFY(m_backend->releaseGuards());
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->segments(Origin::kernel, rst, port) >= 1, 10'000);
}

void BackendsTest::handsOverEveryPacketBeforeStopReturns()
{
    const auto started = capture(numberedFrames);
    QVERIFY2(started, qPrintable(problem(started)));
    constexpr std::uint32_t count = 25'000; // more than one request takes
    const auto report = m_backend->send(lab0().id, manyFrames(count));
    QVERIFY2(report, qPrintable(problem(report)));
    QVERIFY2(*report == (SendReport{count, 0, ""}), report->firstProblem.c_str());
    const auto statistics = m_backend->stopCapture(number);
    QVERIFY2(statistics, qPrintable(problem(statistics)));
    QCOMPARE(statistics->delivered, m_recorder->packetCount());
    QCOMPARE(
        statistics->delivered + statistics->droppedByKernel + statistics->droppedByHelper, count);
    QCOMPARE(statistics->delivered, count);
    std::uint32_t next = 0;
    m_recorder->forEachPacket([&next](const PacketRecord& record, ByteView bytes) {
        QVERIFY(std::ranges::equal(bytes, numberedFrame(next++)));
        QCOMPARE(record.origin, Origin::me);
    });
}

void BackendsTest::countsWhatNobodyTookOver()
{
    const auto started = capture(numberedFrames);
    QVERIFY2(started, qPrintable(problem(started)));
    const DeviceId device = lab0().id;
    constexpr std::uint32_t rounds = 50, count = 1000;
    const std::vector<Bytes> frames(count, numberedFrame(1, 1500)); // 75 MB in all
    LocalBackend other({});
    {
        const auto closed = m_recorder->close();
        for (std::uint32_t round = 0; round < rounds; ++round) {
            const auto report = other.send(device, frames);
            QVERIFY2(report, qPrintable(problem(report)));
            QCOMPARE(report->sent, count);
        }
    }
    const auto statistics = m_backend->stopCapture(number);
    QVERIFY2(statistics, qPrintable(problem(statistics)));
    QVERIFY(statistics->droppedByHelper > 0);
    QCOMPARE(statistics->delivered, m_recorder->packetCount());
    QCOMPARE(statistics->delivered + statistics->droppedByKernel + statistics->droppedByHelper,
        rounds * count);
}

void BackendsTest::sendsWithoutACapture()
{
    const auto report
        = m_backend->send(lab0().id, {numberedFrame(1), numberedFrame(2), numberedFrame(3)});
    QVERIFY2(report, qPrintable(problem(report)));
    QVERIFY(*report == (SendReport{3, 0, ""}));
    const auto none = m_backend->send(lab0().id, {});
    QVERIFY(none && *none == SendReport());
}

void BackendsTest::reportsFramesThatCannotBeSent()
{
    const auto report
        = m_backend->send(lab0().id, {numberedFrame(1), numberedFrame(2, 9000), numberedFrame(3)});
    QVERIFY2(report, qPrintable(problem(report)));
    QCOMPARE(report->sent, 2u);
    QCOMPARE(report->failed, 1u);
    QVERIFY(!report->firstProblem.empty());
}

void BackendsTest::refusesADeviceThatIsNotTheChosenOne()
{
    DeviceId other = lab0().id;
    other.index += 1000;
    CaptureOptions options;
    options.device = other;
    const auto started = m_backend->startCapture(options);
    QVERIFY2(problem(started).contains(QStringLiteral("lab0")), qPrintable(problem(started)));
    const auto report = m_backend->send(other, {numberedFrame(1)});
    QVERIFY2(problem(report).contains(QStringLiteral("lab0")), qPrintable(problem(report)));
    const auto neighbour = m_backend->findNeighbour(other, labAddress::far4);
    QVERIFY2(problem(neighbour).contains(QStringLiteral("lab0")), qPrintable(problem(neighbour)));
    const auto reach = m_backend->checkReachability(other, labAddress::far4);
    QVERIFY2(problem(reach).contains(QStringLiteral("lab0")), qPrintable(problem(reach)));
}

void BackendsTest::capturesWhatTheFilterLets()
{
    QVERIFY(capture(std::string(numberedFrames) + " and ether[14:4] = 2"));
    QVERIFY(m_backend->send(lab0().id, manyFrames(5)));
    const auto statistics = m_backend->stopCapture(number);
    QVERIFY(statistics);
    QCOMPARE(statistics->delivered, 1u);
    QCOMPARE(m_recorder->packetCount(), 1u);
}

void BackendsTest::refusesWrongCaptures()
{
    QVERIFY(!problem(capture("tcp prt 80")).isEmpty());
    QVERIFY(problem(capture(std::string(maximumFilterLength + 1, ' ')))
                .contains(QStringLiteral("shorter")));
    CaptureOptions options;
    options.device = lab0().id;
    options.snapshotLength = 0;
    QVERIFY(!m_backend->startCapture(options));
    options.snapshotLength = 300'000;
    QVERIFY(!m_backend->startCapture(options));

    QVERIFY(capture());
    QVERIFY(problem(capture()).contains(QStringLiteral("running already")));
    options.snapshotLength = 100;
    options.number = number + 1;
    QVERIFY(problem(m_backend->startCapture(options))
                .contains(QStringLiteral("capture on lab0 already")));
    QVERIFY(m_backend->stopCapture(number));
    QVERIFY(m_backend->startCapture(options));
}

void BackendsTest::stopsAnyNumberOfTimes()
{
    QVERIFY(problem(m_backend->stopCapture(number)).contains(QStringLiteral("number 7")));
    QVERIFY(!m_backend->captureStatistics(number));
    for (const std::uint32_t count : {10u, 3u}) { // each capture counts from zero
        QVERIFY(capture(numberedFrames));
        QVERIFY(m_backend->captureStatistics(number));
        QVERIFY(m_backend->send(lab0().id, manyFrames(count)));
        const auto first = m_backend->stopCapture(number);
        QVERIFY(first);
        QCOMPARE(first->delivered, count);
        const auto again = m_backend->stopCapture(number);
        QVERIFY(again && *again == *first);
        const auto read = m_backend->captureStatistics(number);
        QVERIFY(read && *read == *first);
    }
}

void BackendsTest::findsNeighbours()
{
    const auto four = m_backend->findNeighbour(lab0().id, labAddress::far4);
    QVERIFY2(four, qPrintable(problem(four)));
    QVERIFY(*four == labAddress::farMac);
    const auto six = m_backend->findNeighbour(lab0().id, labAddress::far6);
    QVERIFY2(six, qPrintable(problem(six)));
    QVERIFY(*six == labAddress::farMac);
    const auto nobody = m_backend->findNeighbour(lab0().id, Ipv4Address{0xc0a838c8});
    QVERIFY(problem(nobody).contains(QStringLiteral("192.168.56.200")));
}

void BackendsTest::saysWhatCanBeReached()
{
    const auto there = m_backend->checkReachability(lab0().id, labAddress::far4);
    QVERIFY2(there, qPrintable(problem(there)));
    QVERIFY(there->onLink && there->neighbourAnswers && there->echoAnswers);
    QVERIFY(there->neighbour == labAddress::farMac);
    QVERIFY(!there->words.empty());
    const auto nobody = m_backend->checkReachability(lab0().id, Ipv4Address{0xc0a838c8});
    QVERIFY2(nobody, qPrintable(problem(nobody)));
    QVERIFY(nobody->onLink && !nobody->neighbourAnswers && !nobody->echoAnswers);
}

void BackendsTest::givesNewPorts()
{
    std::set<std::uint16_t> ports;
    for (int i = 0; i < 20; ++i) {
        const auto port = m_backend->newPort();
        QVERIFY2(port, qPrintable(problem(port)));
        QVERIFY(*port != 0);
        ports.insert(*port);
    }
    QCOMPARE(ports.size(), std::size_t(20));
}

void BackendsTest::asksTheFarEnd()
{
    const auto state = m_backend->far({});
    QVERIFY2(state, qPrintable(problem(state)));
    QVERIFY(std::ranges::any_of(state->sockets, [](const FarSocket& socket) {
        return socket.localPort == tutorialPort && socket.state == "LISTEN";
    }));
    FarRequest request;
    request.verb = FarVerb::close;
    request.socket = 4'000'000'000u;
    QVERIFY(!m_backend->far(request));

    const auto port = m_backend->newPort().value_or(0);
    QVERIFY(capture("tcp"));
    request = {};
    request.verb = FarVerb::connect;
    request.port = port;
    const auto connected = m_backend->far(request);
    QVERIFY2(connected, qPrintable(problem(connected)));
    QTRY_VERIFY(m_recorder->segments(Origin::peer, syn, port) >= 1);
}

void BackendsTest::tellsWhatTheFarEndDoes()
{
    const auto port = m_backend->newPort().value_or(0);
    FarRequest request;
    request.verb = FarVerb::listen;
    request.port = port;
    const auto listening = m_backend->far(request);
    QVERIFY2(listening, qPrintable(problem(listening)));
    QTRY_VERIFY(!m_recorder->farEvents().empty());
    QVERIFY(m_recorder->farEvents().front().timestamp > 0);
}

void BackendsTest::opensTheLabOfItsNamespaceInThisProcess()
{
    auto opened = openBackend(BackendKind::lab, {});
    QVERIFY2(opened, qPrintable(problem(opened)));
    QVERIFY(dynamic_cast<LocalBackend*>(opened->get()));
    const auto state = (*opened)->far({});
    QVERIFY2(state, qPrintable(problem(state)));
    QVERIFY(!state->sockets.empty());
}

TCPW_TEST(BackendsTest);

#include "tst_backends.moc"
