// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/templates/drafts.h"
#include "support/testcase.h"

#include <QTest>

namespace tcpw {

namespace {

Draft withPlaceholders()
{
    return findBuiltin("syn")->draft;
}

QString sentenceOf(const Draft& draft, const PlaceholderSource& source)
{
    const auto packet = resolve(draft, source);
    return packet ? QString() : text(packet.error().message);
}

} // namespace

class ResolveTest : public QObject
{
    Q_OBJECT
private slots:
    void givesEveryPlaceholderItsValue();
    void overIpv6Too();
    void asksForTheMacOfTheDestination();
    void asksForTheMacOfWhomArpAsksAbout();
    void takesOnePortAndNumberForAllFields();
    void keepsValues();
    void passesOverAPlaceholderOfALayerThatIsGone();
    void namesFieldAndRemedy_data();
    void namesFieldAndRemedy();
};

void ResolveTest::givesEveryPlaceholderItsValue()
{
    const auto packet = resolve(withPlaceholders(), fullSource());
    QVERIFY(packet);
    QCOMPARE(
        text(toHex(encode(*packet)).substr(0, 24)), QStringLiteral("020000000002020000000001"));
    QCOMPARE(packet->find<Ipv4Header>()->source.value, 0x0a000001u);
    QCOMPARE(packet->find<Ipv4Header>()->destination.value, 0x0a000002u);
    QCOMPARE(packet->find<TcpHeader>()->sourcePort, std::uint16_t(61000));
    QCOMPARE(packet->find<TcpHeader>()->sequenceNumber, 0x12345678u);
}

void ResolveTest::overIpv6Too()
{
    const auto packet = resolve(findBuiltin("syn-ipv6")->draft, fullSource());
    QVERIFY(packet);
    QCOMPARE(text(toText(packet->find<Ipv6Header>()->source)), QStringLiteral("fd00::1"));
    QCOMPARE(text(toText(packet->find<Ipv6Header>()->destination)), QStringLiteral("fd00::2"));
}

void ResolveTest::asksForTheMacOfTheDestination()
{
    Draft draft = withPlaceholders();
    QVERIFY(setDraftField(draft, "ipv4.destination", "10.9.9.9"));
    PlaceholderSource source = fullSource();
    std::vector<IpAddress> asked;
    source.peerMac = [&asked](const IpAddress& address) -> Result<MacAddress> {
        asked.push_back(address);
        return MacAddress{};
    };
    QVERIFY(resolve(draft, source));
    QVERIFY(resolve(withPlaceholders(), source));
    const std::vector<IpAddress> wanted{Ipv4Address{0x0a090909}, Ipv4Address{0x0a000002}};
    QVERIFY(asked == wanted);
}

void ResolveTest::asksForTheMacOfWhomArpAsksAbout()
{
    Draft draft;
    ArpPacket arp;
    arp.targetProtocol = Ipv4Address{0x0a070707};
    draft.packet.layers = {EthernetHeader{}, arp};
    QVERIFY(setDraftField(draft, "ethernet.destination", "{peer.mac}"));
    PlaceholderSource source = fullSource();
    IpAddress asked;
    source.peerMac = [&asked](const IpAddress& address) -> Result<MacAddress> {
        asked = address;
        return MacAddress{};
    };
    QVERIFY(resolve(draft, source));
    QVERIFY(asked == IpAddress(arp.targetProtocol));
}

void ResolveTest::takesOnePortAndNumberForAllFields()
{
    Draft draft = withPlaceholders();
    QVERIFY(setDraftField(draft, "tcp.destinationPort", "{new.port}"));
    QVERIFY(setDraftField(draft, "tcp.acknowledgmentNumber", "{new.sequence}"));
    PlaceholderSource source = fullSource();
    std::uint16_t port = 61000;
    source.newPort = [&port]() -> Result<std::uint16_t> {
        return ++port;
    };
    std::uint32_t number = 5;
    source.newSequence = [&number] {
        return ++number;
    };
    for (int send = 1; send <= 2; ++send) {
        const auto packet = resolve(draft, source);
        QVERIFY(packet);
        const auto& tcp = *packet->find<TcpHeader>();
        QCOMPARE(int(tcp.sourcePort), 61000 + send);
        QCOMPARE(tcp.destinationPort, tcp.sourcePort);
        QCOMPARE(int(tcp.sequenceNumber), 5 + send);
        QCOMPARE(tcp.acknowledgmentNumber, tcp.sequenceNumber);
    }
}

void ResolveTest::keepsValues()
{
    const auto packet = resolve(plainDraft(), PlaceholderSource{});
    QVERIFY(packet);
    QVERIFY(*packet == plainDraft().packet);
}

void ResolveTest::passesOverAPlaceholderOfALayerThatIsGone()
{
    Draft draft = withPlaceholders();
    draft.packet.layers.erase(draft.packet.layers.begin());
    const auto packet = resolve(draft, fullSource());
    QVERIFY(packet);
    QCOMPARE(packet->find<TcpHeader>()->sourcePort, std::uint16_t(61000));
}

void ResolveTest::namesFieldAndRemedy_data()
{
    QTest::addColumn<Draft>("draft");
    QTest::addColumn<PlaceholderSource>("source");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const Draft& draft, auto&& take, const char* sentence) {
        PlaceholderSource source = fullSource();
        take(source);
        QTest::newRow(name) << draft << source << QString::fromLatin1(sentence);
    };
    using Source = PlaceholderSource;
    row(
        "peer", withPlaceholders(), [](Source& source) { source.peerIpv4.reset(); },
        "ipv4.destination has no value on this device: set the destination address.");
    row(
        "peer over IPv6", findBuiltin("syn-ipv6")->draft,
        [](Source& source) { source.peerIpv6.reset(); },
        "ipv6.destination has no value on this device: set the destination address.");
    row(
        "device", withPlaceholders(), [](Source& source) { source.deviceIpv4.reset(); },
        "ipv4.source has no value: this device has no IPv4 address. Set the source address.");
    row(
        "device over IPv6", findBuiltin("syn-ipv6")->draft,
        [](Source& source) { source.deviceIpv6.reset(); },
        "ipv6.source has no value: this device has no IPv6 address. Set the source address.");
    row(
        "nobody to ask for the MAC", withPlaceholders(),
        [](Source& source) { source.peerMac = nullptr; },
        "ethernet.destination has no value here: set the MAC address.");
    row(
        "MAC not found", withPlaceholders(),
        [](Source& source) {
            source.peerMac = [](const IpAddress&) -> Result<MacAddress> {
                return failure("Nobody answers.");
            };
        },
        "ethernet.destination has no value: Nobody answers.");
    Draft withoutIp;
    withoutIp.packet.layers = {EthernetHeader{}, Payload{}};
    QVERIFY(setDraftField(withoutIp, "ethernet.destination", "{peer.mac}"));
    row(
        "no destination", withoutIp, [](Source&) {},
        "ethernet.destination has no value: the packet has no IP destination whose MAC address "
        "could be found. Set the MAC address.");
    row(
        "nobody to ask for a port", withPlaceholders(),
        [](Source& source) { source.newPort = nullptr; },
        "tcp.sourcePort has no value here: set the port.");
    row(
        "no port", withPlaceholders(),
        [](Source& source) {
            source.newPort = []() -> Result<std::uint16_t> {
                return failure("All are taken.");
            };
        },
        "tcp.sourcePort has no value: All are taken.");
    row(
        "no number", withPlaceholders(), [](Source& source) { source.newSequence = nullptr; },
        "tcp.sequenceNumber has no value here: set the sequence number.");
}

void ResolveTest::namesFieldAndRemedy()
{
    QFETCH(Draft, draft);
    QFETCH(PlaceholderSource, source);
    QTEST(sentenceOf(draft, source), "sentence");
}

TCPW_TEST(ResolveTest);

} // namespace tcpw

#include "tst_resolve.moc"
