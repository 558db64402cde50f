// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/packetlist/packetlistmodel.h"
#include "ui/testpackets.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <numeric>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

Q_DECLARE_METATYPE(std::vector<quint32>)

class RowSorterTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();

    void sortsByEveryColumn_data();
    void sortsByEveryColumn();
    void sortsWhatAFilterPicks();
    void takesWhatComesLaterIntoItsPlace();
    void sortsManyAsTheirNumbersSay_data();
    void sortsManyAsTheirNumbersSay();
    void endsThoughPacketsKeepComing();
    void sortsAWrongChecksumByItsName();
    void countsNothingFromWhatWasDropped();
    void forgetsWhatIsDroppedMeanwhile();
    void letsGoOfWhatItReads();
    void goesBackToTheirOwnOrder();
    void sortsAnewWhereNumbersAreShownOtherwise();

private:
    std::vector<quint32> order() const;
    void sortBy(PacketListColumn column, Qt::SortOrder direction = Qt::AscendingOrder)
    {
        m_model->sort(int(column), direction);
        QTRY_VERIFY(!m_model->sorting());
    }

    std::unique_ptr<TestStore> m_packets;
    std::unique_ptr<ConnectionService> m_connections;
    std::unique_ptr<PacketListModel> m_model;
};

/// 0 SYN, 1 SYN,ACK, 2 RST of port 40000; 3 data of port 39999 from the far end; 4 ARP.
void RowSorterTest::init()
{
    m_packets = std::make_unique<TestStore>();
    m_packets->addRefusedHandshake();
    m_packets->wait(5'000'000);
    m_packets->add({Origin::peer, ControlBits::ack | ControlBits::psh, 9, 7, 39999, 8081, {1, 2}});
    Packet request;
    request.layers = {EthernetHeader{}, ArpPacket{}};
    m_packets->add(request, Origin::kernel);
    m_connections = std::make_unique<ConnectionService>();
    m_model = std::make_unique<PacketListModel>();
    connect(m_connections.get(), &ConnectionService::advanced, m_model.get(),
        &PacketListModel::updateTracked);
    m_model->setConnections(m_connections.get());
    m_model->setStore(&m_packets->store());
    m_connections->setStore(&m_packets->store());
    QTRY_COMPARE(m_connections->trackedCount(), 5);
    QVERIFY(m_packets->store().setComments(1, {"b"}) && m_packets->store().setComments(0, {"c"}));
}

void RowSorterTest::cleanup()
{
    m_model.reset();
    m_connections.reset();
}

std::vector<quint32> RowSorterTest::order() const
{
    std::vector<quint32> packets;
    for (int row = 0; row < m_model->rowCount(); ++row)
        packets.push_back(quint32(m_model->packetOf(row)));
    return packets;
}

void RowSorterTest::sortsByEveryColumn_data()
{
    QTest::addColumn<PacketListColumn>("column");
    QTest::addColumn<std::vector<quint32>>("up");
    QTest::addColumn<std::vector<quint32>>("down");
    using Column = PacketListColumn;
    const auto row
        = [](const char* name, Column column, std::vector<quint32> up, std::vector<quint32> down) {
              QTest::newRow(name) << column << up << down;
          };
    row("number", Column::number, {0, 1, 2, 3, 4}, {4, 3, 2, 1, 0});
    row("time", Column::time, {0, 1, 2, 3, 4}, {4, 3, 2, 1, 0});
    row("from", Column::from, {0, 2, 4, 1, 3}, {1, 3, 2, 4, 0});
    row("device, all the same", Column::device, {0, 1, 2, 3, 4}, {0, 1, 2, 3, 4});
    row("connection", Column::connection, {4, 0, 1, 2, 3}, {3, 0, 1, 2, 4});
    row("source", Column::source, {4, 0, 2, 1, 3}, {1, 3, 0, 2, 4});
    row("destination", Column::destination, {4, 3, 1, 0, 2}, {0, 2, 1, 3, 4});
    row("flags", Column::flags, {4, 3, 2, 0, 1}, {1, 0, 2, 3, 4});
    row("relative sequence", Column::sequence, {4, 0, 1, 2, 3}, {2, 3, 0, 1, 4});
    row("acknowledgment", Column::acknowledgment, {0, 2, 4, 1, 3}, {1, 3, 0, 2, 4});
    row("window", Column::window, {4, 0, 1, 2, 3}, {0, 1, 2, 3, 4});
    row("bytes of data", Column::length, {4, 0, 1, 2, 3}, {3, 0, 1, 2, 4});
    row("frame", Column::frame, {4, 0, 1, 2, 3}, {3, 0, 1, 2, 4});
    row("comment", Column::comment, {2, 3, 4, 1, 0}, {0, 1, 2, 3, 4});
}

void RowSorterTest::sortsByEveryColumn()
{
    QFETCH(PacketListColumn, column);
    QFETCH(std::vector<quint32>, up);
    QFETCH(std::vector<quint32>, down);
    sortBy(column);
    QCOMPARE(order(), up);
    sortBy(column, Qt::DescendingOrder);
    QCOMPARE(order(), down);
    for (int row = 0; row < m_model->rowCount(); ++row)
        QCOMPARE(m_model->rowOf(m_model->packetOf(row)), row);
}

void RowSorterTest::sortsWhatAFilterPicks()
{
    m_model->setChoice({*DisplayFilter::parse("tcp", LinkType::ethernet), {}});
    QTRY_COMPARE(m_model->rowCount(), 4);
    sortBy(PacketListColumn::number, Qt::DescendingOrder);
    QCOMPARE(order(), (std::vector<quint32>{3, 2, 1, 0}));
}

void RowSorterTest::takesWhatComesLaterIntoItsPlace()
{
    sortBy(PacketListColumn::length, Qt::DescendingOrder);
    m_packets->add({Origin::me, ControlBits::ack, 1, 1, 40009, 8081, {1, 2, 3}});
    m_model->extendTo(6);
    QTRY_COMPARE(order(), (std::vector<quint32>{5, 3, 0, 1, 2, 4}));
}

void RowSorterTest::sortsManyAsTheirNumbersSay_data()
{
    QTest::addColumn<PacketListColumn>("column");
    QTest::addColumn<int>("count");
    QTest::addColumn<quint32>("largest");
    QTest::newRow("of few bits") << PacketListColumn::sequence << 3000 << 500U;
    QTest::newRow("of 32 bits") << PacketListColumn::sequence << 3000 << 0xffff'ffffU;
    QTest::newRow("of more bits") << PacketListColumn::time << 3000 << 0xffff'ffffU;
    QTest::newRow("read by two threads") << PacketListColumn::sequence << 120'000 << 0xffff'ffffU;
}

void RowSorterTest::sortsManyAsTheirNumbersSay()
{
    QFETCH(PacketListColumn, column);
    QFETCH(int, count);
    QFETCH(quint32, largest);
    TestStore packets;
    std::vector<quint32> numbers, up(std::size_t(count), 0);
    std::iota(up.begin(), up.end(), 0U);
    for (int i = 0; i < count; ++i) {
        const quint32 last = numbers.empty() ? 0 : numbers.back();
        numbers.push_back(i % 10 == 9 ? last : quint32(i) * 2'654'435'761U % largest);
        if (i == count / 2)
            numbers.back() = largest;
        packets.wait((qint64(numbers.back()) - last) * 1000 - 1'000'000);
        packets.add({Origin::me, i == 0 ? ControlBits::syn : ControlBits::ack, numbers.back()});
    }
    m_model->setStore(&packets.store());
    m_connections->setStore(&packets.store());
    m_model->extendTo(count);
    QTRY_COMPARE(m_model->rowCount(), count);
    QTRY_COMPARE(m_connections->trackedCount(), count);
    const auto number = [&](quint32 packet) {
        return numbers[packet];
    };
    sortBy(column);
    std::ranges::stable_sort(up, {}, number);
    QVERIFY(order() == up);
    sortBy(column, Qt::DescendingOrder);
    std::ranges::stable_sort(up, std::greater(), number);
    QVERIFY(order() == up);
    m_model->setStore(nullptr);
    m_connections->setStore(nullptr);
}

/// So many that they are still being sorted when those that came meanwhile want it done again.
void RowSorterTest::endsThoughPacketsKeepComing()
{
    const auto extend = [this] {
        m_model->extendTo(qsizetype(m_packets->store().size()));
    };
    QElapsedTimer sorting;
    for (int count = 20'000; count < 3'000'000; count *= 2) {
        m_packets->addMany({Origin::peer, ControlBits::ack, 5, 6}, count);
        m_model->sort(0, Qt::AscendingOrder);
        extend();
        QTRY_COMPARE(m_model->rowCount(), int(m_packets->store().size()));
        sorting.start();
        m_model->sort(int(PacketListColumn::info), Qt::DescendingOrder);
        QTRY_VERIFY_WITH_TIMEOUT(!m_model->sorting(), 30000);
        if (sorting.elapsed() > 1200)
            break;
    }
    m_model->sort(0, Qt::AscendingOrder);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    m_model->sort(int(PacketListColumn::info), Qt::DescendingOrder);
    const auto sortedWhileOneMoreComes = [&] {
        m_packets->add({Origin::me, ControlBits::ack, 1, 1});
        extend();
        return !reset.isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(sortedWhileOneMoreComes(), 30000);
}

void RowSorterTest::sortsAWrongChecksumByItsName()
{
    Packet wrong = segmentPacket({Origin::me, ControlBits::ack, 8, 6});
    wrong.find<TcpHeader>()->checksum = std::uint16_t(0x1234);
    m_packets->add(wrong, Origin::me);
    m_model->extendTo(6);
    sortBy(PacketListColumn::problem, Qt::DescendingOrder);
    QTRY_COMPARE(m_model->rowCount(), 6);
    QCOMPARE(m_model->packetOf(0), 5);
}

/// The time since the packet before is 0 for the first that is kept, as its row says.
void RowSorterTest::countsNothingFromWhatWasDropped()
{
    QVERIFY(m_packets->store().dropBefore(2));
    m_model->dropBefore(2);
    m_model->setStyle({TimeForm::sinceCaptured, false});
    sortBy(PacketListColumn::time, Qt::DescendingOrder);
    QCOMPARE(order(), (std::vector<quint32>{3, 4, 2}));
}

void RowSorterTest::forgetsWhatIsDroppedMeanwhile()
{
    m_model->sort(int(PacketListColumn::time), Qt::DescendingOrder);
    m_model->dropBefore(2);
    QTRY_VERIFY(!m_model->sorting());
    QCOMPARE(order(), (std::vector<quint32>{4, 3, 2}));
    m_model->dropBefore(3);
    QCOMPARE(order(), (std::vector<quint32>{4, 3}));
}

/// While two threads read: another sort, another store, none at all.
void RowSorterTest::letsGoOfWhatItReads()
{
    TestStore many;
    many.addMany({Origin::peer, ControlBits::ack, 5, 6}, 150'000);
    m_connections->setStore(&many.store());
    m_model->setStore(&many.store());
    m_model->extendTo(150'000);
    QTRY_COMPARE(m_model->rowCount(), 150'000);
    m_model->sort(int(PacketListColumn::window));
    m_model->sort(int(PacketListColumn::length));
    QTRY_VERIFY(m_model->sorting());
    m_model->setStore(nullptr);
    m_connections->setStore(nullptr);
    QCOMPARE(m_model->rowCount(), 0);
    m_model->setStore(&m_packets->store());
    m_connections->setStore(&m_packets->store());
    m_model->extendTo(5);
    QTRY_COMPARE(order(), (std::vector<quint32>{4, 0, 1, 2, 3}));
}

void RowSorterTest::goesBackToTheirOwnOrder()
{
    sortBy(PacketListColumn::flags);
    m_model->sort(-1);
    QCOMPARE(order(), (std::vector<quint32>{0, 1, 2, 3, 4}));
    m_packets->add({Origin::me, ControlBits::ack, 1, 1});
    m_model->extendTo(6);
    QCOMPARE(m_model->rowCount(), 6);
}

void RowSorterTest::sortsAnewWhereNumbersAreShownOtherwise()
{
    sortBy(PacketListColumn::sequence, Qt::DescendingOrder);
    m_model->setStyle({TimeForm::sinceFirst, true});
    QTRY_COMPARE(order(), (std::vector<quint32>{1, 2, 0, 3, 4}));
}

TCPW_TEST(RowSorterTest);
#include "tst_rowsorter.moc"
