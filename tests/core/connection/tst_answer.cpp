// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/answer.h"
#include "core/connection/packets.h"
#include "support/testcase.h"

#include <QTest>

namespace tcpw {

namespace {

using Bits = ControlBits;
constexpr std::uint32_t ourFirst = 0x1000; // the initial sequence number handed in

/// The TCP header that answers; empty when there is no answer.
std::optional<TcpHeader> answered(const Packet& received, AnswerKind kind, ByteView data = {})
{
    const auto packet = answer(received, kind, data, {ourFirst});
    if (!packet)
        return {};
    return *packet->find<TcpHeader>();
}

} // namespace

/// Held against the rules of RFC 9293, sections 3.5 and 3.10.7.
class AnswerTest : public QObject
{
    Q_OBJECT
private slots:
    void numbersFollowTheRfc_data();
    void numbersFollowTheRfc();
    void endsAreSwappedOnEveryLayer();
    void endsAreSwappedInBothHeadersOfATunnel();
    void extensionHeadersAreLeftOut();
    void vlanTagsStay();
    void loopbackHeaderStays();
    void computedFieldsAreAutomatic();
    void timestampsAreEchoed();
    void firstTimestampIsOfAClock();
    void malformedTimestampsAreNotEchoed();
    void resetCarriesNoOptionAndNoWindow();
    void synAckStatesASegmentSize();
    void dataIsCarried();
    void paddingIsNotAcknowledged();
    void cutSegmentIsAcknowledgedByItsIpLength();
    void segmentWithoutIpLengthIsAcknowledgedByItsBytes();
    void refusesWithASentence_data();
    void refusesWithASentence();
    void usualAnswerIsWhatMostWant_data();
    void usualAnswerIsWhatMostWant();
    void kindsAreReadAsTheyAreWritten();
};

void AnswerTest::numbersFollowTheRfc_data()
{
    QTest::addColumn<int>("received");
    QTest::addColumn<quint32>("sequence");
    QTest::addColumn<quint32>("acknowledgment");
    QTest::addColumn<int>("dataLength");
    QTest::addColumn<AnswerKind>("kind");
    QTest::addColumn<int>("bits");
    QTest::addColumn<quint32>("ourSequence");
    QTest::addColumn<quint32>("ourAcknowledgment");

    const int syn = Bits::syn, ack = Bits::ack, fin = Bits::fin, rst = Bits::rst, psh = Bits::psh;
    QTest::newRow("ACK to SYN,ACK")
        << (syn | ack) << 100u << 501u << 0 << AnswerKind::ack << ack << 501u << 101u;
    QTest::newRow("ACK to data") << (psh | ack) << 100u << 501u << 5 << AnswerKind::ack << ack
                                 << 501u << 105u;
    QTest::newRow("ACK to FIN") << (fin | ack) << 100u << 501u << 0 << AnswerKind::ack << ack
                                << 501u << 101u;
    QTest::newRow("ACK to data and FIN")
        << (fin | ack) << 100u << 501u << 5 << AnswerKind::ack << ack << 501u << 106u;
    QTest::newRow("ACK to SYN with data")
        << syn << 100u << 0u << 3 << AnswerKind::ack << ack << ourFirst << 104u;
    QTest::newRow("data to SYN,ACK")
        << (syn | ack) << 100u << 501u << 0 << AnswerKind::data << (psh | ack) << 501u << 101u;
    QTest::newRow("FIN to FIN") << (fin | ack) << 100u << 501u << 0 << AnswerKind::finAck
                                << (fin | ack) << 501u << 101u;
    QTest::newRow("SYN,ACK to SYN")
        << syn << 100u << 0u << 0 << AnswerKind::synAck << (syn | ack) << ourFirst << 101u;
    QTest::newRow("SYN,ACK to SYN,ACK, both opened at once")
        << (syn | ack) << 100u << 501u << 0 << AnswerKind::synAck << (syn | ack) << 500u << 101u;
    QTest::newRow("RST to a segment with ACK")
        << (psh | ack) << 100u << 501u << 5 << AnswerKind::rst << rst << 501u << 0u;
    QTest::newRow("RST to a segment without ACK")
        << syn << 100u << 0u << 0 << AnswerKind::rst << (rst | ack) << 0u << 101u;
    QTest::newRow("RST to SYN, FIN and data without ACK")
        << (syn | fin) << 100u << 0u << 7 << AnswerKind::rst << (rst | ack) << 0u << 109u;
    QTest::newRow("ACK over the wrap") << (psh | ack) << 0xffff'fffeu << 0xffff'ffffu << 5
                                       << AnswerKind::ack << ack << 0xffff'ffffu << 3u;
    QTest::newRow("ACK to RST") << (rst | ack) << 100u << 501u << 0 << AnswerKind::ack << ack
                                << 501u << 100u;
}

void AnswerTest::numbersFollowTheRfc()
{
    QFETCH(int, received);
    QFETCH(quint32, sequence);
    QFETCH(quint32, acknowledgment);
    QFETCH(int, dataLength);
    QFETCH(AnswerKind, kind);
    const auto segment
        = peerSegment(static_cast<std::uint16_t>(received), sequence, acknowledgment);

    const Bytes data(static_cast<std::size_t>(dataLength), 'x');
    const auto tcp = answered(overIpv4(segment, data), kind);
    QVERIFY(tcp);
    QTEST(int(tcp->controlBits.value), "bits");
    QTEST(quint32(tcp->sequenceNumber), "ourSequence");
    QTEST(quint32(tcp->acknowledgmentNumber), "ourAcknowledgment");
}

void AnswerTest::endsAreSwappedOnEveryLayer()
{
    const auto packet = answer(
        overIpv4(peerSegment(Bits::syn | Bits::ack, 1, 2)), AnswerKind::ack, {}, {ourFirst});
    QVERIFY(packet);
    QCOMPARE(packet->layers.size(), 3u);
    QCOMPARE(packet->find<EthernetHeader>()->destination, peerMac);
    QCOMPARE(packet->find<EthernetHeader>()->source, ourMac);
    QCOMPARE(packet->find<Ipv4Header>()->source, our4);
    QCOMPARE(packet->find<Ipv4Header>()->destination, peer4);
    QCOMPARE(packet->find<Ipv4Header>()->timeToLive, std::uint8_t(64));
    QCOMPARE(packet->find<TcpHeader>()->sourcePort, std::uint16_t(40000));
    QCOMPARE(packet->find<TcpHeader>()->destinationPort, std::uint16_t(8081));
    QCOMPARE(packet->find<TcpHeader>()->window, std::uint16_t(64240));
}

void AnswerTest::endsAreSwappedInBothHeadersOfATunnel()
{
    const Packet received{LinkType::ethernet,
        {EthernetHeader{ourMac, peerMac, {}}, peerIpv6(), peerIpv4(), peerSegment(Bits::ack, 1, 2),
            Payload{{1, 2}}}};
    const auto packet = answer(received, AnswerKind::ack, {}, {ourFirst});
    QVERIFY(packet);
    QCOMPARE(packet->find<Ipv6Header>()->destination, peer6);
    QCOMPARE(packet->find<Ipv4Header>()->destination, peer4);
    QCOMPARE(packet->find<TcpHeader>()->acknowledgmentNumber, 3u);
}

void AnswerTest::extensionHeadersAreLeftOut()
{
    Ipv6Extension options;
    options.body = {1, 4, 0, 0, 0, 0};
    const auto received = captured({EthernetHeader{ourMac, peerMac, {}}, peerIpv6(), options,
        peerSegment(Bits::fin | Bits::ack, 9, 2), Payload{{1, 2, 3}}});
    QVERIFY(received.find<Ipv6Extension>());

    const auto packet = answer(received, AnswerKind::ack, {}, {ourFirst});
    QVERIFY(packet);
    QCOMPARE(packet->layers.size(), 3u);
    QCOMPARE(packet->find<Ipv6Header>()->source, our6);
    QCOMPARE(packet->find<Ipv6Header>()->destination, peer6);
    QCOMPARE(packet->find<TcpHeader>()->acknowledgmentNumber, 13u);
}

void AnswerTest::vlanTagsStay()
{
    VlanTag outer;
    outer.identifier = 7;
    VlanTag inner;
    inner.identifier = 8;
    inner.priority = 5;
    const auto received = captured({EthernetHeader{ourMac, peerMac, std::uint16_t(0x88a8)}, outer,
        inner, peerIpv4(), peerSegment(Bits::ack, 1, 2)});

    const auto packet = answer(received, AnswerKind::ack, {}, {ourFirst});
    QVERIFY(packet);
    const Packet wanted{
        LinkType::ethernet, {EthernetHeader{peerMac, ourMac, std::uint16_t(0x88a8)}, outer, inner}};
    for (std::size_t i = 0; i < wanted.layers.size(); ++i)
        QVERIFY(packet->layers[i] == wanted.layers[i]);
    QCOMPARE(toHex(encode(*packet)).substr(24, 16), std::string("88a800078100a008"));
}

void AnswerTest::loopbackHeaderStays()
{
    const auto received = captured(
        {LoopbackHeader{}, peerIpv4(), peerSegment(Bits::syn | Bits::ack, 1, 2)}, LinkType::null);
    const auto packet = answer(received, AnswerKind::ack, {}, {ourFirst});
    QVERIFY(packet);
    QCOMPARE(packet->linkType, LinkType::null);
    QVERIFY(packet->layers[0] == received.layers[0]);
}

void AnswerTest::computedFieldsAreAutomatic()
{
    TcpHeader wrong = peerSegment(Bits::ack, 1, 2);
    wrong.checksum = 0x1234;
    Ipv4Header ip = peerIpv4();
    ip.headerChecksum = 0x1234;
    ip.identification = 77;
    ip.timeToLive = 3;
    const auto received = captured({EthernetHeader{ourMac, peerMac, {}}, ip, wrong});
    const auto packet = answer(received, AnswerKind::ack, {}, {ourFirst});
    QVERIFY(packet);
    QVERIFY(!packet->find<TcpHeader>()->checksum);
    QVERIFY(!packet->find<TcpHeader>()->dataOffset);
    Ipv4Header usual;
    usual.source = our4;
    usual.destination = peer4;
    QVERIFY(*packet->find<Ipv4Header>() == usual);
}

void AnswerTest::timestampsAreEchoed()
{
    TcpHeader segment = peerSegment(Bits::ack, 1, 2);
    segment.options.list = {tcpOption::timestamps({900, 50})};
    const auto tcp = answered(overIpv4(segment), AnswerKind::ack);
    QVERIFY(tcp);
    QCOMPARE(text(toText(tcp->options)), QStringLiteral("nop,nop,timestamps=51:900"));
}

void AnswerTest::firstTimestampIsOfAClock()
{
    TcpHeader segment = peerSegment(Bits::syn, 1, 0);
    segment.options.list = {tcpOption::timestamps({900, 0})};
    const auto first = answered(overIpv4(segment), AnswerKind::synAck);
    QVERIFY(first);
    const auto values = findTimestamps(first->options);
    QVERIFY(values);
    QCOMPARE(values->echoReply, 900u);

    const auto isLater = [&] {
        const auto later = answered(overIpv4(segment), AnswerKind::synAck);
        const auto passed = findTimestamps(later->options)->value - values->value;
        return passed > 0 && passed < 60'000;
    };
    QTRY_VERIFY(isLater());
}

void AnswerTest::malformedTimestampsAreNotEchoed()
{
    TcpHeader segment = peerSegment(Bits::ack, 1, 2);
    segment.options = parseTcpOptions("timestamps/8=000000010000").value();
    const auto tcp = answered(overIpv4(segment), AnswerKind::ack);
    QVERIFY(tcp);
    QVERIFY(tcp->options.list.empty());
}

void AnswerTest::resetCarriesNoOptionAndNoWindow()
{
    TcpHeader segment = peerSegment(Bits::ack, 1, 2);
    segment.options.list = {tcpOption::timestamps({900, 50})};
    const auto tcp = answered(overIpv4(segment), AnswerKind::rst);
    QVERIFY(tcp);
    QVERIFY(tcp->options.list.empty());
    QCOMPARE(tcp->window, std::uint16_t(0));
}

void AnswerTest::synAckStatesASegmentSize()
{
    const TcpHeader syn = peerSegment(Bits::syn, 1, 0);
    const auto four = answered(overIpv4(syn), AnswerKind::synAck);
    QVERIFY(four);
    QCOMPARE(text(toText(four->options)), QStringLiteral("mss=1460"));
    const auto received = captured({EthernetHeader{ourMac, peerMac, {}}, peerIpv6(), syn});
    const auto six = answered(received, AnswerKind::synAck);
    QVERIFY(six);
    QCOMPARE(text(toText(six->options)), QStringLiteral("mss=1440"));
}

void AnswerTest::dataIsCarried()
{
    const Bytes hello{'h', 'e', 'l', 'l', 'o'};
    const auto received = overIpv4(peerSegment(Bits::syn | Bits::ack, 1, 2));
    const auto data = answer(received, AnswerKind::data, hello, {ourFirst});
    QVERIFY(data);
    QVERIFY(data->find<Payload>());
    QVERIFY(data->find<Payload>()->bytes == hello);
    const auto empty = answer(received, AnswerKind::data, {}, {ourFirst});
    QVERIFY(empty);
    QVERIFY(!empty->find<Payload>());
    const auto ack = answer(received, AnswerKind::ack, hello, {ourFirst});
    QVERIFY(ack);
    QVERIFY(!ack->find<Payload>());
}

void AnswerTest::paddingIsNotAcknowledged()
{
    const auto received = captured({EthernetHeader{ourMac, peerMac, {}}, peerIpv4(),
        peerSegment(Bits::ack, 100, 2), Trailer{Bytes(6, 0)}});
    QVERIFY(received.find<Trailer>());
    const auto tcp = answered(received, AnswerKind::ack);
    QVERIFY(tcp);
    QCOMPARE(tcp->acknowledgmentNumber, 100u);
}

void AnswerTest::cutSegmentIsAcknowledgedByItsIpLength()
{
    Bytes frame = encode(overIpv4(peerSegment(Bits::ack, 100, 2), Bytes(500, 'x')));
    frame.resize(96); // as a small snapshot length leaves it
    const auto tcp = answered(decode(frame, LinkType::ethernet), AnswerKind::ack);
    QVERIFY(tcp);
    QCOMPARE(tcp->acknowledgmentNumber, 600u);
}

void AnswerTest::segmentWithoutIpLengthIsAcknowledgedByItsBytes()
{
    Ipv4Header ip = peerIpv4();
    ip.totalLength = 0; // as before the network card cuts a large segment
    const Packet received{LinkType::ethernet,
        {EthernetHeader{ourMac, peerMac, {}}, ip, peerSegment(Bits::ack, 100, 2),
            Payload{Bytes(3000, 'x')}}};
    const auto tcp = answered(received, AnswerKind::ack);
    QVERIFY(tcp);
    QCOMPARE(tcp->acknowledgmentNumber, 3100u);
}

void AnswerTest::refusesWithASentence_data()
{
    QTest::addColumn<Packet>("received");
    QTest::addColumn<QString>("part");
    const EthernetHeader ethernet{ourMac, peerMac, {}};
    const TcpHeader ack = peerSegment(Bits::ack, 1, 2);

    QTest::newRow("nothing") << Packet{} << "no whole TCP header";
    QTest::newRow("UDP") << captured({ethernet, peerIpv4(), UdpHeader{}}) << "no whole TCP header";
    Bytes cut = encode(overIpv4(ack));
    cut.resize(14 + 20 + 13);
    QTest::newRow("cut header") << decode(cut, LinkType::ethernet) << "no whole TCP header";
    TcpHeader small = ack;
    small.dataOffset = 4;
    QTest::newRow("data offset 4") << overIpv4(small) << "data offset";
    TcpHeader large = ack;
    large.dataOffset = 15;
    QTest::newRow("data offset past the end") << overIpv4(large) << "data offset";
    Ipv4Header first = peerIpv4();
    first.moreFragments = true;
    QTest::newRow("first fragment")
        << captured({ethernet, first, ack, Payload{Bytes(4)}}) << "fragment";
    QTest::newRow("cooked") << captured(
        {LinuxCookedHeader{}, peerIpv4(), ack}, LinkType::linuxCooked)
                            << "several devices";
    QTest::newRow("cooked 2") << captured(
        {LinuxCooked2Header{}, peerIpv4(), ack}, LinkType::linuxCooked2)
                              << "several devices";
    QTest::newRow("RST") << overIpv4(peerSegment(Bits::rst, 1, 0)) << "never answered";
}

void AnswerTest::refusesWithASentence()
{
    QFETCH(Packet, received);
    QFETCH(QString, part);
    const auto packet = answer(received, AnswerKind::rst, {}, {ourFirst});
    QVERIFY(!packet);
    const QString sentence = text(packet.error().message);
    QVERIFY2(sentence.contains(part) && sentence.endsWith(QLatin1Char('.')), qPrintable(sentence));
    QVERIFY(!usualAnswer(received));
}

void AnswerTest::usualAnswerIsWhatMostWant_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<AnswerKind>("usual");
    QTest::newRow("SYN") << int(Bits::syn) << AnswerKind::synAck;
    QTest::newRow("SYN,ACK") << (Bits::syn | Bits::ack) << AnswerKind::ack;
    QTest::newRow("data") << (Bits::psh | Bits::ack) << AnswerKind::ack;
    QTest::newRow("FIN,ACK") << (Bits::fin | Bits::ack) << AnswerKind::ack;
}

void AnswerTest::usualAnswerIsWhatMostWant()
{
    QFETCH(int, bits);
    const auto received = overIpv4(peerSegment(static_cast<std::uint16_t>(bits), 1, 2));
    const auto kind = usualAnswer(received);
    QVERIFY(kind);
    QTEST(*kind, "usual");
}

void AnswerTest::kindsAreReadAsTheyAreWritten()
{
    for (const AnswerKind kind : allAnswerKinds) {
        const auto read = parseAnswerKind(answerKindName(kind));
        QVERIFY(read);
        QCOMPARE(*read, kind);
    }
    QCOMPARE(parseAnswerKind("fin").value(), AnswerKind::finAck);
    QCOMPARE(parseAnswerKind("Fin,Ack").value(), AnswerKind::finAck);
    QVERIFY(!parseAnswerKind(""));
    QVERIFY(text(parseAnswerKind("SYN").error().message).contains(QStringLiteral("SYN,ACK")));
}

TCPW_TEST(AnswerTest);

} // namespace tcpw

#include "tst_answer.moc"
