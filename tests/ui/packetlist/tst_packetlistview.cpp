// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/packetlist/packetlistmodel.h"
#include "ui/packetlist/packetlistview.h"
#include "ui/testpackets.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

class PacketListViewTest : public QObject
{
    Q_OBJECT
private slots:
    void givesInfoTheRemainingWidth_data();
    void givesInfoTheRemainingWidth();
    void cutsNoHeader_data() { givesInfoTheRemainingWidth_data(); }
    void cutsNoHeader();
    void usesAFontOfEqualWidths();
    void keepsAWidthThatTheUserDragged();
    void copiesSelectedRowsAsText();
    void showsTheColumnsThatOneChose();
    void keepsInfoLastWhateverIsMoved();
    void takesColumnsBackFromTheirKeys_data();
    void takesColumnsBackFromTheirKeys();
    void sortsByAClickOnAHeadingAndBackByTheThird();
    void paintsOnlyForRowsInView();
    void cutsNoneOfTheFirstRows();
};

namespace {

/// A view of the given width on a refused handshake.
struct ShownList
{
    explicit ShownList(int width)
    {
        packets.addRefusedHandshake();
        model.setEndNames({{labAddress::near4}, {labAddress::far4}, false});
        model.setStore(&packets.store());
        view.setModel(&model);
        view.resize(width, 300);
        view.show();
    }
    ~ShownList() { model.setStore(nullptr); }

    TestStore packets;
    PacketListModel model;
    PacketListView view;
};

constexpr int info = int(PacketListColumn::info);

} // namespace

void PacketListViewTest::givesInfoTheRemainingWidth_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {350, 500, 800, 1100, 1900})
        QTest::addRow("%d", width) << width;
}

void PacketListViewTest::givesInfoTheRemainingWidth()
{
    QFETCH(int, width);
    ShownList list(width);
    const int left = list.view.columnViewportPosition(info);
    const int right = left + list.view.columnWidth(info);
    QVERIFY(!list.view.isColumnHidden(info));
    QTRY_COMPARE(list.view.columnViewportPosition(info) + list.view.columnWidth(info),
        list.view.viewport()->width());
    QVERIFY2(right - left >= 120, qPrintable(QString::number(right - left)));
    QVERIFY(!list.view.isColumnHidden(int(PacketListColumn::from)));
    QVERIFY(!list.view.isColumnHidden(int(PacketListColumn::flags)));
    if (width >= 800)
        for (int column = 0; column < info; ++column)
            QVERIFY2(!list.view.isColumnHidden(column) || width < 1100
                    || !isUsualColumn(PacketListColumn(column)),
                qPrintable(QString::number(column)));
}

void PacketListViewTest::cutsNoHeader()
{
    QFETCH(int, width);
    ShownList list(width);
    const QHeaderView* header = list.view.horizontalHeader();
    for (int column = 0; column < packetListColumnCount; ++column)
        if (!list.view.isColumnHidden(column))
            QVERIFY2(header->sectionSize(column) >= header->sectionSizeHint(column),
                qPrintable(QString::number(column)));
}

void PacketListViewTest::usesAFontOfEqualWidths()
{
    ShownList list(800);
    const QFontMetrics metrics = list.view.fontMetrics();
    QCOMPARE(metrics.horizontalAdvance(u"1111"_s), metrics.horizontalAdvance(u"8888"_s));
    QCOMPARE(metrics.horizontalAdvance(u"iiii"_s), metrics.horizontalAdvance(u"WWWW"_s));
}

void PacketListViewTest::keepsAWidthThatTheUserDragged()
{
    ShownList list(1100);
    list.view.setColumnWidth(int(PacketListColumn::source), 321);
    list.view.resize(1200, 300);
    QCOMPARE(list.view.columnWidth(int(PacketListColumn::source)), 321);
}

void PacketListViewTest::copiesSelectedRowsAsText()
{
    ShownList list(1100);
    list.view.selectRow(1);
    QTest::keyClick(&list.view, Qt::Key_C, Qt::ControlModifier);
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(copied.startsWith(u"2\t0.001000\t← peer\tpeer:8081\tme:40000\tSYN,ACK\t"_s));
    QVERIFY(copied.endsWith(u'\n'));
    QCOMPARE(copied.count(u'\n'), 1);
}

void PacketListViewTest::showsTheColumnsThatOneChose()
{
    ShownList list(1900);
    list.view.setColumnWanted(PacketListColumn::frame, true);
    list.view.setColumnWanted(PacketListColumn::window, false);
    list.view.setColumnWanted(PacketListColumn::info, false); // never
    QVERIFY(!list.view.isColumnHidden(int(PacketListColumn::frame)));
    QVERIFY(list.view.isColumnHidden(int(PacketListColumn::window)));
    QVERIFY(!list.view.isColumnHidden(info));
    list.view.resetColumns();
    QVERIFY(list.view.isColumnHidden(int(PacketListColumn::frame)));
    QVERIFY(!list.view.isColumnHidden(int(PacketListColumn::window)));
}

void PacketListViewTest::keepsInfoLastWhateverIsMoved()
{
    ShownList list(1900);
    QHeaderView* header = list.view.horizontalHeader();
    header->moveSection(header->visualIndex(int(PacketListColumn::flags)), 0);
    QCOMPARE(list.view.columns().first(), u"flags"_s);
    header->moveSection(header->visualIndex(info), 2);
    QCOMPARE(header->visualIndex(info), packetListColumnCount - 1);
    header->moveSection(header->visualIndex(int(PacketListColumn::from)), header->count() - 1);
    QCOMPARE(header->visualIndex(info), packetListColumnCount - 1);
}

void PacketListViewTest::takesColumnsBackFromTheirKeys_data()
{
    QTest::addColumn<QStringList>("keys");
    QTest::addColumn<QStringList>("columns");
    const QStringList usual{u"number"_s, u"time"_s, u"from"_s, u"source"_s, u"destination"_s,
        u"flags"_s, u"seq"_s, u"ack"_s, u"window"_s, u"payload_length"_s, u"info"_s};
    QTest::newRow("in another order") << QStringList{u"info"_s, u"length"_s, u"number"_s}
                                      << QStringList{u"length"_s, u"number"_s, u"info"_s};
    QTest::newRow("twice and unknown")
        << QStringList{u"x"_s, u"flags"_s, u"flags"_s} << QStringList{u"flags"_s, u"info"_s};
    QTest::newRow("nothing") << QStringList() << usual;
    QTest::newRow("nothing known") << QStringList{u"x"_s, u""_s} << usual;
}

void PacketListViewTest::takesColumnsBackFromTheirKeys()
{
    QFETCH(QStringList, keys);
    QFETCH(QStringList, columns);
    ShownList list(1900);
    list.view.setColumns(keys);
    QCOMPARE(list.view.columns(), columns);
}

void PacketListViewTest::sortsByAClickOnAHeadingAndBackByTheThird()
{
    ShownList list(1100);
    QHeaderView* header = list.view.horizontalHeader();
    const int flags = int(PacketListColumn::flags);
    const QPoint place(header->sectionViewportPosition(flags) + 10, header->height() / 2);
    const auto first = [&] {
        return list.model.index(0, flags).data().toString();
    };
    QTest::mouseClick(header->viewport(), Qt::LeftButton, Qt::NoModifier, place);
    QTRY_COMPARE(first(), u"RST"_s);
    QVERIFY(header->isSortIndicatorShown());
    QTest::mouseClick(header->viewport(), Qt::LeftButton, Qt::NoModifier, place);
    QTRY_COMPARE(first(), u"SYN,ACK"_s);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, Qt::NoModifier, place);
    QTRY_COMPARE(first(), u"SYN"_s);
    QVERIFY(!header->isSortIndicatorShown());
    QCOMPARE(list.model.packetOf(0), 0);
}

/// Tracking goes on for a million rows behind those that one looks at.
void PacketListViewTest::paintsOnlyForRowsInView()
{
    class Paints : public QObject
    {
    public:
        int count = 0;
        bool eventFilter(QObject*, QEvent* event) override
        {
            count += event->type() == QEvent::Paint ? 1 : 0;
            return false;
        }
    } paints;
    ShownList list(600);
    for (int i = 0; i < 100; ++i)
        list.packets.addRefusedHandshake();
    list.model.extendTo(qsizetype(list.packets.store().size()));
    list.view.scrollToTop();
    QVERIFY(QTest::qWaitForWindowExposed(&list.view));
    QTest::qWait(200); // everything is measured and painted
    list.view.viewport()->installEventFilter(&paints);
    const auto change = [&list](int first, int last) {
        emit list.model.dataChanged(list.model.index(first, 0), list.model.index(last, 0));
        QTest::qWait(200);
    };
    change(200, 302);
    QCOMPARE(paints.count, 0);
    change(2, 302);
    QVERIFY(paints.count > 0);
    list.view.scrollToBottom();
    QTest::qWait(200);
    paints.count = 0;
    change(0, 100);
    QCOMPARE(paints.count, 0);
    change(0, 302);
    QVERIFY(paints.count > 0);
}

/// Not even for a moment.
void PacketListViewTest::cutsNoneOfTheFirstRows()
{
    TestStore packets;
    PacketListModel model;
    PacketListView view;
    model.setStore(&packets.store());
    view.setModel(&model);
    view.resize(1000, 300);
    view.show();
    QTest::qWait(200); // what is measured later was measured
    packets.addRefusedHandshake();
    model.extendTo(qsizetype(packets.store().size()));
    for (const auto column : {PacketListColumn::time, PacketListColumn::from,
             PacketListColumn::source, PacketListColumn::flags}) {
        const QString text = model.index(1, int(column)).data().toString();
        QVERIFY(view.columnWidth(int(column)) > view.fontMetrics().horizontalAdvance(text));
    }
    model.setStore(nullptr);
}

TCPW_TEST(PacketListViewTest);
#include "tst_packetlistview.moc"
