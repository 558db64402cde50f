// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/devicelist.h"
#include "link/linkquery.h"
#include "link/pcapengine.h"
#include "support/testcase.h"
#include "testtraffic.h"

#include <QTest>

#include <cstring>
#include <fstream>
#include <linux/capability.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <thread>

using namespace tcpw;

/// How a capture starts, with what it warns of, and why it does not.
class CaptureStartTest : public QObject, protected LinkFixture
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init() { makePair(); }
    void cleanup() { endPair(); }
    void capturesWithoutTheRightToAdministrate();
    void saysWhatCannotBeOpened_data();
    void saysWhatCannotBeOpened();
    void saysThatRightsAreMissing();
    void refusesAnotherDeviceOfThatName();
    void saysThatTheBufferIsSmaller();
    void saysWhenTheLinkIsDownAtTheStart();
    void startsAgainWithOtherOptions();
};

void CaptureStartTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
}

void CaptureStartTest::capturesWithoutTheRightToAdministrate()
{
    // Capabilities are each thread's own; the system call is used as libcap would change them all.
    Result<CaptureStarted> started = failure("");
    std::uint32_t promiscuity = 0;
    PcapEngine engine(m_recorder.sink());
    std::thread([&] {
        __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
        __user_cap_data_struct data[2]{};
        data[0].effective = data[0].permitted = 1u << CAP_NET_RAW;
        if (::syscall(SYS_capset, &header, data) != 0)
            return;
        started = engine.start(optionsFor("near0"));
        promiscuity = findLink(NetlinkSocket(), std::string("near0"))->promiscuity;
        engine.send(deviceNamed("near0"), std::vector<Bytes>{udpFrame("mine")});
        engine.stop();
    }).join();
    QVERIFY2(started, started ? "" : started.error().message.c_str());
    QCOMPARE(promiscuity == 0, started->warning.find("Not promiscuous") != std::string::npos);
    QCOMPARE(m_recorder.testCount(), std::size_t{1});
    QVERIFY(m_recorder.tests()[0].record.origin == Origin::me);
}

void CaptureStartTest::saysWhatCannotBeOpened_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("part");
    QTest::newRow("gone") << QStringLiteral("link del near0") << QString()
                          << QStringLiteral("near0 is gone");
    QTest::newRow("down") << QStringLiteral("link set near0 down") << QString()
                          << QStringLiteral("near0 is down. Bring it up first: sudo ip link set "
                                            "near0 up");
    QTest::newRow("syntax") << QString() << QStringLiteral("tcp and")
                            << QStringLiteral("does not compile");
    QTest::newRow("name") << QString() << QStringLiteral("host example.com")
                          << QStringLiteral("not looked up");
}

void CaptureStartTest::saysWhatCannotBeOpened()
{
    QFETCH(QString, change);
    QFETCH(QString, filter);
    QFETCH(QString, part);
    CaptureOptions options = optionsFor("near0");
    options.filter = filter.toStdString();
    if (!change.isEmpty())
        QVERIFY(ip(change.toStdString()));
    PcapEngine engine(m_recorder.sink());
    const auto started = engine.start(options);
    QVERIFY(!started);
    const QString text = QString::fromStdString(started.error().message);
    QVERIFY2(text.contains(part), qPrintable(text));
    QVERIFY(!engine.running());
}

void CaptureStartTest::saysThatRightsAreMissing()
{
    Result<CaptureStarted> started = failure("");
    bool may = true;
    std::thread([&] {
        __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
        __user_cap_data_struct none[2]{};
        if (::syscall(SYS_capset, &header, none) != 0)
            return;
        PcapEngine engine(m_recorder.sink());
        started = engine.start(optionsFor("near0"));
        may = mayCapture();
    }).join();
    QVERIFY(!started);
    QVERIFY(!may);
    const QString text = QString::fromStdString(started.error().message);
    QVERIFY2(text.contains(QLatin1String("sudo app/run --grant")), qPrintable(text));
}

void CaptureStartTest::refusesAnotherDeviceOfThatName()
{
    const CaptureOptions options = optionsFor("near0");
    m_pair.reset();
    m_pair = std::make_unique<VethPair>(*m_far);
    QVERIFY(m_pair->valid());
    PcapEngine engine(m_recorder.sink());
    const auto started = engine.start(options);
    QVERIFY(!started);
    const QString text = QString::fromStdString(started.error().message);
    QVERIFY2(text.contains(QLatin1String("near0 is not the device you chose")), qPrintable(text));
}

void CaptureStartTest::saysThatTheBufferIsSmaller()
{
    CaptureOptions options = optionsFor("near0");
    options.bufferSize = 3u << 30;
#ifndef TCPW_SANITIZED // which takes all addresses for itself
    rlimit before{};
    ::getrlimit(RLIMIT_AS, &before);
    // As much as the process has now, and some for threads and small rings.
    std::ifstream statm("/proc/self/statm");
    std::uint64_t pages = 0;
    statm >> pages;
    rlimit tight = before;
    tight.rlim_cur = pages * 4096 + (100u << 20);
    QCOMPARE(::setrlimit(RLIMIT_AS, &tight), 0);
#endif
    PcapEngine engine(m_recorder.sink());
    const auto started = engine.start(options);
#ifndef TCPW_SANITIZED
    QCOMPARE(::setrlimit(RLIMIT_AS, &before), 0);
    QVERIFY2(started, started ? "" : started.error().message.c_str());
    const int megabytes = std::stoi(started->warning.substr(std::strlen("The buffer has ")));
    QVERIFY2(megabytes >= 1 && megabytes <= 100, started->warning.c_str());
#endif
    QVERIFY2(started, started ? "" : started.error().message.c_str());
    QVERIFY2(
        started->warning.find("The buffer has") != std::string::npos, started->warning.c_str());
    QVERIFY(engine.send(options.device, std::vector<Bytes>{udpFrame("mine")}));
    engine.stop();
    QCOMPARE(m_recorder.testCount(), std::size_t{1});
}

void CaptureStartTest::saysWhenTheLinkIsDownAtTheStart()
{
    QVERIFY(m_far->ip("link set far0 down"));
    PcapEngine engine(m_recorder.sink());
    const auto started = engine.start(optionsFor("near0"));
    QVERIFY(started);
    QVERIFY2(started->warning.find("The link of near0 is down") != std::string::npos,
        started->warning.c_str());
}

void CaptureStartTest::startsAgainWithOtherOptions()
{
    PcapEngine engine(m_recorder.sink());
    CaptureOptions options = optionsFor("near0");
    QVERIFY(engine.start(options));
    options.filter = "tcp";
    options.number = 4;
    QVERIFY(engine.start(options));
    QVERIFY(engine.send(options.device, std::vector<Bytes>{udpFrame("mine")}));
    options.filter.clear();
    QVERIFY(engine.start(options));
    QVERIFY(engine.send(options.device, std::vector<Bytes>{udpFrame("mine")}));
    engine.stop();
    QCOMPARE(m_recorder.testCount(), std::size_t{1});
    QCOMPARE(m_recorder.tests()[0].record.device, std::uint8_t{4});
}

TCPW_TEST(CaptureStartTest);

#include "tst_capturestart.moc"
