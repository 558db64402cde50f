// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/conversation.h"
#include "core/connection/packets.h"
#include "support/testcase.h"

#include <QTest>

namespace tcpw {

namespace {

const Conversation overFour = makeConversation({our4, 40000}, {peer4, 8081});
const Conversation overSix = makeConversation({our6, 40000}, {peer6, 8081});

/// An ICMP error of a router about the first bytes of a packet of ours.
Packet icmpError(const Layer& ip, std::uint8_t type, bool version6, Bytes quoted)
{
    IcmpHeader icmp;
    icmp.version6 = version6;
    icmp.type = type;
    return captured({EthernetHeader{ourMac, peerMac, {}}, ip, icmp, Payload{std::move(quoted)}});
}

/// The packet of ours that errors quote, from its IP header on.
Bytes quotable(const Layer& ip, LinkType linkType)
{
    return encode(Packet{linkType, {ip, peerSegment(ControlBits::syn, 1, 0)}});
}

} // namespace

class ConversationTest : public QObject
{
    Q_OBJECT
private slots:
    void isTheSameInBothDirections();
    void differsByPort();
    void ofASegment();
    void ofATunneledSegmentIsTheInnerOne();
    void ofAnIcmpErrorIsTheQuotedOne();
    void ofAnIcmpErrorWithEightBytes();
    void ofAnIcmpError6();
    void ofAnythingElseIsNone();
};

void ConversationTest::isTheSameInBothDirections()
{
    const Endpoint us{our4, 40000};
    const Endpoint them{peer4, 8081};
    QVERIFY(makeConversation(us, them) == makeConversation(them, us));
    QVERIFY(makeConversation(us, us).lower == us);
}

void ConversationTest::differsByPort()
{
    QVERIFY(makeConversation({our4, 1}, {peer4, 2}) != makeConversation({our4, 2}, {peer4, 1}));
    QVERIFY(makeConversation({our4, 1}, {our4, 2}) == makeConversation({our4, 2}, {our4, 1}));
}

void ConversationTest::ofASegment()
{
    const auto segment = peerSegment(ControlBits::ack, 1, 2);
    QVERIFY(conversationOf(overIpv4(segment)) == overFour);
    QVERIFY(conversationOf(captured({EthernetHeader{}, peerIpv6(), segment})) == overSix);
}

void ConversationTest::ofATunneledSegmentIsTheInnerOne()
{
    const Packet received{LinkType::ethernet,
        {EthernetHeader{}, peerIpv6(), peerIpv4(), peerSegment(ControlBits::ack, 1, 2)}};
    QVERIFY(conversationOf(received) == overFour);
}

void ConversationTest::ofAnIcmpErrorIsTheQuotedOne()
{
    const auto error = icmpError(peerIpv4(), 3, false, quotable(peerIpv4(), LinkType::ipv4));
    QVERIFY(conversationOf(error) == overFour);
}

void ConversationTest::ofAnIcmpErrorWithEightBytes()
{
    Bytes quoted = quotable(peerIpv4(), LinkType::ipv4);
    quoted.resize(20 + 8);
    QVERIFY(conversationOf(icmpError(peerIpv4(), 3, false, quoted)) == overFour);
    quoted.resize(20 + 4);
    QVERIFY(conversationOf(icmpError(peerIpv4(), 3, false, quoted)) == overFour);
    quoted.resize(20 + 3);
    QVERIFY(!conversationOf(icmpError(peerIpv4(), 3, false, quoted)));
}

void ConversationTest::ofAnIcmpError6()
{
    const auto error = icmpError(peerIpv6(), 1, true, quotable(peerIpv6(), LinkType::ipv6));
    QVERIFY(conversationOf(error) == overSix);
}

void ConversationTest::ofAnythingElseIsNone()
{
    QVERIFY(!conversationOf(Packet{}));
    QVERIFY(!conversationOf(captured({EthernetHeader{}, ArpPacket{}})));
    QVERIFY(!conversationOf(captured({EthernetHeader{}, peerIpv4(), UdpHeader{}})));
    const Packet withoutIp{LinkType::ethernet, {EthernetHeader{}, TcpHeader{}}};
    QVERIFY(!conversationOf(withoutIp));
    const auto echo = icmpError(peerIpv4(), 8, false, quotable(peerIpv4(), LinkType::ipv4));
    QVERIFY(!conversationOf(echo));
}

TCPW_TEST(ConversationTest);

} // namespace tcpw

#include "tst_conversation.moc"
