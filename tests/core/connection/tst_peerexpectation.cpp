// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/expectationoutcome.h"
#include "core/connection/packets.h"
#include "core/connection/talk.h"
#include "support/testcase.h"

#include <QTest>

namespace tcpw {

namespace {

using Bits = ControlBits;
using State = TcpState;
constexpr int S = Bits::syn, A = Bits::ack, F = Bits::fin, P = Bits::psh, R = Bits::rst;
constexpr unsigned none = PeerReply::none, ack = PeerReply::ack, synAck = PeerReply::synAck,
                   rst = PeerReply::rst;

/// The peer's first number is 4999, it sends 5010 next (its FIN is 5009 where it sent one), has
/// 1000 from us and offers 500 bytes.
PeerView peerIn(State state)
{
    PeerView peer;
    peer.state = state;
    peer.acknowledged = 1000;
    peer.expected = 1000;
    peer.initial = 4999;
    peer.next = 5010;
    peer.window = 500;
    return peer;
}

Packet segment(int bits, std::uint32_t sequence, std::uint32_t acknowledgment, int length = 0)
{
    return overIpv4(peerSegment(static_cast<std::uint16_t>(bits), sequence, acknowledgment),
        Bytes(static_cast<std::size_t>(length), 'x'));
}

/// What is sent in each row of the big table.
enum What
{
    syn,
    bareAck,
    data,
    fin,
    reset,
    outside, ///< data beyond the window
};

Packet sentOf(What what)
{
    switch (what) {
    case syn:
        return segment(S, 1000, 0);
    case bareAck:
        return segment(A, 1000, 5010);
    case data:
        return segment(P | A, 1000, 5010, 5);
    case fin:
        return segment(F | A, 1000, 5010);
    case reset:
        return segment(R, 1000, 0);
    case outside:
        return segment(P | A, 2000, 5010, 5);
    }
    return {};
}

constexpr const char* whatNames[] = {"SYN", "ACK", "data", "FIN", "RST", "outside the window"};

} // namespace

/// Held against RFC 9293, section 3.10.7, and RFC 5961.
class PeerExpectationTest : public QObject
{
    Q_OBJECT
private slots:
    void followsTheRfcInEachState_data();
    void followsTheRfcInEachState();
    void looksAtTheNumbers_data();
    void looksAtTheNumbers();
    void saysNothingOfWhatIsUnknown();
    void seesThePeerOfAConnection();
    void anotherSynGoesToNoPeerOfTheOld();
    void tellsWhetherItWasMet_data();
    void tellsWhetherItWasMet();
};

void PeerExpectationTest::followsTheRfcInEachState_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("what");
    QTest::addColumn<unsigned>("replies");
    QTest::addColumn<QString>("part");
    struct Row
    {
        What what;
        unsigned replies;
        const char* part;
    };
    const auto rows = [](State state, std::initializer_list<Row> list) {
        for (const Row& row : list)
            QTest::newRow(qPrintable(QLatin1String(tcpStateName(state)) + QLatin1Char(' ')
                + QLatin1String(whatNames[row.what])))
                << int(state) << int(row.what) << row.replies << QString::fromUtf8(row.part);
    };
    rows(State::closed,
        {{syn, rst, "RST,ACK"}, {bareAck, rst, "RST:"}, {data, rst, "no such connection"},
            {fin, rst, "RST:"}, {reset, none, "nothing that a RST"}, {outside, rst, "RST:"}});
    rows(State::listen,
        {{syn, synAck, "goes to SYN-RECEIVED"}, {bareAck, rst, "RST"}, {data, rst, "RST"},
            {fin, rst, "RST"}, {reset, none, "no answer"}, {outside, rst, "RST"}});
    rows(State::synSent,
        {{syn, synAck | ack, "goes to SYN-RECEIVED"}, {bareAck, none, "waits for a SYN"},
            {data, none, "waits for a SYN"}, {fin, none, "waits for a SYN"},
            {reset, none, "does not acknowledge its SYN"}, {outside, none, "waits for a SYN"}});
    rows(State::synReceived,
        {{syn, synAck | ack, "SYN,ACK again"}, {bareAck, none, "goes to ESTABLISHED"},
            {data, ack, "goes to ESTABLISHED"}, {fin, ack, "CLOSE-WAIT"}, {reset, none, "LISTEN"},
            {outside, ack, "outside its window"}});
    rows(State::established,
        {{syn, ack, "challenge ACK"}, {bareAck, none, "not answered"}, {data, ack, "of the data"},
            {fin, ack, "CLOSE-WAIT"}, {reset, none, "goes to CLOSED"},
            {outside, ack, "outside its window"}});
    rows(State::finWait1,
        {{syn, ack, "challenge ACK"}, {bareAck, none, "FIN-WAIT-2"}, {data, ack | rst, "or RST"},
            {fin, ack, "TIME-WAIT"}, {reset, none, "goes to CLOSED"},
            {outside, ack, "outside its window"}});
    rows(State::finWait2,
        {{syn, ack, "challenge ACK"}, {bareAck, none, "not answered"}, {data, ack | rst, "or RST"},
            {fin, ack, "TIME-WAIT"}, {reset, none, "goes to CLOSED"},
            {outside, ack, "outside its window"}});
    rows(State::closeWait,
        {{syn, ack, "challenge ACK"}, {bareAck, none, "not answered"}, {data, none, "ignores data"},
            {fin, none | ack, "no change"}, {reset, none, "goes to CLOSED"},
            {outside, ack, "outside its window"}});
    rows(State::closing,
        {{syn, ack, "challenge ACK"}, {bareAck, none, "TIME-WAIT"}, {data, none, "ignores data"},
            {fin, none | ack, "no change"}, {reset, none, "goes to CLOSED"},
            {outside, ack, "outside its window"}});
    rows(State::lastAck,
        {{syn, ack, "challenge ACK"}, {bareAck, none, "goes to CLOSED"},
            {data, none, "ignores data"}, {fin, none | ack, "no change"},
            {reset, none, "goes to CLOSED"}, {outside, ack, "outside its window"}});
    rows(State::timeWait,
        {{syn, synAck | ack, "above the old"}, {bareAck, none, "old segments"},
            {data, none | ack, "ACK or nothing"}, {fin, ack, "begins anew"},
            {reset, none, "goes to CLOSED"}, {outside, ack, "outside its window"}});
}

void PeerExpectationTest::followsTheRfcInEachState()
{
    QFETCH(int, state);
    QFETCH(int, what);
    QFETCH(QString, part);
    const auto expected = expectFromPeer(sentOf(What(what)), peerIn(State(state)));
    QTEST(expected.replies, "replies");
    const QString words = text(expected.text);
    QVERIFY2(words.contains(part), qPrintable(words));
    QVERIFY(words.startsWith(
        QStringLiteral("The peer is in %1: ").arg(QLatin1String(tcpStateName(State(state))))));
    QVERIFY(words.endsWith(QLatin1Char('.')));
}

void PeerExpectationTest::looksAtTheNumbers_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<Packet>("sent");
    QTest::addColumn<unsigned>("replies");
    QTest::addColumn<qint64>("acknowledgment"); // -1: none
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, State state, const Packet& sent, unsigned replies,
                         qint64 acknowledgment, const char* part) {
        QTest::newRow(name) << int(state) << sent << replies << acknowledgment
                            << QString::fromUtf8(part);
    };
    const State open = State::established;
    row("data", open, segment(P | A, 1000, 5010, 5), ack, 1005, "of the data");
    row("data again", open, segment(P | A, 990, 5010, 10), ack, 1000, "has this already");
    row("data, partly new", open, segment(P | A, 990, 5010, 20), ack, 1010, "of the data");
    row("data beyond a gap", open, segment(P | A, 1100, 5010, 5), ack, 1000, "duplicate ACK");
    row("ACK beyond a gap", open, segment(A, 1100, 5010), none, -1, "carries nothing");
    row("the last byte of the window", open, segment(P | A, 1499, 5010, 1), ack, 1000, "duplicate");
    row("one beyond", open, segment(P | A, 1500, 5010, 1), ack, 1000, "outside");
    row("keep-alive", open, segment(A, 999, 5010), ack, 1000, "keep-alive");
    row("keep-alive with a byte", open, segment(A, 999, 5010, 1), ack, 1000, "keep-alive");
    row("FIN", open, segment(F | A, 1000, 5010), ack, 1001, "CLOSE-WAIT");
    row("FIN with data", open, segment(F | A, 1000, 5010, 4), ack, 1005, "CLOSE-WAIT");
    row("without ACK", open, segment(P, 1000, 0, 4), none, -1, "without ACK");
    row("ACK of the future", open, segment(A, 1000, 6000), ack, 1000, "has not sent");
    row("RST in the window", open, segment(R, 1100, 0), ack, 1000, "challenge ACK");
    row("RST outside", open, segment(R, 9999, 0), none, -1, "dropped");
    row("wrong ACK in SYN-RECEIVED", State::synReceived, segment(A, 1000, 77), rst, -1, "RST");
    row("SYN,ACK in SYN-SENT", State::synSent, segment(S | A, 999, 5010), ack, 1000, "ESTABLISHED");
    row("wrong SYN,ACK in SYN-SENT", State::synSent, segment(S | A, 999, 77), rst, -1, "RST");
    row("RST,ACK in SYN-SENT", State::synSent, segment(R | A, 0, 5010), none, -1, "refused");
    row("SYN,ACK at once", State::synReceived, segment(S | A, 999, 5010), none | ack, -1,
        "ESTABLISHED");
    row("SYN in LISTEN", State::listen, segment(S, 0xffff'ffffu, 0), synAck, 0, "SYN,ACK");
    row("FIN before the ACK of its own", State::finWait1, segment(F | A, 1000, 5009), ack, 1001,
        "CLOSING");
    row("old ACK in FIN-WAIT-1", State::finWait1, segment(A, 1000, 5009), none | ack, -1, "FIN");
    row("no flags in CLOSED", State::closed, segment(0, 1000, 0), rst, -1, "RST,ACK");
    row("no flags in LISTEN", State::listen, segment(0, 1000, 0), none, -1, "drops all else");
}

void PeerExpectationTest::looksAtTheNumbers()
{
    QFETCH(int, state);
    QFETCH(Packet, sent);
    QFETCH(QString, part);
    const auto expected = expectFromPeer(sent, peerIn(State(state)));
    QTEST(expected.replies, "replies");
    QTEST(
        expected.acknowledgment ? qint64(*expected.acknowledgment) : qint64(-1), "acknowledgment");
    QVERIFY2(text(expected.text).contains(part), expected.text.c_str());

    // The same with all of our numbers and the peer's moved over the wrap.
    const std::uint32_t shift = 0u - 1003u;
    Packet moved = sent;
    auto* tcp = moved.find<TcpHeader>();
    tcp->sequenceNumber += shift;
    tcp->acknowledgmentNumber += shift;
    PeerView peer = peerIn(State(state));
    for (auto* number : {&peer.acknowledged, &peer.expected, &peer.initial, &peer.next})
        **number += shift;
    QCOMPARE(expectFromPeer(moved, peer).text, expected.text);
}

void PeerExpectationTest::saysNothingOfWhatIsUnknown()
{
    QCOMPARE(expectFromPeer(sentOf(data), PeerView{}).replies, 0u);
    QVERIFY(expectFromPeer(sentOf(data), PeerView{}).text.empty());
    QVERIFY(expectFromPeer(Packet{}, peerIn(State::established)).text.empty());
    PeerView onlyState;
    onlyState.state = State::established;
    QCOMPARE(expectFromPeer(sentOf(outside), onlyState).replies, ack);
}

void PeerExpectationTest::seesThePeerOfAConnection()
{
    Talk talk;
    talk.we(S, 999);
    talk.peer(S | A, 4999, 1000);
    TcpHeader tcp = peerSegment(Bits::ack, 1000, 5000);
    std::swap(tcp.sourcePort, tcp.destinationPort);
    Ipv4Header ip = peerIpv4();
    std::swap(ip.source, ip.destination);
    const auto sent = captured({EthernetHeader{}, ip, tcp});
    const auto peer = peerOf(sent, talk.info());
    QVERIFY(peer);
    QCOMPARE(peer->next.value(), 5000u);
    QCOMPARE(peer->expected.value(), 1000u);
    QCOMPARE(text(expectFromPeer(sent, *peer).text),
        QStringLiteral("The peer is in SYN-RECEIVED: expect no answer; it goes to ESTABLISHED."));
    tcp.destinationPort = 8082;
    QVERIFY(!peerOf(captured({EthernetHeader{}, ip, tcp}), talk.info()));
}

void PeerExpectationTest::anotherSynGoesToNoPeerOfTheOld()
{
    Talk talk;
    talk.we(S, 999);
    talk.peer(R | A, 0, 1000);
    TcpHeader tcp = peerSegment(Bits::syn, 7777, 0);
    std::swap(tcp.sourcePort, tcp.destinationPort);
    Ipv4Header ip = peerIpv4();
    std::swap(ip.source, ip.destination);
    QVERIFY(!peerOf(captured({EthernetHeader{}, ip, tcp}), talk.info()));
    tcp.controlBits.value = Bits::ack;
    QCOMPARE(peerOf(captured({EthernetHeader{}, ip, tcp}), talk.info())->state, State::closed);
}

void PeerExpectationTest::tellsWhetherItWasMet_data()
{
    QTest::addColumn<unsigned>("replies");
    QTest::addColumn<bool>("came");
    QTest::addColumn<Packet>("reply");
    QTest::addColumn<QString>("words");
    const auto row
        = [](const char* name, unsigned replies, std::optional<Packet> reply, const char* words) {
              QTest::newRow(name) << replies << reply.has_value() << reply.value_or(Packet{})
                                  << QString::fromUtf8(words);
          };
    row("SYN,ACK", synAck, segment(S | A, 1, 1005), "As expected: SYN,ACK came.");
    row("data with the ACK", ack, segment(P | A, 1, 1005, 3),
        "As expected: PSH,ACK with data came.");
    row("silence", none, {}, "As expected: no answer came.");
    row("silence or ACK", none | ack, segment(A, 1, 1005), "As expected: ACK came.");
    row("the peer's own FIN", none, segment(F | A, 1, 1005),
        "As expected: no answer; the FIN,ACK that came is the peer's own doing.");
    row("more is acknowledged", ack, segment(A, 1, 2000), "As expected: ACK came.");
    row("less is acknowledged", ack, segment(A, 1, 1000),
        "Only in part as expected: ACK came, but its acknowledgment number is 5 less than "
        "expected.");
    row("refused", synAck, segment(R | A, 0, 1005),
        "Not as expected: RST,ACK came, and SYN,ACK was expected: it refuses, or knows no such "
        "connection.");
    row("SYN,ACK again", none, segment(S | A, 1, 1005),
        "Not as expected: SYN,ACK came, and no answer was expected: it has not got an ACK of its "
        "SYN yet.");
    row("nothing came", ack | rst, {},
        "Not as expected: no answer came, and ACK or RST was expected. The segment or its answer "
        "is lost or filtered, or nobody is there.");
    row("no TCP", ack, captured({EthernetHeader{}, peerIpv4(), UdpHeader{}}),
        "Not as expected: what came is no TCP segment; ACK was expected.");
    row("nothing was expected of it", 0, {}, "");
}

void PeerExpectationTest::tellsWhetherItWasMet()
{
    QFETCH(unsigned, replies);
    QFETCH(bool, came);
    QFETCH(Packet, reply);
    const PeerExpectation expectation{replies, 1005u, "It was said."};
    QTEST(text(expectationMet(expectation, came ? std::optional(reply) : std::nullopt)), "words");
}

TCPW_TEST(PeerExpectationTest);

} // namespace tcpw

#include "tst_peerexpectation.moc"
