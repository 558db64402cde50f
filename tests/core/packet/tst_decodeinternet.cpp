// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "samples.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::samples;

class DecodeInternetTest : public QObject
{
    Q_OBJECT
private slots:
    void readsEveryFieldOfIpv4();
    void readsEveryFieldOfIpv6();
    void separatesWhatIpDoesNotCover();
    void takesAZeroTotalLengthToTheEnd();
    void doesNotFollowAWrongHeaderLength_data();
    void doesNotFollowAWrongHeaderLength();
    void keepsOptionsThatAreCut();
    void goesOnAtAWrongVersion();
    void readsNoTcpInALaterFragment();
    void saysWhenAFirstFragmentIsTiny();
    void readsTheHeaderOfAFirstFragment();
    void keepsInnerPacketsAsBytes_data();
    void keepsInnerPacketsAsBytes();
    void readsExtensionHeaders();
    void stopsAtAnExtensionPastTheEnd();
    void boundsTheWalkThroughExtensionHeaders();
    void readsJumbograms();
    void takesAZeroPayloadLengthToTheEnd();
    void leavesWhatFollowsNoNextHeader();
};

namespace {

/// The packet with some fixed fields set before its bytes are read.
template <typename Change> Packet readWith(Packet sent, Change change)
{
    change(sent);
    const Bytes wire = encode(sent);
    const Packet read = decode(wire, sent.linkType);
    if (encode(read) != wire)
        qFatal("The bytes did not come back.");
    return read;
}

} // namespace

void DecodeInternetTest::readsEveryFieldOfIpv4()
{
    Ipv4Header header = ipv4();
    header.version = 4;
    header.dscp = 46;
    header.ecn = 3;
    header.identification = 0xabcd;
    header.reservedFlag = true;
    header.dontFragment = true;
    header.moreFragments = false;
    header.timeToLive = 1;
    header.options.list = {Option{7, std::nullopt, {4, 0, 0, 0, 0}}};
    const Packet sent = packet({header, tcp()}, LinkType::ipv4);
    QVERIFY(again(sent) == sent);
    QVERIFY((encode(sent)[0] == 0x47));
}

void DecodeInternetTest::readsEveryFieldOfIpv6()
{
    Ipv6Header header = ipv6();
    header.dscp = 46;
    header.ecn = 1;
    header.flowLabel = 0xabcde;
    header.hopLimit = 255;
    const Packet sent = packet({header, tcp()}, LinkType::ipv6);
    QVERIFY(again(sent) == sent);
    QVERIFY(ByteView(encode(sent)).first(4)[0] == 0x6b);
}

void DecodeInternetTest::separatesWhatIpDoesNotCover()
{
    for (const Layer& ip : {Layer(ipv4()), Layer(ipv6())}) {
        const Packet sent = packet({ethernet(), ip, tcp(), Trailer{Bytes(6)}});
        QVERIFY(again(sent) == sent);
    }
}

void DecodeInternetTest::takesAZeroTotalLengthToTheEnd()
{
    const Packet read
        = readWith(data(), [](Packet& sent) { sent.find<Ipv4Header>()->totalLength = 0; });
    QCOMPARE(layerNames(read), QStringLiteral("ethernet ipv4 tcp payload"));
    QVERIFY(read.find<Ipv4Header>()->totalLength == 0);
    QVERIFY(!read.find<TcpHeader>()->checksum);
}

void DecodeInternetTest::doesNotFollowAWrongHeaderLength_data()
{
    QTest::addColumn<int>("headerLength");
    QTest::addColumn<int>("totalLength");
    QTest::addColumn<QString>("why");
    for (const int words : {0, 1, 4})
        QTest::addRow("IHL %d", words) << words << 45 << QString::number(words * 4);
    QTest::newRow("total length below the header") << 5 << 19 << QStringLiteral("19");
    QTest::newRow("total length below the options") << 6 << 23 << QStringLiteral("23");
}

void DecodeInternetTest::doesNotFollowAWrongHeaderLength()
{
    QFETCH(int, headerLength);
    QFETCH(int, totalLength);
    QFETCH(QString, why);
    const Packet read = readWith(data(), [&](Packet& sent) {
        sent.find<Ipv4Header>()->headerLength = std::uint8_t(headerLength);
        sent.find<Ipv4Header>()->totalLength = std::uint16_t(totalLength);
    });
    QCOMPARE(layerNames(read), QStringLiteral("ethernet ipv4 rest"));
    QCOMPARE(text(read.find<Rest>()->wanted), QStringLiteral("TCP"));
    QVERIFY2(text(read.find<Rest>()->why).contains(why), read.find<Rest>()->why.c_str());
}

void DecodeInternetTest::keepsOptionsThatAreCut()
{
    Packet sent = data();
    sent.find<Ipv4Header>()->options.list = {Option{7, std::nullopt, SmallBytes(Bytes(37, 9))}};
    const Bytes whole = encode(sent);
    const Packet read = decode(ByteView(whole).first(14 + 30), LinkType::ethernet);
    QCOMPARE(layerNames(read), QStringLiteral("ethernet ipv4"));
    const auto* header = read.find<Ipv4Header>();
    QVERIFY(header->headerLength == 15);
    QVERIFY(header->options.list[0].length == 39);
    QCOMPARE(header->options.list[0].data.size(), std::size_t(8));
}

void DecodeInternetTest::goesOnAtAWrongVersion()
{
    const Packet read
        = readWith(data(), [](Packet& sent) { sent.find<Ipv4Header>()->version = 5; });
    QCOMPARE(layerNames(read), QStringLiteral("ethernet ipv4 tcp payload"));
    QCOMPARE(read.find<Ipv4Header>()->version, std::uint8_t(5));
    const Packet six = readWith(packet({ethernet(), ipv6(), tcp()}),
        [](Packet& sent) { sent.find<Ipv6Header>()->version = 0; });
    QCOMPARE(layerNames(six), QStringLiteral("ethernet ipv6 tcp"));
}

void DecodeInternetTest::readsNoTcpInALaterFragment()
{
    const Packet read = readWith(data(), [](Packet& sent) {
        sent.find<Ipv4Header>()->fragmentOffset = 1;
        sent.find<Ipv4Header>()->dontFragment = false;
    });
    QCOMPARE(layerNames(read), QStringLiteral("ethernet ipv4 payload"));
    QVERIFY(read.find<Ipv4Header>()->protocol == 6);

    Ipv6Fragment fragment;
    fragment.fragmentOffset = 3;
    const Packet six = readWith(
        packet({ethernet(), ipv6(), fragment, tcp(), Payload{{1, 2, 3}}}), [](Packet&) {});
    QCOMPARE(layerNames(six), QStringLiteral("ethernet ipv6 fragment payload"));
}

void DecodeInternetTest::saysWhenAFirstFragmentIsTiny()
{
    Ipv4Header header = ipv4();
    header.moreFragments = true;
    header.protocol = 6;
    const Packet read = again(packet({ethernet(), header, Payload{Bytes(8)}}));
    QCOMPARE(layerNames(read), QStringLiteral("ethernet ipv4 rest"));
    QCOMPARE(text(read.find<Rest>()->why),
        QStringLiteral("only 8 of the 20 bytes its header needs are in this fragment"));
}

void DecodeInternetTest::readsTheHeaderOfAFirstFragment()
{
    // The options go on in the next fragment.
    Packet sent = data();
    sent.find<Ipv4Header>()->moreFragments = true;
    sent.find<TcpHeader>()->dataOffset = 10;
    sent.layers.pop_back();
    sent.find<TcpHeader>()->options.list = {tcpOption::maximumSegmentSize(1460)};
    const Packet read = again(sent);
    QCOMPARE(layerNames(read), QStringLiteral("ethernet ipv4 tcp"));
    QVERIFY(read.find<TcpHeader>()->dataOffset == 10);
    QCOMPARE(read.find<TcpHeader>()->options.list.size(), std::size_t(1));
}

void DecodeInternetTest::keepsInnerPacketsAsBytes_data()
{
    QTest::addColumn<int>("protocol");
    for (const int protocol : {4, 41, 47, 50, 51, 59, 0, 43, 60, 255})
        QTest::addRow("protocol %d", protocol) << protocol;
}

void DecodeInternetTest::keepsInnerPacketsAsBytes()
{
    QFETCH(int, protocol);
    Packet sent = packet({ethernet(), ipv4(), Payload{encode(packet({ipv4(), tcp()}))}});
    sent.find<Ipv4Header>()->protocol = std::uint8_t(protocol);
    const Packet read = again(sent);
    QCOMPARE(layerNames(read), QStringLiteral("ethernet ipv4 payload"));
    QVERIFY(encode(read) == encode(sent));
}

void DecodeInternetTest::readsExtensionHeaders()
{
    std::vector<Layer> layers = {ethernet(), ipv6()};
    for (const int type : {0, 43, 60, 135, 139, 140})
        layers.emplace_back(Ipv6Extension{std::uint8_t(type), {}, {}, Bytes(14, 0)});
    layers.emplace_back(Ipv6Extension{51, {}, {}, Bytes(10, 0)});
    layers.emplace_back(Ipv6Fragment());
    layers.emplace_back(tcp());
    const Packet sent = packet(layers);
    QVERIFY(again(sent) == sent);
}

void DecodeInternetTest::stopsAtAnExtensionPastTheEnd()
{
    const Packet read
        = readWith(packet({ethernet(), ipv6(), Ipv6Extension{60, {}, {}, Bytes(6, 0)}, tcp()}),
            [](Packet& sent) { sent.find<Ipv6Extension>()->length = 40; });
    QCOMPARE(layerNames(read), QStringLiteral("ethernet ipv6 extension"));
    QVERIFY(read.find<Ipv6Extension>()->length == 40);
    QVERIFY(read.find<Ipv6Extension>()->nextHeader == 6);
    QCOMPARE(read.find<Ipv6Extension>()->body.size(), std::size_t(6 + 20));
}

void DecodeInternetTest::boundsTheWalkThroughExtensionHeaders()
{
    std::vector<Layer> layers = {ethernet(), ipv6()};
    layers.insert(layers.end(), 1000, Ipv6Extension{60, {}, {}, Bytes(6, 0)});
    layers.emplace_back(tcp());
    const Packet sent = packet(layers);
    const Packet read = again(sent);
    QCOMPARE(read.layers.size(), std::size_t(65));
    QVERIFY(encode(read) == encode(sent));
    QVERIFY(!read.find<TcpHeader>());
}

void DecodeInternetTest::readsJumbograms()
{
    // RFC 2675: the payload length is 0, the real one in a hop-by-hop option.
    const std::uint32_t length = 8 + 20 + 70'000;
    Bytes body = {0xc2, 4, std::uint8_t(length >> 24), std::uint8_t(length >> 16),
        std::uint8_t(length >> 8), std::uint8_t(length)};
    const Packet sent = packet({ethernet(), ipv6(), Ipv6Extension{0, {}, {}, body},
        tcp(ControlBits::ack), Payload{Bytes(70'000, 7)}, Trailer{Bytes(4)}});
    const Packet read = again(sent);
    QVERIFY(read == sent);
}

void DecodeInternetTest::takesAZeroPayloadLengthToTheEnd()
{
    const Packet read = readWith(packet({ethernet(), ipv6(), tcp(), Payload{{1, 2}}}),
        [](Packet& sent) { sent.find<Ipv6Header>()->payloadLength = 0; });
    QCOMPARE(layerNames(read), QStringLiteral("ethernet ipv6 tcp payload"));
    // With nothing announced, what follows is padding.
    const Packet empty = again(packet({ethernet(), ipv6(), Trailer{Bytes(6)}}));
    QCOMPARE(layerNames(empty), QStringLiteral("ethernet ipv6 trailer"));
}

void DecodeInternetTest::leavesWhatFollowsNoNextHeader()
{
    const Packet sent = packet({ethernet(), ipv6(), Payload{{1, 2, 3}}});
    QVERIFY(again(sent) == sent);
}

TCPW_TEST(DecodeInternetTest);

#include "tst_decodeinternet.moc"
