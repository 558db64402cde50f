// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/packetlist/modelfixture.h"

#include <QDateTime>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

class PacketListModelTest : public QObject, protected ModelFixture
{
    Q_OBJECT
private slots:
    void init() { begin(); }
    void cleanup() { end(); }

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
    void tellsTimeInEveryForm_data();
    void tellsTimeInEveryForm();
    void showsAbsoluteNumbersByChoice();
    void picksByWhatTrackingSays();
    void colorsWhatIsWrong();
    void marksPackets();
};

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
    row("device", Column::device, {u"near"_s, u"near"_s, u"near"_s});
    row("connection", Column::connection, {u"0"_s, u"0"_s, u"0"_s});
    row("frame", Column::frame, {u"54"_s, u"54"_s, u"54"_s});
    row("checksum", Column::checksum, {u"good"_s, u"good"_s, u"good"_s});
    row("comment", Column::comment, {u""_s, u"why?"_s, u""_s});
}

void PacketListModelTest::showsTheHandshakeColumnByColumn()
{
    QFETCH(PacketListColumn, column);
    QFETCH(QStringList, cells);
    m_model->setDeviceNames({u"near"_s});
    QVERIFY(m_packets->store().setComments(1, {"why?"}));
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
    track(other);
    QCOMPARE(m_model->rowCount(), 1);
    QTRY_COMPARE(cell(0, PacketListColumn::sequence), u"0"_s);
    m_model->setStore(nullptr);
    m_connections->setStore(nullptr);
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

void PacketListModelTest::tellsTimeInEveryForm_data()
{
    QTest::addColumn<TimeForm>("form");
    QTest::addColumn<QString>("third"); ///< of the third packet, which stands below the first
    QTest::newRow("since the first") << TimeForm::sinceFirst << u"0.002000"_s;
    QTest::newRow("since the one before") << TimeForm::sinceCaptured << u"0.001000"_s;
    QTest::newRow("since the row above") << TimeForm::sinceShown << u"0.002000"_s;
    const QDateTime moment = QDateTime::fromSecsSinceEpoch(1'700'000'000);
    QTest::newRow("time of day") << TimeForm::timeOfDay
                                 << QString(moment.toString(u"HH:mm:ss"_s) + u".003000"_s);
    QTest::newRow("date") << TimeForm::date
                          << QString(moment.toString(u"yyyy-MM-dd HH:mm:ss"_s) + u".003000"_s);
}

void PacketListModelTest::tellsTimeInEveryForm()
{
    QFETCH(TimeForm, form);
    QFETCH(QString, third);
    m_model->setChoice(filterChoice("from me or from kernel"));
    QTRY_COMPARE(m_model->rowCount(), 2);
    m_model->setStyle({form, false});
    QCOMPARE(cell(1, PacketListColumn::time), third);
}

void PacketListModelTest::showsAbsoluteNumbersByChoice()
{
    m_model->setStyle({TimeForm::sinceFirst, true});
    QCOMPARE(cell(0, PacketListColumn::sequence), u"1000"_s);
    QCOMPARE(cell(1, PacketListColumn::acknowledgment), u"1001"_s);
    QCOMPARE(m_model->headerData(int(PacketListColumn::sequence), Qt::Horizontal, Qt::DisplayRole)
                 .toString(),
        u"Seq"_s);
}

void PacketListModelTest::picksByWhatTrackingSays()
{
    QTRY_COMPARE(m_connections->trackedCount(), 3);
    m_packets->addRefusedHandshake(40001);
    m_packets->add({Origin::me, ControlBits::syn, 1000, 0, 40002});
    m_packets->wait(1'000'000'000);
    m_packets->add({Origin::me, ControlBits::syn, 1000, 0, 40002});
    m_model->setChoice(filterChoice("connection 1 or problem retransmission"));
    m_model->extendTo(8);
    QTest::qWait(30);
    QCOMPARE(m_model->rowCount(), 0); // nobody knows yet
    m_connections->trackNew();
    QTRY_COMPARE(m_model->rowCount(), 4);
    QCOMPARE(cell(3, PacketListColumn::number), u"8"_s);
    QCOMPARE(cell(3, PacketListColumn::problem), u"retransmission"_s);
}

void PacketListModelTest::colorsWhatIsWrong()
{
    Packet wrong = segmentPacket({Origin::me, ControlBits::syn, 9, 0, 40003});
    wrong.find<TcpHeader>()->checksum = std::uint16_t(0x1234);
    m_packets->add(wrong, Origin::me);
    m_packets->wait(1'000'000'000);
    m_packets->add({Origin::me, ControlBits::syn, 9, 0, 40003});
    m_model->extendTo(5);
    m_connections->trackNew();
    const auto color = [this](int row) {
        return m_model->index(row, int(PacketListColumn::info)).data(Qt::ForegroundRole);
    };
    QVERIFY(!color(0).isValid());
    QVERIFY(color(3).isValid());
    QVERIFY(cell(3, PacketListColumn::info).contains(u"wrong checksum"_s)); // not by colour alone
    QCOMPARE(cell(3, PacketListColumn::problem), u"wrong_checksum"_s);
    QCOMPARE(cell(0, PacketListColumn::problem), QString());
    QTRY_VERIFY(color(4).isValid());
    QVERIFY(color(3) != color(4));
}

void PacketListModelTest::marksPackets()
{
    m_model->setMarked({1}, true);
    QVERIFY(m_model->isMarked(1));
    QVERIFY(cell(1, PacketListColumn::number).contains(u'●'));
    m_model->setMarked({1}, false);
    QCOMPARE(cell(1, PacketListColumn::number), u"2"_s);
}

TCPW_TEST(PacketListModelTest);
#include "tst_packetlistmodel.moc"
