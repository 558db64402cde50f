// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/builder/buildertest.h"
#include "ui/builder/layercard.h"

#include <QAction>
#include <QMenu>
#include <QRandomGenerator>
#include <QTest>
#include <QToolButton>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

/// Every edit of the builder can be undone and done again, by the keys that people know.
class DraftHistoryTest : public QObject
{
    Q_OBJECT
private slots:
    void hasNothingToUndoAtFirst();
    void undoesTypingAsOneStep();
    void beginsAStepWithEachField();
    void namesWhatItUndoes();
    void undoesGoingBackToAutomatic();
    void undoesLayers();
    void undoesAnotherTemplate();
    void forgetsWhatWasUndoneOnceItIsEdited();
    void dropsWhatCannotBeRead();
    void leadsBackFromAnyEdits();

private:
    static void type(QWidget* line, const QString& text);
    static void press(QKeySequence::StandardKey keys);
};

/// Replaces the text of an editor by keys.
void DraftHistoryTest::type(QWidget* line, const QString& text)
{
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(line, text);
}

/// To whatever has the focus, as a person does: the window's shortcut must get it.
void DraftHistoryTest::press(QKeySequence::StandardKey keys)
{
    QTest::keySequence(QApplication::focusWidget(), QKeySequence(keys));
}

void DraftHistoryTest::hasNothingToUndoAtFirst()
{
    const Builder builder;
    QVERIFY(!builder.pane.undoAction()->isEnabled());
    QVERIFY(!builder.pane.redoAction()->isEnabled());
}

void DraftHistoryTest::undoesTypingAsOneStep()
{
    Builder builder;
    builder.pane.addActions({builder.pane.undoAction(), builder.pane.redoAction()});
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    const Draft before = builder.pane.draft();
    type(builder.focus("tcp.window"), u"1234"_s);
    QCOMPARE(builder.text("tcp.window"), std::string("1234"));
    press(QKeySequence::Undo);
    QCOMPARE(builder.text("tcp.window"), std::string("64240"));
    QVERIFY(builder.pane.draft() == before);
    QCOMPARE(builder.pane.currentField(), u"tcp.window"_s);
    press(QKeySequence::Redo);
    QCOMPARE(builder.text("tcp.window"), std::string("1234"));
}

void DraftHistoryTest::beginsAStepWithEachField()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    type(builder.focus("tcp.window"), u"1"_s);
    type(builder.focus("tcp.urgentPointer"), u"2"_s);
    type(builder.focus("tcp.window"), u"3"_s);
    builder.pane.undoAction()->trigger();
    QCOMPARE(builder.text("tcp.window"), std::string("1"));
    QCOMPARE(builder.text("tcp.urgentPointer"), std::string("2"));
    builder.pane.undoAction()->trigger();
    QCOMPARE(builder.text("tcp.urgentPointer"), std::string("0"));
    builder.pane.undoAction()->trigger();
    QCOMPARE(builder.text("tcp.window"), std::string("64240"));
    QVERIFY(!builder.pane.undoAction()->isEnabled());
}

void DraftHistoryTest::namesWhatItUndoes()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    type(builder.focus("tcp.window"), u"1"_s);
    QCOMPARE(builder.pane.undoAction()->text(), u"&Undo: Window"_s);
    builder.pane.undoAction()->trigger();
    QCOMPARE(builder.pane.redoAction()->text(), u"&Redo: Window"_s);
}

void DraftHistoryTest::undoesGoingBackToAutomatic()
{
    Builder builder("wrong-checksum");
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    const std::string wrong = builder.text("tcp.checksum");
    QTest::keyClick(builder.focus("tcp.checksum"), Qt::Key_Backspace, Qt::ControlModifier);
    QCOMPARE(builder.text("tcp.checksum"), std::string("auto"));
    builder.pane.undoAction()->trigger();
    QCOMPARE(builder.text("tcp.checksum"), wrong);
}

void DraftHistoryTest::undoesLayers()
{
    Builder builder;
    const Draft before = builder.pane.draft();
    QToolButton* layers = nullptr;
    for (auto* button : builder.pane.findChildren<QToolButton*>())
        if (button->accessibleName() == u"Add or remove layers"_s)
            layers = button;
    QVERIFY(layers);
    emit layers->menu()->aboutToShow();
    for (QAction* action : layers->menu()->actions())
        if (action->text().contains(u"VLAN"_s)) {
            action->trigger();
            break;
        }
    QCOMPARE(builder.pane.draft().packet.layers.size(), before.packet.layers.size() + 1);
    QVERIFY(builder.pane.undoAction()->text().contains(u"VLAN"_s));
    builder.pane.undoAction()->trigger();
    QVERIFY(builder.pane.draft() == before);
    QTRY_COMPARE(
        std::size_t(builder.pane.findChildren<LayerCard*>().size()), before.packet.layers.size());
    builder.pane.redoAction()->trigger();
    QCOMPARE(builder.pane.draft().packet.layers.size(), before.packet.layers.size() + 1);
}

void DraftHistoryTest::undoesAnotherTemplate()
{
    Builder builder;
    const Draft before = builder.pane.draft();
    builder.load("fin-ack");
    QVERIFY(builder.pane.draft() != before);
    builder.pane.undoAction()->trigger();
    QVERIFY(builder.pane.draft() == before);
}

void DraftHistoryTest::forgetsWhatWasUndoneOnceItIsEdited()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    type(builder.focus("tcp.window"), u"1"_s);
    builder.pane.undoAction()->trigger();
    type(builder.focus("tcp.window"), u"2"_s);
    QVERIFY(!builder.pane.redoAction()->isEnabled());
    builder.pane.undoAction()->trigger();
    QCOMPARE(builder.text("tcp.window"), std::string("64240"));
}

void DraftHistoryTest::dropsWhatCannotBeRead()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    type(builder.focus("tcp.window"), u"1"_s);
    type(builder.focus("tcp.urgentPointer"), u"70000"_s);
    QVERIFY(!builder.pane.valid());
    while (builder.pane.undoAction()->isEnabled())
        builder.pane.undoAction()->trigger();
    QVERIFY(builder.pane.valid());
    QCOMPARE(builder.text("tcp.urgentPointer"), std::string("0"));
}

/// Whatever is done: undoing all of it gives the first packet back, redoing all the last.
void DraftHistoryTest::leadsBackFromAnyEdits()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    const Draft first = builder.pane.draft();
    QRandomGenerator random(7);
    const char* const fields[] = {"tcp.window", "tcp.sourcePort", "tcp.checksum", "ipv4.timeToLive",
        "ipv4.identification", "tcp.sequenceNumber"};
    for (int step = 0; step < 120; ++step) {
        const auto choice = random.bounded(10);
        if (choice == 0)
            builder.pane.undoAction()->trigger();
        else if (choice == 1)
            builder.pane.redoAction()->trigger();
        else
            type(builder.focus(fields[random.bounded(int(std::size(fields)))]),
                QString::number(random.bounded(256)));
    }
    const Draft last = builder.pane.draft();
    int steps = 0;
    for (; builder.pane.undoAction()->isEnabled(); ++steps)
        builder.pane.undoAction()->trigger();
    QVERIFY(steps > 30);
    QVERIFY(builder.pane.draft() == first);
    for (; steps > 0; --steps)
        builder.pane.redoAction()->trigger();
    QVERIFY(builder.pane.draft() == last);
}

TCPW_TEST(DraftHistoryTest);
#include "tst_drafthistory.moc"
