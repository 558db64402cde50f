// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/connection/talk.h"
#include "support/testcase.h"

#include <QTest>

namespace tcpw {

namespace {

constexpr std::uint16_t S = Talk::S, A = Talk::A, F = Talk::F, R = Talk::R, P = Talk::P;

} // namespace

/// The analysis names, by the words of Wireshark's User's Guide, section 7.5.
class AnalysisTest : public QObject
{
    Q_OBJECT
private slots:
    void plainTalkHasNoName();
    void namesAreWrittenAsTheyAreCalled();
    void retransmissionIsNamedAfterTheRoundTrip();
    void earlySegmentIsOutOfOrder();
    void fastRetransmissionNeedsTwoDuplicatesAndHaste();
    void acknowledgedDataIsSpurious();
    void duplicateAcksAreCounted();
    void gapIsALostSegment();
    void acknowledgmentOfTheUnseenIsNamedOnce();
    void zeroWindowIsProbedAndAnswered();
    void windowUpdateRepeatsAllElse();
    void windowFullCountsTheScale();
    void windowOfASynIsNotScaled();
    void keepAliveIsAnswered();
    void otherInitialNumberReusesThePorts();
    void namesDoNotDependOnWhereNumbersWrap_data();
    void namesDoNotDependOnWhereNumbersWrap();
};

void AnalysisTest::plainTalkHasNoName()
{
    Talk talk;
    talk.open();
    QCOMPARE(names(talk.we(P | A, 1000, 5000, 100)), QString());
    QCOMPARE(names(talk.peer(A, 5000, 1100)), QString());
    QCOMPARE(names(talk.we(F | A, 1100, 5000)), QString());
    QCOMPARE(names(talk.peer(F | A, 5000, 1101)), QString());
    QCOMPARE(names(talk.we(A, 1101, 5001)), QString());
}

void AnalysisTest::namesAreWrittenAsTheyAreCalled()
{
    AnalysisNames all;
    all.bits = 0x7fff;
    QCOMPARE(text(toText(all)),
        QStringLiteral("retransmission,fast_retransmission,spurious_retransmission,out_of_order,"
                       "duplicate_ack,zero_window,zero_window_probe,zero_window_probe_ack,"
                       "window_update,window_full,keep_alive,keep_alive_ack,lost_segment,"
                       "ack_lost_segment,reused_ports"));
    QCOMPARE(text(toText(AnalysisNames())), QString());
}

void AnalysisTest::retransmissionIsNamedAfterTheRoundTrip()
{
    Talk talk;
    talk.open();
    talk.we(P | A, 1000, 5000, 100);
    talk.wait(200);
    const auto first = talk.we(P | A, 1000, 5000, 100);
    QCOMPARE(names(first), QStringLiteral("retransmission"));
    QCOMPARE(first.refersTo, 4u);
    QCOMPARE(first.count, std::uint16_t(1));
    QVERIFY(qAbs(first.elapsed() - 201'000'000) < 201'000);
}

void AnalysisTest::earlySegmentIsOutOfOrder()
{
    Talk talk;
    talk.open(); // the round trip is 2 ms
    talk.we(P | A, 1100, 5000, 100);
    const auto late = talk.we(P | A, 1000, 5000, 50);
    QCOMPARE(names(late), QStringLiteral("out_of_order"));
    QCOMPARE(late.refersTo, 4u);
    talk.wait(2);
    QCOMPARE(names(talk.we(P | A, 1050, 5000, 50)), QStringLiteral("retransmission"));
}

void AnalysisTest::fastRetransmissionNeedsTwoDuplicatesAndHaste()
{
    for (const double pause : {0., 30.}) {
        Talk talk;
        talk.open();
        talk.we(P | A, 1000, 5000, 100);
        talk.we(P | A, 1100, 5000, 100);
        talk.peer(A, 5000, 1000);
        talk.peer(A, 5000, 1000);
        talk.peer(A, 5000, 1000);
        talk.wait(pause);
        QCOMPARE(names(talk.we(P | A, 1000, 5000, 100)),
            pause == 0 ? QStringLiteral("retransmission,fast_retransmission")
                       : QStringLiteral("retransmission"));
    }
}

void AnalysisTest::acknowledgedDataIsSpurious()
{
    Talk talk;
    talk.open();
    talk.we(P | A, 1000, 5000, 100);
    talk.peer(A, 5000, 1100);
    const auto again = talk.we(P | A, 1000, 5000, 100);
    QCOMPARE(names(again), QStringLiteral("retransmission,spurious_retransmission"));
    QCOMPARE(again.refersTo, 5u);
}

void AnalysisTest::duplicateAcksAreCounted()
{
    Talk talk;
    talk.open();
    talk.we(P | A, 1000, 5000, 100);
    talk.peer(A, 5000, 1000);
    QCOMPARE(talk.peer(A, 5000, 1000).count, std::uint16_t(2));
    const auto third = talk.peer(A, 5000, 1000);
    QCOMPARE(names(third), QStringLiteral("duplicate_ack"));
    QCOMPARE(third.count, std::uint16_t(3));
    QCOMPARE(third.refersTo, 2u);
    QCOMPARE(names(talk.peer(A, 5000, 1100)), QString());
}

void AnalysisTest::gapIsALostSegment()
{
    Talk talk;
    talk.open();
    QCOMPARE(names(talk.we(P | A, 1100, 5000, 100)), QStringLiteral("lost_segment"));
    QCOMPARE(names(talk.we(P | A, 1200, 5000, 100)), QString());
    QCOMPARE(names(talk.we(R, 1400)), QString());
    QCOMPARE(talk.info().initiator.gaps, 1u);
}

void AnalysisTest::acknowledgmentOfTheUnseenIsNamedOnce()
{
    Talk talk;
    talk.open();
    QCOMPARE(names(talk.peer(A, 5000, 1100)), QStringLiteral("ack_lost_segment"));
    QCOMPARE(names(talk.peer(A, 5000, 1200)), QString());
    talk.we(A, 1000, 5001);
    QCOMPARE(names(talk.peer(A, 5001, 1300)), QStringLiteral("lost_segment,ack_lost_segment"));
}

void AnalysisTest::zeroWindowIsProbedAndAnswered()
{
    Talk talk;
    talk.open();
    talk.we(P | A, 1000, 5000, 100);
    talk.window = 0;
    QCOMPARE(names(talk.peer(A, 5000, 1100)), QStringLiteral("zero_window"));
    talk.window = 1000;
    const auto probe = talk.we(A, 1100, 5000, 1);
    QCOMPARE(names(probe), QStringLiteral("zero_window_probe"));
    QCOMPARE(probe.refersTo, 5u);
    talk.window = 0;
    QCOMPARE(names(talk.peer(A, 5000, 1100)), QStringLiteral("zero_window,zero_window_probe_ack"));
    talk.window = 500;
    QCOMPARE(names(talk.peer(A, 5000, 1100)), QStringLiteral("window_update"));
}

void AnalysisTest::windowUpdateRepeatsAllElse()
{
    Talk talk;
    talk.open();
    talk.peer(A, 5000, 1000);
    talk.window = 2000;
    QCOMPARE(names(talk.peer(A, 5000, 1000)), QStringLiteral("window_update"));
    QCOMPARE(names(talk.peer(A, 5000, 1000)), QStringLiteral("duplicate_ack"));
}

void AnalysisTest::windowFullCountsTheScale()
{
    Talk talk;
    talk.options.list = {tcpOption::windowScale(2)};
    talk.we(S, 999);
    talk.peer(S | A, 4999, 1000);
    talk.options = {};
    talk.we(A, 1000, 5000);
    talk.window = 100;
    talk.peer(A, 5000, 1000);
    QCOMPARE(names(talk.we(P | A, 1000, 5000, 100)), QString());
    QCOMPARE(names(talk.we(P | A, 1100, 5000, 300)), QStringLiteral("window_full"));
    QCOMPARE(talk.info().responder.window, std::uint64_t(400));
}

void AnalysisTest::windowOfASynIsNotScaled()
{
    Talk talk;
    talk.window = 200;
    talk.options.list = {tcpOption::windowScale(2)};
    talk.we(S, 999);
    talk.peer(S | A, 4999, 1000);
    QCOMPARE(talk.info().responder.window, std::uint64_t(200));
    talk.options = {};
    talk.we(A, 1000, 5000);
    QCOMPARE(talk.info().initiator.window, std::uint64_t(800));
    QCOMPARE(names(talk.we(P | A, 1000, 5000, 200)), QStringLiteral("window_full"));
}

void AnalysisTest::keepAliveIsAnswered()
{
    Talk talk;
    talk.open();
    talk.we(P | A, 1000, 5000, 100);
    talk.peer(A, 5000, 1100);
    talk.wait(7'200'000);
    QCOMPARE(names(talk.we(A, 1099, 5000)), QStringLiteral("keep_alive"));
    const auto answer = talk.peer(A, 5000, 1100);
    QCOMPARE(names(answer), QStringLiteral("keep_alive_ack"));
    QCOMPARE(answer.refersTo, 6u);
}

void AnalysisTest::otherInitialNumberReusesThePorts()
{
    Talk talk;
    talk.open();
    QCOMPARE(talk.we(S, 999).connection, 0u);
    const auto other = talk.we(S, 70000);
    QCOMPARE(names(other), QStringLiteral("reused_ports"));
    QCOMPARE(other.connection, 1u);
    QCOMPARE(other.refersTo, 4u);
    QCOMPARE(talk.peer(S | A, 90000, 70001).connection, 1u);
}

void AnalysisTest::namesDoNotDependOnWhereNumbersWrap_data()
{
    QTest::addColumn<quint32>("shift");
    for (const quint32 shift : {0u, 0u - 999u, 0u - 1000u, 0u - 1050u, 0u - 1100u, 0u - 1150u,
             0u - 1300u, 0x8000'0000u - 1100u, 0u - 5000u})
        QTest::addRow("%x", shift) << shift;
}

void AnalysisTest::namesDoNotDependOnWhereNumbersWrap()
{
    QFETCH(quint32, shift);
    Talk talk;
    talk.we(S, 999 + shift);
    talk.peer(S | A, 4999 + shift, 1000 + shift);
    talk.we(A, 1000 + shift, 5000 + shift);
    QStringList all;
    const auto we = [&](quint32 seq, int length) {
        all << names(talk.we(P | A, seq + shift, 5000 + shift, length));
    };
    const auto peer = [&](quint32 ack) {
        all << names(talk.peer(A, 5000 + shift, ack + shift));
    };
    we(1000, 50);
    we(1100, 100);
    peer(1050);
    peer(1050);
    peer(1050);
    we(1050, 50);
    peer(1200);
    we(1150, 50);
    we(1300, 10);
    peer(1250);
    we(1309, 0);
    QCOMPARE(all,
        QStringList({{}, QStringLiteral("lost_segment"), {}, QStringLiteral("duplicate_ack"),
            QStringLiteral("duplicate_ack"), QStringLiteral("retransmission,fast_retransmission"),
            {}, QStringLiteral("retransmission,spurious_retransmission"),
            QStringLiteral("lost_segment"), QStringLiteral("ack_lost_segment"),
            QStringLiteral("keep_alive")}));
}

TCPW_TEST(AnalysisTest);

} // namespace tcpw

#include "tst_analysis.moc"
