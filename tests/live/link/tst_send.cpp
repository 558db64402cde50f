// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/pcapengine.h"
#include "support/testcase.h"
#include "testtraffic.h"

#include <QElapsedTimer>
#include <QTest>

#include <cstdlib>

using namespace tcpw;

class SendTest : public QObject, protected LinkFixture
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init() { makePair(); }
    void cleanup() { endPair(); }
    void sendsWithoutACapture();
    void sendsABurstInOrder();
    void sendsUpToTheMtuAndNoMore();
    void refusesFramesWithoutAHeader();
    void goesOnAfterAFrameThatTheDeviceRefuses();
    void saysWhyADeviceTakesNothing_data();
    void saysWhyADeviceTakesNothing();
    void sendsOnTheChosenDeviceOnly();
    void refusesANewDeviceOfThatName();
    void waitsForAFullQueueButNotForever();
    void sendsNothingForAnEmptyList();
};

void SendTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
}

namespace {

Bytes frameOf(std::size_t size)
{
    Bytes frame = udpFrame(std::string(2000, 'x'));
    frame.resize(size);
    return frame;
}

CaptureOptions captureOn(const DeviceId& device)
{
    CaptureOptions options;
    options.device = device;
    options.filter = "udp port 9009";
    return options;
}

} // namespace

void SendTest::sendsWithoutACapture()
{
    PcapEngine engine({});
    PcapEngine atTheFarEnd(m_recorder.sink());
    m_far->run([&] { atTheFarEnd.start(captureOn(deviceNamed("far0"))); });
    QVERIFY(atTheFarEnd.running());
    const auto report = engine.send(deviceNamed("near0"), std::vector<Bytes>{udpFrame("alone")});
    QVERIFY2(report, report ? "" : report.error().message.c_str());
    QCOMPARE(report->sent, 1u);
    QCOMPARE(report->firstProblem, std::string());
    atTheFarEnd.stop();
    QCOMPARE(m_recorder.testCount(), std::size_t{1});
    QVERIFY(m_recorder.tests()[0].record.origin == Origin::peer);
}

void SendTest::sendsABurstInOrder()
{
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(captureOn(deviceNamed("near0"))));
    std::vector<Bytes> frames;
    for (int i = 0; i < 1000; ++i)
        frames.push_back(udpFrame(std::to_string(i)));
    const auto report = engine.send(deviceNamed("near0"), frames);
    QVERIFY(report);
    QCOMPARE(report->sent, 1000u);
    QCOMPARE(report->failed, 0u);
    engine.stop();
    const auto packets = m_recorder.tests();
    QCOMPARE(packets.size(), std::size_t{1000});
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(payloadOf(packets[std::size_t(i)]), std::to_string(i));
}

void SendTest::sendsUpToTheMtuAndNoMore()
{
    PcapEngine engine({});
    const DeviceId device = deviceNamed("near0");
    QCOMPARE(engine.send(device, std::vector<Bytes>{frameOf(1514)})->sent, 1u);
    const auto report = engine.send(device, std::vector<Bytes>{frameOf(1600)});
    QVERIFY(report);
    QCOMPARE(report->sent, 0u);
    QCOMPARE(report->failed, 1u);
    QCOMPARE(report->firstProblem,
        std::string("The frame has 1600 bytes; near0 takes at most 1514 (MTU 1500 + 14)."));
    QVERIFY(ip("link set near0 mtu 576"));
    QCOMPARE(engine.send(device, std::vector<Bytes>{frameOf(590)})->sent, 1u);
    QCOMPARE(engine.send(device, std::vector<Bytes>{frameOf(591)})->firstProblem,
        std::string("The frame has 591 bytes; near0 takes at most 590 (MTU 576 + 14)."));
}

void SendTest::refusesFramesWithoutAHeader()
{
    PcapEngine engine({});
    const DeviceId device = deviceNamed("near0");
    const auto report = engine.send(device, std::vector<Bytes>{Bytes(13), Bytes(), Bytes(1)});
    QVERIFY(report);
    QCOMPARE(report->sent, 0u);
    QCOMPARE(report->failed, 3u);
    QCOMPARE(report->firstProblem,
        std::string("The frame has 13 bytes; an Ethernet frame begins with a header of 14."));
    QCOMPARE(engine.send(device, std::vector<Bytes>{Bytes(14)})->sent, 1u);
}

void SendTest::goesOnAfterAFrameThatTheDeviceRefuses()
{
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(captureOn(deviceNamed("near0"))));
    std::vector<Bytes> frames;
    for (int i = 0; i < 300; ++i)
        frames.push_back(i % 10 == 3 ? frameOf(1515) : i % 10 == 7 ? Bytes(5) : frameOf(100));
    const auto report = engine.send(deviceNamed("near0"), frames);
    QVERIFY(report);
    QCOMPARE(report->sent, 240u);
    QCOMPARE(report->failed, 60u);
    QVERIFY(report->firstProblem.starts_with("The frame has 1515 bytes"));
    engine.stop();
    QCOMPARE(m_recorder.testCount(), std::size_t{240});
}

void SendTest::saysWhyADeviceTakesNothing_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("device");
    QTest::addColumn<QString>("part");
    const auto row
        = [](const char* name, const char* change, const char* device, const char* part) {
              QTest::newRow(name) << QString::fromLatin1(change) << QString::fromLatin1(device)
                                  << QString::fromLatin1(part);
          };
    row("lo", "", "lo", "Use the practice network instead");
    row("any", "", "any", "choose the device that the packet is to leave by");
    row("down", "link set near0 down", "near0", "near0 is down. Bring it up first");
    row("tun", "tuntap add dev tun0 mode tun", "tun0", "tun0 carries no Ethernet frames");
    row("none", "", "nosuch0", "There is no device nosuch0");
}

void SendTest::saysWhyADeviceTakesNothing()
{
    QFETCH(QString, change);
    QFETCH(QString, device);
    QFETCH(QString, part);
    if (!change.isEmpty() && !ip(change.toStdString()))
        QSKIP("This kernel has no such device.");
    PcapEngine engine({});
    const auto report
        = engine.send(deviceNamed(device.toStdString()), std::vector<Bytes>{udpFrame("x")});
    QVERIFY(!report);
    const QString text = QString::fromStdString(report.error().message);
    QVERIFY2(text.contains(part), qPrintable(text));
    ip("link del tun0", Quiet::yes);
}

void SendTest::sendsOnTheChosenDeviceOnly()
{
    // A second pair; frames go now here, now there.
    NetworkNamespace other;
    QVERIFY(ip("link add near1 type veth peer name far1 netns " + other.path()));
    QVERIFY(ip("link set near1 up") && other.ip("link set far1 up"));
    Recorder first, second;
    PcapEngine onFirst(first.sink()), onSecond(second.sink());
    m_far->run([&] { onFirst.start(captureOn(deviceNamed("far0"))); });
    other.run([&] { onSecond.start(captureOn(deviceNamed("far1"))); });
    QVERIFY(onFirst.running() && onSecond.running());
    PcapEngine engine({});
    for (int i = 0; i < 50; ++i) {
        const std::string name = i % 5 ? "near0" : "near1";
        QVERIFY(engine.send(deviceNamed(name), std::vector<Bytes>{udpFrame(name)}));
    }
    onFirst.stop();
    onSecond.stop();
    QCOMPARE(first.testCount(), std::size_t{40});
    QCOMPARE(second.testCount(), std::size_t{10});
    for (const Captured& each : first.tests())
        QCOMPARE(payloadOf(each), std::string("near0"));
    for (const Captured& each : second.tests())
        QCOMPARE(payloadOf(each), std::string("near1"));
    ip("link del near1");
}

void SendTest::refusesANewDeviceOfThatName()
{
    PcapEngine engine({});
    const DeviceId device = deviceNamed("near0");
    QVERIFY(engine.send(device, std::vector<Bytes>{udpFrame("x")}));
    QVERIFY(ip("link del near0"));
    NetworkNamespace other;
    const VethPair again(other);
    QVERIFY(again.valid());
    PcapEngine onNew(m_recorder.sink());
    other.run([&] { onNew.start(captureOn(deviceNamed("far0"))); });
    QVERIFY(onNew.running());
    const auto report = engine.send(device, std::vector<Bytes>{udpFrame("x")});
    QVERIFY(!report);
    QVERIFY(report.error().message.starts_with("near0 is not the device you chose"));
    onNew.stop();
    QCOMPARE(m_recorder.testCount(), std::size_t{0});
}

void SendTest::waitsForAFullQueueButNotForever()
{
    // A queue of 3 kB that lets 8 kB pass in a second.
    // By system(), not QProcess, whose way to fork ends ThreadSanitizer.
    if (std::system("tc qdisc add dev near0 root tbf rate 64kbit burst 1540 limit 3000") != 0)
        QSKIP("This kernel has no token bucket queue.");
    PcapEngine engine({});
    const std::vector<Bytes> frames(100, frameOf(1000));
    QElapsedTimer timer;
    timer.start();
    const auto report = engine.send(deviceNamed("near0"), frames);
    QVERIFY(timer.elapsed() < 5000);
    QVERIFY(report);
    QCOMPARE(report->sent + report->failed, 100u);
    QVERIFY(report->sent >= 3);
    QVERIFY(report->failed > 0);
    QVERIFY2(report->firstProblem.find("queue of near0 stayed full") != std::string::npos,
        report->firstProblem.c_str());
}

void SendTest::sendsNothingForAnEmptyList()
{
    PcapEngine engine({});
    const auto report = engine.send(deviceNamed("near0"), {});
    QVERIFY(report);
    QVERIFY(*report == SendReport{});
}

TCPW_TEST(SendTest);

#include "tst_send.moc"
