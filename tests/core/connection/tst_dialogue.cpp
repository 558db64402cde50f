// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/dialogue.h"
#include "packets.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

/// One end's part, segment by segment, against a peer whose segments are written down here.
class DialogueTest : public QObject
{
    Q_OBJECT
private slots:
    void completesAHandshake();
    void opensAtTheSameTime();
    void sendsDataAndCloses();
    void closesWhenThePeerClosedFirst();
    void closesAtTheSameTime();
    void acknowledgesInWhatWaitsToBeSent();
    void sendsLongDataASegmentAtATime();
    void acknowledgesWhatComesTwiceAgain();
    void takesARefusal();
    void takesAReset();
    void passesOverWhatIsNotItsOwn();
    void keepsWhatIsNotAcknowledged();
    void wrapsItsNumbers();
    void goesOnWithAnEstablishedConnection();
    void goesOnWhereThePeerHasEnded();
};

namespace {

constexpr std::uint16_t syn = ControlBits::syn, ack = ControlBits::ack, fin = ControlBits::fin,
                        psh = ControlBits::psh, rst = ControlBits::rst;

Packet ourSyn(std::uint32_t number = 1000)
{
    TcpHeader tcp;
    tcp.sourcePort = 40000;
    tcp.destinationPort = 8081;
    tcp.sequenceNumber = number;
    tcp.controlBits.value = syn;
    Ipv4Header ip;
    ip.source = our4;
    ip.destination = peer4;
    return {LinkType::ethernet, {EthernetHeader{peerMac, ourMac, {}}, ip, tcp}};
}

Packet fromPeer(std::uint16_t bits, std::uint32_t sequence, std::uint32_t acknowledgment,
    const Bytes& data = {})
{
    return overIpv4(peerSegment(bits, sequence, acknowledgment), data);
}

/// "SYN 1000", "ACK 1001 501 +5": what each segment says.
QStringList said(const std::vector<Packet>& packets)
{
    QStringList lines;
    for (const Packet& packet : packets) {
        const auto* tcp = packet.find<TcpHeader>();
        const auto* payload = packet.find<Payload>();
        QString line = text(toText(tcp->controlBits)) + QLatin1Char(' ')
            + QString::number(tcp->sequenceNumber);
        if (tcp->controlBits.has(ack))
            line += QLatin1Char(' ') + QString::number(tcp->acknowledgmentNumber);
        if (payload)
            line += QLatin1String(" +") + QString::number(payload->bytes.size());
        lines << line;
    }
    return lines;
}

QStringList list(const char* lines)
{
    return QString::fromLatin1(lines).split(QLatin1Char('|'), Qt::SkipEmptyParts);
}

const Bytes hello{'h', 'e', 'l', 'l', 'o'};

} // namespace

void DialogueTest::completesAHandshake()
{
    Dialogue dialogue(ourSyn(), {});
    QCOMPARE(said(dialogue.next()), list("SYN 1000"));
    QVERIFY(dialogue.next().empty());
    QVERIFY(!dialogue.over());
    dialogue.received(fromPeer(syn | ack, 500, 1001));
    QCOMPARE(said(dialogue.next()), list("ACK 1001 501"));
    QVERIFY(dialogue.over());
    QCOMPARE(text(dialogue.outcome()), QStringLiteral("The connection is established."));
}

void DialogueTest::opensAtTheSameTime()
{
    Dialogue dialogue(ourSyn(), {});
    dialogue.next();
    dialogue.received(fromPeer(syn, 500, 0));
    QCOMPARE(said(dialogue.next()), list("SYN,ACK 1000 501"));
    QVERIFY(!dialogue.over());
    dialogue.received(fromPeer(syn | ack, 500, 1001));
    QVERIFY(dialogue.next().empty());
    QVERIFY(dialogue.over());
}

void DialogueTest::sendsDataAndCloses()
{
    Dialogue dialogue(ourSyn(), {hello, true});
    dialogue.next();
    dialogue.received(fromPeer(syn | ack, 500, 1001));
    QCOMPARE(said(dialogue.next()), list("ACK 1001 501|PSH,ACK 1001 501 +5"));
    dialogue.received(fromPeer(ack, 501, 1006));
    QCOMPARE(said(dialogue.next()), list("FIN,ACK 1006 501"));
    dialogue.received(fromPeer(fin | ack, 501, 1007));
    QCOMPARE(said(dialogue.next()), list("ACK 1007 502"));
    QVERIFY(dialogue.over());
    QVERIFY(dialogue.phase() == Dialogue::Phase::closed);
    QVERIFY(text(dialogue.outcome()).contains(QLatin1String("our FIN came first")));
}

void DialogueTest::closesWhenThePeerClosedFirst()
{
    Dialogue dialogue(ourSyn(), {hello, true});
    dialogue.next();
    dialogue.received(fromPeer(syn | ack, 500, 1001));
    dialogue.next();
    dialogue.received(fromPeer(fin | ack, 501, 1006));
    QCOMPARE(said(dialogue.next()), list("ACK 1006 502|FIN,ACK 1006 502"));
    QVERIFY(!dialogue.over());
    dialogue.received(fromPeer(ack, 502, 1007));
    QVERIFY(dialogue.over());
    QVERIFY(text(dialogue.outcome()).contains(QLatin1String("the peer's FIN came first")));
}

void DialogueTest::closesAtTheSameTime()
{
    Dialogue dialogue(ourSyn(), {{}, true});
    dialogue.next();
    dialogue.received(fromPeer(syn | ack, 500, 1001));
    QCOMPARE(said(dialogue.next()), list("ACK 1001 501|FIN,ACK 1001 501"));
    dialogue.received(fromPeer(fin | ack, 501, 1001)); // had not seen ours
    QCOMPARE(said(dialogue.next()), list("ACK 1002 502"));
    QVERIFY(!dialogue.over());
    dialogue.received(fromPeer(ack, 502, 1002));
    QVERIFY(dialogue.phase() == Dialogue::Phase::closed);
    QVERIFY(text(dialogue.outcome()).contains(QLatin1String("crossed")));
}

/// The peer's ACK makes our FIN due; its own FIN comes before ours is sent.
void DialogueTest::acknowledgesInWhatWaitsToBeSent()
{
    Dialogue dialogue(ourSyn(), {hello, true});
    dialogue.next();
    dialogue.received(fromPeer(syn | ack, 500, 1001));
    QCOMPARE(said({dialogue.nextOne().value()}), list("ACK 1001 501"));
    QVERIFY(!dialogue.isPeersTurn());
    QCOMPARE(said({dialogue.nextOne().value()}), list("PSH,ACK 1001 501 +5"));
    QVERIFY(dialogue.isPeersTurn());
    QVERIFY(!dialogue.nextOne());
    dialogue.received(fromPeer(ack, 501, 1006));
    dialogue.received(fromPeer(fin | ack, 501, 1006));
    QCOMPARE(said({*dialogue.again()}), list("FIN,ACK 1006 502"));
    QCOMPARE(said(dialogue.next()), list("FIN,ACK 1006 502"));
    dialogue.received(fromPeer(ack, 502, 1007));
    QVERIFY(dialogue.over());
    QVERIFY(text(dialogue.outcome()).contains(QLatin1String("the peer's FIN came first")));
}

void DialogueTest::sendsLongDataASegmentAtATime()
{
    Dialogue dialogue(ourSyn(), {Bytes(2500, 'x'), false});
    dialogue.next();
    dialogue.received(fromPeer(syn | ack, 500, 1001));
    QCOMPARE(said(dialogue.next()), list("ACK 1001 501|PSH,ACK 1001 501 +1000"));
    dialogue.received(fromPeer(ack, 501, 2001));
    QCOMPARE(said(dialogue.next()), list("PSH,ACK 2001 501 +1000"));
    dialogue.received(fromPeer(ack, 501, 3001));
    QCOMPARE(said(dialogue.next()), list("PSH,ACK 3001 501 +500"));
    QVERIFY(!dialogue.over());
    dialogue.received(fromPeer(ack, 501, 3501));
    QVERIFY(dialogue.over());
}

void DialogueTest::acknowledgesWhatComesTwiceAgain()
{
    Dialogue dialogue(ourSyn(), {});
    dialogue.next();
    dialogue.received(fromPeer(syn | ack, 500, 1001));
    dialogue.next();
    dialogue.received(fromPeer(psh | ack, 501, 1001, hello));
    QCOMPARE(said(dialogue.next()), list("ACK 1001 506"));
    dialogue.received(fromPeer(psh | ack, 501, 1001, hello));
    QCOMPARE(said(dialogue.next()), list("ACK 1001 506"));
    dialogue.received(fromPeer(psh | ack, 511, 1001, hello)); // the five between are missing
    QCOMPARE(said(dialogue.next()), list("ACK 1001 506"));
    dialogue.received(fromPeer(syn | ack, 500, 1001)); // our ACK was lost
    QCOMPARE(said(dialogue.next()), list("ACK 1001 506"));
}

void DialogueTest::takesARefusal()
{
    Dialogue dialogue(ourSyn(), {hello, true});
    dialogue.next();
    dialogue.received(fromPeer(rst | ack, 0, 77)); // acknowledges something else: not ours
    QVERIFY(!dialogue.over());
    dialogue.received(fromPeer(rst | ack, 0, 1001));
    QVERIFY(dialogue.over());
    QVERIFY(dialogue.next().empty());
    QVERIFY(!dialogue.again());
    QVERIFY(text(dialogue.outcome()).startsWith(QLatin1String("Refused")));
}

void DialogueTest::takesAReset()
{
    Dialogue dialogue(ourSyn(), {hello, true});
    dialogue.next();
    dialogue.received(fromPeer(syn | ack, 500, 1001));
    dialogue.next();
    dialogue.received(fromPeer(rst, 501, 0));
    QVERIFY(dialogue.over());
    QVERIFY(dialogue.phase() == Dialogue::Phase::reset);
    QVERIFY(dialogue.next().empty());
}

void DialogueTest::passesOverWhatIsNotItsOwn()
{
    Dialogue dialogue(ourSyn(), {});
    dialogue.next();
    auto other = peerSegment(syn | ack, 500, 1001);
    other.destinationPort = 40001;
    dialogue.received(overIpv4(other));
    dialogue.received(ourSyn());
    dialogue.received(fromPeer(syn | ack, 500, 1002)); // not our number
    dialogue.received(captured({EthernetHeader{ourMac, peerMac, {}}, ArpPacket{}}));
    QVERIFY(dialogue.next().empty());
    QVERIFY(dialogue.phase() == Dialogue::Phase::opening);
}

void DialogueTest::keepsWhatIsNotAcknowledged()
{
    Dialogue dialogue(ourSyn(), {hello, false});
    QCOMPARE(said({*dialogue.again()}), list("SYN 1000"));
    dialogue.received(fromPeer(syn | ack, 500, 1001));
    QCOMPARE(said({*dialogue.again()}), list("PSH,ACK 1001 501 +5"));
    dialogue.received(fromPeer(ack, 501, 1006));
    QVERIFY(!dialogue.again());
}

void DialogueTest::wrapsItsNumbers()
{
    Dialogue dialogue(ourSyn(0xffff'fffe), {hello, true});
    dialogue.next();
    dialogue.received(fromPeer(syn | ack, 0xffff'ffff, 0xffff'ffff));
    QCOMPARE(said(dialogue.next()), list("ACK 4294967295 0|PSH,ACK 4294967295 0 +5"));
    dialogue.received(fromPeer(ack, 0, 4));
    QCOMPARE(said(dialogue.next()), list("FIN,ACK 4 0"));
}

void DialogueTest::goesOnWithAnEstablishedConnection()
{
    Dialogue dialogue({fromPeer(psh | ack, 501, 1001, hello), 1001, 506, false}, {{}, true});
    QCOMPARE(said(dialogue.next()), list("FIN,ACK 1001 506"));
    dialogue.received(fromPeer(ack, 506, 1002));
    QVERIFY(!dialogue.over());
    QVERIFY(dialogue.phase() == Dialogue::Phase::closing);
    dialogue.received(fromPeer(fin | ack, 506, 1002));
    QCOMPARE(said(dialogue.next()), list("ACK 1002 507"));
    QVERIFY(dialogue.over());
}

void DialogueTest::goesOnWhereThePeerHasEnded()
{
    Dialogue dialogue({fromPeer(fin | ack, 501, 1001), 1001, 502, true}, {{}, true});
    QCOMPARE(said(dialogue.next()), list("FIN,ACK 1001 502"));
    dialogue.received(fromPeer(ack, 502, 1002));
    QVERIFY(dialogue.phase() == Dialogue::Phase::closed);
}

TCPW_TEST(DialogueTest);
#include "tst_dialogue.moc"
