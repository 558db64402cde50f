// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "samples.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::samples;

class DecodeTransportTest : public QObject
{
    Q_OBJECT
private slots:
    void readsEveryFieldOfTcp();
    void keepsAllTwelveControlBits();
    void doesNotFollowAWrongDataOffset_data();
    void doesNotFollowAWrongDataOffset();
    void readsOptionsThatTheCaptureCut();
    void keepsTheStartOfAHeaderThatIsNotWhole();
    void readsUdpAndIcmp();
    void keepsWhatAUdpLengthSays();
    void givesNoPayloadWhereThereIsNone();
};

void DecodeTransportTest::readsEveryFieldOfTcp()
{
    TcpHeader header = tcp(ControlBits::ack | ControlBits::urg);
    header.acknowledgmentNumber = 0xffffffff;
    header.window = 1;
    header.urgentPointer = 7;
    header.options.list = {tcpOption::noOperation(), tcpOption::noOperation(),
        tcpOption::timestamps({1, 2}), Option{253, std::nullopt, {1, 2, 3}}};
    const Packet sent = packet({ethernet(), ipv4(), header, Payload{{1}}});
    QVERIFY(again(sent) == sent);
}

void DecodeTransportTest::keepsAllTwelveControlBits()
{
    for (std::uint16_t value = 0; value < 0x1000; ++value) {
        const Packet sent = packet({ethernet(), ipv4(), tcp(value)});
        QCOMPARE(again(sent).find<TcpHeader>()->controlBits.value, value);
    }
}

void DecodeTransportTest::doesNotFollowAWrongDataOffset_data()
{
    QTest::addColumn<int>("words");
    for (const int words : {0, 1, 2, 3, 4, 7, 15})
        QTest::addRow("%d", words) << words;
}

void DecodeTransportTest::doesNotFollowAWrongDataOffset()
{
    QFETCH(int, words);
    Packet sent = data("hello");
    sent.find<TcpHeader>()->dataOffset = std::uint8_t(words);
    const Packet read = again(sent);
    QCOMPARE(layerNames(read), QStringLiteral("ethernet ipv4 tcp rest"));
    QVERIFY(read.find<TcpHeader>()->dataOffset == words);
    QVERIFY(read.find<TcpHeader>()->options.list.empty());
    QCOMPARE(read.find<Rest>()->bytes.size(), std::size_t(5));
    QVERIFY(encode(read) == encode(sent));
}

void DecodeTransportTest::readsOptionsThatTheCaptureCut()
{
    Packet sent = data("hello");
    sent.find<TcpHeader>()->options.list
        = {tcpOption::maximumSegmentSize(1460), tcpOption::timestamps({1, 2})};
    const Bytes whole = encode(sent);
    const ByteView cut = ByteView(whole).first(14 + 20 + 20 + 10);
    const Packet read = decode(cut, LinkType::ethernet);
    QCOMPARE(layerNames(read), QStringLiteral("ethernet ipv4 tcp"));
    const auto* header = read.find<TcpHeader>();
    QCOMPARE(header->options.list.size(), std::size_t(2));
    QVERIFY(maximumSegmentSize(header->options.list[0]) == 1460);
    QVERIFY(header->options.list[1].length == 10);
    QCOMPARE(header->options.list[1].data.size(), std::size_t(4));
    QVERIFY(std::ranges::equal(encode(read), cut));
}

void DecodeTransportTest::keepsTheStartOfAHeaderThatIsNotWhole()
{
    const Bytes whole = encode(data());
    for (std::size_t size = 0; size < 20; ++size) {
        const Packet read = decode(ByteView(whole).first(34 + size), LinkType::ethernet);
        QCOMPARE(layerNames(read), QStringLiteral("ethernet ipv4 rest"));
        QCOMPARE(text(read.find<Rest>()->wanted), QStringLiteral("TCP"));
        QCOMPARE(text(read.find<Rest>()->why),
            QStringLiteral("only %1 of the 20 bytes its header needs were captured").arg(size));
        QVERIFY(read.find<Ipv4Header>()->protocol == 6);
    }
}

void DecodeTransportTest::readsUdpAndIcmp()
{
    IcmpHeader icmp;
    icmp.rest = 0x00010002;
    IcmpHeader icmp6 = icmp;
    icmp6.version6 = true;
    icmp6.type = 128;
    for (const Layer& layer : {Layer(udp()), Layer(icmp), Layer(icmp6)}) {
        const Packet four = packet({ethernet(), ipv4(), layer, Payload{{1, 2, 3}}});
        QVERIFY(again(four) == four);
        const Packet six = packet({ethernet(), ipv6(), layer});
        QVERIFY(again(six) == six);
    }
}

void DecodeTransportTest::keepsWhatAUdpLengthSays()
{
    for (const int length : {0, 7, 8, 9, 12, 65535}) {
        Packet sent = packet({ethernet(), ipv4(), udp(), Payload{{1, 2, 3}}});
        sent.find<UdpHeader>()->length = std::uint16_t(length);
        const Packet read = again(sent);
        QCOMPARE(layerNames(read), QStringLiteral("ethernet ipv4 udp payload"));
        QVERIFY(read.find<UdpHeader>()->length == length);
        QCOMPARE(read.find<Payload>()->bytes.size(), std::size_t(3));
    }
}

void DecodeTransportTest::givesNoPayloadWhereThereIsNone()
{
    QCOMPARE(layerNames(again(syn())), QStringLiteral("ethernet ipv4 tcp"));
    QCOMPARE(layerNames(again(packet({ethernet(), ipv4(), udp(), Payload{}}))),
        QStringLiteral("ethernet ipv4 udp"));
}

TCPW_TEST(DecodeTransportTest);

#include "tst_decodetransport.moc"
