// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "captureblob.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QTest>

#include <limits>

using namespace tcpw;
using namespace tcpw::test;

Q_DECLARE_METATYPE(tcpw::ByteOrder)

class GoodCapturesTest : public QObject
{
    Q_OBJECT
private slots:
    void classicPcapIsReadInEveryForm_data();
    void classicPcapIsReadInEveryForm();
    void modifiedPcapIsReadInEveryForm_data();
    void modifiedPcapIsReadInEveryForm();
    void oldVersionsHaveTheirLengthsExchanged();
    void rawIpHasOneLinkType();
    void everyPcapngPacketBlockIsRead_data();
    void everyPcapngPacketBlockIsRead();
    void sectionsMayDifferInByteOrder();
    void interfacesHaveLinkTypesAndTimesOfTheirOwn();
    void originIsReadFromFlags_data();
    void originIsReadFromFlags();
    void timeResolutionsAreConverted_data();
    void timeResolutionsAreConverted();
    void unknownBlocksAndOptionsArePassedOver();
    void manyDevicesShareTheLastNumber();
    void packetsMayBeEmptyOrLargerThanOnTheWire();
};

namespace {

constexpr std::int64_t second = 1'000'000'000;

void addByteOrders()
{
    QTest::addColumn<ByteOrder>("order");
    QTest::newRow("little endian") << ByteOrder::little;
    QTest::newRow("big endian") << ByteOrder::big;
}

} // namespace

void GoodCapturesTest::classicPcapIsReadInEveryForm_data()
{
    QTest::addColumn<ByteOrder>("order");
    QTest::addColumn<quint32>("magic");
    QTest::addColumn<qint64>("unit");
    for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
        const char* name = order == ByteOrder::big ? "big" : "little";
        QTest::addRow("%s endian, microseconds", name) << order << 0xa1b2c3d4u << qint64(1000);
        QTest::addRow("%s endian, nanoseconds", name) << order << 0xa1b23c4du << qint64(1);
    }
}

void GoodCapturesTest::classicPcapIsReadInEveryForm()
{
    QFETCH(ByteOrder, order);
    QFETCH(quint32, magic);
    QFETCH(qint64, unit);
    CaptureBlob file(order);
    file.pcapHeader(magic, 113).pcapRecord(1700000000, 123456, somePacket(60, 1));
    file.pcapRecord(0xffffffff, 999999, 40, 1500, somePacket(40, 2));

    const ReadResult read = readAll(file.bytes());
    QCOMPARE(read.failure, std::string());
    QCOMPARE(read.problem, std::string());
    QCOMPARE(read.packets, (std::vector<Bytes>{somePacket(60, 1), somePacket(40, 2)}));
    QCOMPARE(read.records[0].timestamp, 1700000000 * second + 123456 * unit);
    QCOMPARE(read.records[0].originalLength, 60u);
    QCOMPARE(read.records[0].linkType, LinkType::linuxCooked);
    QCOMPARE(read.records[0].origin, Origin::unknown);
    QCOMPARE(read.records[1].timestamp, 0xffffffff * second + 999999 * unit);
    QCOMPARE(read.records[1].capturedLength, 40u);
    QCOMPARE(read.records[1].originalLength, 1500u);
}

void GoodCapturesTest::modifiedPcapIsReadInEveryForm_data()
{
    QTest::addColumn<ByteOrder>("order");
    QTest::addColumn<quint32>("magic");
    QTest::addColumn<int>("extra");
    for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
        const char* name = order == ByteOrder::big ? "big" : "little";
        QTest::addRow("%s endian, Kuznetzov", name) << order << 0xa1b2cd34u << 8;
        QTest::addRow("%s endian, SuSE 6.3", name) << order << 0xa1b2cd34u << 12;
        QTest::addRow("%s endian, Red Hat 6.1", name) << order << 0xa1b2c3d4u << 8;
        QTest::addRow("%s endian, Nokia", name) << order << 0xa1b2c3d4u << 4;
    }
}

void GoodCapturesTest::modifiedPcapIsReadInEveryForm()
{
    QFETCH(ByteOrder, order);
    QFETCH(quint32, magic);
    QFETCH(int, extra);
    for (unsigned count = 2; count < 8; ++count) {
        CaptureBlob file(order);
        file.pcapHeader(magic);
        for (unsigned i = 0; i < count; ++i) {
            CaptureBlob more(order);
            more.u32(2).u16(0x0800).u8(i % 2 ? 4 : 0).u8(0).u32(0); // 4: outgoing
            file.pcapRecord(950000000 + i, i, 60, 60, somePacket(60, i),
                ByteView(more.bytes()).first(static_cast<std::size_t>(extra)));
        }
        const ReadResult read = readAll(file.bytes());
        QCOMPARE(read.problem, std::string());
        QCOMPARE(read.packets.size(), count);
        for (unsigned i = 0; i < count; ++i) {
            QCOMPARE(read.packets[i], somePacket(60, i));
            const Origin origin = i % 2 ? Origin::kernel : Origin::peer;
            QCOMPARE(read.records[i].origin, extra == 4 ? Origin::unknown : origin);
        }
    }
}

void GoodCapturesTest::oldVersionsHaveTheirLengthsExchanged()
{
    CaptureBlob old;
    old.pcapHeader(0xa1b2c3d4, 1, 96, 2, 2).pcapRecord(1, 0, 1500, 20, somePacket(20));
    const ReadResult read = readAll(old.bytes());
    QCOMPARE(read.packets, std::vector<Bytes>{somePacket(20)});
    QCOMPARE(read.records[0].originalLength, 1500u);

    // Of version 2.3 there are both kinds; the captured length is never the larger one.
    for (const bool exchanged : {false, true}) {
        CaptureBlob file;
        file.pcapHeader(0xa1b2c3d4, 1, 96, 2, 3)
            .pcapRecord(1, 0, exchanged ? 1500 : 20, exchanged ? 20 : 1500, somePacket(20));
        QCOMPARE(readAll(file.bytes()).packets, std::vector<Bytes>{somePacket(20)});
    }
}

void GoodCapturesTest::rawIpHasOneLinkType()
{
    for (const std::uint32_t field : {12u, 14u, 101u, 101u | 0x14000000u}) {
        CaptureBlob file;
        file.pcapHeader(0xa1b2c3d4, field).pcapRecord(1, 0, somePacket(20));
        QCOMPARE(readAll(file.bytes()).records.at(0).linkType, LinkType::raw);
    }
}

void GoodCapturesTest::everyPcapngPacketBlockIsRead_data()
{
    addByteOrders();
}

void GoodCapturesTest::everyPcapngPacketBlockIsRead()
{
    QFETCH(ByteOrder, order);
    CaptureBlob file(order);
    file.section().interface(1, 50);
    file.enhancedPacket(0, 1'700'000'000'000'001, somePacket(61, 1));
    file.obsoletePacket(0, 1'700'000'000'000'002, somePacket(62, 2));
    file.simplePacket(30, somePacket(30, 3));
    file.simplePacket(1000, somePacket(50, 4));

    const ReadResult read = readAll(file.bytes());
    QCOMPARE(read.problem, std::string());
    QCOMPARE(read.packets,
        (std::vector<Bytes>{
            somePacket(61, 1), somePacket(62, 2), somePacket(30, 3), somePacket(50, 4)}));
    QCOMPARE(read.records[0].timestamp, 1'700'000'000 * second + 1000);
    QCOMPARE(read.records[1].timestamp, 1'700'000'000 * second + 2000);
    QCOMPARE(read.records[2].timestamp, 0);
    QCOMPARE(read.records[3].capturedLength, 50u);
    QCOMPARE(read.records[3].originalLength, 1000u);
}

void GoodCapturesTest::sectionsMayDifferInByteOrder()
{
    CaptureBlob file(ByteOrder::little);
    file.section().interface(1).enhancedPacket(0, 5, somePacket(10, 1));
    file.setOrder(ByteOrder::big);
    file.section(1, 2).interface(101).interface(113).enhancedPacket(1, 6, somePacket(11, 2));
    file.setOrder(ByteOrder::little);
    file.section().interface(228).simplePacket(12, somePacket(12, 3));

    const ReadResult read = readAll(file.bytes());
    QCOMPARE(read.problem, std::string());
    QCOMPARE(read.packets,
        (std::vector<Bytes>{somePacket(10, 1), somePacket(11, 2), somePacket(12, 3)}));
    QCOMPARE(read.records[1].linkType, LinkType::linuxCooked);
    QCOMPARE(read.records[2].linkType, LinkType::ipv4);
    // Devices are counted through the sections.
    QCOMPARE(read.records[0].device, std::uint8_t{0});
    QCOMPARE(read.records[1].device, std::uint8_t{2});
    QCOMPARE(read.records[2].device, std::uint8_t{3});
}

void GoodCapturesTest::interfacesHaveLinkTypesAndTimesOfTheirOwn()
{
    CaptureBlob file;
    const Bytes nanoseconds = CaptureBlob().option(9, Bytes{9}).option(0, Bytes{}).bytes();
    file.section().interface(1, 128).interface(0, 64, nanoseconds);
    file.enhancedPacket(1, 1234567891, somePacket(20, 1));
    file.interface(113, 0); // a new one may come between packets
    file.enhancedPacket(0, 1234567891, somePacket(20, 2));
    file.enhancedPacket(2, 7, somePacket(20, 3));

    const ReadResult read = readAll(file.bytes());
    QCOMPARE(read.problem, std::string());
    QCOMPARE(read.records.size(), 3u);
    QCOMPARE(read.records[0].timestamp, 1234567891);
    QCOMPARE(read.records[0].linkType, LinkType::null);
    QCOMPARE(read.records[0].device, std::uint8_t{1});
    QCOMPARE(read.records[1].timestamp, 1234567891000);
    QCOMPARE(read.records[1].linkType, LinkType::ethernet);
    QCOMPARE(read.records[2].linkType, LinkType::linuxCooked);
}

void GoodCapturesTest::originIsReadFromFlags_data()
{
    QTest::addColumn<quint32>("flags");
    QTest::addColumn<bool>("marked");
    QTest::addColumn<int>("origin");
    QTest::newRow("no direction") << 0u << false << int(Origin::unknown);
    QTest::newRow("inbound") << 1u << false << int(Origin::peer);
    QTest::newRow("outbound") << 2u << false << int(Origin::kernel);
    QTest::newRow("outbound and ours") << 2u << true << int(Origin::me);
    QTest::newRow("inbound with our mark") << 1u << true << int(Origin::peer);
    QTest::newRow("both directions") << 3u << true << int(Origin::unknown);
    QTest::newRow("other bits too") << 0xffff0005u << false << int(Origin::peer);
}

void GoodCapturesTest::originIsReadFromFlags()
{
    QFETCH(quint32, flags);
    QFETCH(bool, marked);
    QFETCH(int, origin);
    for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
        CaptureBlob options(order);
        options.option(1, "a comment");
        if (marked)
            options.option(0x9293, "tcpw:me");
        options.option(2, CaptureBlob(order).u32(flags).bytes()).option(0, Bytes{});
        CaptureBlob file(order);
        file.section().interface().enhancedPacket(0, 1, somePacket(33), options.bytes());
        file.obsoletePacket(0, 1, somePacket(34), options.bytes());
        const ReadResult read = readAll(file.bytes());
        QCOMPARE(read.records.size(), 2u);
        QCOMPARE(int(read.records[0].origin), origin);
        QCOMPARE(int(read.records[1].origin), origin);
    }
}

void GoodCapturesTest::timeResolutionsAreConverted_data()
{
    using Limits = std::numeric_limits<qint64>;
    constexpr auto largest = std::numeric_limits<quint64>::max();
    QTest::addColumn<int>("resolution"); // -1: no such option
    QTest::addColumn<qint64>("offset"); // in seconds
    QTest::addColumn<quint64>("time");
    QTest::addColumn<qint64>("nanoseconds");
    QTest::newRow("microseconds by default")
        << -1 << qint64(0) << quint64(1'500'000) << qint64(1'500'000'000);
    QTest::newRow("seconds") << 0 << qint64(0) << quint64(3) << qint64(3'000'000'000);
    QTest::newRow("nanoseconds") << 9 << qint64(0) << quint64(1'500'000'001)
                                 << qint64(1'500'000'001);
    QTest::newRow("picoseconds") << 12 << qint64(0) << quint64(1'500'999) << qint64(1500);
    QTest::newRow("10^-28") << 28 << qint64(0) << largest << qint64(1);
    QTest::newRow("10^-29") << 29 << qint64(0) << largest << qint64(0);
    QTest::newRow("10^-127") << 127 << qint64(0) << largest << qint64(0);
    QTest::newRow("2^-10") << (0x80 | 10) << qint64(0) << quint64(1536) << qint64(1'500'000'000);
    QTest::newRow("2^-32") << (0x80 | 32) << qint64(0) << (quint64(3) << 31)
                           << qint64(1'500'000'000);
    QTest::newRow("2^-127") << 255 << qint64(0) << largest << qint64(0);
    QTest::newRow("2^0") << 0x80 << qint64(0) << quint64(7) << qint64(7'000'000'000);
    QTest::newRow("offset") << 9 << qint64(10) << quint64(5) << qint64(10'000'000'005);
    QTest::newRow("before 1970") << 9 << qint64(-10) << quint64(5) << qint64(-9'999'999'995);
    QTest::newRow("too late") << -1 << qint64(0) << largest << qint64(latestTime);
    QTest::newRow("too late in seconds") << 0 << qint64(0) << largest << qint64(latestTime);
    QTest::newRow("offset too late") << 9 << Limits::max() << largest << qint64(latestTime);
    QTest::newRow("offset too early") << 9 << Limits::min() << quint64(0) << qint64(-latestTime);
    QTest::newRow("the latest") << 9 << qint64(0) << quint64(latestTime) << qint64(latestTime);
}

void GoodCapturesTest::timeResolutionsAreConverted()
{
    QFETCH(int, resolution);
    QFETCH(qint64, offset);
    QFETCH(quint64, time);
    QFETCH(qint64, nanoseconds);
    CaptureBlob options;
    if (offset != 0)
        options.option(14, CaptureBlob().u64(static_cast<std::uint64_t>(offset)).bytes());
    if (resolution >= 0)
        options.option(9, Bytes{static_cast<std::uint8_t>(resolution)});
    options.option(0, Bytes{});
    CaptureBlob file;
    file.section().interface(1, 0, options.bytes()).enhancedPacket(0, time, somePacket(20));
    QCOMPARE(readAll(file.bytes()).records.at(0).timestamp, nanoseconds);
}

void GoodCapturesTest::unknownBlocksAndOptionsArePassedOver()
{
    CaptureBlob file;
    const Bytes odd = CaptureBlob()
                          .option(1, std::string(3000, 'x'))
                          .option(0xffff, Bytes{})
                          .option(9, Bytes{1, 2})
                          .bytes(); // without an end, and a resolution of the wrong length
    file.section().block(4, somePacket(40)).interface(1, 0, odd);
    file.block(5, somePacket(1000)).block(0xbad, somePacket(100000, 2));
    file.enhancedPacket(0, 2, somePacket(20), odd);
    file.block(10, {}).block(0x80000001, somePacket(7));
    file.enhancedPacket(0, 3, somePacket(21));

    const ReadResult read = readAll(file.bytes());
    QCOMPARE(read.problem, std::string());
    QCOMPARE(read.packets, (std::vector<Bytes>{somePacket(20), somePacket(21)}));
    QCOMPARE(read.records[1].timestamp, 3000);
}

void GoodCapturesTest::manyDevicesShareTheLastNumber()
{
    CaptureBlob file;
    file.section();
    for (int i = 0; i < 300; ++i)
        file.interface(static_cast<std::uint16_t>(i % 2 ? 1 : 101));
    file.enhancedPacket(299, 1, somePacket(20)).enhancedPacket(254, 1, somePacket(20));
    const ReadResult read = readAll(file.bytes());
    QCOMPARE(read.records.at(0).device, std::uint8_t{255});
    QCOMPARE(read.records.at(0).linkType, LinkType::ethernet);
    QCOMPARE(read.records.at(1).device, std::uint8_t{254});
}

void GoodCapturesTest::packetsMayBeEmptyOrLargerThanOnTheWire()
{
    CaptureBlob classic;
    classic.pcapHeader().pcapRecord(1, 1, 0, 0, {}).pcapRecord(2, 2, 20, 0, somePacket(20));
    classic.pcapRecord(0, 0, 0, 0, {}).pcapRecord(3, 2'000'000, 20, 5, somePacket(20, 4));
    const ReadResult read = readAll(classic.bytes());
    QCOMPARE(read.problem, std::string());
    QCOMPARE(read.packets, (std::vector<Bytes>{{}, somePacket(20), {}, somePacket(20, 4)}));
    QCOMPARE(read.records[3].originalLength, 5u);
    QCOMPARE(read.records[3].timestamp, 5 * second); // microseconds may exceed a second

    CaptureBlob modern;
    modern.section().interface().enhancedPacket(0, 0, {}).simplePacket(0, {});
    QCOMPARE(readAll(modern.bytes()).packets, (std::vector<Bytes>{{}, {}}));
}

TCPW_TEST(GoodCapturesTest);
#include "tst_goodcaptures.moc"
