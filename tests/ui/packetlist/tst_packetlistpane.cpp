// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/testpackets.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

class PacketListPaneTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { qRegisterMetaType<AnswerKind>(); }
    void init();
    void cleanup();

    void saysWhatToDoWhileEmpty();
    void filtersAsIsTyped();
    void saysWhatIsWrongWithAFilterAndKeepsTheRows();
    void answersTheSelectedPacketAsIsUsual();
    void answersTheNewestWhenNoneIsSelected();
    void answersWithAKindOfOnesOwnChoice();
    void showsWhatMakesSenseFirst();
    void answersWithTheBestSuggestion();
    void forgetsSuggestionsOfAnotherPacket();
    void asksForSuggestionsWhenTheyAreNeeded();
    void refusesToAnswerOwnPacketsAndResets();
    void showsOnlyOneConversation();
    void keepsTheSelectedPacketThroughAFilter();
    void showsTheSelectedPacketWhenAFilterGoes();
    void followsTheEndUnlessScrolledAway();
    void startsAtTheTopOfAFile();
    void staysWhereItIsWhenAHiddenPacketIsWanted();
    void choosesNoOtherPacketForOneThatIsDropped();

private:
    void type(const QString& filter);
    QStringList menu();
    int rows() const { return m_pane->model()->rowCount(); }

    std::unique_ptr<TestStore> m_packets;
    std::unique_ptr<PacketListPane> m_pane;
};

void PacketListPaneTest::init()
{
    m_packets = std::make_unique<TestStore>();
    m_pane = std::make_unique<PacketListPane>();
    m_pane->resize(900, 400);
    m_pane->setStore(&m_packets->store());
    m_pane->show();
    m_packets->addRefusedHandshake();
    m_pane->extendTo(3);
}

void PacketListPaneTest::cleanup()
{
    m_pane.reset();
}

void PacketListPaneTest::type(const QString& filter)
{
    m_pane->filterEdit()->setFocus();
    m_pane->filterEdit()->clear();
    QTest::keyClicks(m_pane->filterEdit(), filter);
}

void PacketListPaneTest::saysWhatToDoWhileEmpty()
{
    QVERIFY(!m_pane->emptyState()->isVisible());
    TestStore none;
    m_pane->setStore(&none.store());
    QVERIFY(m_pane->emptyState()->isVisible());
    QVERIFY(!m_pane->view()->isVisible());
    m_pane->setStore(&m_packets->store());
    QVERIFY(m_pane->view()->isVisible());
}

void PacketListPaneTest::filtersAsIsTyped()
{
    type(u"from kernel or flags SYN,ACK"_s);
    QTRY_COMPARE(rows(), 2);
    m_pane->filterEdit()->clear();
    QTRY_COMPARE(rows(), 3);
}

void PacketListPaneTest::saysWhatIsWrongWithAFilterAndKeepsTheRows()
{
    type(u"from kernel"_s);
    QTRY_COMPARE(rows(), 1);
    type(u"from nobody"_s);
    auto* text = m_pane->notices()->findChild<QLabel*>(u"noticeText"_s);
    const QString idle = text->text();
    QTRY_VERIFY(text->text().contains(u"nobody"_s));
    QCOMPARE(rows(), 1);
    type(u"from peer"_s);
    QTRY_COMPARE(text->text(), idle);
}

void PacketListPaneTest::answersTheSelectedPacketAsIsUsual()
{
    QSignalSpy answered(m_pane.get(), &PacketListPane::answerRequested);
    m_pane->setCurrentPacket(1);
    QTest::mouseClick(m_pane->findChild<QToolButton*>(u"answerButton"_s), Qt::LeftButton,
        Qt::NoModifier, QPoint(8, 8));
    QCOMPARE(answered.size(), 1);
    QCOMPARE(answered[0][0].toInt(), 1);
    QCOMPARE(answered[0][1].value<AnswerKind>(), AnswerKind::ack);
}

void PacketListPaneTest::answersTheNewestWhenNoneIsSelected()
{
    QSignalSpy answered(m_pane.get(), &PacketListPane::answerRequested);
    m_packets->add({Origin::peer, ControlBits::syn, 9, 0, 40005});
    m_pane->extendTo(4);
    m_pane->answerAction()->trigger();
    QCOMPARE(answered.size(), 1);
    QCOMPARE(answered[0][0].toInt(), 3);
    QCOMPARE(answered[0][1].value<AnswerKind>(), AnswerKind::synAck);
}

void PacketListPaneTest::answersWithAKindOfOnesOwnChoice()
{
    QSignalSpy answered(m_pane.get(), &PacketListPane::answerRequested);
    m_pane->setCurrentPacket(1);
    for (QAction* action : m_pane->answerWithActions())
        action->trigger();
    QCOMPARE(answered.size(), qsizetype(allAnswerKinds.size()));
    QCOMPARE(answered[3][1].value<AnswerKind>(), AnswerKind::rst);
}

/// What the menu beside Answer shows: "-" and the words of a section, else the kind.
QStringList PacketListPaneTest::menu()
{
    QStringList lines;
    auto* button = m_pane->findChild<QToolButton*>(u"answerButton"_s);
    const QList<QAction*> actions = button->menu()->actions();
    for (const QAction* action : actions)
        lines << (action->isSeparator() ? u"- "_s + action->text()
                                        : action->text().remove(u"Answer with "_s));
    return lines;
}

void PacketListPaneTest::showsWhatMakesSenseFirst()
{
    const QStringList all{u"ACK"_s, u"data"_s, u"FIN"_s, u"RST"_s, u"SYN,ACK"_s, u"SACK"_s,
        u"window-update"_s, u"keep-alive"_s};
    m_pane->setCurrentPacket(1);
    QCOMPARE(menu(), all);
    const QString general = m_pane->answerWithActions()[2]->toolTip();
    m_pane->setSuggestions(1,
        {{AnswerKind::finAck, "The peer has closed.", "Sequence 1: its <own>."},
            {AnswerKind::data, "It takes data.", "Sequence 1."}});
    QCOMPARE(menu(),
        (QStringList{u"- Makes sense now"_s, u"FIN"_s, u"data"_s, u"- To try out"_s, u"ACK"_s,
            u"RST"_s, u"SYN,ACK"_s, u"SACK"_s, u"window-update"_s, u"keep-alive"_s}));
    const QString now = m_pane->answerWithActions()[2]->toolTip();
    QVERIFY(now != general);
    QVERIFY2(now.contains(u"The peer has closed."_s), qPrintable(now));
    QVERIFY2(now.contains(u"&lt;own&gt;"_s), qPrintable(now));
}

void PacketListPaneTest::answersWithTheBestSuggestion()
{
    QSignalSpy answered(m_pane.get(), &PacketListPane::answerRequested);
    m_pane->setCurrentPacket(1);
    m_pane->setSuggestions(1, {{AnswerKind::finAck, "", ""}, {AnswerKind::ack, "", ""}});
    QVERIFY(m_pane->answerAction()->toolTip().contains(u"with FIN"_s));
    m_pane->answerAction()->trigger();
    QCOMPARE(answered.size(), 1);
    QCOMPARE(answered[0][1].value<AnswerKind>(), AnswerKind::finAck);
}

void PacketListPaneTest::forgetsSuggestionsOfAnotherPacket()
{
    m_packets->add({Origin::peer, ControlBits::syn, 9, 0, 40005});
    m_pane->extendTo(4);
    m_pane->setCurrentPacket(1);
    m_pane->setSuggestions(1, {{AnswerKind::finAck, "", ""}});
    QSignalSpy answered(m_pane.get(), &PacketListPane::answerRequested);
    m_pane->setCurrentPacket(3);
    QCOMPARE(menu().size(), qsizetype(allAnswerKinds.size()));
    m_pane->answerAction()->trigger();
    QCOMPARE(answered[0][1].value<AnswerKind>(), AnswerKind::synAck);
}

void PacketListPaneTest::asksForSuggestionsWhenTheyAreNeeded()
{
    QSignalSpy answered(m_pane.get(), &PacketListPane::answerRequested);
    QSignalSpy wanted(m_pane.get(), &PacketListPane::suggestionsWanted);
    connect(m_pane.get(), &PacketListPane::suggestionsWanted, this, [this](qsizetype packet) {
        m_pane->setSuggestions(packet, {{AnswerKind::keepAlive, "", ""}});
    });
    m_pane->answerAction()->trigger(); // none is selected
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toInt(), 1);
    QCOMPARE(answered[0][1].value<AnswerKind>(), AnswerKind::keepAlive);
    m_pane->setCurrentPacket(1);
    QCOMPARE(wanted.size(), 2);
    m_pane->setCurrentPacket(0); // nothing to answer
    QCOMPARE(wanted.size(), 2);
}

void PacketListPaneTest::refusesToAnswerOwnPacketsAndResets()
{
    m_pane->setCurrentPacket(0);
    QVERIFY(!m_pane->answerAction()->isEnabled());
    m_pane->setCurrentPacket(2);
    QVERIFY(!m_pane->answerAction()->isEnabled());
    m_packets->add({Origin::peer, ControlBits::rst, 9});
    m_pane->extendTo(4);
    m_pane->setCurrentPacket(3);
    QVERIFY(!m_pane->answerAction()->isEnabled());
    m_pane->setCurrentPacket(1);
    QVERIFY(m_pane->answerAction()->isEnabled());
}

void PacketListPaneTest::showsOnlyOneConversation()
{
    m_packets->addRefusedHandshake(40001);
    m_pane->extendTo(6);
    m_pane->setCurrentPacket(4);
    m_pane->onlyConversationAction()->trigger();
    QTRY_COMPARE(rows(), 3);
    QCOMPARE(m_pane->model()->packetOf(0), 3);
    m_pane->onlyConversationAction()->trigger();
    QCOMPARE(rows(), 6);
}

void PacketListPaneTest::keepsTheSelectedPacketThroughAFilter()
{
    m_pane->setCurrentPacket(2);
    type(u"from kernel"_s);
    QTRY_COMPARE(rows(), 1);
    QCOMPARE(m_pane->currentPacket(), 2);
    QTRY_COMPARE(m_pane->view()->currentIndex().row(), 0);
    m_pane->filterEdit()->clear();
    QTRY_COMPARE(m_pane->view()->currentIndex().row(), 2);
}

void PacketListPaneTest::showsTheSelectedPacketWhenAFilterGoes()
{
    for (int i = 0; i < 300; ++i)
        m_packets->addRefusedHandshake(i == 200 ? 4242 : 40000);
    m_pane->extendTo(903);
    type(u"port 4242"_s);
    QTRY_COMPARE(rows(), 3);
    m_pane->setCurrentPacket(603);
    m_pane->filterEdit()->clear();
    QTRY_COMPARE(rows(), 903);
    QTRY_COMPARE(m_pane->view()->currentIndex().row(), 603);
    const auto [first, last] = m_pane->view()->rowsInView();
    QVERIFY(first <= 603 && last >= 603);
}

void PacketListPaneTest::followsTheEndUnlessScrolledAway()
{
    for (int i = 0; i < 40; ++i)
        m_packets->addRefusedHandshake();
    m_pane->extendTo(123);
    QScrollBar* bar = m_pane->view()->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    QTRY_COMPARE(bar->value(), bar->maximum());
    const int before = bar->maximum();
    m_pane->resize(900, 300); // as when a find bar comes
    QTRY_VERIFY(bar->maximum() > before);
    QCOMPARE(bar->value(), bar->maximum());
    bar->setValue(5);
    m_packets->addRefusedHandshake();
    m_pane->extendTo(126);
    QCOMPARE(bar->value(), 5);
}

void PacketListPaneTest::startsAtTheTopOfAFile()
{
    m_pane->setStore(nullptr);
    m_pane->view()->setStartsAtTop(true);
    for (int i = 0; i < 40; ++i)
        m_packets->addRefusedHandshake();
    m_pane->setStore(&m_packets->store());
    m_pane->extendTo(123);
    QScrollBar* bar = m_pane->view()->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    QCOMPARE(bar->value(), 0);
    m_packets->addRefusedHandshake();
    m_pane->extendTo(126);
    QCOMPARE(bar->value(), 0);
    bar->setValue(bar->maximum()); // a file that grows is followed, too
    m_packets->addRefusedHandshake();
    m_pane->extendTo(129);
    QTRY_COMPARE(bar->value(), bar->maximum());
}

void PacketListPaneTest::staysWhereItIsWhenAHiddenPacketIsWanted()
{
    m_pane->setCurrentPacket(1);
    m_pane->setCurrentPacket(99);
    QCOMPARE(m_pane->currentPacket(), 1);
}

void PacketListPaneTest::choosesNoOtherPacketForOneThatIsDropped()
{
    m_pane->setCurrentPacket(1);
    QSignalSpy changed(m_pane.get(), &PacketListPane::currentPacketChanged);
    m_pane->dropBefore(1);
    QCOMPARE(m_pane->currentPacket(), 1);
    QCOMPARE(m_pane->view()->currentIndex().row(), 0);
    QVERIFY(changed.isEmpty());
    m_pane->dropBefore(2);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toInt(), -1);
    QCOMPARE(m_pane->currentPacket(), -1);
    QVERIFY(!m_pane->view()->currentIndex().isValid());
    QVERIFY(m_pane->selectedPackets().empty());
}

TCPW_TEST(PacketListPaneTest);
#include "tst_packetlistpane.moc"
