// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/packetlist/packetlistmodel.h"
#include "ui/testpackets.h"

#include <QAbstractItemModelTester>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

class PacketListModelTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();

    void showsTheHandshakeColumnByColumn_data();
    void showsTheHandshakeColumnByColumn();
    void namesFullAddressesInToolTips();
    void showsAddressesByChoice();
    void appendsRowsWithoutReset();
    void decodesNothingBeforeARowIsAskedFor();
    void picksRowsByFilterAndGoesOnWithNewPackets();
    void picksOneConversation();
    void findsRowsOfPackets();
    void startsAnewWithAnotherStore();
    void showsWhatIsNoTcpByItsProtocol();
    void givesEveryOriginItsOwnGround();

private:
    QString cell(int row, PacketListColumn column, int role = Qt::DisplayRole) const;
    RowChoice filterChoice(const char* text) const;

    std::unique_ptr<TestStore> m_packets;
    std::unique_ptr<PacketListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void PacketListModelTest::init()
{
    m_packets = std::make_unique<TestStore>();
    m_packets->addRefusedHandshake();
    m_model = std::make_unique<PacketListModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_model->setEndNames({{labAddress::near4}, {labAddress::far4}, false});
    m_model->setStore(&m_packets->store());
}

void PacketListModelTest::cleanup()
{
    m_tester.reset();
    m_model.reset(); // before the store that it reads
}

QString PacketListModelTest::cell(int row, PacketListColumn column, int role) const
{
    return m_model->index(row, int(column)).data(role).toString();
}

RowChoice PacketListModelTest::filterChoice(const char* text) const
{
    return {*DisplayFilter::parse(text, LinkType::ethernet), {}};
}

void PacketListModelTest::showsTheHandshakeColumnByColumn_data()
{
    QTest::addColumn<PacketListColumn>("column");
    QTest::addColumn<QStringList>("cells");
    const auto row = [](const char* name, PacketListColumn column, const QStringList& cells) {
        QTest::newRow(name) << column << cells;
    };
    using Column = PacketListColumn;
    row("number", Column::number, {u"1"_s, u"2"_s, u"3"_s});
    row("time", Column::time, {u"0.000000"_s, u"0.001000"_s, u"0.002000"_s});
    row("from", Column::from, {u"→ me"_s, u"← peer"_s, u"→ kernel"_s});
    row("source", Column::source, {u"me:40000"_s, u"peer:8081"_s, u"me:40000"_s});
    row("destination", Column::destination, {u"peer:8081"_s, u"me:40000"_s, u"peer:8081"_s});
    row("flags", Column::flags, {u"SYN"_s, u"SYN,ACK"_s, u"RST"_s});
    row("sequence", Column::sequence, {u"0"_s, u"0"_s, u"1"_s});
    row("acknowledgment", Column::acknowledgment, {u""_s, u"1"_s, u""_s});
    row("window", Column::window, {u"64240"_s, u"64240"_s, u"64240"_s});
    row("length", Column::length, {u"0"_s, u"0"_s, u"0"_s});
}

void PacketListModelTest::showsTheHandshakeColumnByColumn()
{
    QFETCH(PacketListColumn, column);
    QFETCH(QStringList, cells);
    for (int row = 0; row < 3; ++row)
        QTRY_COMPARE(cell(row, column), cells[row]);
    QCOMPARE(m_model->rowCount(), 3);
}

void PacketListModelTest::namesFullAddressesInToolTips()
{
    QVERIFY(cell(0, PacketListColumn::source, Qt::ToolTipRole).contains(u"192.168.56.101:40000"_s));
    QVERIFY(
        cell(0, PacketListColumn::destination, Qt::ToolTipRole).contains(u"192.168.56.102:8081"_s));
    QVERIFY(cell(1, PacketListColumn::sequence, Qt::ToolTipRole).contains(u"5000"_s));
}

void PacketListModelTest::showsAddressesByChoice()
{
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->setEndNames({{labAddress::near4}, {labAddress::far4}, true});
    QVERIFY(!changed.isEmpty());
    QCOMPARE(cell(0, PacketListColumn::source), u"192.168.56.101:40000"_s);
}

void PacketListModelTest::appendsRowsWithoutReset()
{
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    m_packets->addRefusedHandshake(40001);
    m_model->extendTo(6);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(m_model->rowCount(), 6);
    QCOMPARE(cell(5, PacketListColumn::source), u"me:40001"_s);
    m_model->extendTo(6);
    QCOMPARE(inserted.size(), 1);
}

void PacketListModelTest::decodesNothingBeforeARowIsAskedFor()
{
    m_packets->addRefusedHandshake(40001);
    m_model->extendTo(6);
    QCOMPARE(m_model->rowCount(), 6);
    QCOMPARE(m_model->headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"No."_s);
    const qsizetype before = m_model->decodedCount();
    QVERIFY(cell(5, PacketListColumn::info).size() > 0);
    QCOMPARE(m_model->decodedCount(), before + 1);
    QVERIFY(!m_model->listed(6));
    QVERIFY(!m_model->listed(-1));
}

void PacketListModelTest::picksRowsByFilterAndGoesOnWithNewPackets()
{
    m_model->setChoice(filterChoice("from kernel"));
    QTRY_COMPARE(m_model->rowCount(), 1);
    QCOMPARE(cell(0, PacketListColumn::number), u"3"_s);
    m_packets->addRefusedHandshake(40001);
    m_model->extendTo(6);
    QTRY_COMPARE(m_model->rowCount(), 2);
    QCOMPARE(cell(1, PacketListColumn::number), u"6"_s);
    QTRY_VERIFY(!m_model->choosing());
    m_model->setChoice({});
    QCOMPARE(m_model->rowCount(), 6);
}

void PacketListModelTest::picksOneConversation()
{
    m_packets->addRefusedHandshake(40001);
    m_model->extendTo(6);
    RowChoice choice = filterChoice("flags RST");
    choice.conversation = m_model->listed(4)->conversation;
    m_model->setChoice(choice);
    QTRY_COMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->packetOf(0), 5);
}

void PacketListModelTest::findsRowsOfPackets()
{
    QCOMPARE(m_model->rowOf(2), 2);
    QCOMPARE(m_model->rowOf(3), -1);
    m_model->setChoice(filterChoice("from kernel"));
    QTRY_COMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->rowOf(2), 0);
    QCOMPARE(m_model->rowOf(1), -1);
}

void PacketListModelTest::startsAnewWithAnotherStore()
{
    TestStore other;
    other.add({Origin::peer, ControlBits::syn, 77});
    m_model->setStore(&other.store());
    QCOMPARE(m_model->rowCount(), 1);
    QTRY_COMPARE(cell(0, PacketListColumn::sequence), u"0"_s);
    m_model->setStore(nullptr);
    QCOMPARE(m_model->rowCount(), 0);
}

void PacketListModelTest::showsWhatIsNoTcpByItsProtocol()
{
    Packet request;
    request.layers = {EthernetHeader{}, ArpPacket{}};
    m_packets->add(request, Origin::kernel);
    Packet rest;
    rest.layers = {Payload{{1, 2, 3}}};
    m_packets->add(rest, Origin::unknown);
    m_model->extendTo(5);
    QCOMPARE(cell(3, PacketListColumn::flags), u"ARP"_s);
    QCOMPARE(cell(3, PacketListColumn::sequence), u""_s);
    QCOMPARE(cell(4, PacketListColumn::from), u""_s);
    QCOMPARE(cell(4, PacketListColumn::window), u""_s);
}

void PacketListModelTest::givesEveryOriginItsOwnGround()
{
    QSet<QString> grounds;
    for (int row = 0; row < 3; ++row)
        grounds << m_model->index(row, 0).data(Qt::BackgroundRole).value<QColor>().name();
    QCOMPARE(grounds.size(), 3);
}

TCPW_TEST(PacketListModelTest);
#include "tst_packetlistmodel.moc"
