// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "live/connection/hold.h"
#include "support/testcase.h"

#include <QRegularExpression>
#include <QTest>

using namespace tcpw;

namespace {

constexpr std::uint16_t discard = 9, staysOpen = 8084, closedPort = 4444;
constexpr auto S = LiveTalk::S, A = LiveTalk::A, F = LiveTalk::F, P = LiveTalk::P;

QString withoutTimes(QString text)
{
    static const QRegularExpression time(QStringLiteral("[0-9.]+ (s|ms|\u00b5s)\\b"));
    return text.replace(time, QStringLiteral("T"));
}

} // namespace

/// How connections open and close, provoked from the far kernel.
class LiveConnectionsTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void opensTalksAndClosesInOrder_data();
    void opensTalksAndClosesInOrder();
    void isHalfClosedByTheFarEnd();
    void opensFromBothEndsAtOnce_data();
    void opensFromBothEndsAtOnce();
    void isRefusedByAClosedPort_data();
    void isRefusedByAClosedPort();
    void isAbortedByTheFarEnd();
    void repeatsTheSynAckWithADoublingTimer();

private:
    static void families()
    {
        QTest::addColumn<bool>("ipv6");
        QTest::newRow("IPv4") << false;
        QTest::newRow("IPv6") << true;
    }
};

void LiveConnectionsTest::initTestCase()
{
    if (!ownLab)
        QSKIP(ownLab.error().message.c_str());
}

void LiveConnectionsTest::opensTalksAndClosesInOrder_data()
{
    families();
}

void LiveConnectionsTest::opensTalksAndClosesInOrder()
{
    QFETCH(bool, ipv6);
    LiveTalk talk(discard, ipv6);
    talk.send(S);
    QTRY_COMPARE(talk.count(), 2);
    HOLD(talk, "me SYN-SENT, far SYN-RECEIVED");
    talk.send(A);
    HOLD(talk, "me ESTABLISHED, far ESTABLISHED");
    QCOMPARE(withoutTimes(QString::fromStdString(talk.story().handshakeText())),
        QStringLiteral("The handshake took three segments and T."));
    talk.send(P | A, "hello");
    QTRY_COMPARE(talk.count(), 5);
    QCOMPARE(talk.rows(),
        QStringList({QStringLiteral("me SYN"), QStringLiteral("peer SYN,ACK"),
            QStringLiteral("me ACK"), QStringLiteral("me PSH,ACK"), QStringLiteral("peer ACK")}));
    QCOMPARE(talk.facts(5).acknowledgmentNumber, talk.next());
    HOLD(talk, "me ESTABLISHED, far ESTABLISHED");
    talk.send(F | A);
    QTRY_COMPARE(talk.rows().last(), QStringLiteral("peer FIN,ACK"));
    HOLD(talk, "me TIME-WAIT, far LAST-ACK");
    talk.send(A);
    HOLD(talk, "me TIME-WAIT, far CLOSED");
    QCOMPARE(talk.info().ending, Ending::orderly);
    QVERIFY2(talk.text().endsWith(
                 QLatin1String("The initiator closed first; both directions ended in order.\n")),
        qPrintable(talk.text()));
    QVERIFY(talk.text().contains(
        QLatin1String("    responder: LAST-ACK -> CLOSED, receives the ACK of its FIN\n")));
    for (int i = 1; i <= talk.count(); ++i)
        QCOMPARE(talk.reason(i), QString());
}

void LiveConnectionsTest::isHalfClosedByTheFarEnd()
{
    LiveTalk talk(staysOpen);
    QVERIFY2(talk.open(), qPrintable(talk.rows().join(QLatin1Char('\n'))));
    talk.far(FarVerb::shutdown);
    QTRY_COMPARE(talk.row(4), QStringLiteral("peer FIN,ACK"));
    HOLD(talk, "me CLOSE-WAIT, far FIN-WAIT-1");
    talk.send(A);
    HOLD(talk, "me CLOSE-WAIT, far FIN-WAIT-2");
    QVERIFY(talk.text().endsWith(QLatin1String("Half-closed: the responder has no more data, the "
                                               "initiator may still send.\n")));
    talk.send(P | A, "still here");
    QTRY_COMPARE(talk.row(7), QStringLiteral("peer ACK"));
    QCOMPARE(talk.reason(6),
        QStringLiteral("Data in the direction that is still open; the other was closed in No. 4"));
    QCOMPARE(talk.facts(7).acknowledgmentNumber, talk.next());
    HOLD(talk, "me CLOSE-WAIT, far FIN-WAIT-2");
    talk.send(F | A);
    QTRY_COMPARE(talk.row(9), QStringLiteral("peer ACK"));
    HOLD(talk, "me CLOSED, far TIME-WAIT");
    QVERIFY(talk.text().endsWith(
        QLatin1String("The responder closed first; both directions ended in order.\n")));
}

void LiveConnectionsTest::opensFromBothEndsAtOnce_data()
{
    families();
}

void LiveConnectionsTest::opensFromBothEndsAtOnce()
{
    QFETCH(bool, ipv6);
    LiveTalk talk(0, ipv6);
    talk.callUs();
    QTRY_COMPARE(talk.row(1), QStringLiteral("peer SYN"));
    HOLD(talk, "me unknown, far SYN-SENT");
    talk.send(S);
    QTRY_COMPARE(talk.count(), 3);
    QCOMPARE(talk.row(2), QStringLiteral("me SYN"));
    QCOMPARE(talk.reason(2), QStringLiteral("Both ends open at once: this SYN crossed No. 1"));
    QVERIFY2(talk.row(3).startsWith(QLatin1String("peer SYN,ACK")), qPrintable(talk.row(3)));
    QCOMPARE(talk.reason(3),
        QStringLiteral(
            "Its SYN again, now with the ACK of the one in No. 2: both ends open at once"));
    HOLD(talk, "me SYN-SENT, far SYN-RECEIVED");
    talk.send(P | A, "hi");
    HOLD(talk, "me ESTABLISHED, far ESTABLISHED");
    QTRY_COMPARE(talk.row(5), QStringLiteral("peer ACK"));
    QVERIFY2(talk.text().contains(
                 QLatin1String("Both ends sent a SYN at once, and each acknowledged the other's.")),
        qPrintable(talk.text()));
    QVERIFY(!talk.story().arrows()[2].isRetransmission);
}

void LiveConnectionsTest::isRefusedByAClosedPort_data()
{
    families();
}

void LiveConnectionsTest::isRefusedByAClosedPort()
{
    QFETCH(bool, ipv6);
    LiveTalk talk(closedPort, ipv6);
    talk.send(S);
    QTRY_COMPARE(
        talk.rows(), QStringList({QStringLiteral("me SYN"), QStringLiteral("peer RST,ACK")}));
    QCOMPARE(
        talk.reason(2), QStringLiteral("The connection is refused: nothing listens on port 4444"));
    HOLD(talk, "me CLOSED, far CLOSED");
    QCOMPARE(talk.info().ending, Ending::refused);
    QVERIFY2(talk.text().endsWith(QLatin1String("The SYN was refused with a RST. The responder "
                                                "refused it with a RST in No. 2.\n")),
        qPrintable(talk.text()));
}

void LiveConnectionsTest::isAbortedByTheFarEnd()
{
    LiveTalk talk(staysOpen);
    QVERIFY(talk.open());
    talk.send(P | A, "hello");
    QTRY_COMPARE(talk.row(5), QStringLiteral("peer ACK"));
    HOLD(talk, "me ESTABLISHED, far ESTABLISHED");
    talk.far(FarVerb::abort);
    QTRY_COMPARE(talk.row(6), QStringLiteral("peer RST,ACK"));
    QCOMPARE(talk.reason(6), QStringLiteral("This end gives the connection up at once (abort)"));
    HOLD(talk, "me CLOSED, far CLOSED");
    QCOMPARE(talk.info().ending, Ending::resetByResponder);
    QVERIFY(talk.text().endsWith(QLatin1String("The responder reset it in No. 6.\n")));
    talk.send(P | A, "too late");
    QTRY_COMPARE(talk.row(8), QStringLiteral("peer RST"));
    QCOMPARE(talk.reason(7), QStringLiteral("Data for a connection that was over with No. 6"));
    QCOMPARE(talk.reason(8),
        QStringLiteral("This end knows no such connection, and answers the data in No. 7"));
    HOLD(talk, "me CLOSED, far CLOSED");
}

void LiveConnectionsTest::repeatsTheSynAckWithADoublingTimer()
{
    LiveTalk talk(discard);
    talk.send(S);
    QTRY_COMPARE_WITH_TIMEOUT(talk.count(), 4, 8000);
    QCOMPARE(talk.rows(),
        QStringList({QStringLiteral("me SYN"), QStringLiteral("peer SYN,ACK"),
            QStringLiteral("peer SYN,ACK retransmission"),
            QStringLiteral("peer SYN,ACK retransmission")}));
    QCOMPARE(withoutTimes(talk.reason(3)),
        QStringLiteral("Retransmission 1 of No. 2 after T: no ACK of it came"));
    QCOMPARE(withoutTimes(talk.reason(4)),
        QStringLiteral("Retransmission 2 of No. 2 after T: its timer doubled"));
    const double first = double(talk.tracked(3).elapsed()) / 1e9;
    const double second = double(talk.tracked(4).elapsed()) / 1e9;
    QVERIFY2(first > 0.9 && first < 1.5, qPrintable(talk.reason(3)));
    QVERIFY2(second > 1.8 && second < 2.6, qPrintable(talk.reason(4)));
    HOLD(talk, "me SYN-SENT, far SYN-RECEIVED");
    QVERIFY2(
        talk.text().contains(QLatin1String("retransmission (No. 2)")), qPrintable(talk.text()));
    talk.send(A);
    HOLD(talk, "me ESTABLISHED, far ESTABLISHED");
    QCOMPARE(withoutTimes(QString::fromStdString(talk.story().handshakeText())),
        QStringLiteral("The handshake took T; the SYN was sent once, the SYN,ACK 3 times."));
    QCOMPARE(talk.info().responder.retransmissions, 2u);
}

TCPW_TEST(LiveConnectionsTest);
#include "tst_liveconnections.moc"
