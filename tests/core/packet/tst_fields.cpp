// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fields.h"
#include "randompacket.h"
#include "samples.h"
#include "support/testcase.h"

#include <QTest>

#include <set>

using namespace tcpw;
using namespace tcpw::samples;

class FieldsTest : public QObject
{
    Q_OBJECT
private slots:
    void standInTheOrderOfTheVariant();
    void areFoundByName();
    void haveWordsForAReader_data();
    void haveWordsForAReader();
    void coverTheFixedPartWithoutGap_data() { haveWordsForAReader_data(); }
    void coverTheFixedPartWithoutGap();
    void takeEveryValueThatFits_data() { haveWordsForAReader_data(); }
    void takeEveryValueThatFits();
    void refuseWhatIsTooWide_data() { haveWordsForAReader_data(); }
    void refuseWhatIsTooWide();
    void refuseValuesOfAnotherKind_data() { haveWordsForAReader_data(); }
    void refuseValuesOfAnotherKind();
    void refuseAnotherLayer_data() { haveWordsForAReader_data(); }
    void refuseAnotherLayer();
    void areTheBitsOnTheWire_data() { haveWordsForAReader_data(); }
    void areTheBitsOnTheWire();
};

namespace {

bool isNumber(const Field& field)
{
    return field.kind == FieldKind::number || field.kind == FieldKind::hexNumber
        || field.kind == FieldKind::flag || field.kind == FieldKind::controlBits;
}

unsigned width(const Field& field)
{
    if (field.bitOffset != notOnTheWire)
        return field.bitWidth;
    return field.kind == FieldKind::flag ? 1 : 8;
}

std::uint64_t largest(const Field& field)
{
    return (std::uint64_t{1} << width(field)) - 1;
}

/// Some values that a field can hold.
std::vector<FieldValue> valuesOf(const Field& field)
{
    const std::uint64_t most = isNumber(field) ? largest(field) : 0;
    switch (field.kind) {
    case FieldKind::number:
    case FieldKind::hexNumber:
    case FieldKind::flag:
    case FieldKind::controlBits:
        return {std::uint64_t{0}, std::uint64_t{1}, most, most / 2, most / 3};
    case FieldKind::mac:
        return {*parseMac("01:02:03:04:05:ff"), MacAddress()};
    case FieldKind::ipv4:
        return {*parseIpv4("10.1.2.255"), Ipv4Address()};
    case FieldKind::ipv6:
        return {*parseIpv6("fd00:56::1"), Ipv6Address()};
    case FieldKind::bytes:
        if (field.bitWidth != 0)
            return {Bytes(field.bitWidth / 8u, 0x5a), Bytes(field.bitWidth / 8u, 0)};
        return {Bytes{1, 2, 3}, Bytes{}, Bytes{'h', 'i', '\n'}};
    case FieldKind::tcpOptions:
        return {Options{{tcpOption::maximumSegmentSize(1460), tcpOption::noOperation()}, {}},
            Options{}, Options{{}, Bytes{1, 2, 3, 4, 5}}};
    case FieldKind::ipv4Options:
        return {Options{{Option{148, {}, {0, 0}}}, {}}, Options{}};
    case FieldKind::text:
        break;
    }
    return {};
}

const LayerType& fetched()
{
    return *findLayerType(QTest::currentDataTag());
}

} // namespace

void FieldsTest::standInTheOrderOfTheVariant()
{
    QCOMPARE(layerTypes().size(), std::variant_size_v<Layer>);
    for (std::size_t i = 0; i < layerTypes().size(); ++i) {
        const Layer made = layerTypes()[i].make();
        QCOMPARE(made.index(), i);
        QCOMPARE(&layerType(made), &layerTypes()[i]);
    }
}

void FieldsTest::areFoundByName()
{
    std::set<std::string> names;
    for (const LayerType& type : layerTypes()) {
        QVERIFY(names.insert(type.name).second);
        QCOMPARE(findLayerType(type.name), &type);
        std::set<std::string> fields;
        for (const Field& field : type.fields) {
            QVERIFY(fields.insert(field.name).second);
            QCOMPARE(findField(type, field.name), &field);
        }
        QVERIFY(!findField(type, "nothing"));
    }
    QVERIFY(!findLayerType("nothing"));
    QVERIFY(findField(*findLayerType("tcp"), "controlBits"));
    QVERIFY(findField(*findLayerType("ipv4"), "timeToLive"));
}

void FieldsTest::haveWordsForAReader_data()
{
    QTest::addColumn<int>("unused");
    for (const LayerType& type : layerTypes())
        QTest::newRow(type.name) << 0;
}

void FieldsTest::haveWordsForAReader()
{
    QVERIFY(fetched().label[0] != '\0');
    for (const Field& field : fetched().fields) {
        const QString help = QString::fromLatin1(field.help);
        const qsizetype sentences = help.count(QStringLiteral(". ")) + 1;
        QVERIFY2(field.label[0] >= 'A' && field.label[0] <= 'Z', field.name);
        QVERIFY2(help.endsWith(QLatin1Char('.')), field.name);
        QVERIFY2(sentences >= 2 && sentences <= 4, field.name);
        QVERIFY(field.unit && field.reference);
        const bool ours = QString::fromLatin1(field.name) == QStringLiteral("bytes")
            || field.kind == FieldKind::text;
        QVERIFY2(ours || field.reference[0] != '\0', field.name);
    }
}

void FieldsTest::coverTheFixedPartWithoutGap()
{
    const Layer layer = fetched().make();
    std::size_t next = 0;
    bool variable = false;
    for (const Field& field : fetched().fields) {
        if (field.bitOffset == notOnTheWire)
            continue;
        QVERIFY2(!variable, field.name);
        QCOMPARE(std::size_t(field.bitOffset), next);
        next += field.bitWidth;
        variable = field.bitWidth == 0;
    }
    if (variable)
        QVERIFY(next <= encodedSize(layer) * 8);
    else
        QCOMPARE(next, encodedSize(layer) * 8);
}

void FieldsTest::takeEveryValueThatFits()
{
    for (const Field& field : fetched().fields)
        for (const FieldValue& value : valuesOf(field)) {
            Layer layer = fetched().make();
            QVERIFY2(field.set(layer, value), field.name);
            QVERIFY2(field.get(layer) == value, field.name);
            if (!field.computed)
                continue;
            QVERIFY2(field.set(layer, FieldValue()), field.name);
            QVERIFY2(field.get(layer) == FieldValue(), field.name);
        }
}

void FieldsTest::refuseWhatIsTooWide()
{
    for (const Field& field : fetched().fields) {
        Layer layer = fetched().make();
        const Layer before = layer;
        if (isNumber(field)) {
            const auto result = field.set(layer, largest(field) + 1);
            QVERIFY2(!result, field.name);
            const QString message = text(result.error().message);
            QVERIFY2(message.contains(QString::number(largest(field))), qPrintable(message));
            QVERIFY(!field.set(layer, UINT64_MAX));
        } else if (field.kind == FieldKind::bytes && field.bitWidth != 0) {
            QVERIFY(!field.set(layer, Bytes(field.bitWidth / 8u + 1)));
            QVERIFY(!field.set(layer, Bytes(field.bitWidth / 8u - 1)));
        }
        QVERIFY2(layer == before, field.name);
    }
}

void FieldsTest::refuseValuesOfAnotherKind()
{
    const FieldValue values[] = {FieldValue(), std::uint64_t{1}, MacAddress(), Ipv4Address(),
        Ipv6Address(), Bytes{1}, Options(), std::string("x")};
    for (const Field& field : fetched().fields) {
        Layer layer = fetched().make();
        const Layer before = layer;
        int taken = 0;
        for (const FieldValue& value : values)
            taken += field.set(layer, value) ? 1 : 0;
        const bool fixedBytes = field.kind == FieldKind::bytes && field.bitWidth != 0;
        const int expected
            = (field.kind == FieldKind::text || fixedBytes ? 0 : 1) + (field.computed ? 1 : 0);
        QVERIFY2(taken == expected, field.name);
        if (taken == 0)
            QVERIFY2(layer == before, field.name);
    }
}

void FieldsTest::refuseAnotherLayer()
{
    Layer other = std::string_view(fetched().name) == "payload" ? Layer(TcpHeader()) : Payload();
    for (const Field& field : fetched().fields) {
        QVERIFY(field.get(other) == FieldValue());
        QVERIFY(!field.set(other, std::uint64_t{0}));
    }
}

void FieldsTest::areTheBitsOnTheWire()
{
    // Setting all bits of one field changes these bits and no other but computed ones.
    for (const Field& field : fetched().fields) {
        if (!isNumber(field) || field.bitOffset == notOnTheWire)
            continue;
        Packet zero{LinkType::ethernet,
            {completed(Packet{LinkType::ethernet, {fetched().make()}}).layers.front()}};
        Packet ones = zero;
        const auto* order = std::get_if<LoopbackHeader>(&zero.layers[0]);
        if (order && !order->bigEndian)
            continue; // its bytes stand the other way round
        QVERIFY(field.set(zero.layers[0], std::uint64_t{0}));
        QVERIFY(field.set(ones.layers[0], largest(field)));
        const Bytes before = encode(zero);
        const Bytes after = encode(ones);
        QCOMPARE(after.size(), before.size());
        for (std::size_t bit = 0; bit < before.size() * 8; ++bit) {
            const int changed = (before[bit / 8] ^ after[bit / 8]) >> (7 - bit % 8) & 1;
            const bool own = bit >= field.bitOffset && bit < field.bitOffset + field.bitWidth;
            QVERIFY2((changed == 1) == own, field.name);
        }
    }
}

TCPW_TEST(FieldsTest);

#include "tst_fields.moc"
