// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/answer.h"
#include "core/connection/packets.h"
#include "core/connection/talk.h"
#include "support/testcase.h"

#include <QTest>

namespace tcpw {

namespace {

using Bits = ControlBits;
constexpr std::uint32_t ourFirst = 0x1000; // the initial sequence number handed in

/// We sent 1000 to 1009 after the handshake and acknowledged the peer's 5000 to 5004.
Talk spokenTalk()
{
    Talk talk;
    talk.open();
    talk.peer(Talk::P | Talk::A, 5000, 1000, 5);
    talk.we(Talk::P | Talk::A, 1000, 5005, 10);
    return talk;
}

QString optionsOf(const TcpHeader& tcp)
{
    return text(toText(tcp.options));
}

} // namespace

/// Answers that know their connection, so that old packets get the numbers of now.
class AnswerContextTest : public QObject
{
    Q_OBJECT
private slots:
    void directionTellsWhichEndIsOurs();
    void otherConnectionsTellNothing();
    void oldPacketsGetTheNumbersOfNow_data();
    void oldPacketsGetTheNumbersOfNow();
    void finIsSentAgainWithItsNumber();
    void resetOfAnEarlierConnectionTakesThePeersNumber();
    void sackTellsOfWhatCameBeyondAGap();
    void sackTellsOfWhatCameTwice();
    void sackOverTheWrap();
    void sackNeedsAGap_data();
    void sackNeedsAGap();
    void windowUpdateOffersAllThatFits();
    void keepAliveIsOneLessOverTheWrap();
    void keepAliveWithoutContextGoesByThePeersNumber();
};

void AnswerContextTest::directionTellsWhichEndIsOurs()
{
    Talk talk = spokenTalk();
    const auto fromPeer = overIpv4(peerSegment(Bits::ack, 5005, 1010));
    const auto context = answerContext(fromPeer, talk.info(), 7);
    QCOMPARE(context.initialSequenceNumber, 7u);
    QCOMPARE(context.ourInitial.value(), 999u);
    QCOMPARE(context.ourNext.value(), 1010u);
    QCOMPARE(context.ourAcknowledgment.value(), 5005u);
    QCOMPARE(context.peerInitial.value(), 4999u);
    QVERIFY(!context.finSent);

    const auto ours = answer(fromPeer, AnswerKind::ack, {}, context).value(); // goes the other way
    const auto turned = answerContext(ours, talk.info(), 7);
    QCOMPARE(turned.ourNext.value(), 5005u);
    QCOMPARE(turned.ourAcknowledgment.value(), 1000u);
}

void AnswerContextTest::otherConnectionsTellNothing()
{
    Talk talk = spokenTalk();
    TcpHeader other = peerSegment(Bits::ack, 5005, 1010);
    other.sourcePort = 8082;
    const auto context = answerContext(overIpv4(other), talk.info(), 7);
    QVERIFY(!context.ourNext && !context.ourInitial && !context.ourAcknowledgment);
    QVERIFY(!answerContext(Packet{}, talk.info(), 7).ourNext);
}

void AnswerContextTest::oldPacketsGetTheNumbersOfNow_data()
{
    QTest::addColumn<int>("received");
    QTest::addColumn<quint32>("sequence");
    QTest::addColumn<quint32>("acknowledgment");
    QTest::addColumn<AnswerKind>("kind");
    QTest::addColumn<int>("bits");
    QTest::addColumn<quint32>("ourSequence");
    QTest::addColumn<quint32>("ourAcknowledgment");
    const int syn = Bits::syn, ack = Bits::ack, fin = Bits::fin, psh = Bits::psh, rst = Bits::rst;

    QTest::newRow("ACK to the SYN,ACK")
        << (syn | ack) << 4999u << 1000u << AnswerKind::ack << ack << 1010u << 5005u;
    QTest::newRow("data to the SYN,ACK")
        << (syn | ack) << 4999u << 1000u << AnswerKind::data << (psh | ack) << 1010u << 5005u;
    QTest::newRow("FIN to an old ACK")
        << ack << 5000u << 1000u << AnswerKind::finAck << (fin | ack) << 1010u << 5005u;
    QTest::newRow("RST to an old ACK")
        << ack << 5000u << 1000u << AnswerKind::rst << rst << 1010u << 0u;
    QTest::newRow("RST to a SYN of the peer's")
        << syn << 4999u << 0u << AnswerKind::rst << (rst | ack) << 1010u << 5005u;
    QTest::newRow("SYN,ACK has our SYN's number")
        << syn << 4999u << 0u << AnswerKind::synAck << (syn | ack) << 999u << 5005u;
    QTest::newRow("ACK to what is new")
        << (fin | ack) << 5005u << 1010u << AnswerKind::ack << ack << 1010u << 5006u;
    QTest::newRow("the peer acknowledges more than was seen")
        << ack << 5005u << 1020u << AnswerKind::ack << ack << 1020u << 5005u;
    QTest::newRow("keep-alive") << ack << 5000u << 1000u << AnswerKind::keepAlive << ack << 1009u
                                << 5005u;
}

void AnswerContextTest::oldPacketsGetTheNumbersOfNow()
{
    QFETCH(int, received);
    QFETCH(quint32, sequence);
    QFETCH(quint32, acknowledgment);
    QFETCH(AnswerKind, kind);
    Talk talk = spokenTalk();
    const auto packet
        = overIpv4(peerSegment(static_cast<std::uint16_t>(received), sequence, acknowledgment));
    const auto made = answer(packet, kind, {}, answerContext(packet, talk.info(), ourFirst));
    QVERIFY(made);
    const auto* tcp = made->find<TcpHeader>();
    QTEST(int(tcp->controlBits.value), "bits");
    QTEST(quint32(tcp->sequenceNumber), "ourSequence");
    QTEST(quint32(tcp->acknowledgmentNumber), "ourAcknowledgment");
}

void AnswerContextTest::finIsSentAgainWithItsNumber()
{
    Talk talk = spokenTalk();
    talk.we(Talk::F | Talk::A, 1010, 5005);
    const auto packet = overIpv4(peerSegment(Bits::ack, 5005, 1010));
    const auto context = answerContext(packet, talk.info(), ourFirst);
    QVERIFY(context.finSent);
    const auto again = answer(packet, AnswerKind::finAck, {}, context);
    QCOMPARE(again.value().find<TcpHeader>()->sequenceNumber, 1010u);
    const auto ack = answer(packet, AnswerKind::ack, {}, context);
    QCOMPARE(ack.value().find<TcpHeader>()->sequenceNumber, 1011u);
}

void AnswerContextTest::resetOfAnEarlierConnectionTakesThePeersNumber()
{
    Talk talk;
    talk.we(Talk::S, 999);
    talk.peer(Talk::A, 5000, 77);
    const auto packet = overIpv4(peerSegment(Bits::ack, 5000, 77));
    const auto made
        = answer(packet, AnswerKind::rst, {}, answerContext(packet, talk.info(), ourFirst));
    QCOMPARE(made.value().find<TcpHeader>()->sequenceNumber, 77u);
}

void AnswerContextTest::sackTellsOfWhatCameBeyondAGap()
{
    TcpHeader segment = peerSegment(Bits::ack, 5105, 1010);
    segment.options.list = {tcpOption::timestamps({900, 50})};
    AnswerContext context;
    context.ourNext = 1010;
    context.ourAcknowledgment = 5005;
    const auto made = answer(overIpv4(segment, Bytes(20, 'x')), AnswerKind::sack, {}, context);
    QVERIFY(made);
    const auto* tcp = made->find<TcpHeader>();
    QCOMPARE(tcp->acknowledgmentNumber, 5005u);
    QCOMPARE(tcp->sequenceNumber, 1010u);
    QCOMPARE(int(tcp->controlBits.value), int(Bits::ack));
    QCOMPARE(optionsOf(*tcp), QStringLiteral("nop,nop,timestamps=51:900,nop,nop,sack=5105-5125"));
}

void AnswerContextTest::sackTellsOfWhatCameTwice()
{
    AnswerContext context;
    context.ourAcknowledgment = 5105;
    const auto received = overIpv4(peerSegment(Bits::ack, 5005, 1010), Bytes(20, 'x'));
    const auto made = answer(received, AnswerKind::sack, {}, context);
    QVERIFY(made);
    QCOMPARE(made->find<TcpHeader>()->acknowledgmentNumber, 5105u);
    QCOMPARE(optionsOf(*made->find<TcpHeader>()), QStringLiteral("nop,nop,sack=5005-5025"));
}

void AnswerContextTest::sackOverTheWrap()
{
    AnswerContext context;
    context.ourAcknowledgment = 0xffff'fff0u;
    const auto received = overIpv4(peerSegment(Bits::ack, 0xffff'fffau, 1010), Bytes(20, 'x'));
    const auto made = answer(received, AnswerKind::sack, {}, context);
    QVERIFY(made);
    QCOMPARE(made->find<TcpHeader>()->acknowledgmentNumber, 0xffff'fff0u);
    QCOMPARE(optionsOf(*made->find<TcpHeader>()), QStringLiteral("nop,nop,sack=4294967290-14"));
}

void AnswerContextTest::sackNeedsAGap_data()
{
    QTest::addColumn<quint32>("sequence");
    QTest::addColumn<int>("dataLength");
    QTest::addColumn<bool>("known");
    QTest::addColumn<QString>("part");
    QTest::newRow("nothing acknowledged") << 5105u << 20 << false << "not known";
    QTest::newRow("in order") << 5005u << 20 << true << "no gap";
    QTest::newRow("overlapping") << 5000u << 20 << true << "no gap";
    QTest::newRow("bare ACK") << 5105u << 0 << true << "carries nothing";
}

void AnswerContextTest::sackNeedsAGap()
{
    QFETCH(quint32, sequence);
    QFETCH(int, dataLength);
    QFETCH(bool, known);
    QFETCH(QString, part);
    AnswerContext context;
    if (known)
        context.ourAcknowledgment = 5005;
    const auto received = overIpv4(
        peerSegment(Bits::ack, sequence, 1010), Bytes(static_cast<std::size_t>(dataLength), 'x'));
    const auto made = answer(received, AnswerKind::sack, {}, context);
    QVERIFY(!made);
    QVERIFY2(text(made.error().message).contains(part), made.error().message.c_str());
}

void AnswerContextTest::windowUpdateOffersAllThatFits()
{
    const auto received = overIpv4(peerSegment(Bits::ack, 5005, 1010));
    const auto made = answer(received, AnswerKind::windowUpdate, {}).value();
    const auto* tcp = made.find<TcpHeader>();
    QCOMPARE(tcp->window, std::uint16_t(65535));
    QCOMPARE(int(tcp->controlBits.value), int(Bits::ack));
    QVERIFY(!made.find<Payload>());
    const auto ack = answer(received, AnswerKind::ack, {}).value();
    QVERIFY(ack.find<TcpHeader>()->window < tcp->window);
}

void AnswerContextTest::keepAliveIsOneLessOverTheWrap()
{
    AnswerContext context;
    context.ourNext = 0;
    const auto received = overIpv4(peerSegment(Bits::ack, 5005, 0xffff'fff0u));
    const auto made = answer(received, AnswerKind::keepAlive, {}, context).value();
    QCOMPARE(made.find<TcpHeader>()->sequenceNumber, 0xffff'ffffu);
    QCOMPARE(made.find<TcpHeader>()->acknowledgmentNumber, 5005u);
    QVERIFY(!made.find<Payload>());
}

void AnswerContextTest::keepAliveWithoutContextGoesByThePeersNumber()
{
    const auto received = overIpv4(peerSegment(Bits::ack, 5005, 1010));
    const auto made = answer(received, AnswerKind::keepAlive, {}).value();
    QCOMPARE(made.find<TcpHeader>()->sequenceNumber, 1009u);
}

TCPW_TEST(AnswerContextTest);

} // namespace tcpw

#include "tst_answercontext.moc"
