// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/connection/talk.h"
#include "support/testcase.h"

#include <QTest>

namespace tcpw {

namespace {

constexpr std::uint16_t S = Talk::S, A = Talk::A, F = Talk::F, R = Talk::R, P = Talk::P;

} // namespace

/// The edges of RFC 9293's diagram (section 3.3.2) that packets can show, and the story's words.
class ConnectionStoryTest : public QObject
{
    Q_OBJECT
private slots:
    void handshakeAndOrderlyClose();
    void bothOpenAtOnce();
    void bothCloseAtOnce();
    void halfCloseStaysOpen();
    void finWithTheAckOfAFinEndsInTimeWait();
    void closingBeforeTheHandshakeEnds();
    void whoOpensWaitsForItsOwnAck();
    void responderBreaksTheHandshakeOff();
    void synAckBeginsTheCapture();
    void refusedSyn();
    void unansweredSyn();
    void resetInSynReceivedReturnsToListen();
    void resetEndsAnOpenConnection();
    void resetOutsideTheExactNumberIsNotTaken();
    void ourKernelsResetLeavesThePeerListening();
    void middleOfAConnection();
    void finBehindAGapArrivesWhenAcknowledged();
    void arrowsAreRelative();
    void othersArePassedOver();
    void textTellsItAll();
};

void ConnectionStoryTest::handshakeAndOrderlyClose()
{
    Talk talk;
    talk.open();
    talk.we(F | A, 1000, 5000);
    talk.peer(A, 5000, 1001);
    talk.peer(F | A, 5000, 1001);
    talk.we(A, 1001, 5001);
    QCOMPARE(talk.transitions(),
        QStringLiteral("i CLOSED>SYN-SENT 1, r LISTEN>SYN-RECEIVED 2, i SYN-SENT>ESTABLISHED 3, "
                       "r SYN-RECEIVED>ESTABLISHED 3, i ESTABLISHED>FIN-WAIT-1 4, "
                       "r ESTABLISHED>CLOSE-WAIT 4, i FIN-WAIT-1>FIN-WAIT-2 5, "
                       "r CLOSE-WAIT>LAST-ACK 6, i FIN-WAIT-2>TIME-WAIT 6, r LAST-ACK>CLOSED 7"));
    QCOMPARE(talk.story().ending(), Ending::orderly);
    QCOMPARE(talk.info().ending, Ending::orderly);
    QCOMPARE(talk.info().initiator.state, TcpState::timeWait);
    QCOMPARE(talk.info().responder.state, TcpState::closed);
    QCOMPARE(text(talk.story().handshakeText()),
        QStringLiteral("The handshake took three segments and 2 ms."));
    QCOMPARE(text(talk.story().closeText()),
        QStringLiteral("The initiator closed first; both directions ended in order."));
}

void ConnectionStoryTest::bothOpenAtOnce()
{
    Talk talk;
    talk.we(S, 999);
    const auto crossing = talk.peer(S, 4999);
    QCOMPARE(crossing.reason, Reason::simultaneousOpen);
    QCOMPARE(crossing.refersTo, 1u);
    const auto both = talk.we(S | A, 999, 5000);
    QCOMPARE(both.reason, Reason::simultaneousOpen);
    QCOMPARE(both.refersTo, 2u);
    QCOMPARE(talk.reason(),
        QStringLiteral(
            "Its SYN again, now with the ACK of the one in No. 2: both ends open at once"));
    talk.peer(S | A, 4999, 1000);
    for (const StoryArrow& arrow : talk.story().arrows())
        QVERIFY(!arrow.isRetransmission);
    QCOMPARE(talk.transitions(),
        QStringLiteral("i CLOSED>SYN-SENT 1, r CLOSED>SYN-SENT 2, i SYN-SENT>SYN-RECEIVED 2, "
                       "r SYN-SENT>ESTABLISHED 4, i SYN-RECEIVED>ESTABLISHED 4"));
    QCOMPARE(text(talk.story().handshakeText()),
        QStringLiteral("Both ends sent a SYN at once, and each acknowledged the other's."));
}

void ConnectionStoryTest::bothCloseAtOnce()
{
    Talk talk;
    talk.open();
    talk.we(F | A, 1000, 5000);
    talk.peer(F | A, 5000, 1000);
    talk.we(A, 1001, 5001);
    talk.peer(A, 5001, 1001);
    const QString closing = talk.transitions().section(QStringLiteral(", "), 4);
    QCOMPARE(closing,
        QStringLiteral("i ESTABLISHED>FIN-WAIT-1 4, r ESTABLISHED>FIN-WAIT-1 5, "
                       "r FIN-WAIT-1>CLOSING 5, i FIN-WAIT-1>CLOSING 5, r CLOSING>TIME-WAIT 6, "
                       "i CLOSING>TIME-WAIT 7"));
    QCOMPARE(talk.story().ending(), Ending::orderly);
    QVERIFY(text(talk.story().closeText()).startsWith(QStringLiteral("Both ends sent FIN")));
}

void ConnectionStoryTest::halfCloseStaysOpen()
{
    Talk talk;
    talk.open();
    talk.we(F | A, 1000, 5000);
    talk.peer(A, 5000, 1001);
    const auto more = talk.peer(P | A, 5000, 1001, 10);
    QCOMPARE(more.reason, Reason::dataWhileHalfClosed);
    QCOMPARE(more.refersTo, 4u);
    QCOMPARE(talk.story().ending(), Ending::halfClosedByInitiator);
    QCOMPARE(talk.story().initiatorState(), TcpState::finWait2);
    QCOMPARE(talk.story().responderState(), TcpState::closeWait);
}

void ConnectionStoryTest::finWithTheAckOfAFinEndsInTimeWait()
{
    Talk talk;
    talk.open();
    talk.peer(F | A, 5000, 1000);
    talk.we(F | A, 1000, 5001);
    QCOMPARE(talk.transitions().section(QStringLiteral(", "), 6),
        QStringLiteral("r FIN-WAIT-1>FIN-WAIT-2 5, i CLOSE-WAIT>LAST-ACK 5, "
                       "r FIN-WAIT-2>TIME-WAIT 5"));
    talk.peer(A, 5001, 1001);
    QCOMPARE(talk.story().initiatorState(), TcpState::closed);
}

void ConnectionStoryTest::closingBeforeTheHandshakeEnds()
{
    Talk talk;
    talk.we(S, 999);
    talk.peer(S | A, 4999, 1000);
    talk.peer(F | A, 5000, 1000);
    talk.we(A, 1000, 5001);
    QCOMPARE(talk.transitions(),
        QStringLiteral("i CLOSED>SYN-SENT 1, r LISTEN>SYN-RECEIVED 2, "
                       "r SYN-RECEIVED>FIN-WAIT-1 3, i SYN-SENT>ESTABLISHED 4, "
                       "i ESTABLISHED>CLOSE-WAIT 4, r FIN-WAIT-1>FIN-WAIT-2 4"));
}

void ConnectionStoryTest::whoOpensWaitsForItsOwnAck()
{
    Talk talk;
    talk.we(S, 999);
    talk.peer(S | A, 4999, 1000);
    QCOMPARE(talk.story().initiatorState(), TcpState::synSent);
    talk.wait(1000);
    talk.peer(S | A, 4999, 1000);
    QCOMPARE(talk.story().initiatorState(), TcpState::synSent);
    talk.we(A, 1000, 4000); // acknowledges something else
    QCOMPARE(talk.story().initiatorState(), TcpState::synSent);
    talk.we(P | A, 1000, 5000, 10);
    QCOMPARE(talk.story().initiatorState(), TcpState::established);
    QCOMPARE(talk.story().responderState(), TcpState::established);
}

void ConnectionStoryTest::responderBreaksTheHandshakeOff()
{
    Talk talk;
    talk.we(S, 999);
    talk.peer(S | A, 4999, 1000);
    const auto reset = talk.peer(R | A, 5000, 1000);
    QCOMPARE(reset.reason, Reason::resetAnswer);
    QCOMPARE(talk.transitions().section(QStringLiteral(", "), 2),
        QStringLiteral("r SYN-RECEIVED>CLOSED 3, i SYN-SENT>CLOSED 3"));
    QCOMPARE(talk.info().ending, Ending::resetByResponder);
}

void ConnectionStoryTest::synAckBeginsTheCapture()
{
    Talk talk;
    talk.peer(S | A, 4999, 1000);
    talk.we(A, 1000, 5000);
    QCOMPARE(talk.transitions(),
        QStringLiteral("r LISTEN>SYN-RECEIVED 1, i unknown>SYN-SENT 1, "
                       "i SYN-SENT>ESTABLISHED 2, r SYN-RECEIVED>ESTABLISHED 2"));
}

void ConnectionStoryTest::refusedSyn()
{
    Talk talk;
    talk.we(S, 999);
    const auto answer = talk.peer(R | A, 0, 1000);
    QCOMPARE(answer.reason, Reason::refused);
    QCOMPARE(answer.refersTo, 1u);
    QCOMPARE(
        talk.reason(), QStringLiteral("The connection is refused: nothing listens on port 8081"));
    QCOMPARE(talk.transitions(),
        QStringLiteral("i CLOSED>SYN-SENT 1, r unknown>CLOSED 2, i SYN-SENT>CLOSED 2"));
    QCOMPARE(talk.info().ending, Ending::refused);
}

void ConnectionStoryTest::unansweredSyn()
{
    Talk talk;
    talk.we(S, 999);
    talk.wait(1000);
    talk.we(S, 999);
    QCOMPARE(talk.info().ending, Ending::noAnswer);
    QCOMPARE(text(talk.story().handshakeText()),
        QStringLiteral("The SYN was sent 2 times and is not answered."));
}

void ConnectionStoryTest::resetInSynReceivedReturnsToListen()
{
    Talk talk;
    talk.we(S, 999);
    talk.peer(S | A, 4999, 1000);
    talk.we(R, 1000);
    QCOMPARE(talk.transitions().section(QStringLiteral(", "), 2),
        QStringLiteral("i SYN-SENT>CLOSED 3, r SYN-RECEIVED>LISTEN 3"));
    QCOMPARE(talk.info().ending, Ending::resetByInitiator);
}

void ConnectionStoryTest::resetEndsAnOpenConnection()
{
    Talk talk;
    talk.open();
    const auto abort = talk.peer(R | A, 5000, 1000);
    QCOMPARE(abort.reason, Reason::reset);
    QCOMPARE(talk.info().ending, Ending::resetByResponder);
    QCOMPARE(talk.story().initiatorState(), TcpState::closed);
    const auto late = talk.we(P | A, 1000, 5000, 10);
    QCOMPARE(late.reason, Reason::dataToClosed);
    QCOMPARE(late.refersTo, 4u);
}

void ConnectionStoryTest::resetOutsideTheExactNumberIsNotTaken()
{
    Talk talk;
    talk.open();
    talk.peer(R, 5100);
    QCOMPARE(talk.story().initiatorState(), TcpState::established);
    const auto challenge = talk.we(A, 1000, 5000);
    QCOMPARE(challenge.reason, Reason::challengeAck);
    QCOMPARE(challenge.refersTo, 4u);
    QVERIFY(talk.reason().startsWith(QStringLiteral("Challenge ACK (RFC 5961): the RST in No. 4")));
}

void ConnectionStoryTest::ourKernelsResetLeavesThePeerListening()
{
    Talk talk;
    talk.ourOrigin = Origin::me;
    talk.we(S, 999);
    talk.peer(S | A, 4999, 1000);
    talk.ourOrigin = Origin::kernel;
    const auto reset = talk.we(R, 1000);
    QCOMPARE(reset.reason, Reason::ownKernelReset);
    QCOMPARE(reset.refersTo, 2u);
    QCOMPARE(talk.reason(),
        QStringLiteral("Your own computer's TCP: it has no socket on port 40000, and answers the "
                       "SYN,ACK in No. 2"));
    QCOMPARE(talk.story().responderState(), TcpState::listen);
}

void ConnectionStoryTest::middleOfAConnection()
{
    Talk talk;
    talk.peer(P | A, 5000, 1000, 10);
    QCOMPARE(talk.story().initiatorState(), TcpState::established);
    QCOMPARE(talk.story().responderState(), TcpState::established);
    QCOMPARE(text(talk.story().handshakeText()),
        QStringLiteral("The capture begins in the middle of the connection."));
}

void ConnectionStoryTest::finBehindAGapArrivesWhenAcknowledged()
{
    Talk talk;
    talk.open();
    talk.we(F | A, 1100, 5000);
    QCOMPARE(talk.story().responderState(), TcpState::established);
    talk.peer(A, 5000, 1101);
    QCOMPARE(talk.story().responderState(), TcpState::closeWait);
    QCOMPARE(talk.story().initiatorState(), TcpState::finWait2);
}

void ConnectionStoryTest::arrowsAreRelative()
{
    Talk talk;
    talk.open();
    talk.we(P | A, 1000, 5000, 100);
    talk.wait(300);
    talk.we(P | A, 1000, 5000, 100);
    const auto& arrows = talk.story().arrows();
    QCOMPARE(arrows.size(), std::size_t(5));
    QCOMPARE(arrows[0].relativeSequence, 0u);
    QCOMPARE(arrows[1].relativeSequence, 0u);
    QCOMPARE(arrows[1].relativeAcknowledgment, 1u);
    QVERIFY(!arrows[1].fromInitiator);
    QCOMPARE(arrows[3].relativeSequence, 1u);
    QVERIFY(!arrows[3].isRetransmission);
    QVERIFY(arrows[4].isRetransmission);
    QCOMPARE(arrows[4].tracked.refersTo, 4u);
}

void ConnectionStoryTest::othersArePassedOver()
{
    Talk talk;
    talk.we(S, 999);
    talk.we(S, 70000); // the next connection between the same ports
    QCOMPARE(talk.story().arrows().size(), std::size_t(1));
    talk.story().append(TrackedPacket(), 3, PacketRecord(), Bytes{1, 2, 3});
    QCOMPARE(talk.story().arrows().size(), std::size_t(1));
}

void ConnectionStoryTest::textTellsItAll()
{
    QCOMPARE(text(ConnectionStory().text()), QString());
    Talk talk;
    talk.we(S, 999);
    talk.peer(R | A, 0, 1000);
    QCOMPARE(text(talk.story().text()),
        QStringLiteral("No. 1  0.000000  initiator -> responder  SYN  seq 0 length 0\n"
                       "    initiator: CLOSED -> SYN-SENT, sends SYN\n"
                       "No. 2  0.001000  responder -> initiator  RST,ACK  seq 1 ack 1 length 0 "
                       "(No. 1)\n"
                       "    responder: unknown -> CLOSED, knows no such connection and sends RST\n"
                       "    initiator: SYN-SENT -> CLOSED, receives RST\n"
                       "The SYN was refused with a RST. The responder refused it with a RST in No. "
                       "2.\n"));
}

TCPW_TEST(ConnectionStoryTest);

} // namespace tcpw

#include "tst_connectionstory.moc"
