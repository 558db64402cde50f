// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/packet/randompacket.h"
#include "drafts.h"
#include "support/testcase.h"
#include "templates/builtins.h"
#include "templates/overwrite.h"

#include <QTest>

namespace tcpw {

class OverwriteTest : public QObject
{
    Q_OBJECT
private slots:
    void changesTheFieldThatWasTypedOver();
    void letsAutomaticChecksumsFollow();
    void keepsAChecksumThatWasTyped();
    void keepsPlaceholders();
    void keepsWhatIsTheUsersOwn();
    void keepsBytesThatMakeNoSense();
    void leavesAllOtherBytesAsTyped();
    void readsAnotherPacket();
};

namespace {

Draft builtinDraft(const char* id)
{
    for (const Template& one : builtinTemplates())
        if (one.id == id)
            return one.draft;
    return {};
}

Packet resolved(const Draft& draft)
{
    return resolve(draft, fullSource()).value();
}

/// The draft with one byte of its packet typed over.
Draft typed(const Draft& draft, std::size_t at, std::uint8_t value)
{
    const Packet packet = resolved(draft);
    Bytes bytes = encode(packet);
    bytes.at(at) = value;
    return overwritten(draft, packet, bytes);
}

constexpr std::size_t ipBegin = 14; // behind Ethernet
constexpr std::size_t tcpBegin = 34; // behind IPv4 without options

} // namespace

void OverwriteTest::changesTheFieldThatWasTypedOver()
{
    const Draft draft = typed(builtinDraft("syn"), tcpBegin + 3, 80);
    QCOMPARE(fieldOf(draft, "tcp.destinationPort"), QStringLiteral("8016")); // 0x1f50
    const Draft ttl = typed(builtinDraft("syn"), ipBegin + 8, 3);
    QCOMPARE(fieldOf(ttl, "ipv4.timeToLive"), QStringLiteral("3"));
}

void OverwriteTest::letsAutomaticChecksumsFollow()
{
    const Draft draft = typed(builtinDraft("syn"), ipBegin + 8, 3);
    QCOMPARE(fieldOf(draft, "ipv4.headerChecksum"), QStringLiteral("auto"));
    QCOMPARE(fieldOf(draft, "tcp.checksum"), QStringLiteral("auto"));
    QCOMPARE(fieldOf(draft, "ipv4.totalLength"), QStringLiteral("auto"));
    QCOMPARE(fieldOf(draft, "ethernet.etherType"), QStringLiteral("auto"));
}

void OverwriteTest::keepsAChecksumThatWasTyped()
{
    const Packet packet = resolved(builtinDraft("syn"));
    const Bytes bytes = encode(packet);
    const auto wrong = std::uint8_t(bytes[tcpBegin + 16] + 1);
    const Draft draft = typed(builtinDraft("syn"), tcpBegin + 16, wrong);
    QVERIFY(fieldOf(draft, "tcp.checksum").startsWith(u"0x"));
    QCOMPARE(encode(resolved(draft))[tcpBegin + 16], wrong);
    // The right one typed again is the automatic one.
    QCOMPARE(fieldOf(typed(draft, tcpBegin + 16, bytes[tcpBegin + 16]), "tcp.checksum"),
        QStringLiteral("auto"));
}

void OverwriteTest::keepsPlaceholders()
{
    const Draft before = builtinDraft("syn");
    QVERIFY(before.placeholders.size() > 3);
    const Draft draft = typed(before, ipBegin + 8, 3);
    QCOMPARE(draft.placeholders, before.placeholders);
    const Draft other = typed(before, tcpBegin + 7, 0x79); // of the sequence number
    QCOMPARE(other.placeholders.size(), before.placeholders.size() - 1);
    QCOMPARE(fieldOf(other, "tcp.sequenceNumber"), QString::number(0x12345679));
}

void OverwriteTest::keepsWhatIsTheUsersOwn()
{
    Draft before = plainDraft();
    const Bytes bytes = encode(before.packet);
    const int length = bytes[ipBegin + 2] << 8 | bytes[ipBegin + 3];
    QVERIFY(setDraftField(before, "ipv4.totalLength", std::to_string(length)));
    const Draft draft = typed(before, ipBegin + 8, 3);
    QCOMPARE(fieldOf(draft, "ipv4.totalLength"), QString::number(length));
}

void OverwriteTest::keepsBytesThatMakeNoSense()
{
    const Draft before = builtinDraft("syn");
    const Draft draft = typed(before, tcpBegin + 12, 0x40);
    const auto* rest = draft.packet.find<Rest>();
    QVERIFY(rest);
    QCOMPARE(text(rest->wanted), QStringLiteral("TCP options and data"));
    QVERIFY2(text(rest->why).contains(u"data offset"), rest->why.c_str());
    QCOMPARE(encode(resolved(draft))[tcpBegin + 12], std::uint8_t(0x40));
    // And back: the same packet, with what was automatic automatic again.
    const Draft again = typed(draft, tcpBegin + 12, 0x50);
    QCOMPARE(encode(resolved(again)), encode(resolved(before)));
    QCOMPARE(fieldOf(again, "tcp.checksum"), QStringLiteral("auto"));
}

/// Whatever is typed where: only automatic checksums differ from it.
void OverwriteTest::leavesAllOtherBytesAsTyped()
{
    samples::RandomPacket random(20261125);
    for (int round = 0; round < 20000; ++round) {
        Draft draft;
        draft.packet = random.next(LinkType::ethernet);
        Bytes bytes = encode(draft.packet);
        const std::size_t at = random.number(std::uint32_t(bytes.size()));
        bytes[at] = std::uint8_t(random.number(256));
        const Draft next = overwritten(draft, draft.packet, bytes);
        Packet asTyped = next.packet;
        const Packet read = decode(bytes, LinkType::ethernet);
        QCOMPARE(asTyped.layers.size(), read.layers.size());
        for (std::size_t layer = 0; layer < read.layers.size(); ++layer)
            for (const Field& field : layerType(read.layers[layer]).fields)
                if (isChecksum(field))
                    QVERIFY(field.set(asTyped.layers[layer], field.get(read.layers[layer])));
        QCOMPARE(encode(asTyped), bytes);
    }
}

void OverwriteTest::readsAnotherPacket()
{
    const Draft syn = builtinDraft("syn");
    Packet other;
    other.layers = {EthernetHeader{}, Ipv6Header{}, TcpHeader{}, Payload{{1, 2, 3}}};
    const Draft draft = overwritten(syn, resolved(syn), encode(other));
    QCOMPARE(draft.packet.layers.size(), std::size_t(4));
    QVERIFY(draft.packet.find<Ipv6Header>());
    QVERIFY(!draft.placeholders.contains("tcp.sourcePort"));
    QCOMPARE(encode(resolved(draft)), encode(other));
}

TCPW_TEST(OverwriteTest);

} // namespace tcpw

#include "tst_overwrite.moc"
