// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/checksum.h"
#include "packet/tcpoptions.h"
#include "support/testcase.h"
#include "ui/inspector/packetdetails.h"
#include "ui/testpackets.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

namespace {

const DetailsRow& row(const PacketDetails& details, const char* path)
{
    const int at = details.rowOf(QString::fromLatin1(path));
    if (at < 0)
        qFatal("there is no row for %s", path);
    return details.rows[std::size_t(at)];
}

/// A handshake segment as it would be captured, after `change` was made to its bytes.
PacketDetails captured(void (*change)(Bytes&) = [](Bytes&) {})
{
    Bytes bytes = encode(segmentPacket({Origin::peer, ControlBits::syn | ControlBits::ack, 7, 8}));
    change(bytes);
    return capturedDetails(decode(bytes, LinkType::ethernet), bytes.size());
}

constexpr std::size_t tcpChecksumAt = 14 + 20 + 16;

} // namespace

class PacketDetailsTest : public QObject
{
    Q_OBJECT
private slots:
    void hasARowForEveryFieldOfEveryLayer();
    void saysWhereEachFieldLies();
    void showsComputedFieldsOfADraft();
    void namesTheRightValueBesideAWrongOne();
    void tellsChecksumStatesApart_data();
    void tellsChecksumStatesApart();
    void namesAnomaliesWhereTheyAre();
    void listsOptionsWithTheirBytes();
    void findsTheShortestFieldAtAByte();
    void makesAnOffloadedChecksumAutomatic();
    void readsAnyBytes();
};

void PacketDetailsTest::hasARowForEveryFieldOfEveryLayer()
{
    const PacketDetails details = captured();
    std::size_t expected = 0;
    for (const Layer& layer : details.packet.layers)
        expected += 1 + layerType(layer).fields.size();
    QCOMPARE(details.rows.size(), expected);
    for (std::size_t at = 0; at < details.rows.size(); ++at)
        QVERIFY(details.rows[at].parent < int(at));
    QCOMPARE(row(details, "tcp.sourcePort").value, u"8081"_s);
}

void PacketDetailsTest::saysWhereEachFieldLies()
{
    const PacketDetails details = captured();
    QCOMPARE(row(details, "tcp.sequenceNumber").bits.offset, std::size_t((14 + 20 + 4) * 8));
    QCOMPARE(row(details, "tcp.sequenceNumber").bits.length, std::size_t(32));
    QCOMPARE(row(details, "ipv4.headerLength").bits.length, std::size_t(4));
}

void PacketDetailsTest::showsComputedFieldsOfADraft()
{
    const Packet draft = segmentPacket({});
    const PacketDetails details = draftDetails(draft);
    const DetailsRow& checksum = row(details, "tcp.checksum");
    const Bytes bytes = encode(draft);
    const int sent = bytes[tcpChecksumAt] << 8 | bytes[tcpChecksumAt + 1];
    QCOMPARE(checksum.value, u"0x"_s + QString::number(sent, 16).rightJustified(4, u'0'));
    QVERIFY(checksum.meaning.contains(u"automatic"_s));
    QVERIFY(checksum.problem.isEmpty());
}

void PacketDetailsTest::namesTheRightValueBesideAWrongOne()
{
    Packet draft = segmentPacket({});
    const QString right = row(draftDetails(draft), "tcp.checksum").value;
    QVERIFY(setField(draft, "tcp.checksum", "0x1234"));
    const DetailsRow wrong = row(draftDetails(draft), "tcp.checksum");
    QCOMPARE(wrong.value, u"0x1234"_s);
    QVERIFY2(wrong.problem.contains(right), qPrintable(wrong.problem));
    QVERIFY(setField(draft, "tcp.checksum", right.toStdString()));
    QVERIFY(row(draftDetails(draft), "tcp.checksum").problem.isEmpty());
}

void PacketDetailsTest::tellsChecksumStatesApart_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("words");
    QTest::newRow("good") << int(ChecksumState::good) << u"good"_s;
    QTest::newRow("bad") << int(ChecksumState::bad) << u"wrong: right is"_s;
    QTest::newRow("offload") << int(ChecksumState::offload) << u"not computed yet (offload)"_s;
    QTest::newRow("unverified") << int(ChecksumState::unverified) << u"not verified"_s;
}

void PacketDetailsTest::tellsChecksumStatesApart()
{
    QFETCH(int, state);
    QFETCH(QString, words);
    Bytes bytes = encode(segmentPacket({Origin::kernel, ControlBits::ack, 7, 8}));
    std::size_t originalLength = bytes.size();
    if (ChecksumState(state) == ChecksumState::bad)
        bytes[tcpChecksumAt] ^= 0x55;
    if (ChecksumState(state) == ChecksumState::offload) {
        // The folded sum of addresses, protocol and length, not complemented.
        const Bytes pseudo{192, 168, 56, 101, 192, 168, 56, 102, 0, 6, 0, 20};
        const std::uint16_t sum = onesComplementSum(pseudo);
        bytes[tcpChecksumAt] = std::uint8_t(sum >> 8);
        bytes[tcpChecksumAt + 1] = std::uint8_t(sum);
    }
    if (ChecksumState(state) == ChecksumState::unverified)
        originalLength += 100;
    if (ChecksumState(state) == ChecksumState::unverified) {
        Packet longer = segmentPacket(
            {Origin::kernel, ControlBits::ack, 7, 8, 40000, 8081, Bytes(100, 0x41)});
        bytes = encode(longer);
        originalLength = bytes.size();
        bytes.resize(bytes.size() - 50);
    }
    const PacketDetails details
        = capturedDetails(decode(bytes, LinkType::ethernet), originalLength);
    const DetailsRow& checksum = row(details, "tcp.checksum");
    const QString said = checksum.meaning + checksum.problem;
    QVERIFY2(said.contains(words), qPrintable(said));
    QCOMPARE(checksum.problem.isEmpty(), ChecksumState(state) != ChecksumState::bad);
}

void PacketDetailsTest::namesAnomaliesWhereTheyAre()
{
    const PacketDetails details = captured([](Bytes& bytes) { bytes[14 + 20 + 12] = 0x40; });
    const DetailsRow& offset = row(details, "tcp.dataOffset");
    QVERIFY2(!offset.problem.isEmpty(), qPrintable(offset.value));
}

void PacketDetailsTest::listsOptionsWithTheirBytes()
{
    Packet packet = segmentPacket({});
    packet.find<TcpHeader>()->options.list = {
        tcpOption::maximumSegmentSize(1460), tcpOption::noOperation(), tcpOption::windowScale(7)};
    const PacketDetails details = draftDetails(packet);
    const int parent = details.rowOf(u"tcp.options"_s);
    QVERIFY(parent >= 0);
    QList<const DetailsRow*> options;
    for (const DetailsRow& one : details.rows)
        if (one.parent == parent)
            options << &one;
    QCOMPARE(options.size(), 3);
    QCOMPARE(options[0]->bits.offset, std::size_t((14 + 20 + 20) * 8));
    QCOMPARE(options[1]->bits.offset, std::size_t((14 + 20 + 24) * 8));
    QCOMPARE(options[2]->bits.length, std::size_t(24));
    QVERIFY(options[0]->value.contains(u"1460"_s));
    QVERIFY(options[0]->problem.isEmpty());
}

void PacketDetailsTest::findsTheShortestFieldAtAByte()
{
    const PacketDetails details = captured();
    const auto at = [&](std::size_t byte) {
        const DetailsRow& found = details.rows[std::size_t(details.rowAt(byte))];
        return found.path.field ? QString::fromUtf8(found.path.field->name) : QString();
    };
    QCOMPARE(at(14 + 20 + 5), u"sequenceNumber"_s);
    QCOMPARE(at(0), u"destination"_s);
    QCOMPARE(at(14 + 20 + 14), u"window"_s);
    QCOMPARE(details.rowAt(10000), -1);
}

void PacketDetailsTest::makesAnOffloadedChecksumAutomatic()
{
    Packet packet = segmentPacket({Origin::kernel, ControlBits::ack, 7, 8});
    const Bytes pseudo{192, 168, 56, 101, 192, 168, 56, 102, 0, 6, 0, 20};
    packet.find<TcpHeader>()->checksum = onesComplementSum(pseudo);
    const Packet decoded = decode(encode(packet), LinkType::ethernet);
    QVERIFY(decoded.find<TcpHeader>()->checksum);
    QVERIFY(!editable(decoded, encode(packet).size()).find<TcpHeader>()->checksum);

    packet.find<TcpHeader>()->checksum = 0x1234;
    const Packet wrong = decode(encode(packet), LinkType::ethernet);
    QCOMPARE(editable(wrong, encode(packet).size()), wrong);
}

void PacketDetailsTest::readsAnyBytes()
{
    const Bytes whole = encode(segmentPacket({}));
    for (std::size_t length = 0; length <= whole.size(); ++length) {
        const Bytes part(whole.begin(), whole.begin() + std::ptrdiff_t(length));
        const PacketDetails details
            = capturedDetails(decode(part, LinkType::ethernet), whole.size());
        QCOMPARE(details.bytes, part);
        for (std::size_t byte = 0; byte < part.size(); ++byte)
            QVERIFY(details.rowAt(byte) >= 0);
    }
}

TCPW_TEST(PacketDetailsTest);
#include "tst_packetdetails.moc"
