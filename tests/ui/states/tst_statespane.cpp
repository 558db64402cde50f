// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/conversations.h"
#include "ui/looks.h"
#include "ui/states/kerneltruth.h"
#include "ui/states/statespane.h"

#include <QClipboard>
#include <QPushButton>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;

class StatesPaneTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void saysWhatHappened_data();
    void saysWhatHappened();
    void isEmptyWithWordsAtFirst();
    void growsWithItsConnection();
    void saysWhatTheKernelSays();
    void saysWhereTheKernelDiffers();
    void forgetsTheKernelsWordsWhenPacketsShowMore();
    void findsTheSocketOfAConnection();
    void knowsWhatTheFarEndSendsNext_data();
    void knowsWhatTheFarEndSendsNext();
    void copiesItsText();
    void looksWell_data();
    void looksWell();
    void looksWellInAnyWidth();

private:
    void show(const QString& name);
    static FarSocket farSocket(const char* state);

    std::unique_ptr<TestStore> m_store;
    FollowedConnection m_story;
    std::unique_ptr<StatesPane> m_pane;
};

void StatesPaneTest::init()
{
    m_store = std::make_unique<TestStore>();
    m_pane = std::make_unique<StatesPane>();
}

void StatesPaneTest::show(const QString& name)
{
    play(*m_store, name);
    m_story = told(m_store->store());
    m_pane->setStory(&m_story);
}

FarSocket StatesPaneTest::farSocket(const char* state)
{
    FarSocket socket;
    socket.state = state;
    socket.localAddress = labAddress::far4;
    socket.localPort = 8081;
    socket.remoteAddress = labAddress::near4;
    socket.remotePort = 40001;
    return socket;
}

void StatesPaneTest::saysWhatHappened_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("kernel-reset") << QStringLiteral(R"(● M = me: CLOSED since No. 3
◆ P = peer: LISTEN since No. 3
The SYN was answered, but no ACK completed the handshake.
The initiator reset it in No. 3.
No. 1  me  CLOSED → SYN-SENT  sends SYN
No. 2  peer  LISTEN → SYN-RECEIVED  receives SYN and answers SYN,ACK
No. 3  me  SYN-SENT → CLOSED  sends RST
No. 3  peer  SYN-RECEIVED → LISTEN  receives RST
)");
    QTest::newRow("guarded") << QStringLiteral(R"(● M = me: SYN-SENT since No. 1
◆ P = peer: SYN-RECEIVED since No. 2
The SYN was answered, but no ACK completed the handshake.
It is not closed.
No. 1  me  CLOSED → SYN-SENT  sends SYN
No. 2  peer  LISTEN → SYN-RECEIVED  receives SYN and answers SYN,ACK
)");
    QTest::newRow("orderly") << QStringLiteral(R"(● M = me: TIME-WAIT since No. 9
◆ P = peer: CLOSED since No. 10
The handshake took three segments and 2 ms.
The initiator closed first; both directions ended in order.
No. 1  me  CLOSED → SYN-SENT  sends SYN
No. 2  peer  LISTEN → SYN-RECEIVED  receives SYN and answers SYN,ACK
No. 3  me  SYN-SENT → ESTABLISHED  received SYN,ACK for its SYN and sends the ACK
No. 3  peer  SYN-RECEIVED → ESTABLISHED  receives the ACK of its SYN
No. 8  me  ESTABLISHED → FIN-WAIT-1  sends FIN
No. 8  peer  ESTABLISHED → CLOSE-WAIT  receives FIN
No. 9  me  FIN-WAIT-1 → FIN-WAIT-2  receives the ACK of its FIN
No. 9  peer  CLOSE-WAIT → LAST-ACK  sends FIN
No. 9  me  FIN-WAIT-2 → TIME-WAIT  receives FIN
No. 10  peer  LAST-ACK → CLOSED  receives the ACK of its FIN
)");
    QTest::newRow("refused") << QStringLiteral(R"(● M = me: CLOSED since No. 2
◆ P = peer: CLOSED since No. 2
The SYN was refused with a RST.
The responder refused it with a RST in No. 2.
No. 1  me  CLOSED → SYN-SENT  sends SYN
No. 2  peer  unknown → CLOSED  knows no such connection and sends RST
No. 2  me  SYN-SENT → CLOSED  receives RST
)");
    QTest::newRow("out-of-order") << QStringLiteral(R"(● M = me: ESTABLISHED since No. 3
◆ P = peer: ESTABLISHED since No. 3
The handshake took three segments and 2 ms.
It is not closed.
No. 1  me  CLOSED → SYN-SENT  sends SYN
No. 2  peer  LISTEN → SYN-RECEIVED  receives SYN and answers SYN,ACK
No. 3  me  SYN-SENT → ESTABLISHED  received SYN,ACK for its SYN and sends the ACK
No. 3  peer  SYN-RECEIVED → ESTABLISHED  receives the ACK of its SYN
)");
    QTest::newRow("half-close") << QStringLiteral(R"(● M = me: FIN-WAIT-2 since No. 5
◆ P = peer: CLOSE-WAIT since No. 4
The handshake took three segments and 2 ms.
Half-closed: the initiator has no more data, the responder may still send.
No. 1  me  CLOSED → SYN-SENT  sends SYN
No. 2  peer  LISTEN → SYN-RECEIVED  receives SYN and answers SYN,ACK
No. 3  me  SYN-SENT → ESTABLISHED  received SYN,ACK for its SYN and sends the ACK
No. 3  peer  SYN-RECEIVED → ESTABLISHED  receives the ACK of its SYN
No. 4  me  ESTABLISHED → FIN-WAIT-1  sends FIN
No. 4  peer  ESTABLISHED → CLOSE-WAIT  receives FIN
No. 5  me  FIN-WAIT-1 → FIN-WAIT-2  receives the ACK of its FIN
)");
    QTest::newRow("simultaneous-open") << QStringLiteral(R"(● M = me: ESTABLISHED since No. 4
◆ P = peer: ESTABLISHED since No. 4
Both ends sent a SYN at once, and each acknowledged the other's.
It is not closed.
No. 1  me  CLOSED → SYN-SENT  sends SYN
No. 2  peer  CLOSED → SYN-SENT  sends SYN
No. 2  me  SYN-SENT → SYN-RECEIVED  receives SYN while its own is on its way
No. 4  peer  SYN-SENT → ESTABLISHED  received SYN,ACK for its SYN and sends the ACK
No. 4  me  SYN-RECEIVED → ESTABLISHED  receives the ACK of its SYN
)");
    QTest::newRow("reset") << QStringLiteral(R"(● M = me: CLOSED since No. 5
◆ P = peer: CLOSED since No. 5
The handshake took three segments and 2 ms.
The responder reset it in No. 5.
No. 1  me  CLOSED → SYN-SENT  sends SYN
No. 2  peer  LISTEN → SYN-RECEIVED  receives SYN and answers SYN,ACK
No. 3  me  SYN-SENT → ESTABLISHED  received SYN,ACK for its SYN and sends the ACK
No. 3  peer  SYN-RECEIVED → ESTABLISHED  receives the ACK of its SYN
No. 5  peer  ESTABLISHED → CLOSED  sends RST
No. 5  me  ESTABLISHED → CLOSED  receives RST
)");
}

void StatesPaneTest::saysWhatHappened()
{
    QFETCH(QString, text);
    show(QLatin1String(QTest::currentDataTag()));
    QCOMPARE(m_pane->text(), text);
}

void StatesPaneTest::isEmptyWithWordsAtFirst()
{
    QCOMPARE(m_pane->text(), QString());
    takePicture(*m_pane, QStringLiteral("states-empty"), {300, 400});
    QCOMPARE(cutTexts(*m_pane), QStringList());
}

void StatesPaneTest::growsWithItsConnection()
{
    Conversationalist say(*m_store);
    say.mine(syn, 0, 0);
    m_story = told(m_store->store());
    m_pane->setStory(&m_story);
    QVERIFY(m_pane->text().contains(QStringLiteral("me: SYN-SENT since No. 1")));
    say.theirs(syn | ack, 0, 1);
    m_story = told(m_store->store());
    m_pane->extendStory();
    QVERIFY(m_pane->text().contains(QStringLiteral("peer: SYN-RECEIVED since No. 2")));
}

void StatesPaneTest::saysWhatTheKernelSays()
{
    show(QStringLiteral("guarded"));
    FarSocket socket = farSocket("SYN-RECEIVED");
    socket.retransmits = 2;
    socket.retransmissionTimeout = 4000;
    socket.congestionWindow = 10;
    socket.timer = "retransmit";
    socket.timerMilliseconds = 3100;
    m_pane->setKernelTruth(socket);
    QVERIFY2(m_pane->text().contains(
                 QStringLiteral("The peer's kernel says SYN-RECEIVED: 2 retransmit(s), RTO 4.00 s, "
                                "cwnd 10, retransmit in 3.1 s.")),
        qPrintable(m_pane->text()));
    QVERIFY(!m_pane->text().contains(QStringLiteral("≠")));
    m_pane->setKernelTruth({});
    QVERIFY(!m_pane->text().contains(QStringLiteral("kernel says")));
}

void StatesPaneTest::saysWhereTheKernelDiffers()
{
    show(QStringLiteral("guarded"));
    m_pane->setKernelTruth(farSocket("ESTABLISHED"));
    QVERIFY(m_pane->text().contains(
        QStringLiteral("≠ The kernel says ESTABLISHED, its packets so far show SYN-RECEIVED.")));
    m_pane->resize(300, 700);
    takePicture(*m_pane, QStringLiteral("states-difference"), {300, 760});
    QCOMPARE(cutTexts(*m_pane), QStringList());
}

void StatesPaneTest::forgetsTheKernelsWordsWhenPacketsShowMore()
{
    show(QStringLiteral("guarded"));
    m_pane->setKernelTruth(farSocket("SYN-RECEIVED"));
    Conversationalist(*m_store).mine(ack, 1, 1);
    m_story = told(m_store->store());
    m_pane->extendStory();
    QVERIFY(m_pane->text().contains(QStringLiteral("peer: ESTABLISHED since No. 6")));
    QVERIFY(!m_pane->text().contains(QStringLiteral("kernel says")));
}

void StatesPaneTest::findsTheSocketOfAConnection()
{
    show(QStringLiteral("guarded"));
    FarSocket other = farSocket("ESTABLISHED");
    other.remotePort = 40002;
    QVERIFY(!farSocketOf(m_story, {other}));
    const auto found = farSocketOf(m_story, {other, farSocket("SYN-RECEIVED")});
    QVERIFY(found);
    QCOMPARE(found->state, std::string("SYN-RECEIVED"));
    QVERIFY(!isOfInitiator(*found, m_story));
    QVERIFY(!farSocketOf({}, {other}));
}

void StatesPaneTest::knowsWhatTheFarEndSendsNext_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("timer");
    QTest::addColumn<QString>("what");
    const auto row = [](const char* state, const char* timer, const char* what) {
        QTest::addRow("%s, %s", state, timer)
            << QString::fromLatin1(state) << QString::fromLatin1(timer)
            << QString::fromLatin1(what);
    };
    row("SYN-RECEIVED", "retransmit", "SYN,ACK again");
    row("SYN-SENT", "retransmit", "SYN again");
    row("ESTABLISHED", "retransmit", "data again");
    row("LAST-ACK", "retransmit", "FIN again");
    row("ESTABLISHED", "zero-window probe", "zero-window probe");
    row("ESTABLISHED", "keep-alive", "keep-alive");
    row("TIME-WAIT", "time-wait", "");
    row("ESTABLISHED", "", "");
}

void StatesPaneTest::knowsWhatTheFarEndSendsNext()
{
    QFETCH(QString, state);
    QFETCH(QString, timer);
    QFETCH(QString, what);
    FarSocket socket = farSocket(qPrintable(state));
    socket.timer = timer.toStdString();
    socket.timerMilliseconds = 3100;
    QCOMPARE(awaitedSegment(socket).what, what);
    QCOMPARE(awaitedSegment(socket).milliseconds, what.isEmpty() ? 0 : 3100);
    QCOMPARE(awaitedSegment({}).what, QString());
}

void StatesPaneTest::copiesItsText()
{
    show(QStringLiteral("orderly"));
    m_pane->findChild<QPushButton*>()->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), m_pane->text());
}

void StatesPaneTest::looksWell_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("dark");
    for (const QString& name : conversationNames)
        for (const bool dark : {false, true})
            QTest::newRow(qPrintable(name + (dark ? QStringLiteral("-dark") : QString())))
                << name << dark;
}

void StatesPaneTest::looksWell()
{
    QFETCH(QString, name);
    QFETCH(bool, dark);
    const Scheme scheme(dark);
    StatesPane pane;
    play(*m_store, name);
    m_story = told(m_store->store());
    pane.setStory(&m_story);
    if (name == QLatin1String("guarded"))
        pane.setKernelTruth(farSocket("SYN-RECEIVED"));
    takePicture(pane,
        QStringLiteral("states-%1").arg(name)
            + (dark ? QStringLiteral("-dark") : QStringLiteral("-light")),
        {300, 740});
    QCOMPARE(pane.width(), 300);
    QCOMPARE(cutTexts(pane), QStringList());
    QCOMPARE(namelessControls(pane), QStringList());
}

void StatesPaneTest::looksWellInAnyWidth()
{
    show(QStringLiteral("orderly"));
    takePicture(*m_pane, QStringLiteral("states-wide"), {640, 900});
    QCOMPARE(cutTexts(*m_pane), QStringList());
    takePicture(*m_pane, QStringLiteral("states-low"), {300, 300});
    QCOMPARE(m_pane->size(), QSize(300, 300));
}

TCPW_TEST(StatesPaneTest);

#include "tst_statespane.moc"
