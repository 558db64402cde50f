// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fields.h"
#include "randompacket.h"
#include "samples.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::samples;

class RoundTripTest : public QObject
{
    Q_OBJECT
private slots:
    void legalPacketsComeBackAsTheyWere_data() { linkTypeRows(false); }
    void legalPacketsComeBackAsTheyWere();
    void mutatedPacketsKeepTheirBytes_data() { linkTypeRows(true); }
    void mutatedPacketsKeepTheirBytes();
    void cutPacketsKeepTheirBytes_data() { linkTypeRows(true); }
    void cutPacketsKeepTheirBytes();
    void randomBytesComeBack_data() { linkTypeRows(true); }
    void randomBytesComeBack();
    void theShortestAndTheLongestComeBack_data() { linkTypeRows(true); }
    void theShortestAndTheLongestComeBack();
    void aPacketReadIntoShowsNothingOfTheLast();
    void everyLayerAloneKeepsItsBytes();

private:
    static void linkTypeRows(bool alsoUnknown);
};

namespace {

QString hex(const Bytes& from)
{
    return text(toHex(from));
}

/// True when each computed field that is stated says something else than encode() would.
bool statesOnlyWhatDiffers(const Packet& packet, const Bytes& from)
{
    for (std::size_t i = 0; i < packet.layers.size(); ++i)
        for (const Field& field : layerType(packet.layers[i]).fields) {
            if (!field.computed || field.get(packet.layers[i]) == FieldValue())
                continue;
            Packet without = packet;
            if (!field.set(without.layers[i], FieldValue()) || encode(without) == from)
                return false;
        }
    return true;
}

/// Holds the exact rule for these bytes, and that completing changes none of them.
bool comesBack(const Bytes& from, LinkType linkType)
{
    const Packet packet = decode(from, linkType);
    return encode(packet) == from && encode(completed(packet)) == from
        && statesOnlyWhatDiffers(packet, from);
}

} // namespace

void RoundTripTest::linkTypeRows(bool alsoUnknown)
{
    QTest::addColumn<int>("linkType");
    for (const LinkType linkType : linkTypes)
        if (alsoUnknown || linkType != LinkType(105))
            QTest::newRow(linkTypeName(linkType).c_str()) << int(linkType);
}

void RoundTripTest::legalPacketsComeBackAsTheyWere()
{
    QFETCH(int, linkType);
    RandomPacket random(1);
    for (int i = 0; i < 2000; ++i) {
        const Packet packet = random.next(LinkType(linkType));
        const Packet read = again(packet);
        QVERIFY2(
            read == packet, qPrintable(layerNames(read) + QLatin1Char(' ') + hex(encode(packet))));
    }
}

void RoundTripTest::mutatedPacketsKeepTheirBytes()
{
    QFETCH(int, linkType);
    RandomPacket random(2);
    for (int i = 0; i < 4000; ++i) {
        Bytes mutated = encode(random.next(LinkType(linkType)));
        for (std::uint32_t changes = 1 + random.number(4); changes > 0 && !mutated.empty();
             --changes)
            mutated[random.number(
                static_cast<std::uint32_t>(std::min<std::size_t>(mutated.size(), 80)))]
                = static_cast<std::uint8_t>(random.number(256));
        QVERIFY2(comesBack(mutated, LinkType(linkType)), qPrintable(hex(mutated)));
    }
}

void RoundTripTest::cutPacketsKeepTheirBytes()
{
    QFETCH(int, linkType);
    RandomPacket random(3);
    for (int i = 0; i < 40; ++i) {
        const Bytes whole = encode(random.next(LinkType(linkType)));
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
            QVERIFY2(comesBack(cut, LinkType(linkType)), qPrintable(hex(cut)));
        }
    }
}

void RoundTripTest::randomBytesComeBack()
{
    QFETCH(int, linkType);
    RandomPacket random(4);
    for (int i = 0; i < 5000; ++i) {
        const Bytes made = random.bytes(random.number(160));
        QVERIFY2(comesBack(made, LinkType(linkType)), qPrintable(hex(made)));
    }
}

void RoundTripTest::theShortestAndTheLongestComeBack()
{
    QFETCH(int, linkType);
    QVERIFY(comesBack({}, LinkType(linkType)));
    for (int value = 0; value < 256; ++value)
        QVERIFY(comesBack({static_cast<std::uint8_t>(value)}, LinkType(linkType)));
    for (const std::uint8_t value : {0x00, 0x45, 0x60, 0x81, 0xff})
        QVERIFY(comesBack(Bytes(200'000, value), LinkType(linkType)));
}

void RoundTripTest::aPacketReadIntoShowsNothingOfTheLast()
{
    RandomPacket random(6);
    Packet read;
    for (int i = 0; i < 5000; ++i) {
        const LinkType linkType = linkTypes[random.number(std::size(linkTypes))];
        Bytes made = linkType == LinkType(105) ? random.bytes(random.number(160))
                                               : encode(random.next(linkType));
        if (!made.empty())
            made.resize(made.size() - random.number(std::uint32_t(made.size())));
        decode(made, linkType, read);
        QVERIFY2(read == decode(made, linkType), qPrintable(hex(made)));
    }
}

void RoundTripTest::everyLayerAloneKeepsItsBytes()
{
    // Any stack can be encoded, also one that no decoder would give.
    RandomPacket random(5);
    for (int i = 0; i < 500; ++i) {
        Packet packet = random.next(LinkType::ethernet);
        const std::size_t other = random.number(static_cast<std::uint32_t>(packet.layers.size()));
        std::swap(packet.layers.front(), packet.layers[other]);
        packet.layers.insert(packet.layers.begin() + 1, Trailer{{1, 2, 3}});
        const Bytes encoded = encode(packet);
        std::size_t size = 0;
        for (const Extent& extent : layout(packet)) {
            QCOMPARE(extent.offset, size);
            size += extent.length;
        }
        QCOMPARE(size, encoded.size());
        QVERIFY(comesBack(encoded, LinkType::ethernet));
    }
}

TCPW_TEST(RoundTripTest);

#include "tst_roundtrip.moc"
