// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/packetlist/longtablefixture.h"

#include <QApplication>
#include <QMouseEvent>

using namespace tcpw;
using namespace tcpw::test;

class LongTableSelectionTest : public QObject
{
    Q_OBJECT
private slots:
    void selectsRowsWithTheMouse();
    void selectsRowsFromFarAway();
    void selectsRowsByKeys();
    void dragsASelectionWhileRowsGo();
    void selectsARowWithControlHeld();
};

void LongTableSelectionTest::selectsRowsWithTheMouse()
{
    Shown shown(5);
    shown.click(height + 3);
    QCOMPARE(shown.selected(), QList<int>{1});
    shown.click(3 * height + 3, Qt::ShiftModifier);
    QCOMPARE(shown.selected(), (QList<int>{1, 2, 3}));
    shown.click(2 * height + 3, Qt::ControlModifier);
    QCOMPARE(shown.selected(), (QList<int>{1, 3}));
    shown.click(3, Qt::NoModifier);
    QCOMPARE(shown.selected(), QList<int>{0});
    QTest::keyClick(&shown.table, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(shown.selected().size(), 5);
}

/// From a row that is scrolled out of view long since.
void LongTableSelectionTest::selectsRowsFromFarAway()
{
    Shown shown(1'000'000);
    shown.click(2 * height + 3);
    shown.table.verticalScrollBar()->setValue(900'000);
    shown.click(3, Qt::ShiftModifier);
    const QItemSelection selection = shown.table.selectionModel()->selection();
    QCOMPARE(selection.size(), 1);
    QCOMPARE(selection.first().top(), 2);
    QCOMPARE(selection.first().bottom(), 900'000);
    QTest::keyClick(&shown.table, Qt::Key_Home, Qt::ShiftModifier);
    QCOMPARE(shown.selected(), (QList<int>{0, 1, 2}));
}

void LongTableSelectionTest::selectsRowsByKeys()
{
    Shown shown(1000);
    const auto press = [&shown](Qt::Key key) {
        QTest::keyClick(&shown.table, key, Qt::ShiftModifier);
        const QItemSelection selection = shown.table.selectionModel()->selection();
        return selection.size() == 1
            ? std::pair(selection.first().top(), selection.first().bottom())
            : std::pair(-1, -1);
    };
    shown.table.setCurrentIndex(shown.model.index(500, 0));
    QCOMPARE(press(Qt::Key_Down), std::pair(500, 501));
    QCOMPARE(press(Qt::Key_PageDown), std::pair(500, 511));
    QCOMPARE(press(Qt::Key_PageUp), std::pair(500, 501));
    QCOMPARE(press(Qt::Key_PageUp), std::pair(491, 500));
    QCOMPARE(press(Qt::Key_Home), std::pair(0, 500));
    QCOMPARE(press(Qt::Key_End), std::pair(500, 999));
    QVERIFY(shown.table.rowsInView().second == 999);
}

/// As a list does that is at its limit: the oldest packets go while one drags.
void LongTableSelectionTest::dragsASelectionWhileRowsGo()
{
    Shown shown(100'000'000); // in pixels more than an int holds
    shown.table.verticalScrollBar()->setValue(90'000'000);
    QWidget* viewport = shown.table.viewport();
    const auto moveTo = [viewport](int y) {
        QMouseEvent move(QEvent::MouseMove, QPointF(30, y), viewport->mapToGlobal(QPointF(30, y)),
            Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(viewport, &move);
    };
    QTest::mousePress(viewport, Qt::LeftButton, Qt::NoModifier, QPoint(30, 2 * height + 3));
    moveTo(4 * height + 3);
    const auto selected = [&shown] {
        const QItemSelection selection = shown.table.selectionModel()->selection();
        return selection.size() == 1
            ? std::pair(selection.first().top(), selection.first().bottom())
            : std::pair(-1, -1);
    };
    QCOMPARE(selected(), std::pair(90'000'002, 90'000'004));
    shown.model.removeFirst(1000);
    moveTo(5 * height + 3);
    QCOMPARE(selected(), std::pair(89'999'002, 89'999'005));
    shown.table.verticalScrollBar()->setValue(shown.top() + 7);
    moveTo(5 * height + 3);
    QCOMPARE(selected(), std::pair(89'999'002, 89'999'012));
    QTest::mouseRelease(viewport, Qt::LeftButton, Qt::NoModifier, QPoint(30, 5 * height + 3));
}

/// What happened to be pressed when a program asked for a row.
void LongTableSelectionTest::selectsARowWithControlHeld()
{
    Shown shown(10);
    QTest::keyPress(&shown.table, Qt::Key_Control, Qt::ControlModifier);
    shown.table.selectRow(3);
    QTest::keyRelease(&shown.table, Qt::Key_Control);
    QVERIFY(shown.selected().contains(3));
}

TCPW_TEST(LongTableSelectionTest);
#include "tst_longtableselection.moc"
