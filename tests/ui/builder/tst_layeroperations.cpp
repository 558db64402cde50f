// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "templates/template.h"
#include "ui/builder/layeroperations.h"

#include <QTest>

using namespace tcpw;

Q_DECLARE_METATYPE(tcpw::LayerOperation)

class LayerOperationsTest : public QObject
{
    Q_OBJECT
private slots:
    void addsALayerWhereItBelongs_data();
    void addsALayerWhereItBelongs();
    void keepsPlaceholdersWithTheirFields();
    void exchangesTheIpVersion();
    void doesNothingWhereItMakesNoSense();
    void neverRemovesTheFirstLayer();
    void swapsTheEndsOfAllLayers();
};

namespace {

std::string stack(const Packet& packet)
{
    std::string names;
    for (const Layer& layer : packet.layers)
        names += (names.empty() ? "" : " ") + std::string(layerType(layer).name);
    return names;
}

} // namespace

void LayerOperationsTest::addsALayerWhereItBelongs_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<LayerOperation>("operation");
    QTest::addColumn<QByteArray>("stack");
    const auto row
        = [](const char* tag, const char* from, LayerOperation operation, const char* expected) {
              QTest::newRow(tag) << QByteArray(from) << operation << QByteArray(expected);
          };
    row("tag", "syn", LayerOperation::addVlanTag, "ethernet vlan ipv4 tcp");
    row("payload", "syn", LayerOperation::addPayload, "ethernet ipv4 tcp payload");
    row("trailer", "data", LayerOperation::addTrailer, "ethernet ipv4 tcp payload trailer");
    row("extension", "syn-ipv6", LayerOperation::addExtension, "ethernet ipv6 extension tcp");
    row("fragment", "syn-ipv6", LayerOperation::addFragment, "ethernet ipv6 fragment tcp");
    row("IPv6", "syn", LayerOperation::useIpv6, "ethernet ipv6 tcp");
    row("IPv4", "syn-ipv6", LayerOperation::useIpv4, "ethernet ipv4 tcp");
}

void LayerOperationsTest::addsALayerWhereItBelongs()
{
    QFETCH(QByteArray, from);
    QFETCH(LayerOperation, operation);
    Draft draft = findBuiltin(from.constData())->draft;
    const std::optional<std::size_t> added = apply(draft, operation);
    QVERIFY(added.has_value());
    QVERIFY(*added < draft.packet.layers.size());
    QTEST(QByteArray::fromStdString(stack(draft.packet)), "stack");
}

void LayerOperationsTest::keepsPlaceholdersWithTheirFields()
{
    const Draft before = findBuiltin("syn")->draft;
    Draft draft = before;
    apply(draft, LayerOperation::addVlanTag);
    apply(draft, LayerOperation::addVlanTag);
    QCOMPARE(stack(draft.packet), std::string("ethernet vlan vlan ipv4 tcp"));
    QCOMPARE(draft.placeholders, before.placeholders);
    removeLayer(draft, 1);
    removeLayer(draft, 1);
    QCOMPARE(draft, before);

    removeLayer(draft, 2);
    QVERIFY(!draft.placeholders.contains("tcp.sourcePort"));
    QVERIFY(draft.placeholders.contains("ethernet.source"));
}

void LayerOperationsTest::exchangesTheIpVersion()
{
    Draft draft = findBuiltin("syn")->draft;
    QVERIFY(setDraftField(draft, "ipv4.timeToLive", "7").has_value());
    apply(draft, LayerOperation::useIpv6);
    QCOMPARE(*draftFieldText(draft, "ipv6.hopLimit"), std::string("7"));
    QCOMPARE(*draftFieldText(draft, "ipv6.source"), std::string("{device.ipv6}"));
    QCOMPARE(*draftFieldText(draft, "ipv6.destination"), std::string("{peer.ipv6}"));
    QCOMPARE(*draftFieldText(draft, "tcp.sourcePort"), std::string("{new.port}"));
    apply(draft, LayerOperation::addExtension);
    apply(draft, LayerOperation::useIpv4);
    QCOMPARE(stack(draft.packet), std::string("ethernet ipv4 tcp"));
    QCOMPARE(*draftFieldText(draft, "ipv4.timeToLive"), std::string("7"));
    QCOMPARE(*draftFieldText(draft, "ipv4.source"), std::string("{device.ipv4}"));
}

void LayerOperationsTest::doesNothingWhereItMakesNoSense()
{
    Draft draft = findBuiltin("data")->draft;
    const Draft before = draft;
    for (const auto operation : {LayerOperation::addPayload, LayerOperation::addTcp,
             LayerOperation::useIpv4, LayerOperation::addFragment}) {
        QVERIFY(!isPossible(draft.packet, operation));
        QVERIFY(!apply(draft, operation).has_value());
        QCOMPARE(draft, before);
    }
}

void LayerOperationsTest::swapsTheEndsOfAllLayers()
{
    Draft draft = findBuiltin("syn")->draft;
    QVERIFY(setDraftField(draft, "ipv4.destination", "10.9.8.7").has_value());
    QVERIFY(setDraftField(draft, "tcp.destinationPort", "80").has_value());
    const Draft before = draft;
    QVERIFY(isPossible(draft.packet, LayerOperation::swapEnds));
    QVERIFY(apply(draft, LayerOperation::swapEnds).has_value());
    const std::pair<const char*, const char*> swapped[]
        = {{"ethernet.source", "{peer.mac}"}, {"ethernet.destination", "{device.mac}"},
            {"ipv4.source", "10.9.8.7"}, {"ipv4.destination", "{device.ipv4}"},
            {"tcp.sourcePort", "80"}, {"tcp.destinationPort", "{new.port}"}};
    for (const auto& [path, text] : swapped)
        QCOMPARE(*draftFieldText(draft, path), std::string(text));

    // The peer's MAC address is asked for by its address, which is the source now.
    PlaceholderSource source;
    source.deviceIpv4 = *parseIpv4("10.0.0.1");
    source.newPort = [] {
        return Result<std::uint16_t>(40000);
    };
    source.newSequence = [] {
        return 1u;
    };
    std::string asked;
    source.peerMac = [&asked](const IpAddress& address) {
        asked = toText(address);
        return Result<MacAddress>(MacAddress{});
    };
    QVERIFY(resolve(draft, source).has_value());
    QCOMPARE(asked, std::string("10.9.8.7"));

    apply(draft, LayerOperation::swapEnds);
    QCOMPARE(draft, before);
}

void LayerOperationsTest::neverRemovesTheFirstLayer()
{
    const Packet packet = findBuiltin("syn")->draft.packet;
    QVERIFY(!isRemovable(packet, 0));
    QVERIFY(isRemovable(packet, 1));
    QVERIFY(isRemovable(packet, 2));
    QVERIFY(!isRemovable(packet, 3));
}

TCPW_TEST(LayerOperationsTest);

#include "tst_layeroperations.moc"
