// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/templates/drafts.h"
#include "packet/tcpoptions.h"
#include "support/testcase.h"

#include <QTest>

namespace tcpw {

namespace {

/// The draft of a packet as it was captured, every field with a value of its own.
Draft draftOf(Packet packet)
{
    Draft draft;
    draft.packet = std::move(packet);
    return draft;
}

} // namespace

class TemplateWriterTest : public QObject
{
    Q_OBJECT
private slots:
    void writesForPeople();
    void everyLayerSurvives_data();
    void everyLayerSurvives();
    void decodedBytesSurvive_data();
    void decodedBytesSurvive();
    void textsSurvive();
    void broughtUpToTheSameForm();
    void savedDraftOpensOverAnyOther();
    void loadingKeepsEndpointsThatAreNotStated();
    void loadingTakesEndpointsThatAreStated();
};

void TemplateWriterTest::writesForPeople()
{
    Template mine;
    mine.name = "Mine";
    mine.draft = plainDraft();
    mine.draft.packet.layers.push_back(Payload{{'h', 'i', '\n'}});
    for (const auto& [path, value] :
        {std::pair{"ethernet.destination", "{peer.mac}"}, {"ethernet.source", "{device.mac}"},
            {"ipv4.source", "{device.ipv4}"}, {"ipv4.destination", "10.0.0.2"},
            {"ipv4.dontFragment", "0"}, {"tcp.sourcePort", "{new.port}"},
            {"tcp.destinationPort", "80"}, {"tcp.controlBits", "PSH,ACK"},
            {"tcp.checksum", "0x1234"}, {"tcp.options", "nop,nop,timestamps=1:2"}}) {
        const auto set = setDraftField(mine.draft, path, value);
        QVERIFY2(set, set ? "" : set.error().message.c_str());
    }
    QCOMPARE(text(writeTemplate(mine)), QStringLiteral(R"({
  "format": 1,
  "name": "Mine",
  "packet": [
    {
      "layer": "ethernet",
      "destination": "{peer.mac}",
      "source": "{device.mac}"
    },
    {
      "layer": "ipv4",
      "dontFragment": false,
      "source": "{device.ipv4}",
      "destination": "10.0.0.2"
    },
    {
      "layer": "tcp",
      "sourcePort": "{new.port}",
      "destinationPort": 80,
      "controlBits": "PSH,ACK",
      "checksum": "0x1234",
      "options": "nop,nop,timestamps=1:2"
    },
    {
      "layer": "payload",
      "bytes": "text:hi\\n"
    }
  ]
}
)"));
}

void TemplateWriterTest::everyLayerSurvives_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<bool>("filled");
    int index = 0;
    for (const LayerType& type : layerTypes()) {
        QTest::addRow("%s as made", type.name) << index << false;
        QTest::addRow("%s filled", type.name) << index << true;
        ++index;
    }
}

/// Every field at its greatest value: what the table has, the template must keep.
void TemplateWriterTest::everyLayerSurvives()
{
    QFETCH(int, index);
    QFETCH(bool, filled);
    const LayerType& type = layerTypes()[static_cast<std::size_t>(index)];
    Layer layer = type.make();
    for (const Field& field : type.fields) {
        if (!filled)
            continue;
        FieldValue value = field.get(layer);
        const bool isNumber = field.kind == FieldKind::number || field.kind == FieldKind::hexNumber
            || field.kind == FieldKind::flag || field.kind == FieldKind::controlBits;
        if (isNumber && field.bitWidth > 0)
            value = std::uint64_t(field.bitWidth >= 64 ? ~0ull : (1ull << field.bitWidth) - 1);
        else if (field.kind == FieldKind::bytes && field.bitWidth == 0)
            value = Bytes{0, 1, 0xff};
        static_cast<void>(field.set(layer, value));
    }
    Template from;
    from.draft.packet.layers = {layer};
    const std::string json = writeTemplate(from);
    const auto read = parseTemplate(json);
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QVERIFY2(read->draft == from.draft, json.c_str());
    QCOMPARE(text(writeTemplate(*read)), text(json));
}

void TemplateWriterTest::decodedBytesSurvive_data()
{
    QTest::addColumn<int>("linkType");
    QTest::addColumn<QByteArray>("hex");
    const auto row = [](const char* name, LinkType linkType, const char* hex) {
        QTest::newRow(name) << int(linkType) << QByteArray(hex);
    };
    row("nothing", LinkType::ethernet, "");
    row("one byte", LinkType::ethernet, "ff");
    row("ethernet alone", LinkType::ethernet, "0a00000000020a00000000010800");
    row("802.3 length", LinkType::ethernet, "0a00000000020a0000000001000341424300");
    row("syn", LinkType::ethernet,
        "0a00000000020a000000000108004500002800014000400648a0c0a83865c0a838669c421f913a7f21c0000000"
        "005002faf012340000");
    row("options cut by an odd length", LinkType::ipv4,
        "4500002c0001400040060000c0a83865c0a838669c421f913a7f21c0000000006002faf012340000020505b4");
    row("options with a tail", LinkType::ipv4,
        "450000300001400040060000c0a83865c0a838669c421f913a7f21c0000000007002faf01234000000ffffff01"
        "020304");
    row("TCP header cut", LinkType::ipv4, "450000280001400040060000c0a83865c0a838669c421f913a7f21");
    row("IHL below five", LinkType::ipv4, "440000280001400040060000c0a83865c0a838669c421f913a7f21");
    row("padding", LinkType::ethernet,
        "0a00000000020a000000000108004500002800014000400648a0c0a83865c0a838669c421f913a7f21c0000000"
        "005002faf012340000000000000000");
    row("cooked", LinkType::linuxCooked,
        "0000000100060a000000000100000800"
        "4500");
    row("raw", LinkType::raw, "60000000000006400000");
    row("null", LinkType::null, "0200000045");
    row("a link type that is not decoded", LinkType(147), "00112233");
}

void TemplateWriterTest::decodedBytesSurvive()
{
    QFETCH(int, linkType);
    QFETCH(QByteArray, hex);
    const Bytes bytes = fromHex(hex.toStdString()).value();
    Template from;
    from.draft = draftOf(decode(bytes, static_cast<LinkType>(linkType)));
    const std::string json = writeTemplate(from);
    const auto read = parseTemplate(json);
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QVERIFY2(read->draft == from.draft, json.c_str());
    QCOMPARE(text(toHex(encode(read->draft.packet))), QString::fromLatin1(hex));
}

void TemplateWriterTest::textsSurvive()
{
    Template from;
    from.name = "<b>\"quoted\"</b>\n\x1b[31m \xe2\x80\xae \xf0\x9f\x98\x80";
    from.group = "../../.bashrc";
    from.shows = "100 %s%n";
    from.expects = std::string("a\0b", 3);
    const auto read = parseTemplate(writeTemplate(from));
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QVERIFY(*read == from);

    from.name = "not UTF-8: \xff";
    const auto mended = parseTemplate(writeTemplate(from));
    QVERIFY(mended);
    QCOMPARE(mended->name, std::string("not UTF-8: \xef\xbf\xbd"));
}

void TemplateWriterTest::broughtUpToTheSameForm()
{
    for (const Template& builtin : builtinTemplates()) {
        const auto read = parseTemplate(writeTemplate(builtin));
        QVERIFY2(read, builtin.id.c_str());
        QVERIFY2(read->draft == builtin.draft, builtin.id.c_str());
        QCOMPARE(text(writeTemplate(*read)), text(writeTemplate(builtin)));
    }
}

void TemplateWriterTest::savedDraftOpensOverAnyOther()
{
    Template mine;
    mine.draft = findBuiltin("syn-linux")->draft;
    const auto saved = parseTemplate(writeTemplate(mine));
    QVERIFY(saved);
    Draft changed = findBuiltin("data")->draft;
    for (const char* path : {"tcp.sourcePort", "tcp.destinationPort"})
        QVERIFY(setDraftField(changed, path, "7"));
    QVERIFY(setDraftField(changed, "ipv4.destination", "10.1.1.1"));
    QVERIFY(setDraftField(changed, "ethernet.source", "02:00:00:00:00:09"));
    QVERIFY(applyTemplate(*saved, changed) == mine.draft);
}

void TemplateWriterTest::loadingKeepsEndpointsThatAreNotStated()
{
    Draft current = findBuiltin("syn")->draft;
    for (const auto& [path, value] : {std::pair{"ethernet.destination", "02:00:00:00:00:09"},
             {"ipv4.destination", "10.1.1.1"}, {"tcp.sourcePort", "40001"},
             {"tcp.destinationPort", "443"}, {"tcp.window", "1"}, {"ipv4.timeToLive", "9"}})
        QVERIFY(setDraftField(current, path, value));

    const Draft applied = applyTemplate(*findBuiltin("data"), current);
    QCOMPARE(fieldOf(applied, "ethernet.destination"), QStringLiteral("02:00:00:00:00:09"));
    QCOMPARE(fieldOf(applied, "ethernet.source"), QStringLiteral("{device.mac}"));
    QCOMPARE(fieldOf(applied, "ipv4.destination"), QStringLiteral("10.1.1.1"));
    QCOMPARE(fieldOf(applied, "tcp.sourcePort"), QStringLiteral("40001"));
    QCOMPARE(fieldOf(applied, "tcp.destinationPort"), QStringLiteral("443"));
    QCOMPARE(fieldOf(applied, "tcp.window"), QStringLiteral("64240"));
    QCOMPARE(fieldOf(applied, "ipv4.timeToLive"), QStringLiteral("64"));
    QCOMPARE(fieldOf(applied, "tcp.controlBits"), QStringLiteral("PSH,ACK"));
    QVERIFY(applied.packet.find<Payload>());

    // Another family has other addresses; the ports stay.
    const Draft over6 = applyTemplate(*findBuiltin("syn-ipv6"), current);
    QCOMPARE(fieldOf(over6, "ipv6.destination"), QStringLiteral("{peer.ipv6}"));
    QCOMPARE(fieldOf(over6, "tcp.destinationPort"), QStringLiteral("443"));
    QVERIFY(applyTemplate(*findBuiltin("data"), Draft{}) == findBuiltin("data")->draft);
}

void TemplateWriterTest::loadingTakesEndpointsThatAreStated()
{
    Draft current = findBuiltin("syn")->draft;
    QVERIFY(setDraftField(current, "tcp.sourcePort", "40001"));
    QVERIFY(setDraftField(current, "tcp.destinationPort", "443"));
    const auto stating = parseTemplate(R"({"format": 1, "packet": [{"layer": "ipv4",
        "destination": "10.3.3.3"}, {"layer": "tcp", "sourcePort": "{new.port}",
        "destinationPort": 8081}]})");
    QVERIFY(stating);
    const Draft applied = applyTemplate(*stating, current);
    QCOMPARE(fieldOf(applied, "ipv4.destination"), QStringLiteral("10.3.3.3"));
    QCOMPARE(fieldOf(applied, "tcp.sourcePort"), QStringLiteral("{new.port}"));
    QCOMPARE(fieldOf(applied, "tcp.destinationPort"), QStringLiteral("8081"));
}

TCPW_TEST(TemplateWriterTest);

} // namespace tcpw

#include "tst_templatewriter.moc"
