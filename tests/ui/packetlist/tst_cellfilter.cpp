// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/displayfilter.h"
#include "support/testcase.h"
#include "ui/packetlist/cellfilter.h"
#include "ui/testpackets.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

class CellFilterTest : public QObject
{
    Q_OBJECT
private slots:
    void describesEveryCell_data();
    void describesEveryCell();
    void matchesThePacketThatItDescribes();
    void findsAWrongChecksum();
    void offersNoFilterThatSeesNothingBehindATag();
    void joinsFilters();
};

namespace {

ListedPacket listedSynAck()
{
    const Bytes bytes
        = encode(segmentPacket({Origin::peer, ControlBits::syn | ControlBits::ack, 5000, 1001}));
    PacketRecord record;
    record.origin = Origin::peer;
    record.device = 3;
    record.capturedLength = record.originalLength = std::uint32_t(bytes.size());
    ListedPacket listed = listedPacket(0, record, bytes);
    listed.tracked = TrackedPacket();
    listed.tracked->connection = 4;
    listed.tracked->names.add(AnalysisName::retransmission);
    return listed;
}

} // namespace

void CellFilterTest::describesEveryCell_data()
{
    QTest::addColumn<PacketListColumn>("column");
    QTest::addColumn<QString>("filter");
    using Column = PacketListColumn;
    QTest::newRow("number") << Column::number << QString();
    QTest::newRow("time") << Column::time << QString();
    QTest::newRow("from") << Column::from << u"from peer"_s;
    QTest::newRow("device") << Column::device << u"device 3"_s;
    QTest::newRow("connection") << Column::connection << u"connection 4"_s;
    QTest::newRow("source") << Column::source << u"src host 192.168.56.102 and src port 8081"_s;
    QTest::newRow("destination") << Column::destination
                                 << u"dst host 192.168.56.101 and dst port 40000"_s;
    QTest::newRow("flags") << Column::flags << u"flags SYN,ACK"_s;
    QTest::newRow("seq") << Column::sequence << u"seq 5000"_s;
    QTest::newRow("ack") << Column::acknowledgment << u"ack 1001"_s;
    QTest::newRow("window") << Column::window << u"window 64240"_s;
    QTest::newRow("length") << Column::length << u"payload 0"_s;
    QTest::newRow("frame") << Column::frame << u"len == 54"_s;
    QTest::newRow("checksum") << Column::checksum << u"checksum good"_s;
    QTest::newRow("problem") << Column::problem << u"problem retransmission"_s;
}

void CellFilterTest::describesEveryCell()
{
    QFETCH(PacketListColumn, column);
    QFETCH(QString, filter);
    QCOMPARE(cellFilter(listedSynAck(), column), filter);
}

void CellFilterTest::matchesThePacketThatItDescribes()
{
    const ListedPacket listed = listedSynAck();
    const Bytes bytes
        = encode(segmentPacket({Origin::peer, ControlBits::syn | ControlBits::ack, 5000, 1001}));
    for (int column = 0; column < packetListColumnCount; ++column) {
        const QString text = cellFilter(listed, PacketListColumn(column));
        const auto filter = DisplayFilter::parse(text.toStdString(), LinkType::ethernet);
        QVERIFY2(filter, qPrintable(text));
        QVERIFY2(filter->matches(listed.record, bytes, *listed.tracked), qPrintable(text));
        const auto without = DisplayFilter::parse(
            filterWithout(u"tcp or udp"_s, text).toStdString(), LinkType::ethernet);
        if (!text.isEmpty())
            QVERIFY2(without && !without->matches(listed.record, bytes, *listed.tracked),
                qPrintable(text));
    }
}

void CellFilterTest::findsAWrongChecksum()
{
    Bytes bytes = encode(segmentPacket({Origin::peer, ControlBits::syn, 5000, 0}));
    bytes.back() ^= 1;
    PacketRecord record;
    record.capturedLength = record.originalLength = std::uint32_t(bytes.size());
    const ListedPacket listed = listedPacket(0, record, bytes);
    QCOMPARE(cellFilter(listed, PacketListColumn::problem), u"problem wrong_checksum"_s);
    QCOMPARE(cellFilter(listed, PacketListColumn::info), u"problem wrong_checksum"_s);
    QCOMPARE(cellFilter(listed, PacketListColumn::checksum), u"checksum bad"_s);
    for (const char* text : {"problem wrong_checksum", "checksum bad", "problem any"})
        QVERIFY(DisplayFilter::parse(text, LinkType::ethernet)->matches(record, bytes));
    QVERIFY(!DisplayFilter::parse("checksum good", LinkType::ethernet)->matches(record, bytes));
}

void CellFilterTest::offersNoFilterThatSeesNothingBehindATag()
{
    Packet packet = segmentPacket({Origin::peer, ControlBits::syn, 5000, 0});
    packet.layers.insert(packet.layers.begin() + 1, VlanTag{});
    const Bytes bytes = encode(packet);
    PacketRecord record;
    record.capturedLength = record.originalLength = std::uint32_t(bytes.size());
    const ListedPacket listed = listedPacket(0, record, bytes);
    QVERIFY(listed.summary.isTcp);
    QCOMPARE(cellFilter(listed, PacketListColumn::source), QString());
    for (const auto column : {PacketListColumn::flags, PacketListColumn::sequence}) {
        const QString text = cellFilter(listed, column);
        QVERIFY(!text.isEmpty());
        QVERIFY(
            DisplayFilter::parse(text.toStdString(), LinkType::ethernet)->matches(record, bytes));
    }
}

void CellFilterTest::joinsFilters()
{
    QCOMPARE(filterAnd({}, u"tcp"_s), u"tcp"_s);
    QCOMPARE(filterAnd(u"a or b"_s, u"tcp"_s), u"(a or b) and tcp"_s);
    QCOMPARE(filterWithout({}, u"tcp"_s), u"not tcp"_s);
    QCOMPARE(filterWithout(u"tcp"_s, u"a and b"_s), u"tcp and not (a and b)"_s);
    QCOMPARE(filterWithout(u"(a or b) and c"_s, u"d"_s), u"(a or b) and c and not d"_s);
    QCOMPARE(filterAnd(u"(a) or (b)"_s, u"c"_s), u"((a) or (b)) and c"_s);
    QString grown = u"tcp or udp"_s; // as by hiding one cell after another
    for (int i = 0; i < 130; ++i)
        grown = filterWithout(grown, u"seq %1 and ack 1"_s.arg(i));
    const auto filter = DisplayFilter::parse(grown.toStdString(), LinkType::ethernet);
    QVERIFY2(filter, filter ? "" : filter.error().message.c_str());
}

TCPW_TEST(CellFilterTest);
#include "tst_cellfilter.moc"
