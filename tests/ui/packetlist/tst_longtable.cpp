// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/packetlist/longtablefixture.h"

#include <QAccessible>
#include <QAccessibleTableInterface>
#include <QApplication>
#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;

/// Held against QTableView itself where that does the same.
class LongTableTest : public QObject
{
    Q_OBJECT
private slots:
    void paintsWhatATablePaints_data();
    void paintsWhatATablePaints();
    void findsItsRows();
    void takesAsManyRowsAsThereAreNumbers();
    void scrollsToARow_data();
    void scrollsToARow();
    void scrollsToARowOfAnotherModel();
    void staysWhereItWasScrolledTo();
    void movesTheCursor_data();
    void movesTheCursor();
    void keepsWhatIsLookedAtWhenRowsGo();
    void followsNeitherLettersNorHiddenColumns();
    void beginsInAColumnThatIsSeen();
    void repaintsOnlyForRowsInView();
    void makesAColumnAsWideAsWhatIsSeen();
    void isATableToScreenReaders();
};

namespace {

class Paints : public QObject
{
public:
    QRegion region;
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            region += static_cast<QPaintEvent*>(event)->region();
        return false;
    }
};

} // namespace

void LongTableTest::paintsWhatATablePaints_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("top");
    QTest::addColumn<int>("current");
    QTest::addColumn<int>("room"); // for rows, in pixels
    QTest::newRow("few rows") << 3 << 0 << -1 << 215;
    QTest::newRow("the beginning") << 1000 << 0 << 2 << 215;
    QTest::newRow("the middle") << 1000 << 501 << 505 << 215;
    QTest::newRow("the end") << 1000 << 1000 << 998 << 200; // else QTableView cuts the first row
    QTest::newRow("none") << 0 << 0 << -1 << 215;
}

void LongTableTest::paintsWhatATablePaints()
{
    QFETCH(int, rows);
    QFETCH(int, top);
    QFETCH(int, current);
    QFETCH(int, room);
    Numbers model(rows);
    LongTable ours;
    ours.setRowHeight(height);
    QTableView theirs;
    theirs.verticalHeader()->setMinimumSectionSize(1);
    theirs.verticalHeader()->setDefaultSectionSize(height);
    theirs.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    QList<QImage> pictures;
    for (QTableView* table : {static_cast<QTableView*>(&ours), &theirs}) {
        setUp(*table, model);
        table->resize(300, room + table->horizontalHeader()->height());
        table->setColumnHidden(1, true);
        table->horizontalHeader()->moveSection(3, 0);
        table->verticalScrollBar()->setValue(top);
        if (current >= 0)
            table->setCurrentIndex(model.index(current, 0));
        table->clearFocus();
        pictures << table->grab().toImage();
    }
    QCOMPARE(ours.horizontalHeader()->geometry(), theirs.horizontalHeader()->geometry());
    QCOMPARE(ours.verticalScrollBar()->maximum(), theirs.verticalScrollBar()->maximum());
    QCOMPARE(pictures[0], pictures[1]);
}

void LongTableTest::findsItsRows()
{
    Shown shown(1000);
    const LongTable& table = shown.table;
    QCOMPARE(table.rowsInView(), std::pair(0, 10));
    QCOMPARE(table.rowAt(-1), -1);
    QCOMPARE(table.rowAt(0), 0);
    QCOMPARE(table.rowAt(height - 1), 0);
    QCOMPARE(table.rowAt(height), 1);
    shown.table.verticalScrollBar()->setValue(7);
    QCOMPARE(table.rowAt(-1), 6);
    QCOMPARE(table.rowAt(-height), 6);
    QCOMPARE(table.rowAt(-height - 1), 5);
    QCOMPARE(table.rowAt(0), 7);
    for (const int row : {0, 6, 7, 12, 999}) {
        const QRect place = table.visualRect(shown.model.index(row, 2));
        QCOMPARE(place.height(), height);
        QCOMPARE(table.indexAt(place.topLeft()), shown.model.index(row, 2));
        QCOMPARE(table.indexAt(place.bottomRight()), shown.model.index(row, 2));
    }
    QCOMPARE(table.rowAt(993 * height), -1);
    QVERIFY(!table.indexAt(QPoint(5000, 5)).isValid());
    QCOMPARE(Shown(0).table.rowsInView(), std::pair(0, -1));
    QCOMPARE(Shown(2).table.rowsInView(), std::pair(0, 1));
}

void LongTableTest::takesAsManyRowsAsThereAreNumbers()
{
    constexpr int most = std::numeric_limits<int>::max();
    Shown shown(most - 5);
    shown.table.scrollToBottom();
    QCOMPARE(shown.table.rowsInView().second, most - 6);
    shown.model.append(4);
    shown.table.scrollToBottom();
    QCOMPARE(shown.table.rowsInView().second, most - 2);
    shown.click(height / 2);
    QCOMPARE(shown.table.currentIndex().row(), most - 11);
    QCOMPARE(shown.selected(), QList<int>{most - 11});
    shown.table.grab();
    shown.table.scrollToTop();
    QCOMPARE(shown.table.rowsInView().first, 0);
    shown.table.visualRect(shown.model.index(most - 2, 0)); // no overflow
}

void LongTableTest::scrollsToARow_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("row");
    QTest::addColumn<QAbstractItemView::ScrollHint>("hint");
    QTest::addColumn<int>("top");
    QTest::newRow("in view") << 100 << 104 << QAbstractItemView::EnsureVisible << 100;
    QTest::newRow("above") << 100 << 99 << QAbstractItemView::EnsureVisible << 99;
    QTest::newRow("below") << 100 << 110 << QAbstractItemView::EnsureVisible << 101;
    QTest::newRow("to the top") << 100 << 104 << QAbstractItemView::PositionAtTop << 104;
    QTest::newRow("to the bottom") << 100 << 104 << QAbstractItemView::PositionAtBottom << 95;
    QTest::newRow("to the centre") << 100 << 300 << QAbstractItemView::PositionAtCenter << 295;
    QTest::newRow("beyond the end") << 100 << 999 << QAbstractItemView::PositionAtTop << 990;
    QTest::newRow("before the start") << 100 << 2 << QAbstractItemView::PositionAtBottom << 0;
}

void LongTableTest::scrollsToARow()
{
    QFETCH(int, from);
    QFETCH(int, row);
    QFETCH(QAbstractItemView::ScrollHint, hint);
    Shown shown(1000);
    shown.table.verticalScrollBar()->setValue(from);
    shown.table.scrollTo(shown.model.index(row, 0), hint);
    QTEST(shown.top(), "top");
}

/// At once: whoever shows other packets goes to the one that was looked at.
void LongTableTest::scrollsToARowOfAnotherModel()
{
    Shown shown(3);
    shown.model.replace(1000);
    QCOMPARE(shown.table.verticalScrollBar()->maximum(), 990);
    shown.table.scrollTo(shown.model.index(700, 0));
    QCOMPARE(shown.table.rowsInView().first, 691);
    shown.model.replace(20);
    QCOMPARE(shown.table.verticalScrollBar()->maximum(), 10);
    QCOMPARE(shown.table.rowsInView(), std::pair(10, 19));
    shown.model.replace(0);
    QCOMPARE(shown.table.verticalScrollBar()->maximum(), 0);
    QCOMPARE(shown.table.rowsInView(), std::pair(0, -1));
}

/// Qt comes back to a cell that was clicked, but not when one has gone on since.
void LongTableTest::staysWhereItWasScrolledTo()
{
    Shown shown(1000);
    shown.click(3);
    shown.table.verticalScrollBar()->setValue(500);
    QTest::qWait(QApplication::doubleClickInterval() + 200);
    QCOMPARE(shown.top(), 500);
}

void LongTableTest::movesTheCursor_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<QPoint>("to"); // column and row
    QTest::newRow("up") << Qt::Key_Up << QPoint(0, 99);
    QTest::newRow("down") << Qt::Key_Down << QPoint(0, 101);
    QTest::newRow("page up") << Qt::Key_PageUp << QPoint(0, 90);
    QTest::newRow("page down") << Qt::Key_PageDown << QPoint(0, 110);
    QTest::newRow("to the first") << Qt::Key_Home << QPoint(0, 0);
    QTest::newRow("to the last") << Qt::Key_End << QPoint(0, 999);
    QTest::newRow("left") << Qt::Key_Left << QPoint(3, 100);
    QTest::newRow("right") << Qt::Key_Right << QPoint(2, 100);
}

/// Columns stand in the order 3, 0, 2; column 1 is hidden.
void LongTableTest::movesTheCursor()
{
    QFETCH(Qt::Key, key);
    Shown shown(1000);
    shown.table.setColumnHidden(1, true);
    shown.table.horizontalHeader()->moveSection(3, 0);
    shown.table.setCurrentIndex(shown.model.index(100, 0));
    QTest::keyClick(&shown.table, key);
    const QModelIndex now = shown.table.currentIndex();
    QTEST(QPoint(now.column(), now.row()), "to");
    QVERIFY(shown.table.rowsInView().first <= now.row());
    QVERIFY(shown.table.rowsInView().second >= now.row());
    QCOMPARE(shown.selected(), QList<int>{now.row()});
}

void LongTableTest::keepsWhatIsLookedAtWhenRowsGo()
{
    Shown shown(1000);
    shown.table.selectionModel()->clear(); // a current row that goes would take the view with it
    shown.table.verticalScrollBar()->setValue(500);
    const QModelIndex before = shown.table.indexAt(QPoint(5, 5));
    const QString text = before.data().toString();
    shown.model.removeFirst(300);
    QCOMPARE(shown.table.indexAt(QPoint(5, 5)).data().toString(), text);
    QCOMPARE(shown.table.verticalScrollBar()->maximum(), 690);
    shown.model.removeFirst(400);
    QCOMPARE(shown.top(), 0);
    shown.table.scrollToBottom();
    shown.model.append(100);
    shown.table.scrollToBottom();
    QCOMPARE(shown.top(), 390);
    shown.model.removeFirst(400); // all that is left is the end
    QCOMPARE(shown.table.rowsInView(), std::pair(0, -1));
}

void LongTableTest::followsNeitherLettersNorHiddenColumns()
{
    Shown shown(1000);
    shown.table.setCurrentIndex(shown.model.index(10, 0));
    QTest::keyClicks(&shown.table, QStringLiteral("77"));
    QCOMPARE(shown.table.currentIndex().row(), 10);
    for (int column = 0; column < 4; ++column)
        shown.table.setColumnHidden(column, true);
    QTest::keyClick(&shown.table, Qt::Key_Right);
    QCOMPARE(shown.table.currentIndex(), shown.model.index(10, 0));
}

void LongTableTest::beginsInAColumnThatIsSeen()
{
    Shown shown(10);
    shown.table.setColumnHidden(0, true);
    shown.table.setCurrentIndex({});
    QTest::keyClick(&shown.table, Qt::Key_Down);
    QCOMPARE(shown.table.currentIndex(), shown.model.index(0, 1));
}

void LongTableTest::repaintsOnlyForRowsInView()
{
    Shown shown(1000);
    QVERIFY(QTest::qWaitForWindowExposed(&shown.table));
    Paints paints;
    shown.table.viewport()->installEventFilter(&paints);
    const auto painted = [&] {
        paints.region = {};
        QTest::qWait(50);
        return paints.region.boundingRect();
    };
    painted();
    shown.model.change(11, 999);
    QCOMPARE(painted(), QRect());
    shown.model.change(3, 4);
    const QRect twoRows = painted();
    QVERIFY(twoRows.contains(QRect(0, 3 * height, 10, 2 * height)));
    QVERIFY(twoRows.height() <= 2 * height);
    shown.model.append(5);
    QCOMPARE(painted(), QRect());
    shown.table.selectRow(7);
    QVERIFY(painted().contains(QPoint(20, 7 * height + 1)));
    shown.model.change(5, 999);
    QVERIFY(painted().contains(QRect(0, 5 * height, 10, 5 * height)));
}

void LongTableTest::makesAColumnAsWideAsWhatIsSeen()
{
    Shown shown(1'000'000);
    shown.table.resizeColumnToContents(0);
    const int few = shown.table.columnWidth(0);
    shown.table.scrollToBottom();
    shown.table.resizeColumnToContents(0);
    QVERIFY(shown.table.columnWidth(0) > few);
    QVERIFY(shown.table.columnWidth(0)
        > shown.table.fontMetrics().horizontalAdvance(QStringLiteral("999999/0")));
}

void LongTableTest::isATableToScreenReaders()
{
    Shown shown(1000);
    QAccessibleInterface* table = QAccessible::queryAccessibleInterface(&shown.table);
    QCOMPARE(table->role(), QAccessible::Table);
    QVERIFY(table->tableInterface());
    QCOMPARE(table->tableInterface()->rowCount(), 1000);
    QCOMPARE(table->tableInterface()->columnCount(), 4);
    const QAccessibleInterface* cell = table->tableInterface()->cellAt(3, 2);
    QCOMPARE(cell->text(QAccessible::Name), QStringLiteral("3/2"));
    QCOMPARE(cell->rect().height(), height);
    QAccessible::setActive(true); // it is told of what changes now
    shown.table.selectAll();
    QCOMPARE(shown.selected().size(), 1000);
    shown.model.change(0, 999);
    shown.table.clearSelection();
    QAccessible::setActive(false);
    QVERIFY(shown.selected().isEmpty());
}

TCPW_TEST(LongTableTest);
#include "tst_longtable.moc"
