// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/connectionservice.h"
#include "support/testcase.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/packetlist/packetlistview.h"
#include "ui/packetlist/rowcopies.h"
#include "ui/testpackets.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QInputDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

/// What can be done with rows and cells: filters, marks, comments, copies, columns.
class RowActionsTest : public QObject
{
    Q_OBJECT
private slots:
    void init();

    void showsOnlyWhatACellSays();
    void hidesWhatACellSaysBesideTheFilterInUse();
    void narrowsTheFilterInUse();
    void offersNothingWhereACellSaysNothing();
    void offersWhatTrackingTellsLater();
    void marksSelectedRowsAndGoesRoundThem();
    void givesAMarkItsRoomAtOnce();
    void marksManyRowsInOneStep();
    void asksForACommentAndHandsItOn();
    void copiesRowsInEveryNotation();
    void choosesColumnsTimesAndNumbersByItsMenus();
    void keepsTheCurrentPacketThroughASort();
    void givesTheSelectedPacketsInTheirOrder();

private:
    void select(int row, PacketListColumn column = PacketListColumn::info);
    QString filter() const { return m_pane->filterEdit()->text(); }

    std::unique_ptr<TestStore> m_packets;
    std::unique_ptr<PacketListPane> m_pane;
};

void RowActionsTest::init()
{
    m_pane.reset();
    m_packets = std::make_unique<TestStore>();
    m_packets->addRefusedHandshake();
    m_packets->addRefusedHandshake(40001);
    m_pane = std::make_unique<PacketListPane>();
    m_pane->resize(1400, 400);
    m_pane->setStore(&m_packets->store());
    m_pane->show();
}

void RowActionsTest::select(int row, PacketListColumn column)
{
    m_pane->view()->setCurrentIndex(m_pane->model()->index(row, int(column)));
}

void RowActionsTest::showsOnlyWhatACellSays()
{
    select(1, PacketListColumn::flags);
    QAction* action = m_pane->cellActions().showOnlyAction();
    QVERIFY(action->text().contains(u"flags SYN,ACK"_s));
    action->trigger();
    QCOMPARE(filter(), u"flags SYN,ACK"_s);
    QTRY_COMPARE(m_pane->model()->rowCount(), 2);
}

void RowActionsTest::hidesWhatACellSaysBesideTheFilterInUse()
{
    m_pane->setFilter(u"port 40000 or port 40001"_s);
    QTRY_VERIFY(!m_pane->model()->choice().all() && m_pane->model()->rowCount() == 6);
    select(0, PacketListColumn::source);
    m_pane->cellActions().hideAction()->trigger();
    QCOMPARE(filter(),
        u"(port 40000 or port 40001) and not (src host 192.168.56.101 and src port 40000)"_s);
    QTRY_COMPARE(m_pane->model()->rowCount(), 4);
}

void RowActionsTest::narrowsTheFilterInUse()
{
    select(2, PacketListColumn::from);
    QVERIFY(!m_pane->cellActions().filterForAction()->isEnabled());
    m_pane->setFilter(u"port 40000"_s);
    QTRY_COMPARE(m_pane->model()->rowCount(), 3);
    QVERIFY(m_pane->cellActions().filterForAction()->isEnabled());
    m_pane->cellActions().filterForAction()->trigger();
    QCOMPARE(filter(), u"port 40000 and from kernel"_s);
    QTRY_COMPARE(m_pane->model()->rowCount(), 1);
}

void RowActionsTest::offersNothingWhereACellSaysNothing()
{
    select(0, PacketListColumn::time);
    for (const QAction* action : m_pane->cellActions().actions())
        QVERIFY(!action->isEnabled());
}

void RowActionsTest::offersWhatTrackingTellsLater()
{
    select(3, PacketListColumn::connection);
    const QAction* action = m_pane->cellActions().showOnlyAction();
    QVERIFY(!action->isEnabled());
    ConnectionService connections;
    connect(&connections, &ConnectionService::advanced, m_pane->model(),
        &PacketListModel::updateTracked);
    m_pane->model()->setConnections(&connections);
    connections.setStore(&m_packets->store());
    QTRY_VERIFY(action->isEnabled());
    QVERIFY(action->text().contains(u"connection 1"_s));
    m_pane->model()->setConnections(nullptr);
}

void RowActionsTest::marksSelectedRowsAndGoesRoundThem()
{
    const QList<QAction*> actions = m_pane->marks().actions();
    QVERIFY(!actions[1]->isEnabled());
    for (const int row : {1, 4}) {
        select(row);
        m_pane->marks().markAction()->trigger();
    }
    select(0);
    actions[1]->trigger();
    QCOMPARE(m_pane->currentPacket(), 1);
    actions[1]->trigger();
    QCOMPARE(m_pane->currentPacket(), 4);
    actions[1]->trigger();
    QCOMPARE(m_pane->currentPacket(), 1);
    actions[2]->trigger();
    QCOMPARE(m_pane->currentPacket(), 4);
    actions[3]->trigger();
    QVERIFY(m_pane->model()->marks().empty());
}

/// Each step looks at all rows of a sorted list.
void RowActionsTest::givesAMarkItsRoomAtOnce()
{
    auto* view = m_pane->findChild<PacketListView*>();
    QTest::qWait(200); // until nothing waits to be measured
    QFont bold = view->font();
    bold.setBold(true);
    select(1);
    m_pane->marks().markAction()->trigger();
    const QString cell = view->model()->index(1, 0).data().toString();
    QVERIFY(cell.size() > 1);
    QVERIFY(view->columnWidth(0) >= QFontMetrics(bold).horizontalAdvance(cell) + 6);
}

void RowActionsTest::marksManyRowsInOneStep()
{
    m_pane->view()->sortByColumn(int(PacketListColumn::number), Qt::DescendingOrder);
    QTRY_COMPARE(m_pane->model()->packetOf(0), 5);
    m_pane->setCurrentPacket(2);
    m_pane->view()->selectAll();
    QSignalSpy changed(m_pane->model(), &QAbstractItemModel::dataChanged);
    m_pane->marks().markAction()->trigger();
    QCOMPARE(m_pane->model()->marks(), (std::set<qsizetype>{0, 1, 2, 3, 4, 5}));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 0);
    QCOMPARE(changed[0][1].toModelIndex().row(), 5);
    m_pane->marks().actions()[3]->trigger();
    QVERIFY(m_pane->model()->marks().empty());
    QCOMPARE(changed.size(), 2);
}

void RowActionsTest::asksForACommentAndHandsItOn()
{
    QSignalSpy edited(&m_pane->marks(), &PacketMarks::commentEdited);
    QVERIFY(m_packets->store().setComments(2, {"<b>one</b>"}));
    select(2);
    m_pane->marks().commentAction()->trigger();
    auto* dialog = m_pane->window()->findChild<QInputDialog*>();
    QVERIFY(dialog);
    QCOMPARE(dialog->textValue(), u"<b>one</b>"_s);
    dialog->setTextValue(u"another \n"_s);
    dialog->accept();
    QCOMPARE(edited.size(), 1);
    QCOMPARE(edited[0][0].toInt(), 2);
    QCOMPARE(edited[0][1].toString(), u"another"_s);
}

void RowActionsTest::copiesRowsInEveryNotation()
{
    const RowCopies copies(*m_pane->view());
    m_pane->view()->setColumns({u"flags"_s, u"number"_s, u"info"_s});
    m_pane->view()->selectRow(2);
    const auto copied = [&](int action) {
        copies.menu().actions()[action]->trigger();
        return QGuiApplication::clipboard()->text();
    };
    const QStringList table = copied(0).split(u'\n');
    QCOMPARE(table.size(), 3);
    QVERIFY(table[0].startsWith(u"Flags  No.  Info"_s));
    QVERIFY(table[1].startsWith(u"RST    3    "_s));
    const QStringList values = copied(1).split(u'\n');
    QCOMPARE(values[0], u"flags\tnumber\tinfo"_s);
    QVERIFY(values[1].startsWith(u"RST\t3\t"_s));
    const QJsonArray rows = QJsonDocument::fromJson(copied(2).toUtf8()).array();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0].toObject()[u"flags"_s].toString(), u"RST"_s);
    QCOMPARE(rows[0].toObject()[u"number"_s].toString(), u"3"_s);
}

void RowActionsTest::choosesColumnsTimesAndNumbersByItsMenus()
{
    ColumnMenu& menu = m_pane->columnMenu();
    menu.columnAction(PacketListColumn::frame)->trigger();
    QVERIFY(m_pane->view()->isColumnWanted(PacketListColumn::frame));
    menu.timeAction(TimeForm::timeOfDay)->trigger();
    menu.absoluteNumbersAction()->trigger();
    QCOMPARE(m_pane->model()->style(), (ListStyle{TimeForm::timeOfDay, true}));

    const QStringList state = menu.state();
    PacketListPane other;
    other.columnMenu().restore(state);
    QCOMPARE(other.columnMenu().state(), state);
    QCOMPARE(other.model()->style(), m_pane->model()->style());
    QVERIFY(other.columnMenu().columnAction(PacketListColumn::frame)->isChecked());
}

void RowActionsTest::keepsTheCurrentPacketThroughASort()
{
    select(1);
    m_pane->view()->sortByColumn(int(PacketListColumn::number), Qt::DescendingOrder);
    QTRY_COMPARE(m_pane->model()->packetOf(0), 5);
    QCOMPARE(m_pane->currentPacket(), 1);
    QCOMPARE(m_pane->view()->currentIndex().row(), 4);
}

void RowActionsTest::givesTheSelectedPacketsInTheirOrder()
{
    m_pane->view()->sortByColumn(int(PacketListColumn::number), Qt::DescendingOrder);
    QTRY_COMPARE(m_pane->model()->packetOf(0), 5);
    m_pane->view()->selectRow(0);
    m_pane->view()->selectionModel()->select(
        m_pane->model()->index(2, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QCOMPARE(m_pane->selectedPackets(), (std::vector<std::size_t>{3, 5}));
}

TCPW_TEST(RowActionsTest);
#include "tst_rowactions.moc"
