// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/templates/drafts.h"
#include "support/testcase.h"

#include <QElapsedTimer>
#include <QTest>

namespace tcpw {

namespace {

/// A template whose TCP layer holds these members.
std::string withTcp(const std::string& members)
{
    return "{\n  \"format\": 1,\n  \"packet\": [\n    {\"layer\": \"ethernet\"},\n"
           "    {\"layer\": \"ipv4\"},\n    {\"layer\": \"tcp\", "
        + members + "}\n  ]\n}\n";
}

QString sentenceOf(std::string_view json)
{
    const auto read = parseTemplate(json);
    return read ? QStringLiteral("it was read") : text(read.error().message);
}

} // namespace

class TemplateReaderTest : public QObject
{
    Q_OBJECT
private slots:
    void readsFields_data();
    void readsFields();
    void unstatedEndpointsArePlaceholders();
    void statedFieldsAreNamed();
    void secondHeadersAreNamedByNumber();
    void unknownMembersAreKept();
    void hugeNumbersOfOthersAreKeptExactly();
    void linkTypeIsRead();
    void refusesWithPlace_data();
    void refusesWithPlace();
    void refusesFieldsWithPlace_data();
    void refusesFieldsWithPlace();
    void everyCutIsRefused();
    void hostileFilesAreRefusedQuickly_data();
    void hostileFilesAreRefusedQuickly();
    void localePlaysNoPart();
};

void TemplateReaderTest::readsFields_data()
{
    QTest::addColumn<QString>("members");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* members, const char* path, const char* value) {
        QTest::newRow(members) << QString::fromLatin1(members) << QString::fromLatin1(path)
                               << QString::fromLatin1(value);
    };
    row(R"("sequenceNumber": 4294967295)", "tcp.sequenceNumber", "4294967295");
    row(R"("sequenceNumber": "{new.sequence}")", "tcp.sequenceNumber", "{new.sequence}");
    row(R"("checksum": "0x1234")", "tcp.checksum", "0x1234");
    row(R"("checksum": 4660)", "tcp.checksum", "0x1234");
    row(R"("checksum": "auto")", "tcp.checksum", "auto");
    row(R"("dataOffset": 4)", "tcp.dataOffset", "4");
    row(R"("dataOffset": "auto")", "tcp.dataOffset", "auto");
    row(R"("controlBits": "ACK,SYN")", "tcp.controlBits", "SYN,ACK");
    row(R"("options": "mss=1460,kind-253=aabb")", "tcp.options", "mss=1460,kind-253=aabb");
    row(R"("options": "mss/0=05b4,tail=0000")", "tcp.options", "mss/0=05b4,tail=0000");
    row(R"("window": 0)", "tcp.window", "0");
    row(R"("window": 1}, {"layer": "payload", "bytes": "text:hel\"lo")", "payload.bytes",
        "text:hel\"lo");
    row(R"("window": 1}, {"layer": "payload", "bytes": "hex:00ff1")", "", "odd");
}

void TemplateReaderTest::readsFields()
{
    QFETCH(QString, members);
    QFETCH(QString, path);
    const auto read = parseTemplate(withTcp(members.toStdString()));
    if (path.isEmpty()) {
        QVERIFY(!read);
        return;
    }
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QTEST(fieldOf(read->draft, path.toLatin1().constData()), "value");
}

void TemplateReaderTest::unstatedEndpointsArePlaceholders()
{
    const auto read = parseTemplate(withTcp("\"window\": 1"));
    QVERIFY(read);
    QCOMPARE(fieldOf(read->draft, "ethernet.destination"), QStringLiteral("{peer.mac}"));
    QCOMPARE(fieldOf(read->draft, "ethernet.source"), QStringLiteral("{device.mac}"));
    QCOMPARE(fieldOf(read->draft, "ipv4.source"), QStringLiteral("{device.ipv4}"));
    QCOMPARE(fieldOf(read->draft, "ipv4.destination"), QStringLiteral("{peer.ipv4}"));
    QCOMPARE(fieldOf(read->draft, "tcp.sourcePort"), QStringLiteral("{new.port}"));
    QCOMPARE(fieldOf(read->draft, "tcp.destinationPort"), QStringLiteral("8081"));
    QCOMPARE(fieldOf(read->draft, "tcp.sequenceNumber"), QStringLiteral("0"));
}

void TemplateReaderTest::statedFieldsAreNamed()
{
    const auto read = parseTemplate(withTcp(R"("sourcePort": "{new.port}", "window": 1)"));
    QVERIFY(read);
    const std::vector<std::string> wanted{"tcp.sourcePort", "tcp.window"};
    QVERIFY(read->stated == wanted);
}

void TemplateReaderTest::secondHeadersAreNamedByNumber()
{
    const auto read = parseTemplate(R"({"format": 1, "packet": [{"layer": "ethernet"},
        {"layer": "vlan", "identifier": 7}, {"layer": "vlan", "identifier": 8},
        {"layer": "ipv4"}, {"layer": "ipv4", "destination": "{peer.ipv4}"}, {"layer": "tcp"}]})");
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    const std::vector<std::string> wanted{
        "vlan[0].identifier", "vlan[1].identifier", "ipv4[1].destination"};
    QVERIFY(read->stated == wanted);
    QCOMPARE(fieldOf(read->draft, "ipv4[0].destination"), QStringLiteral("{peer.ipv4}"));
    QCOMPARE(fieldOf(read->draft, "ipv4[1].destination"), QStringLiteral("{peer.ipv4}"));
    QCOMPARE(fieldOf(read->draft, "ipv4[1].source"), QStringLiteral("0.0.0.0"));
}

void TemplateReaderTest::unknownMembersAreKept()
{
    const auto read = parseTemplate(
        R"({"format": 1, "author": "me", "packet": [], "rate": {"count": 1000, "device": "eth0"}})");
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    const std::string written = writeTemplate(*read);
    QVERIFY(text(written).contains(QStringLiteral("\"author\": \"me\"")));
    QVERIFY(text(written).contains(QStringLiteral("{\"count\": 1000, \"device\": \"eth0\"}")));
    const auto again = parseTemplate(written);
    QVERIFY(again);
    QVERIFY(*again == *read);
}

void TemplateReaderTest::hugeNumbersOfOthersAreKeptExactly()
{
    const auto read = parseTemplate(
        R"({"format": 1, "packet": [], "n": [9007199254740993, 18446744073709551617, -0.10]})");
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QVERIFY(text(writeTemplate(*read))
                .contains(QStringLiteral("[9007199254740993, 18446744073709551617, -0.10]")));
}

void TemplateReaderTest::linkTypeIsRead()
{
    const auto read = parseTemplate(R"({"format": 1, "linkType": 101, "packet": []})");
    QVERIFY(read);
    QCOMPARE(read->draft.packet.linkType, LinkType::raw);
}

void TemplateReaderTest::refusesWithPlace_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("start");
    const auto row = [](const char* name, const QByteArray& json, const char* start) {
        QTest::newRow(name) << json << QString::fromUtf8(start);
    };
    row("empty", "", "line 1, column 1: the file is empty.");
    row("white space", " \n\t", "line 1, column 1: the file is empty.");
    row("byte order mark", "\xef\xbb\xbf{}", "line 1, column 1: the file begins with a byte order");
    row("UTF-16 little-endian", QByteArray("\xff\xfe{\0}\0", 6),
        "line 1, column 1: the file is in UTF-16");
    row("UTF-16 big-endian", QByteArray("\xfe\xff\0{\0}", 6),
        "line 1, column 1: the file is in UTF-16");
    row("UTF-16 without a mark", QByteArray("{\0}\0", 4),
        "line 1, column 1: the file is in UTF-16");
    row("not JSON", "syn", "line 1, column 1: this is not JSON: invalid literal");
    row("comment", "{\n  // hello\n}", "line 2, column 3: this is not JSON: invalid literal");
    row("trailing comma", "{\"format\": 1,\n}",
        "line 2, column 1: this is not JSON: unexpected '}'");
    row("trailing garbage", "{\"format\": 1, \"packet\": []}\n}",
        "line 2, column 1: this is not JSON: unexpected '}'");
    row("not UTF-8", "{\"format\": 1,\n\"name\": \"\xff\"}",
        "line 2, column 10: this is not JSON: invalid string: ill-formed UTF-8");
    row("a list", "[1]", "line 1, column 1: a template is an object");
    row("no format", "{\"packet\": []}", "line 1, column 1: there is no \"format\"");
    row("format 0", "{\"format\": 0}", "line 1, column 12: format: a template has \"format\": 1.");
    row("format in quotes", "{\"format\": \"1\"}", "line 1, column 12: format: a template has");
    row("format 1.5", "{\"format\": 1.5}", "line 1, column 12: format: a template has");
    row("format 2", "{\n \"layers\": {},\n \"format\": 2}",
        "line 3, column 12: format 2 is newer than this program knows (1)");
    row("format 2^64-1", "{\"format\": 18446744073709551615}",
        "line 1, column 12: format 18446744073709551615 is newer");
    row("no packet", "{\"format\": 1}", "line 1, column 1: there is no \"packet\"");
    row("packet an object", "{\"format\": 1, \"packet\": {}}",
        "line 1, column 25: packet: this is a list");
    row("layer a number", "{\"format\": 1, \"packet\": [7]}",
        "line 1, column 26: packet: a layer is an object");
    row("layer without name", "{\"format\": 1, \"packet\": [{}]}",
        "line 1, column 26: packet: a layer says which");
    row("layer named by a number", "{\"format\": 1, \"packet\": [{\"layer\": 4}]}",
        "line 1, column 36: packet: a layer says which");
    row("unknown layer", "{\"format\": 1, \"packet\": [{\"layer\": \"sctp\"}]}",
        "line 1, column 36: packet: there is no layer \"sctp\"; there are ethernet,");
    row("unknown field",
        "{\"format\": 1, \"packet\": [\n{\"layer\": \"tcp\", \"payload_file\": \"/etc/shadow\"}]}",
        "line 2, column 18: tcp has no field \"payload_file\"; it has sourcePort,");
    row("name a number", "{\"format\": 1, \"packet\": [], \"name\": 7}",
        "line 1, column 37: name: this is a text");
    row("link type negative", "{\"format\": 1, \"packet\": [], \"linkType\": -1}",
        "line 1, column 41: linkType:");
    row("link type 65536", "{\"format\": 1, \"packet\": [], \"linkType\": 65536}",
        "line 1, column 41: linkType:");
    row("key twice", "{\"format\": 1, \"name\": \"a\",\n \"name\": \"b\", \"packet\": []}",
        "line 2, column 2: \"name\" stands here twice.");
    row("field twice",
        "{\"format\": 1, \"packet\": [{\"layer\": \"tcp\",\n  \"window\": 1, \"window\": 1}]}",
        "line 2, column 16: \"window\" stands here twice.");
    row("columns are characters", "{\"näme\": 1, \"näme\": 2}",
        "line 1, column 13: \"näme\" stands here twice.");
    row("number too large for any type", "{\"format\": 1,\n\"n\": 1e400}",
        "line 2, column 10: this is not JSON: number overflow");
    row("NaN", "{\"format\": NaN}", "line 1, column 12: this is not JSON: invalid literal");
}

void TemplateReaderTest::refusesWithPlace()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, start);
    const QString sentence = sentenceOf(json.toStdString());
    QVERIFY2(sentence.startsWith(start), qPrintable(sentence));
    QVERIFY2(sentence.endsWith(QLatin1Char('.')), qPrintable(sentence));
}

void TemplateReaderTest::refusesFieldsWithPlace_data()
{
    QTest::addColumn<QString>("members");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* members, const char* part) {
        QTest::newRow(members) << QString::fromLatin1(members) << QString::fromLatin1(part);
    };
    const char whole[] = "tcp.window: this is a whole number without quotes";
    row(R"("window": 65536)", "tcp.window: 65536 does not fit");
    row(R"("window": 4294967296)", "tcp.window: 4294967296 does not fit");
    row(R"("window": 9007199254740993)", "tcp.window: 9007199254740993 does not fit");
    row(R"("window": -1)", whole);
    row(R"("window": 1.0)", whole);
    row(R"("window": 1e2)", whole);
    row(R"("window": 18446744073709551616)", whole);
    row(R"("window": "1460")", whole);
    row(R"("window": "0x1F")", whole);
    row(R"("window": "auto")", whole);
    row(R"("window": true)", whole);
    row(R"("window": null)", whole);
    row(R"("window": [1])", whole);
    row(R"("window": {"a": 1})", whole);
    row(R"("sequenceNumber": 4294967296)", "tcp.sequenceNumber: 4294967296 does not fit");
    row(R"("sequenceNumber": "{new.port}")", "what fits is {new.sequence}.");
    row(R"("dataOffset": 16)", "tcp.dataOffset: 16 does not fit");
    row(R"("checksum": 65536)", "tcp.checksum: ");
    row(R"("checksum": "0x10000")", "tcp.checksum: ");
    row(R"("checksum": "0xzz")", "tcp.checksum: ");
    row(R"("checksum": false)", "tcp.checksum: this is a whole number");
    row(R"("controlBits": 2)", "tcp.controlBits: this is a text in quotes");
    row(R"("controlBits": "SYM")", "SYM");
    row(R"("options": ["mss=1460"])", "tcp.options: this is a text in quotes");
    row(R"("options": "mss=70000")", "tcp.options: ");
    row(R"("options": "kind-5=abc")", "tcp.options: ");
}

void TemplateReaderTest::refusesFieldsWithPlace()
{
    QFETCH(QString, members);
    QFETCH(QString, part);
    const QString sentence = sentenceOf(withTcp(members.toStdString()));
    const int column = 22 + int(members.indexOf(QStringLiteral(": "))) + 2;
    const QString place = QStringLiteral("line 6, column %1: ").arg(column);
    QVERIFY2(sentence.startsWith(place), qPrintable(sentence));
    QVERIFY2(sentence.contains(part), qPrintable(sentence));
    QVERIFY2(sentence.endsWith(QLatin1Char('.')), qPrintable(sentence));
}

void TemplateReaderTest::everyCutIsRefused()
{
    const std::string whole = writeTemplate(*findBuiltin("data"));
    QVERIFY(parseTemplate(whole));
    for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
        const auto read = parseTemplate(std::string_view(whole).substr(0, size));
        QVERIFY2(!read, qPrintable(QString::number(size)));
        QVERIFY(text(read.error().message).startsWith(QStringLiteral("line ")));
    }
}

void TemplateReaderTest::hostileFilesAreRefusedQuickly_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("part");
    QTest::newRow("2 MiB of brackets") << QByteArray(2 << 20, '[') << "1 MiB";
    QTest::newRow("brackets up to the limit") << QByteArray(1 << 20, '[') << "brackets are open";
    QByteArray braces;
    while (braces.size() < 900'000)
        braces += "{\"a\":";
    QTest::newRow("objects in objects") << braces << "brackets are open";
    QByteArray keys = "{";
    for (int i = 0; keys.size() < 1'000'000; ++i)
        keys += "\"" + QByteArray::number(i) + "\":1,";
    QTest::newRow("a hundred thousand keys") << keys << "more values";
    QTest::newRow("one long string") << "\"" + QByteArray((1 << 20) - 2, 'a') + "\""
                                     << "an object";
    QTest::newRow("one string without end")
        << "\"" + QByteArray((1 << 20) - 1, 'a') << "closing quote";
    QByteArray layers = "{\"format\":1,\"packet\":[";
    for (int i = 0; i < 9000; ++i)
        layers += "{\"layer\":\"tcp\"},";
    layers.back() = ']';
    QTest::newRow("nine thousand layers") << layers + "}"
                                          << "256 layers";
    QTest::newRow("long hexadecimal payload")
        << "{\"format\":1,\"packet\":[{\"layer\":\"payload\",\"bytes\":\"hex:"
            + QByteArray(1'000'001, 'a') + "\"}]}"
        << "payload.bytes";
}

void TemplateReaderTest::hostileFilesAreRefusedQuickly()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, part);
    QElapsedTimer clock;
    clock.start();
    const QString sentence = sentenceOf(json.toStdString());
    const qint64 passed = clock.elapsed();
    QVERIFY2(sentence.contains(part), qPrintable(sentence));
    QVERIFY2(sentence.size() < 500, qPrintable(QString::number(sentence.size())));
#ifndef TCPW_SANITIZED
    QVERIFY2(passed < 1000, qPrintable(QString::number(passed)));
#else
    Q_UNUSED(passed);
#endif
}

void TemplateReaderTest::localePlaysNoPart()
{
    const std::string before = setlocale(LC_ALL, nullptr);
    const std::string json = writeTemplate(*findBuiltin("syn-linux"));
    for (const char* name : {"de_DE.UTF-8", "tr_TR.UTF-8", "fa_IR.UTF-8", "C"}) {
        if (!setlocale(LC_ALL, name))
            continue; // "C" is always there
        const auto read = parseTemplate(json);
        QVERIFY2(read, name);
        QCOMPARE(text(writeTemplate(*read)), text(json));
    }
    setlocale(LC_ALL, before.c_str());
}

TCPW_TEST(TemplateReaderTest);

} // namespace tcpw

#include "tst_templatereader.moc"
