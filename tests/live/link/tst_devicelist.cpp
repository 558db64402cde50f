// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/devicelist.h"
#include "support/network.h"
#include "support/testcase.h"

#include <QTest>

#include <algorithm>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

using namespace tcpw;

class DeviceListTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanup();
    void hasLoopbackAndAnyInAnEmptyNamespace();
    void describesAPair();
    void putsTheLabFirst();
    void takesNoOtherDeviceForTheLab();
    void listsOtherKindsOfDevices_data();
    void listsOtherKindsOfDevices();
    void saysThatRightsAreMissing();
    void listsFiveHundredDevices();
};

namespace {

Device find(const std::string& name)
{
    const auto devices = listDevices();
    if (devices)
        for (const Device& device : *devices)
            if (device.id.name == name)
                return device;
    return {};
}

std::vector<std::string> names(const std::vector<Device>& devices)
{
    std::vector<std::string> result;
    for (const Device& device : devices)
        result.push_back(device.id.name);
    return result;
}

} // namespace

void DeviceListTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
}

void DeviceListTest::cleanup()
{
    for (const char* name : {"near0", "lab0", "test0"})
        ip(std::string("link del ") + name, Quiet::yes);
}

void DeviceListTest::hasLoopbackAndAnyInAnEmptyNamespace()
{
    NetworkNamespace empty;
    Result<std::vector<Device>> devices;
    empty.run([&] {
        ip("link set lo down");
        devices = listDevices();
    });
    QVERIFY(devices);
    QVERIFY((names(*devices) == std::vector<std::string>{"lo", "any"}));
    const Device& lo = devices->front();
    QVERIFY(lo.loopback);
    QVERIFY(!lo.up);
    QVERIFY(lo.linkType == LinkType::ethernet);
    QVERIFY(lo.captureProblem.find("lo is down") != std::string::npos);
    QVERIFY(lo.injectProblem.find("practice network") != std::string::npos);
    QVERIFY(lo.id.networkNamespace != 0);
    const Device& any = devices->back();
    QCOMPARE(any.id.index, 0u);
    QCOMPARE(any.captureProblem, std::string());
    QVERIFY(!any.injectProblem.empty());
    QVERIFY(any.linkType == LinkType::linuxCooked2);
}

void DeviceListTest::describesAPair()
{
    NetworkNamespace far;
    const VethPair pair(far);
    QVERIFY(pair.valid());
    QTRY_VERIFY(find("near0").running);
    const Device device = find("near0");
    QVERIFY(device.id.index > 0);
    QCOMPARE(toText(device.mac), std::string("02:00:00:00:00:01"));
    QCOMPARE(device.mtu, 1500u);
    QVERIFY(device.up && !device.loopback && !device.wireless && !device.lab);
    QCOMPARE(device.captureProblem, std::string());
    QCOMPARE(device.injectProblem, std::string());
    std::vector<std::string> addresses;
    for (const DeviceAddress& each : device.addresses)
        addresses.push_back(toText(each.address) + "/" + std::to_string(each.prefixLength));
    std::sort(addresses.begin(), addresses.end());
    QVERIFY((addresses == std::vector<std::string>{"10.9.0.1/24", "fd09::1/64", "fe80::1/64"}));
    QVERIFY(far.ip("link set far0 down"));
    QTRY_VERIFY(!find("near0").running);
    QVERIFY(find("near0").up);
    QVERIFY(ip("link set near0 down"));
    QVERIFY(find("near0").captureProblem.find("sudo ip link set near0 up") != std::string::npos);
    QVERIFY(!find("near0").injectProblem.empty());
}

void DeviceListTest::putsTheLabFirst()
{
    NetworkNamespace far;
    const VethPair pair(far);
    QVERIFY(
        ip("link add lab0 address 0a:00:00:00:00:01 type veth peer name lab1 netns " + far.path()));
    const auto devices = listDevices();
    QVERIFY(devices);
    QCOMPARE(devices->front().id.name, std::string("lab0"));
    QVERIFY(devices->front().lab);
    QVERIFY(devices->front().description.find("nothing leaves this computer") != std::string::npos);
    QCOMPARE(devices->back().id.name, std::string("any"));
}

void DeviceListTest::takesNoOtherDeviceForTheLab()
{
    NetworkNamespace far;
    QVERIFY(
        ip("link add lab0 address 02:00:00:00:00:07 type veth peer name lab1 netns " + far.path()));
    QVERIFY(!find("lab0").lab);
}

void DeviceListTest::listsOtherKindsOfDevices_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<int>("linkType");
    QTest::addColumn<QString>("description");
    QTest::addColumn<bool>("canSend");
    const auto row = [](const char* command, LinkType type, const char* description, bool sends) {
        QTest::newRow(description) << QString::fromLatin1(command) << int(type)
                                   << QString::fromLatin1(description) << sends;
    };
    row("tuntap add dev test0 mode tun", LinkType::raw, "TUN device", false);
    row("tuntap add dev test0 mode tap", LinkType::ethernet, "TAP device", true);
    row("link add test0 type bridge", LinkType::ethernet, "bridge device", true);
    row("link add link near0 name test0 type macvlan", LinkType::ethernet, "macvlan device", true);
}

void DeviceListTest::listsOtherKindsOfDevices()
{
    QFETCH(QString, command);
    QFETCH(int, linkType);
    QFETCH(QString, description);
    QFETCH(bool, canSend);
    NetworkNamespace far;
    const VethPair pair(far);
    if (!ip(command.toStdString()))
        QSKIP("This kernel has no such device.");
    QVERIFY(ip("link set test0 up"));
    const Device device = find("test0");
    QCOMPARE(int(device.linkType), linkType);
    QCOMPARE(QString::fromStdString(device.description), description);
    QCOMPARE(device.captureProblem, std::string());
    QCOMPARE(device.injectProblem.empty(), canSend);
}

void DeviceListTest::saysThatRightsAreMissing()
{
    NetworkNamespace far;
    const VethPair pair(far);
    Device device;
    std::thread([&] {
        __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
        __user_cap_data_struct none[2]{};
        if (::syscall(SYS_capset, &header, none) == 0)
            device = find("near0");
    }).join();
    const std::string text = "Needs rights for real devices: sudo app/run --grant";
    QCOMPARE(device.captureProblem, text);
    QCOMPARE(device.injectProblem, text);
    QCOMPARE(device.addresses.size(), std::size_t{3});
}

void DeviceListTest::listsFiveHundredDevices()
{
    NetworkNamespace crowded;
    std::size_t count = 0;
    crowded.run([&count] {
        for (int i = 0; i < 250; ++i)
            ip("link add a" + std::to_string(i) + " type veth peer name b" + std::to_string(i));
        const auto devices = listDevices();
        count = devices ? devices->size() : 0;
    });
    QCOMPARE(count, std::size_t{502});
}

TCPW_TEST(DeviceListTest);

#include "tst_devicelist.moc"
