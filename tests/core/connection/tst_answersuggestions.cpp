// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/answersuggestions.h"
#include "core/connection/packets.h"
#include "core/connection/talk.h"
#include "packet/tcpoptions.h"
#include "support/testcase.h"

#include <QTest>

#include <functional>

namespace tcpw {

namespace {

using Bits = ControlBits;
using Script = std::function<void(Talk&)>;
constexpr int S = Bits::syn, A = Bits::ack, F = Bits::fin, P = Bits::psh, R = Bits::rst;

QString kindsOf(const std::vector<AnswerSuggestion>& suggestions)
{
    QStringList kinds;
    for (const AnswerSuggestion& suggestion : suggestions)
        kinds << QLatin1String(answerKindName(suggestion.kind));
    return kinds.join(QStringLiteral(" "));
}

Packet received(int bits, std::uint32_t sequence, std::uint32_t acknowledgment, int length = 0)
{
    return overIpv4(peerSegment(static_cast<std::uint16_t>(bits), sequence, acknowledgment),
        Bytes(static_cast<std::size_t>(length), 'x'));
}

/// Of the segments from now on; what counts is that of the SYNs.
void permitSack(Talk& talk)
{
    talk.options.list = {tcpOption::sackPermitted()};
}

void opened(Talk& talk)
{
    talk.window = 65000;
    talk.open();
}

} // namespace

class AnswerSuggestionsTest : public QObject
{
    Q_OBJECT
private slots:
    void suggestWhatMakesSenseNow_data();
    void suggestWhatMakesSenseNow();
    void saysWhyAndWhereTheNumbersComeFrom();
    void tellsRelativeNumbersOverTheWrap();
    void marksNumbersThatAreAbsolute();
    void eachHasWholeSentences();
};

void AnswerSuggestionsTest::suggestWhatMakesSenseNow_data()
{
    QTest::addColumn<Script>("script"); // empty: nothing is known of the connection
    QTest::addColumn<Packet>("packet");
    QTest::addColumn<QString>("kinds");
    const auto row
        = [](const char* name, const Script& script, const Packet& packet, const char* kinds) {
              QTest::newRow(name) << script << packet << kinds;
          };

    row("SYN", {}, received(S, 4999, 0), "SYN,ACK RST");
    row("SYN,ACK", {}, received(S | A, 4999, 1000), "ACK data RST");
    row("data", {}, received(P | A, 5000, 1000, 5), "ACK data FIN RST");
    row("bare ACK", {}, received(A, 5000, 1000), "data FIN keep-alive RST");
    row("FIN", {}, received(F | A, 5000, 1000), "ACK FIN data RST");
    row("RST", {}, received(R, 5000, 0), "");
    row("no TCP", {}, Packet{}, "");

    row(
        "the peer opens", [](Talk& t) { t.peer(S, 4999); }, received(S, 4999, 0), "SYN,ACK RST");
    row(
        "our SYN,ACK is not acknowledged",
        [](Talk& t) {
            t.peer(S, 4999);
            t.we(S | A, 999, 5000);
        },
        received(S, 4999, 0), "SYN,ACK RST");
    row(
        "both open at once",
        [](Talk& t) {
            t.we(S, 999);
            t.peer(S, 4999);
        },
        received(S, 4999, 0), "SYN,ACK RST");
    row(
        "SYN,ACK of our SYN",
        [](Talk& t) {
            t.we(S, 999);
            t.peer(S | A, 4999, 1000);
        },
        received(S | A, 4999, 1000), "ACK data RST");
    row(
        "ACK of an earlier connection",
        [](Talk& t) {
            t.we(S, 999);
            t.peer(A, 5000, 77);
        },
        received(A, 5000, 77), "RST");
    row("old SYN,ACK of an established one", opened, received(S | A, 4999, 1000),
        "data FIN keep-alive RST");
    row(
        "new data",
        [](Talk& t) {
            opened(t);
            t.peer(P | A, 5000, 1000, 5);
        },
        received(P | A, 5000, 1000, 5), "ACK data FIN RST");
    row(
        "data that are acknowledged",
        [](Talk& t) {
            opened(t);
            t.peer(P | A, 5000, 1000, 5);
            t.we(A, 1000, 5005);
        },
        received(P | A, 5000, 1000, 5), "data FIN keep-alive RST");
    row(
        "data that nothing is missing before, but nothing is acknowledged",
        [](Talk& t) {
            permitSack(t);
            opened(t);
            t.peer(P | A, 5000, 1000, 5);
            t.peer(P | A, 5005, 1000, 5);
        },
        received(P | A, 5005, 1000, 5), "ACK SACK data FIN RST");
    row(
        "data beyond a gap",
        [](Talk& t) {
            permitSack(t);
            opened(t);
            t.peer(P | A, 5005, 1000, 5);
        },
        received(P | A, 5005, 1000, 5), "SACK ACK data FIN RST");
    row(
        "data beyond a gap, but SACK is not permitted",
        [](Talk& t) {
            opened(t);
            t.peer(P | A, 5005, 1000, 5);
        },
        received(P | A, 5005, 1000, 5), "ACK data FIN RST");
    row(
        "keep-alive",
        [](Talk& t) {
            opened(t);
            t.peer(A, 4999, 1000);
        },
        received(A, 4999, 1000), "ACK data FIN keep-alive RST");
    row(
        "we closed our window",
        [](Talk& t) {
            opened(t);
            t.window = 0;
            t.we(A, 1000, 5000);
            t.window = 65000;
            t.peer(A, 5000, 1000);
        },
        received(A, 5000, 1000), "window-update data FIN keep-alive RST");
    row(
        "our window is small",
        [](Talk& t) {
            t.window = 1000;
            t.open();
        },
        received(S | A, 4999, 1000), "data FIN window-update keep-alive RST");
    row(
        "the peer's FIN",
        [](Talk& t) {
            opened(t);
            t.peer(F | A, 5000, 1000);
        },
        received(F | A, 5000, 1000), "ACK FIN data RST");
    row(
        "the peer's FIN is acknowledged",
        [](Talk& t) {
            opened(t);
            t.peer(F | A, 5000, 1000);
            t.we(A, 1000, 5001);
        },
        received(F | A, 5000, 1000), "FIN data keep-alive RST");
    row(
        "our FIN is not acknowledged",
        [](Talk& t) {
            opened(t);
            t.we(F | A, 1000, 5000);
        },
        received(A, 5000, 1000), "FIN RST");
    row(
        "the peer sends on after our FIN",
        [](Talk& t) {
            opened(t);
            t.we(F | A, 1000, 5000);
            t.peer(P | A, 5000, 1001, 5);
        },
        received(P | A, 5000, 1001, 5), "ACK RST");
    row(
        "both FINs crossed in order, ours first",
        [](Talk& t) {
            opened(t);
            t.we(F | A, 1000, 5000);
            t.peer(F | A, 5000, 1001);
            t.we(A, 1001, 5001);
        },
        received(F | A, 5000, 1001), "ACK");
    row(
        "closed by the peer first",
        [](Talk& t) {
            opened(t);
            t.peer(F | A, 5000, 1000);
            t.we(F | A, 1000, 5001);
            t.peer(A, 5001, 1001);
        },
        received(A, 5001, 1001), "");
    row(
        "our kernel reset it",
        [](Talk& t) {
            t.we(S, 999);
            t.peer(S | A, 4999, 1000);
            t.we(R, 1000);
        },
        received(S | A, 4999, 1000), "");
}

void AnswerSuggestionsTest::suggestWhatMakesSenseNow()
{
    QFETCH(Script, script);
    QFETCH(Packet, packet);
    std::optional<ConnectionInfo> connection;
    Talk talk;
    if (script) {
        script(talk);
        connection = talk.info();
    }
    QTEST(kindsOf(suggestAnswers(packet, connection)), "kinds");
}

void AnswerSuggestionsTest::saysWhyAndWhereTheNumbersComeFrom()
{
    const auto toSynAck = suggestAnswers(received(S | A, 4999, 1000));
    QCOMPARE(text(toSynAck.front().why),
        QStringLiteral("The peer waits for an ACK of its SYN; this completes the handshake."));
    QCOMPARE(text(toSynAck.front().numbers),
        QStringLiteral("Acknowledgment 1 (relative): the peer's SYN counts one; sequence 1 "
                       "(relative): what the peer "
                       "acknowledged."));
    QCOMPARE(text(toSynAck.back().numbers),
        QStringLiteral("No acknowledgment: the peer's segment tells the sequence number; sequence "
                       "1 (relative): what the peer acknowledged."));
    const auto toSyn = suggestAnswers(received(S, 4999, 0));
    QCOMPARE(text(toSyn.front().numbers),
        QStringLiteral("Acknowledgment 1 (relative): the peer's SYN counts one; sequence 0 "
                       "(relative): our initial "
                       "sequence number, chosen anew."));
    Talk talk;
    opened(talk);
    talk.we(P | A, 1000, 5000, 7);
    talk.peer(F | P | A, 5000, 1000, 5);
    const auto toFin = suggestAnswers(received(F | P | A, 5000, 1000, 5), talk.info());
    QCOMPARE(text(toFin.front().numbers),
        QStringLiteral(
            "Acknowledgment 7 (relative): the peer's 5 bytes of data count and its FIN counts one; "
            "sequence 8 (relative): it follows what we sent last."));
}

void AnswerSuggestionsTest::tellsRelativeNumbersOverTheWrap()
{
    Talk talk;
    permitSack(talk);
    talk.window = 65000;
    talk.we(S, 0xffff'fffeu);
    talk.peer(S | A, 0xffff'fff0u, 0xffff'ffffu);
    talk.we(A, 0xffff'ffffu, 0xffff'fff1u);
    talk.we(P | A, 0xffff'ffffu, 0xffff'fff1u, 10);
    talk.peer(P | A, 0xffff'fff1u + 20, 9, 30);
    const auto list = suggestAnswers(received(P | A, 0xffff'fff1u + 20, 9, 30), talk.info());
    QCOMPARE(kindsOf(list), QStringLiteral("SACK ACK data FIN RST"));
    QCOMPARE(text(list[0].numbers),
        QStringLiteral("Acknowledgment 1 (relative): the first number that is missing; sequence 11 "
                       "(relative): what the "
                       "peer acknowledged; block 21 to 51 (relative): this segment."));
    QCOMPARE(text(list[1].numbers),
        QStringLiteral("Acknowledgment 51 (relative): the peer's 30 bytes of data count; sequence "
                       "11 (relative): what "
                       "the peer acknowledged."));
}

void AnswerSuggestionsTest::marksNumbersThatAreAbsolute()
{
    const auto list = suggestAnswers(received(P | A, 5000, 1000, 1));
    QCOMPARE(text(list.front().numbers),
        QStringLiteral("Acknowledgment 5001 (absolute): the peer's one byte of data counts; "
                       "sequence 1000 (absolute): what the peer acknowledged."));
}

void AnswerSuggestionsTest::eachHasWholeSentences()
{
    Talk talk;
    talk.open();
    talk.peer(P | A, 5005, 1000, 5);
    for (const auto& suggestion : suggestAnswers(received(P | A, 5005, 1000, 5), talk.info())) {
        const QString why = text(suggestion.why);
        const QString numbers = text(suggestion.numbers);
        QVERIFY2(why.endsWith(QLatin1Char('.')) && why[0].isUpper(), qPrintable(why));
        QVERIFY2(numbers.endsWith(QLatin1Char('.')) && numbers[0].isUpper(), qPrintable(numbers));
        QVERIFY2(numbers.contains(QStringLiteral("sequence")), qPrintable(numbers));
    }
}

TCPW_TEST(AnswerSuggestionsTest);

} // namespace tcpw

#include "tst_answersuggestions.moc"
