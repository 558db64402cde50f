// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "guard/guard.h"
#include "link/pcapengine.h"
#include "live/link/testtraffic.h"
#include "packet/packet.h"
#include "support/testcase.h"

#include <QTest>

#include <arpa/inet.h>
#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tcpw;

TCPW_OWN_NETWORK;

/// What the own kernel answers to segments that come from the peer, with the guard and without.
class GuardTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void keepsTheKernelSilent_data();
    void keepsTheKernelSilent();
    void keepsSilentForALinkLocalAddress();
    void saysThatOnlyTheTtlLineHolds();
    void isForItsPortAlone();
    void isGoneWithTheObject();
    void isGoneAfterKill();
    void movesWithItsHolder();
    void isNotNeededForAForeignAddress_data();
    void isNotNeededForAForeignAddress();
    void letsTheFarKernelRepeatItsAnswer();

private:
    /// Sends a segment to our port; gives the control bits of what our kernel answers, 0 for
    /// nothing.
    int answerTo(int controlBits, std::uint8_t timeToLive, std::uint16_t port);
    std::vector<int> answersFrom(std::uint16_t port) const;
    void probe(int controlBits, std::uint8_t timeToLive, std::uint16_t port);

    std::unique_ptr<NetworkNamespace> m_far;
    std::unique_ptr<VethPair> m_pair;
    Recorder m_recorder;
    std::unique_ptr<PcapEngine> m_atFarEnd;
    std::string m_own; ///< address
    std::string m_peer;
    std::uint16_t m_fencePort = 50000;
};

namespace {

constexpr int fin = 1;
constexpr int syn = 2;
constexpr int rst = 4;
constexpr int ack = 16;

IpAddress address(const std::string& text)
{
    return *parseIp(text);
}

Bytes segment(const std::string& from, const std::string& to, int controlBits,
    std::uint8_t timeToLive, std::uint16_t sourcePort, std::uint16_t destinationPort, bool toNear)
{
    EthernetHeader ethernet{MacAddress{{2, 0, 0, 0, 0, 1}}, MacAddress{{2, 0, 0, 0, 0, 2}}, {}};
    if (!toNear)
        std::swap(ethernet.source, ethernet.destination);
    TcpHeader tcp;
    tcp.sourcePort = sourcePort;
    tcp.destinationPort = destinationPort;
    tcp.sequenceNumber = 1000;
    tcp.acknowledgmentNumber = controlBits & ack ? 2000 : 0;
    tcp.controlBits = ControlBits{static_cast<std::uint16_t>(controlBits)};
    Packet packet{LinkType::ethernet, {ethernet}};
    if (const IpAddress target = address(to); std::holds_alternative<Ipv6Address>(target)) {
        Ipv6Header ip;
        ip.source = std::get<Ipv6Address>(address(from));
        ip.destination = std::get<Ipv6Address>(target);
        ip.hopLimit = timeToLive;
        packet.layers.emplace_back(ip);
    } else {
        Ipv4Header ip;
        ip.source = std::get<Ipv4Address>(address(from));
        ip.destination = std::get<Ipv4Address>(target);
        ip.timeToLive = timeToLive;
        packet.layers.emplace_back(ip);
    }
    packet.layers.emplace_back(tcp);
    return encode(packet);
}

GuardRequest request(const std::string& own, std::uint16_t port)
{
    return {address(own), port, deviceNamed("near0").index};
}

} // namespace

void GuardTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
}

void GuardTest::init()
{
    m_far = std::make_unique<NetworkNamespace>();
    m_pair = std::make_unique<VethPair>(*m_far);
    QVERIFY(m_pair->valid());
    QVERIFY(knowNeighbours(*m_far));
    for (const char* each : {"fd09::", "fe80::"}) {
        const std::string start = "-6 neigh replace " + std::string(each);
        QVERIFY(ip(start + "2 lladdr 02:00:00:00:00:02 dev near0 nud permanent"));
        QVERIFY(m_far->ip(start + "1 lladdr 02:00:00:00:00:01 dev far0 nud permanent"));
    }
    m_own = "10.9.0.1";
    m_peer = "10.9.0.2";
    m_recorder.clear();
    m_atFarEnd = std::make_unique<PcapEngine>(m_recorder.sink());
    m_far->run([this] {
        CaptureOptions options;
        options.device = deviceNamed("far0");
        options.filter = "(ip or ip6) and inbound and (tcp or ip6 proto 6)";
        m_atFarEnd->start(options);
    });
    QVERIFY(m_atFarEnd->running());
}

void GuardTest::cleanup()
{
    m_atFarEnd.reset();
    m_pair.reset();
    m_far.reset();
}

/// The control bits of all segments that came to the far end from our port.
std::vector<int> GuardTest::answersFrom(std::uint16_t port) const
{
    std::vector<int> result;
    for (const Captured& each : m_recorder.packets()) {
        const Packet packet = decode(each.bytes, LinkType::ethernet);
        const auto* tcp = packet.find<TcpHeader>();
        if (tcp && tcp->sourcePort == port)
            result.push_back(each.bytes[each.bytes[12] == 0x86 ? 14 + 40 + 13 : 14 + 20 + 13]);
    }
    return result;
}

void GuardTest::probe(int controlBits, std::uint8_t timeToLive, std::uint16_t port)
{
    m_far->run([&] {
        sendByOtherProgram(
            "far0", {segment(m_peer, m_own, controlBits, timeToLive, 8081, port, true)});
    });
}

int GuardTest::answerTo(int controlBits, std::uint8_t timeToLive, std::uint16_t port)
{
    m_recorder.clear();
    probe(controlBits, timeToLive, port);
    // The RST that this draws tells that the kernel is done with the one before.
    const std::uint16_t fence = m_fencePort++;
    probe(syn | ack, 64, fence);
    [&] {
        QTRY_VERIFY(!answersFrom(fence).empty());
    }();
    const std::vector<int> answers = answersFrom(port);
    return answers.empty() ? 0 : answers.front();
}

void GuardTest::keepsTheKernelSilent_data()
{
    QTest::addColumn<QString>("own");
    QTest::addColumn<QString>("peer");
    QTest::addColumn<int>("timeToLive");
    for (const int timeToLive : {1, 64, 128, 254, 255}) {
        QTest::addRow("IPv4, TTL %d", timeToLive)
            << QStringLiteral("10.9.0.1") << QStringLiteral("10.9.0.2") << timeToLive;
        QTest::addRow("IPv6, hop limit %d", timeToLive)
            << QStringLiteral("fd09::1") << QStringLiteral("fd09::2") << timeToLive;
    }
}

void GuardTest::keepsTheKernelSilent()
{
    QFETCH(QString, own);
    QFETCH(QString, peer);
    QFETCH(int, timeToLive);
    m_own = own.toStdString();
    m_peer = peer.toStdString();
    const auto ttl = static_cast<std::uint8_t>(timeToLive);
    QCOMPARE(answerTo(syn | ack, ttl, 40001) & rst, rst); // without the guard
    {
        const auto guard = Guard::arm(request(m_own, 40001));
        QVERIFY2(guard, guard ? "" : guard.error().message.c_str());
        QVERIFY(guard->state().needed && guard->state().dropsAll && guard->state().minimumTtl);
        QCOMPARE(guard->state().note, std::string());
        for (const int bits : {syn | ack, syn, ack, fin | ack, 0, syn | fin, rst | ack})
            QCOMPARE(answerTo(bits, ttl, 40001), 0);
    }
    QCOMPARE(answerTo(syn | ack, ttl, 40001) & rst, rst);
}

void GuardTest::keepsSilentForALinkLocalAddress()
{
    m_own = "fe80::1";
    m_peer = "fe80::2";
    QCOMPARE(answerTo(syn | ack, 64, 40002) & rst, rst);
    const auto guard = Guard::arm(request(m_own, 40002));
    QVERIFY2(guard, guard ? "" : guard.error().message.c_str());
    QVERIFY(guard->state().needed);
    QCOMPARE(answerTo(syn | ack, 64, 40002), 0);
    QCOMPARE(answerTo(syn | ack, 255, 40002), 0);
}

void GuardTest::saysThatOnlyTheTtlLineHolds()
{
    // As where CAP_NET_ADMIN is asked for a filter.
    Result<Guard> guard = failure("");
    std::thread([&] {
        if (forbidFilters())
            guard = Guard::arm(request(m_own, 40003));
    }).join();
    QVERIFY2(guard, guard ? "" : guard.error().message.c_str());
    QVERIFY(!guard->state().dropsAll);
    QVERIFY(guard->state().minimumTtl);
    QVERIFY2(guard->state().note.find("255") != std::string::npos, guard->state().note.c_str());
    QCOMPARE(answerTo(syn | ack, 64, 40003), 0);
    QCOMPARE(answerTo(syn | ack, 255, 40003) & rst, rst);
}

void GuardTest::isForItsPortAlone()
{
    const auto guard = Guard::arm(request(m_own, 40004));
    QVERIFY(guard);
    const auto second = Guard::arm(request(m_own, 40006));
    QVERIFY(second);
    QCOMPARE(answerTo(syn | ack, 64, 40004), 0);
    QCOMPARE(answerTo(syn | ack, 64, 40005) & rst, rst);
    QCOMPARE(answerTo(syn | ack, 64, 40006), 0);
    m_own = "fd09::1";
    m_peer = "fd09::2";
    QCOMPARE(answerTo(syn | ack, 64, 40004) & rst, rst);
}

void GuardTest::isGoneWithTheObject()
{
    for (int i = 0; i < 20; ++i) {
        const auto guard = Guard::arm(request(m_own, 40007));
        QVERIFY2(guard, guard ? "" : guard.error().message.c_str());
    }
    QCOMPARE(answerTo(syn | ack, 64, 40007) & rst, rst);
}

void GuardTest::isGoneAfterKill()
{
    int ready[2];
    QCOMPARE(::pipe(ready), 0);
    const pid_t child = ::fork();
    QVERIFY(child >= 0);
    if (child == 0) {
        const auto guard = Guard::arm(request(m_own, 40008));
        const char outcome = guard ? 'y' : 'n';
        (void)!::write(ready[1], &outcome, 1);
        for (;;)
            ::pause();
    }
    char outcome = 0;
    QCOMPARE(::read(ready[0], &outcome, 1), ssize_t{1});
    QCOMPARE(outcome, 'y');
    QCOMPARE(answerTo(syn | ack, 64, 40008), 0);
    QVERIFY(!Guard::arm(request(m_own, 40008)));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ready[0]);
    ::close(ready[1]);
    QCOMPARE(answerTo(syn | ack, 64, 40008) & rst, rst);
    QVERIFY(Guard::arm(request(m_own, 40008)));
}

void GuardTest::movesWithItsHolder()
{
    auto guard = Guard::arm(request(m_own, 40009));
    QVERIFY(guard);
    Guard moved = std::move(*guard);
    QCOMPARE(moved.request().port, std::uint16_t{40009});
    QCOMPARE(answerTo(syn | ack, 64, 40009), 0);
    {
        const Guard last = std::move(moved);
        QCOMPARE(answerTo(syn | ack, 64, 40009), 0);
    }
    QCOMPARE(answerTo(syn | ack, 64, 40009) & rst, rst);
}

void GuardTest::isNotNeededForAForeignAddress_data()
{
    QTest::addColumn<QString>("own");
    for (const char* each : {"10.9.0.99", "8.8.8.8", "fd09::99", "fe80::99", "0.0.0.0", "::"})
        QTest::newRow(each) << QString::fromLatin1(each);
}

void GuardTest::isNotNeededForAForeignAddress()
{
    QFETCH(QString, own);
    const auto guard = Guard::arm(request(own.toStdString(), 40011));
    QVERIFY2(guard, guard ? "" : guard.error().message.c_str());
    QVERIFY(!guard->state().needed);
    QVERIFY(!guard->state().dropsAll);
    QVERIFY(guard->state().note.find("not an address of this machine") != std::string::npos);
    QCOMPARE(answerTo(syn | ack, 64, 40011) & rst, rst);
}

void GuardTest::letsTheFarKernelRepeatItsAnswer()
{
    // The lesson itself: a server at the far end, a SYN of ours, and no ACK.
    int server = -1;
    m_far->run([&server] {
        server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in own{};
        own.sin_family = AF_INET;
        own.sin_port = htons(8081);
        ::bind(server, reinterpret_cast<sockaddr*>(&own), sizeof own);
        ::listen(server, 5);
    });
    const auto guard = Guard::arm(request(m_own, 40012));
    QVERIFY(guard);
    Recorder here;
    PcapEngine engine(here.sink());
    CaptureOptions options;
    options.device = deviceNamed("near0");
    options.filter = "tcp port 8081";
    QVERIFY(engine.start(options));
    QVERIFY(engine.send(
        options.device, std::vector<Bytes>{segment(m_own, m_peer, syn, 64, 40012, 8081, false)}));
    QTRY_VERIFY_WITH_TIMEOUT(here.count() >= 3, 10000); // SYN, SYN,ACK and the same again
    engine.stop();
    ::close(server);
    const auto packets = here.packets();
    QVERIFY(packets[0].record.origin == Origin::me);
    for (std::size_t i = 1; i < packets.size(); ++i) {
        QVERIFY(packets[i].record.origin == Origin::peer);
        QCOMPARE(int(packets[i].bytes[14 + 20 + 13]), syn | ack);
    }
}

TCPW_TEST(GuardTest);

#include "tst_guard.moc"
