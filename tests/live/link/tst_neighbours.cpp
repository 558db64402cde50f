// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/devicelist.h"
#include "link/neighbours.h"
#include "link/pcapengine.h"
#include "packet/packet.h"
#include "support/testcase.h"
#include "testtraffic.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <arpa/inet.h>
#include <fstream>
#include <netinet/in.h>
#include <set>
#include <sys/socket.h>
#include <unistd.h>

using namespace tcpw;

class NeighboursTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void findsTheNextHop();
    void findsTheNeighbour_data();
    void findsTheNeighbour();
    void asksAsMe();
    void usesTheKernelsTable();
    void asksWithoutAnAddressOfItsOwn();
    void givesGroupsTheirAddress_data();
    void givesGroupsTheirAddress();
    void saysThatNobodyAnswers_data();
    void saysThatNobodyAnswers();
    void saysWhatHasNoNeighbours();
    void checksOnTheLink_data();
    void checksOnTheLink();
    void checksBehindARouter();
    void checksAMachineThatIgnoresEchoes();
    void checksAGroup();
    void givesFreePortsOutsideTheKernelsRange();
    void givesPortsWhenTheKernelsRangeIsEverything();

private:
    Device near() const;

    std::unique_ptr<NetworkNamespace> m_far;
    std::unique_ptr<VethPair> m_pair;
};

namespace {

IpAddress address(const char* text)
{
    return *parseIp(text);
}

const std::string farMac = "02:00:00:00:00:02";

} // namespace

void NeighboursTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
}

void NeighboursTest::init()
{
    m_far = std::make_unique<NetworkNamespace>();
    m_pair = std::make_unique<VethPair>(*m_far);
    QVERIFY(m_pair->valid());
}

void NeighboursTest::cleanup()
{
    m_pair.reset();
    m_far.reset();
}

Device NeighboursTest::near() const
{
    const auto devices = listDevices();
    if (devices)
        for (const Device& device : *devices)
            if (device.id.name == "near0")
                return device;
    return {};
}

void NeighboursTest::findsTheNextHop()
{
    const DeviceId device = deviceNamed("near0");
    const auto onLink = nextHop(device, address("10.9.0.77"));
    QVERIFY(onLink);
    QVERIFY(onLink->onLink && onLink->address == address("10.9.0.77"));
    QVERIFY(ip("route add 172.16.0.0/16 via 10.9.0.2"));
    const auto behind = nextHop(device, address("172.16.3.4"));
    QVERIFY(behind);
    QVERIFY(!behind->onLink && behind->address == address("10.9.0.2"));
    QVERIFY(ip("-6 route add fd77::/64 via fd09::2"));
    const auto behind6 = nextHop(device, address("fd77::1"));
    QVERIFY(behind6);
    QVERIFY(!behind6->onLink && behind6->address == address("fd09::2"));
    const auto nowhere = nextHop(device, address("fd99::1"));
    QVERIFY(!nowhere);
    QVERIFY2(
        nowhere.error().message.find("There is no way from near0 to fd99::1") != std::string::npos,
        nowhere.error().message.c_str());
}

void NeighboursTest::findsTheNeighbour_data()
{
    QTest::addColumn<QString>("destination");
    for (const char* each : {"10.9.0.2", "fd09::2", "fe80::2", "172.16.3.4", "fd77::1"})
        QTest::newRow(each) << QString::fromLatin1(each);
}

void NeighboursTest::findsTheNeighbour()
{
    QFETCH(QString, destination);
    QVERIFY(ip("route add 172.16.0.0/16 via 10.9.0.2"));
    QVERIFY(ip("-6 route add fd77::/64 via fd09::2"));
    const auto mac = findNeighbour(near(), address(qPrintable(destination)));
    QVERIFY2(mac, mac ? "" : mac.error().message.c_str());
    QCOMPARE(toText(*mac), farMac);
}

void NeighboursTest::asksAsMe()
{
    Recorder recorder;
    PcapEngine engine(recorder.sink());
    CaptureOptions options;
    options.device = deviceNamed("near0");
    options.filter = "arp or icmp6[icmp6type]=icmp6-neighborsolicit";
    QVERIFY(engine.start(options));
    QVERIFY(findNeighbour(near(), address("10.9.0.2")));
    QVERIFY(findNeighbour(near(), address("fd09::2")));
    engine.stop();
    const auto packets = recorder.packets();
    QVERIFY(packets.size() >= 3);
    QVERIFY(packets[0].record.origin == Origin::me);
    QCOMPARE(packets[0].bytes.size(), std::size_t{42});
    QVERIFY(packets[1].record.origin == Origin::peer);
    const auto solicitation
        = std::find_if(packets.begin(), packets.end(), [](const Captured& each) {
              return each.record.origin == Origin::me && each.bytes[12] == 0x86;
          });
    QVERIFY(solicitation != packets.end());
    QCOMPARE(solicitation->bytes.size(), std::size_t{86});
}

void NeighboursTest::usesTheKernelsTable()
{
    QVERIFY(ip("neigh replace 10.9.0.88 lladdr 02:00:00:00:00:88 dev near0 nud permanent"));
    QVERIFY(ip("-6 neigh replace fd09::88 lladdr 02:00:00:00:00:89 dev near0 nud stale"));
    QCOMPARE(
        toText(*findNeighbour(near(), address("10.9.0.88"))), std::string("02:00:00:00:00:88"));
    QCOMPARE(toText(*findNeighbour(near(), address("fd09::88"))), std::string("02:00:00:00:00:89"));
}

void NeighboursTest::asksWithoutAnAddressOfItsOwn()
{
    QVERIFY(ip("addr flush dev near0"));
    QVERIFY(ip("route add 10.9.0.0/24 dev near0"));
    const auto mac = findNeighbour(near(), address("10.9.0.2"));
    QVERIFY2(mac, mac ? "" : mac.error().message.c_str());
    QCOMPARE(toText(*mac), farMac);
}

void NeighboursTest::givesGroupsTheirAddress_data()
{
    QTest::addColumn<QString>("destination");
    QTest::addColumn<QString>("mac");
    const auto row = [](const char* destination, const char* mac) {
        QTest::newRow(destination) << QString::fromLatin1(destination) << QString::fromLatin1(mac);
    };
    row("224.0.0.1", "01:00:5e:00:00:01");
    row("239.255.129.7", "01:00:5e:7f:81:07");
    row("255.255.255.255", "ff:ff:ff:ff:ff:ff");
    row("10.9.0.255", "ff:ff:ff:ff:ff:ff");
    row("ff02::1", "33:33:00:00:00:01");
    row("ff02::1:ff00:1234", "33:33:ff:00:12:34");
}

void NeighboursTest::givesGroupsTheirAddress()
{
    QFETCH(QString, destination);
    QFETCH(QString, mac);
    const auto found = findNeighbour(near(), address(qPrintable(destination)));
    QVERIFY2(found, found ? "" : found.error().message.c_str());
    QCOMPARE(QString::fromStdString(toText(*found)), mac);
}

void NeighboursTest::saysThatNobodyAnswers_data()
{
    QTest::addColumn<QString>("destination");
    QTest::newRow("ARP") << QStringLiteral("10.9.0.77");
    QTest::newRow("neighbour solicitation") << QStringLiteral("fd09::77");
}

void NeighboursTest::saysThatNobodyAnswers()
{
    QFETCH(QString, destination);
    QElapsedTimer timer;
    timer.start();
    const auto mac = findNeighbour(near(), address(qPrintable(destination)));
    QVERIFY(timer.elapsed() < 2500);
    QVERIFY(!mac);
    const QString text = QString::fromStdString(mac.error().message);
    QVERIFY2(text.startsWith(destination
                 + QStringLiteral(" should be on this link, but nobody "
                                  "answers ")
                 + QString::fromLatin1(QTest::currentDataTag())),
        qPrintable(text));
}

void NeighboursTest::saysWhatHasNoNeighbours()
{
    Device lo;
    const auto devices = listDevices();
    QVERIFY(devices);
    for (const Device& device : *devices)
        if (device.loopback)
            lo = device;
    QVERIFY(!findNeighbour(lo, address("127.0.0.1")));
    QVERIFY(!findNeighbour(near(), address("0.0.0.0")));
    QVERIFY(!findNeighbour(near(), address("::")));
    const auto own = findNeighbour(near(), address("10.9.0.1"));
    QVERIFY(!own);
    QVERIFY(own.error().message.find("this machine's own address") != std::string::npos);
    Device gone = near();
    QVERIFY(ip("link del near0"));
    const auto late = findNeighbour(gone, address("10.9.0.2"));
    QVERIFY(!late);
    QVERIFY(late.error().message.find("near0 is gone") != std::string::npos);
}

void NeighboursTest::checksOnTheLink_data()
{
    QTest::addColumn<QString>("destination");
    QTest::addColumn<QString>("start");
    QTest::newRow("IPv4") << QStringLiteral("10.9.0.2")
                          << QStringLiteral("10.9.0.2 is on this link and answers ARP from "
                                            "02:00:00:00:00:02. It answers ICMP echo in ");
    QTest::newRow("IPv6") << QStringLiteral("fd09::2")
                          << QStringLiteral(
                                 "fd09::2 is on this link and answers neighbour solicitation from "
                                 "02:00:00:00:00:02. It answers ICMP echo in ");
}

void NeighboursTest::checksOnTheLink()
{
    QFETCH(QString, destination);
    QFETCH(QString, start);
    const auto found = checkReachability(near(), address(qPrintable(destination)));
    QVERIFY2(found, found ? "" : found.error().message.c_str());
    QVERIFY(found->onLink && found->neighbourAnswers && found->echoAnswers);
    QVERIFY(found->nextHop == address(qPrintable(destination)));
    QCOMPARE(toText(found->neighbour), farMac);
    QVERIFY(found->roundTripMilliseconds > 0 && found->roundTripMilliseconds < 400);
    const QString words = QString::fromStdString(found->words);
    QVERIFY2(words.startsWith(start) && words.endsWith(QLatin1String(" ms.")), qPrintable(words));
}

void NeighboursTest::checksBehindARouter()
{
    QVERIFY(m_far->ip("addr add 172.16.3.4/32 dev lo"));
    QVERIFY(ip("route add 172.16.0.0/16 via 10.9.0.2"));
    const auto found = checkReachability(near(), address("172.16.3.4"));
    QVERIFY2(found, found ? "" : found.error().message.c_str());
    QVERIFY(!found->onLink && found->neighbourAnswers && found->echoAnswers);
    QVERIFY(found->nextHop == address("10.9.0.2"));
    QVERIFY(found->words.starts_with("172.16.3.4 is reached by the router 10.9.0.2, which answers "
                                     "ARP from 02:00:00:00:00:02."));
}

void NeighboursTest::checksAMachineThatIgnoresEchoes()
{
    m_far->run([] { setSysctl("net/ipv4/icmp_echo_ignore_all", "1"); });
    QElapsedTimer timer;
    timer.start();
    const auto found = checkReachability(near(), address("10.9.0.2"));
    QVERIFY(found);
    QVERIFY(found->neighbourAnswers && !found->echoAnswers);
    QVERIFY(found->words.find("does not answer ICMP echo") != std::string::npos);
    const auto silent = checkReachability(near(), address("10.9.0.77"));
    QVERIFY(silent);
    QVERIFY(!silent->neighbourAnswers);
    QVERIFY(silent->words.find("nobody answers ARP") != std::string::npos);
    QVERIFY(timer.elapsed() < 4000);
}

void NeighboursTest::checksAGroup()
{
    const auto found = checkReachability(near(), address("224.0.0.1"));
    QVERIFY(found);
    QVERIFY(!found->neighbourAnswers && !found->echoAnswers);
    QVERIFY(found->words.find("multicast") != std::string::npos);
}

void NeighboursTest::givesFreePortsOutsideTheKernelsRange()
{
    std::set<std::uint16_t> ports;
    for (int i = 0; i < 200; ++i) {
        const auto port = newPort();
        QVERIFY(port);
        QVERIFY(*port >= 1024 && (*port < 32768 || *port > 60999));
        ports.insert(*port);
    }
    QCOMPARE(ports.size(), std::size_t{200});
}

void NeighboursTest::givesPortsWhenTheKernelsRangeIsEverything()
{
    // All but the ports 2000 to 2003, of which 2001 is taken.
    QVERIFY(setSysctl("net/ipv4/ip_local_port_range", "2004 65535"));
    const int socket = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in6 taken{};
    taken.sin6_family = AF_INET6;
    taken.sin6_port = htons(2001);
    QCOMPARE(::bind(socket, reinterpret_cast<sockaddr*>(&taken), sizeof taken), 0);
    QCOMPARE(::listen(socket, 1), 0);
    for (int i = 0; i < 1000; ++i) {
        const auto port = newPort();
        QVERIFY(port && *port != 2001 && *port < 2004);
    }
    QVERIFY(setSysctl("net/ipv4/ip_local_port_range", "1024 65535"));
    QVERIFY(newPort());
    ::close(socket);
    QVERIFY(setSysctl("net/ipv4/ip_local_port_range", "32768 60999"));
}

TCPW_TEST(NeighboursTest);

#include "tst_neighbours.moc"
