// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fields.h"
#include "samples.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::samples;

class FieldPathTest : public QObject
{
    Q_OBJECT
private slots:
    void everyFieldIsFoundByItsOwnName();
    void layersOfOneNameAreCounted();
    void payloadAloneIsItsBytes();
    void aMissingPayloadIsMade();
    void anythingElseIsRefused_data();
    void anythingElseIsRefused();
    void aRefusedValueChangesNothing();
    void bitsAreThoseOfTheEncodedPacket();
    void optionsReachToTheEndOfTheirHeader();
    void whatIsNotSentHasNoBits();
};

namespace {

Packet tagged()
{
    return packet({ethernet(), VlanTag{0, false, 1, {}}, VlanTag{0, false, 2, {}}, ipv4(),
        tcpWith({tcpOption::windowScale(7)}), Payload{{1, 2}}, Trailer{{3}}});
}

} // namespace

void FieldPathTest::everyFieldIsFoundByItsOwnName()
{
    const Packet packet = tagged();
    for (std::size_t i = 0; i < packet.layers.size(); ++i)
        for (const Field& field : layerType(packet.layers[i]).fields) {
            const std::string name = pathName(packet, {i, &field});
            const auto found = findPath(packet, name);
            QVERIFY2(found, name.c_str());
            QCOMPARE(found->layer, i);
            QCOMPARE(found->field, &field);
        }
}

void FieldPathTest::layersOfOneNameAreCounted()
{
    Packet packet = tagged();
    QVERIFY(setField(packet, "vlan[1].identifier", "99"));
    QVERIFY(setField(packet, "vlan.identifier", "98"));
    QCOMPARE(std::get<VlanTag>(packet.layers[1]).identifier, std::uint16_t(98));
    QCOMPARE(std::get<VlanTag>(packet.layers[2]).identifier, std::uint16_t(99));
    const auto* field = findField(*findLayerType("vlan"), "identifier");
    QCOMPARE(text(pathName(packet, {2, field})), QStringLiteral("vlan[1].identifier"));
    QCOMPARE(text(pathName(packet, {0, findField(*findLayerType("ethernet"), "source")})),
        QStringLiteral("ethernet.source"));
}

void FieldPathTest::payloadAloneIsItsBytes()
{
    Packet packet = tagged();
    QVERIFY(setField(packet, "payload", "text:hello"));
    QCOMPARE(text(*fieldText(packet, "payload.bytes")), QStringLiteral("text:hello"));
    QVERIFY(setField(packet, "trailer", "hex:0000"));
    const auto* field = &findLayerType("payload")->fields[0];
    QCOMPARE(text(pathName(packet, {5, field})), QStringLiteral("payload"));
}

void FieldPathTest::aMissingPayloadIsMade()
{
    Packet packet = syn();
    packet.layers.emplace_back(Trailer{{0}});
    QVERIFY(!setField(packet, "payload", "text:\\q"));
    QCOMPARE(layerNames(packet), QStringLiteral("ethernet ipv4 tcp trailer"));
    QVERIFY(setField(packet, "payload", "text:hello"));
    QCOMPARE(layerNames(packet), QStringLiteral("ethernet ipv4 tcp payload trailer"));
    QVERIFY(!findPath(syn(), "payload"));
}

void FieldPathTest::anythingElseIsRefused_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("says");
    QTest::newRow("empty") << ""
                           << "ethernet, vlan[0], vlan[1], ipv4, tcp, payload and trailer";
    QTest::newRow("layer") << "udp.length"
                           << "the packet has the layers ethernet";
    QTest::newRow("field") << "tcp.port"
                           << "tcp has the fields sourcePort, destinationPort";
    QTest::newRow("no field") << "tcp"
                              << "tcp has the fields";
    QTest::newRow("dot alone") << "payload."
                               << "payload has the fields bytes";
    QTest::newRow("index") << "vlan[2].identifier"
                           << "vlan[1]";
    QTest::newRow("no number") << "vlan[x].identifier"
                               << "no path";
    QTest::newRow("not closed") << "vlan[1.identifier"
                                << "no path";
    QTest::newRow("case") << "TCP.checksum"
                          << "the packet has the layers";
}

void FieldPathTest::anythingElseIsRefused()
{
    QFETCH(QString, path);
    QFETCH(QString, says);
    const auto found = findPath(tagged(), path.toStdString());
    QVERIFY(!found);
    QVERIFY2(text(found.error().message).contains(says), found.error().message.c_str());
    Packet packet = tagged();
    QVERIFY(!setField(packet, path.toStdString(), "1"));
    QVERIFY(!fieldText(packet, path.toStdString()));
    QVERIFY(packet == tagged());
}

void FieldPathTest::aRefusedValueChangesNothing()
{
    Packet packet = tagged();
    QVERIFY(!setField(packet, "tcp.sourcePort", "65536"));
    QVERIFY(!setField(packet, "tcp.sourcePort", "auto"));
    QVERIFY(!setField(packet, "tcp.options", "mss=1460,what"));
    QVERIFY(packet == tagged());
    QVERIFY(setField(packet, "tcp.checksum", "0x1234"));
    QVERIFY(setField(packet, "tcp.checksum", "auto"));
    QVERIFY(packet == tagged());
}

void FieldPathTest::bitsAreThoseOfTheEncodedPacket()
{
    const Packet packet = tagged();
    const auto range = [&](const char* path) {
        return bitRange(packet, *findPath(packet, path));
    };
    QCOMPARE(range("ethernet.source").offset, std::size_t(48));
    QCOMPARE(range("vlan[1].identifier").offset, std::size_t(8 * (14 + 4) + 4));
    QCOMPARE(range("vlan[1].identifier").length, std::size_t(12));
    QCOMPARE(range("tcp.sourcePort").offset, std::size_t(8 * (14 + 8 + 20)));
    QCOMPARE(range("tcp.controlBits").offset, std::size_t(8 * (14 + 8 + 20 + 12) + 4));
    QCOMPARE(range("tcp.controlBits").length, std::size_t(12));
    QCOMPARE(range("payload").offset, std::size_t(8 * (14 + 8 + 20 + 24)));
    QCOMPARE(range("payload").length, std::size_t(16));
    QCOMPARE(range("trailer").length, std::size_t(8));
}

void FieldPathTest::optionsReachToTheEndOfTheirHeader()
{
    const Packet packet = tagged();
    const auto found = findPath(packet, "tcp.options");
    QCOMPARE(bitRange(packet, *found).offset, std::size_t(8 * (14 + 8 + 20 + 20)));
    QCOMPARE(bitRange(packet, *found).length, std::size_t(32)); // the padding included
    const auto none = findPath(packet, "ipv4.options");
    QCOMPARE(bitRange(packet, *none).length, std::size_t(0));
}

void FieldPathTest::whatIsNotSentHasNoBits()
{
    const Packet packet = samples::packet({ipv4(), IcmpHeader(), Rest{"TCP", "why", {1}}});
    QCOMPARE(bitRange(packet, *findPath(packet, "icmp.version6")).length, std::size_t(0));
    QCOMPARE(bitRange(packet, *findPath(packet, "rest.why")).length, std::size_t(0));
    QCOMPARE(bitRange(packet, *findPath(packet, "rest.bytes")).length, std::size_t(8));
    QCOMPARE(bitRange(packet, FieldPath{9, findPath(packet, "rest.bytes")->field}).length,
        std::size_t(0));
}

TCPW_TEST(FieldPathTest);

#include "tst_fieldpath.moc"
