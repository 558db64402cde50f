// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "live/connection/hold.h"
#include "packet/tcpoptions.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

namespace {

constexpr std::uint16_t discard = 9, neverReads = 8083, staysOpen = 8084;
constexpr auto S = LiveTalk::S, A = LiveTalk::A, R = LiveTalk::R, P = LiveTalk::P;

} // namespace

/// What goes wrong, or looks so, within an established connection, provoked from the far kernel.
class LiveOdditiesTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void closesItsWindow();
    void answersAKeepAlive();
    void reportsAGapBySack();
    void challengesWhatDoesNotFit_data();
    void challengesWhatDoesNotFit();
    void keepsTheConnectionWhenAnotherSynComes();

private:
    static void fillWindow(LiveTalk& talk);
};

void LiveOdditiesTest::initTestCase()
{
    if (!ownLab)
        QSKIP(ownLab.error().message.c_str());
}

/// Sends as much as the far end's window takes, segment by segment, until it is closed.
void LiveOdditiesTest::fillWindow(LiveTalk& talk)
{
    constexpr std::uint32_t most = 1000;
    for (int i = 0; i < 40 && talk.info().responder.window > 0; ++i) {
        const auto size = std::min<std::uint64_t>(talk.info().responder.window, most);
        talk.send(P | A, std::string(size, 'x'));
        QTRY_COMPARE(talk.info().initiator.acknowledged.value_or(0), talk.next());
    }
}

void LiveOdditiesTest::closesItsWindow()
{
    LiveTalk talk(neverReads);
    QVERIFY(talk.open());
    fillWindow(talk);
    const int closed = talk.count();
    QCOMPARE(talk.row(closed), QStringLiteral("peer ACK zero_window"));
    QCOMPARE(talk.reason(closed),
        QStringLiteral("The receive buffer of this end is full: it asks for a pause"));
    QCOMPARE(talk.row(closed - 1), QStringLiteral("me PSH,ACK window_full"));
    QCOMPARE(talk.reason(closed - 1),
        QStringLiteral("Fills the window to its edge, which No. %1 stated: no more may be sent "
                       "before an ACK")
            .arg(closed - 2));
    HOLD(talk, "me ESTABLISHED, far ESTABLISHED");
    talk.sendAsTheyAre({talk.segment(A, "x")});
    QTRY_COMPARE(talk.count(), closed + 2);
    QCOMPARE(talk.row(closed + 1), QStringLiteral("me ACK zero_window_probe"));
    QCOMPARE(talk.reason(closed + 1),
        QStringLiteral("Asks with one byte whether the window is still closed, which No. %1 said")
            .arg(closed));
    QCOMPARE(talk.row(closed + 2), QStringLiteral("peer ACK zero_window,zero_window_probe_ack"));
    QCOMPARE(talk.reason(closed + 2),
        QStringLiteral("The window is still closed: answers the probe No. %1").arg(closed + 1));
    talk.far(FarVerb::resumeReading);
    QTRY_COMPARE(talk.row(closed + 3), QStringLiteral("peer ACK window_update"));
    HOLD(talk, "me ESTABLISHED, far ESTABLISHED");
    QVERIFY2(talk.text().contains(QStringLiteral("window_full (No. %1)").arg(closed - 2)),
        qPrintable(talk.text()));
}

void LiveOdditiesTest::answersAKeepAlive()
{
    LiveTalk talk(staysOpen);
    QVERIFY(talk.open());
    talk.send(P | A, "hello");
    QTRY_COMPARE(talk.row(5), QStringLiteral("peer ACK"));
    talk.sendAsTheyAre({talk.segment(A, {}, -1)});
    QTRY_COMPARE(talk.row(7), QStringLiteral("peer ACK keep_alive_ack"));
    QCOMPARE(talk.row(6), QStringLiteral("me ACK keep_alive"));
    QCOMPARE(talk.reason(6),
        QStringLiteral(
            "Keep-alive: repeats an old number, to see whether the other end is still there"));
    QCOMPARE(talk.reason(7), QStringLiteral("Still there: answers the keep-alive in No. 6"));
    QCOMPARE(talk.facts(7).acknowledgmentNumber, talk.next());
    HOLD(talk, "me ESTABLISHED, far ESTABLISHED");
    QVERIFY2(
        talk.text().contains(QLatin1String("keep_alive_ack (No. 6)")), qPrintable(talk.text()));
}

/// "hello", then "world" before " big ".
void LiveOdditiesTest::reportsAGapBySack()
{
    LiveTalk talk(discard);
    Options options;
    options.list = {tcpOption::maximumSegmentSize(1460), tcpOption::sackPermitted()};
    QVERIFY(talk.open(options));
    talk.send(P | A, "hello");
    QTRY_COMPARE(talk.row(5), QStringLiteral("peer ACK"));
    talk.sendAsTheyAre({talk.segment(P | A, "world", 5), talk.segment(P | A, " big ")});
    talk.skip(10);
    QTRY_COMPARE(talk.info().initiator.acknowledged.value_or(0), talk.next());
    const QStringList rows = talk.rows();
    const auto late = rows.indexOf(QStringLiteral("me PSH,ACK out_of_order")) + 1;
    const auto asks = rows.indexOf(QStringLiteral("peer ACK duplicate_ack")) + 1;
    QVERIFY2(late > 6 && asks > 6, qPrintable(talk.text()));
    QCOMPARE(talk.row(6), QStringLiteral("me PSH,ACK lost_segment"));
    const SegmentFacts& duplicate = talk.facts(int(asks));
    QCOMPARE(duplicate.acknowledgmentNumber, talk.next() - 10);
    QVERIFY((duplicate.sack == SackBlock{talk.next() - 5, talk.next()}));
    QCOMPARE(talk.reason(int(asks)),
        QStringLiteral("Duplicate ACK 1 of No. 5: something came out of order, or a segment is "
                       "missing"));
    QVERIFY2(talk.reason(int(late)).startsWith(
                 QLatin1String("Came later than its place: No. 6 overtook it after ")),
        qPrintable(talk.reason(int(late))));
    HOLD(talk, "me ESTABLISHED, far ESTABLISHED");
    QVERIFY2(talk.text().contains(QLatin1String("duplicate_ack (No. 5)")), qPrintable(talk.text()));
}

void LiveOdditiesTest::challengesWhatDoesNotFit_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("shift");
    QTest::addColumn<QString>("what");
    QTest::newRow("its SYN again") << int(S) << -6 << QStringLiteral("the SYN");
    QTest::newRow("RST beside its number") << int(R) << 100 << QStringLiteral("the RST");
}

void LiveOdditiesTest::challengesWhatDoesNotFit()
{
    QFETCH(int, bits);
    QFETCH(int, shift);
    QFETCH(QString, what);
    LiveTalk talk(staysOpen);
    QVERIFY(talk.open());
    talk.send(P | A, "hello");
    QTRY_COMPARE(talk.row(5), QStringLiteral("peer ACK"));
    talk.sendAsTheyAre({talk.segment(std::uint16_t(bits), {}, shift)});
    QTRY_COMPARE(talk.count(), 7);
    QVERIFY2(talk.row(7).startsWith(QLatin1String("peer ACK")), qPrintable(talk.row(7)));
    QCOMPARE(talk.reason(7),
        QStringLiteral("Challenge ACK (RFC 5961): %1 in No. 6 did not fit exactly, so nothing "
                       "happens but this question")
            .arg(what));
    QCOMPARE(talk.facts(7).acknowledgmentNumber, talk.next());
    HOLD(talk, "me ESTABLISHED, far ESTABLISHED");
    talk.send(P | A, "still here");
    QTRY_COMPARE(talk.facts(talk.count()).acknowledgmentNumber, talk.next());
    HOLD(talk, "me ESTABLISHED, far ESTABLISHED");
    QVERIFY(talk.reason(8).isEmpty()); // what was sent now is new, whatever No. 6 said
    QCOMPARE(talk.info().ending, Ending::open);
    QVERIFY(talk.text().endsWith(QLatin1String(" It is not closed.\n")));
}

/// Its number is in the window, so the far kernel asks (RFC 5961, section 4); it is counted as the
/// first of another connection, as Wireshark does.
void LiveOdditiesTest::keepsTheConnectionWhenAnotherSynComes()
{
    LiveTalk talk(staysOpen);
    QVERIFY(talk.open());
    talk.send(P | A, "hello");
    QTRY_COMPARE(talk.row(5), QStringLiteral("peer ACK"));
    talk.sendAsTheyAre({talk.segment(S, {}, 50)});
    QTRY_COMPARE(talk.count(), 7);
    QCOMPARE(talk.row(6), QStringLiteral("me SYN reused_ports"));
    QCOMPARE(talk.row(7), QStringLiteral("peer ACK"));
    QCOMPARE(talk.reason(7),
        QStringLiteral("This end still has an earlier connection between these ports: to the SYN "
                       "in No. 6 it says what number it expects there"));
    QCOMPARE(talk.tracked(7).connection, 1u);
    QCOMPARE(talk.facts(7).acknowledgmentNumber, talk.next());
    HOLD(talk, "me ESTABLISHED, far ESTABLISHED");
    QCOMPARE(talk.tracked(7).initiatorState(), TcpState::synSent);
}

TCPW_TEST(LiveOdditiesTest);
#include "tst_liveoddities.moc"
