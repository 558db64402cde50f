// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/devicelist.h"
#include "link/pcapengine.h"
#include "support/testcase.h"
#include "testtraffic.h"

#include <QTest>

using namespace tcpw;

/// What happens to a device while it is captured on.
class DeviceEventsTest : public QObject, protected LinkFixture
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void endsWhenTheDeviceIsDeleted();
    void keepsWhatWasCapturedBeforeTheDeletion();
    void endsWhenTheDeviceMovesAway();
    void tellsThatTheLinkIsDownAndUp();
    void tellsThatTheDeviceWasTakenDown();
    void goesOnWhenRenamed();
    void doesNotGoOnWithANewDeviceOfTheName();
    void verifiesTheDevice();
    void canStartAgainAfterTheEnd();

private:
    std::string notice(CaptureNotice::Kind kind) const;

    CaptureOptions m_options;
};

void DeviceEventsTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
}

void DeviceEventsTest::init()
{
    makePair();
    m_options.device = deviceNamed("near0");
    m_options.number = 9;
    m_options.filter = "udp port 9009";
}

void DeviceEventsTest::cleanup()
{
    ip("link del wan0", Quiet::yes); // of the test that renames
    endPair();
}

std::string DeviceEventsTest::notice(CaptureNotice::Kind kind) const
{
    for (const CaptureNotice& each : m_recorder.notices())
        if (each.kind == kind)
            return each.number == 9 ? each.text : "of another capture";
    return {};
}

void DeviceEventsTest::endsWhenTheDeviceIsDeleted()
{
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(m_options));
    QVERIFY(ip("link del near0"));
    QTRY_VERIFY(!engine.running());
    const QString text = QString::fromStdString(notice(CaptureNotice::Kind::stopped));
    QVERIFY2(text.startsWith(QLatin1String("near0 is gone")), qPrintable(text));
    QCOMPARE(m_recorder.notices().size(),
        m_recorder.hasNotice(CaptureNotice::Kind::linkDown) ? std::size_t{2} : std::size_t{1});
    const auto sent = engine.send(m_options.device, std::vector<Bytes>{udpFrame("late")});
    QVERIFY(!sent);
    QVERIFY(sent.error().message.find("near0 is gone") != std::string::npos);
}

void DeviceEventsTest::keepsWhatWasCapturedBeforeTheDeletion()
{
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(m_options));
    const std::vector<Bytes> frames(500, udpFrame("before"));
    QCOMPARE(engine.send(m_options.device, frames)->sent, 500u);
    QVERIFY(ip("link del near0"));
    QTRY_VERIFY(!engine.running());
    QCOMPARE(engine.statistics().droppedByHelper, std::uint64_t{0});
    QCOMPARE(engine.statistics().droppedByKernel, std::uint64_t{0});
    QCOMPARE(m_recorder.testCount(), std::size_t{500});
    QCOMPARE(engine.stop().delivered, std::uint64_t{500});
    QCOMPARE(engine.statistics().delivered, std::uint64_t{500});
}

void DeviceEventsTest::endsWhenTheDeviceMovesAway()
{
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(m_options));
    NetworkNamespace elsewhere;
    QVERIFY(ip("link set near0 netns " + elsewhere.path()));
    QTRY_VERIFY(!engine.running());
    QVERIFY(notice(CaptureNotice::Kind::stopped).find("another network namespace")
        != std::string::npos);
}

void DeviceEventsTest::tellsThatTheLinkIsDownAndUp()
{
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(m_options));
    QVERIFY(m_far->ip("link set far0 down"));
    QTRY_VERIFY(m_recorder.hasNotice(CaptureNotice::Kind::linkDown));
    QVERIFY(notice(CaptureNotice::Kind::linkDown).find("The link of near0 is down")
        != std::string::npos);
    QVERIFY(m_far->ip("link set far0 up"));
    QTRY_VERIFY(m_recorder.hasNotice(CaptureNotice::Kind::linkUp));
    QVERIFY(engine.running());
    QTRY_VERIFY(engine.send(m_options.device, std::vector<Bytes>{udpFrame("again")})->sent == 1);
    QTRY_VERIFY(m_recorder.testCount() >= 1);
}

void DeviceEventsTest::tellsThatTheDeviceWasTakenDown()
{
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(m_options));
    QVERIFY(ip("link set near0 down"));
    QTRY_VERIFY(m_recorder.hasNotice(CaptureNotice::Kind::linkDown));
    QVERIFY(notice(CaptureNotice::Kind::linkDown).find("sudo ip link set near0 up")
        != std::string::npos);
    const auto sent = engine.send(m_options.device, std::vector<Bytes>{udpFrame("into nothing")});
    QVERIFY(sent ? sent->failed == 1 : sent.error().message.find("is down") != std::string::npos);
    QVERIFY(ip("link set near0 up"));
    QTRY_VERIFY(m_recorder.hasNotice(CaptureNotice::Kind::linkUp));
    QVERIFY(engine.running());
    QCOMPARE(engine.send(m_options.device, std::vector<Bytes>{udpFrame("again")})->sent, 1u);
    QTRY_COMPARE(m_recorder.testCount(), std::size_t{1});
}

void DeviceEventsTest::goesOnWhenRenamed()
{
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(m_options));
    QVERIFY(ip("link set near0 down") && ip("link set near0 name wan0"));
    QTRY_VERIFY(m_recorder.hasNotice(CaptureNotice::Kind::renamed));
    QVERIFY(
        notice(CaptureNotice::Kind::renamed).find("near0 is called wan0 now") != std::string::npos);
    QVERIFY(ip("link set wan0 up"));
    QTRY_VERIFY(m_recorder.hasNotice(CaptureNotice::Kind::linkUp));
    const auto refused = engine.send(m_options.device, std::vector<Bytes>{udpFrame("old name")});
    QVERIFY(!refused);
    QVERIFY(refused.error().message.find("is called wan0 now") != std::string::npos);
    const auto report = engine.send(deviceNamed("wan0"), std::vector<Bytes>{udpFrame("new name")});
    QVERIFY2(report, report ? "" : report.error().message.c_str());
    QCOMPARE(report->firstProblem, std::string());
    QCOMPARE(report->sent, 1u);
    QTRY_COMPARE(m_recorder.testCount(), std::size_t{1});
    QCOMPARE(payloadOf(m_recorder.tests()[0]), std::string("new name"));
    QVERIFY(m_recorder.tests()[0].record.origin == Origin::me);
}

void DeviceEventsTest::doesNotGoOnWithANewDeviceOfTheName()
{
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(m_options));
    QVERIFY(ip("link del near0"));
    NetworkNamespace other;
    const VethPair again(other);
    QVERIFY(again.valid());
    QVERIFY(deviceNamed("near0").index != m_options.device.index);
    QCOMPARE(sendByOtherProgram("near0", {udpFrame("on the new one")}), std::size_t{1});
    const auto sent = engine.send(m_options.device, std::vector<Bytes>{udpFrame("to the old")});
    QVERIFY(!sent);
    QVERIFY(sent.error().message.starts_with("near0 is not the device you chose"));
    QTRY_VERIFY(!engine.running());
    QCOMPARE(m_recorder.testCount(), std::size_t{0});
}

void DeviceEventsTest::verifiesTheDevice()
{
    const DeviceId id = deviceNamed("near0");
    QVERIFY(verifyDevice(id));
    DeviceId elsewhere = id;
    elsewhere.networkNamespace += 1;
    QVERIFY(!verifyDevice(elsewhere));
    DeviceId unknownNamespace = id;
    unknownNamespace.networkNamespace = 0;
    QVERIFY(verifyDevice(unknownNamespace));
    QVERIFY(verifyDevice({0, "any", 0}));
    QVERIFY(!verifyDevice({0, "near0", 0}));
    QVERIFY(!verifyDevice({4711, "nosuch0", 0}));
    Result<void> inFar;
    m_far->run([&] { inFar = verifyDevice(id); });
    QVERIFY(!inFar);
}

void DeviceEventsTest::canStartAgainAfterTheEnd()
{
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(m_options));
    QVERIFY(ip("link del near0"));
    QTRY_VERIFY(!engine.running());
    QVERIFY(!engine.start(m_options));
    m_pair.reset();
    m_pair = std::make_unique<VethPair>(*m_far);
    QVERIFY(m_pair->valid());
    m_options.device = deviceNamed("near0");
    QVERIFY(engine.start(m_options));
    QVERIFY(engine.send(m_options.device, std::vector<Bytes>{udpFrame("again")}));
    engine.stop();
    QCOMPARE(m_recorder.testCount(), std::size_t{1});
}

TCPW_TEST(DeviceEventsTest);

#include "tst_deviceevents.moc"
