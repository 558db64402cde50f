// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fields.h"
#include "randompacket.h"
#include "samples.h"
#include "support/testcase.h"

#include <QTest>

#include <clocale>

using namespace tcpw;
using namespace tcpw::samples;

class FieldTextTest : public QObject
{
    Q_OBJECT
private slots:
    void everyFieldOfEveryLayerIsReadBack();
    void boundariesAreReadBack();
    void isWrittenAsTheNotationSays_data();
    void isWrittenAsTheNotationSays();
    void isReadInOtherSpellings_data();
    void isReadInOtherSpellings();
    void isRefusedWithASentence_data();
    void isRefusedWithASentence();
    void anyBytesAreReadBack();
    void valuesStayWithAnyLocale();
};

namespace {

const Field& field(const char* layer, const char* name)
{
    return *findField(*findLayerType(layer), name);
}

void addColumns(const char* third)
{
    QTest::addColumn<QString>("layer");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>(third);
}

const Field& fetchedField()
{
    const QString* const layer
        = static_cast<QString*>(QTest::qData("layer", qMetaTypeId<QString>()));
    const QString* const name = static_cast<QString*>(QTest::qData("name", qMetaTypeId<QString>()));
    return field(qPrintable(*layer), qPrintable(*name));
}

} // namespace

void FieldTextTest::everyFieldOfEveryLayerIsReadBack()
{
    RandomPacket random(1);
    for (const LinkType linkType : linkTypes)
        for (int i = 0; i < 100; ++i) {
            const Packet packet = random.next(linkType);
            for (const Packet& some : {packet, decode(encode(packet), linkType)})
                for (const Layer& layer : some.layers)
                    for (const Field& one : layerType(layer).fields) {
                        const std::string written = formatValue(one, one.get(layer));
                        const auto read = parseValue(one, written);
                        QVERIFY2(read && *read == one.get(layer), written.c_str());
                    }
        }
}

void FieldTextTest::boundariesAreReadBack()
{
    for (const LayerType& type : layerTypes())
        for (const Field& one : type.fields) {
            const bool number = one.kind == FieldKind::number || one.kind == FieldKind::hexNumber
                || one.kind == FieldKind::controlBits;
            if (!number || one.bitOffset == notOnTheWire)
                continue;
            const std::uint64_t most = (std::uint64_t{1} << one.bitWidth) - 1;
            for (const std::uint64_t value : {std::uint64_t{0}, most, most / 2}) {
                const std::string written = formatValue(one, value);
                QVERIFY2(parseValue(one, written) == FieldValue(value), written.c_str());
                QVERIFY(parseValue(one, std::to_string(value)) == FieldValue(value));
            }
            const std::string wide = std::to_string(most + 1);
            const auto refused = parseValue(one, wide);
            QVERIFY2(!refused, one.name);
            const QString message = text(refused.error().message);
            const QString begin
                = one.kind == FieldKind::controlBits ? QStringLiteral("4096") : text(wide);
            QVERIFY2(
                message.startsWith(begin + QStringLiteral(" does not fit: ")), qPrintable(message));
        }
}

void FieldTextTest::isWrittenAsTheNotationSays_data()
{
    addColumns("written");
    QTest::newRow("port") << "tcp"
                          << "destinationPort"
                          << "8081"
                          << "8081";
    QTest::newRow("checksum") << "tcp"
                              << "checksum"
                              << "0x12"
                              << "0x0012";
    QTest::newRow("automatic") << "tcp"
                               << "checksum"
                               << "auto"
                               << "auto";
    QTest::newRow("flags") << "tcp"
                           << "controlBits"
                           << "ack,syn"
                           << "SYN,ACK";
    QTest::newRow("no flags") << "tcp"
                              << "controlBits"
                              << ""
                              << "none";
    QTest::newRow("flag") << "ipv4"
                          << "dontFragment"
                          << "true"
                          << "1";
    QTest::newRow("label") << "ipv6"
                           << "flowLabel"
                           << "0xABC"
                           << "0x00abc";
    QTest::newRow("mac") << "ethernet"
                         << "source"
                         << "0A-00-00-00-00-01"
                         << "0a:00:00:00:00:01";
    QTest::newRow("address") << "ipv4"
                             << "source"
                             << "10.0.0.1"
                             << "10.0.0.1";
    QTest::newRow("address 6") << "ipv6"
                               << "source"
                               << "FD00:56:0::101"
                               << "fd00:56::101";
    QTest::newRow("text") << "payload"
                          << "bytes"
                          << "text:hello\\n"
                          << "text:hello\\n";
    QTest::newRow("hex") << "payload"
                         << "bytes"
                         << "hex:00ff"
                         << "hex:00ff";
    QTest::newRow("readable hex") << "payload"
                                  << "bytes"
                                  << "6869"
                                  << "text:hi";
    QTest::newRow("no bytes") << "payload"
                              << "bytes"
                              << ""
                              << "hex:";
    QTest::newRow("fixed bytes") << "cooked"
                                 << "address"
                                 << "text:ABCDEFGH"
                                 << "hex:4142434445464748";
    QTest::newRow("options") << "tcp"
                             << "options"
                             << "mss=1460, nop"
                             << "mss=1460,nop";
    QTest::newRow("IPv4 options") << "ipv4"
                                  << "options"
                                  << "kind-148=0000"
                                  << "kind-148=0000";
}

void FieldTextTest::isWrittenAsTheNotationSays()
{
    QFETCH(QString, given);
    QFETCH(QString, written);
    const auto value = parseValue(fetchedField(), given.toStdString());
    QVERIFY2(value, value ? "" : value.error().message.c_str());
    QCOMPARE(text(formatValue(fetchedField(), *value)), written);
}

void FieldTextTest::isReadInOtherSpellings_data()
{
    addColumns("written");
    QTest::newRow("hexadecimal port") << "tcp"
                                      << "sourcePort"
                                      << "0x1F91"
                                      << "8081";
    QTest::newRow("spaces") << "tcp"
                            << "sourcePort"
                            << " 80 "
                            << "80";
    QTest::newRow("decimal checksum") << "tcp"
                                      << "checksum"
                                      << "4660"
                                      << "0x1234";
    QTest::newRow("number for flags") << "tcp"
                                      << "controlBits"
                                      << "0x12"
                                      << "SYN,ACK";
    QTest::newRow("escapes") << "payload"
                             << "bytes"
                             << "text:a\\x42\\r\\t\\\\"
                             << "text:aB\\r\\t\\\\";
    QTest::newRow("zero byte") << "payload"
                               << "bytes"
                               << "text:a\\0"
                               << "hex:6100";
    QTest::newRow("UTF-8") << "payload"
                           << "bytes" << QStringLiteral("text:\u00e4") << "hex:c3a4";
    QTest::newRow("spaces in hex") << "payload"
                                   << "bytes"
                                   << "hex: 00 ff"
                                   << "hex:00ff";
    QTest::newRow("spaces stay in text") << "payload"
                                         << "bytes"
                                         << "text: a "
                                         << "text: a ";
    QTest::newRow("pattern") << "payload"
                             << "bytes"
                             << "pattern:28"
                             << "text:abcdefghijklmnopqrstuvwxyzab";
    QTest::newRow("no pattern") << "payload"
                                << "bytes"
                                << "pattern:0"
                                << "hex:";
}

void FieldTextTest::isReadInOtherSpellings()
{
    isWrittenAsTheNotationSays();
}

void FieldTextTest::isRefusedWithASentence_data()
{
    addColumns("message");
    QTest::newRow("port") << "tcp"
                          << "destinationPort"
                          << "65536"
                          << "65536 does not fit: the destination port has 16 bits, up to 65535.";
    QTest::newRow("flag") << "ipv4"
                          << "dontFragment"
                          << "2"
                          << "\"2\" does not fit: don't fragment is a flag, 0 or 1.";
    QTest::newRow("huge") << "tcp"
                          << "window"
                          << "99999999999999999999"
                          << "99999999999999999999 does not fit: the window has 16 bits, up to "
                             "65535.";
    QTest::newRow("word") << "tcp"
                          << "window"
                          << "big"
                          << "\"big\" is not a number: the window takes 0 to 65535, decimal or as "
                             "0x....";
    QTest::newRow("negative") << "tcp"
                              << "window"
                              << "-1"
                              << "\"-1\" is not a number: the window takes 0 to 65535, decimal or "
                                 "as 0x....";
    QTest::newRow("never automatic")
        << "tcp"
        << "window"
        << "auto"
        << "The window is never automatic, as nothing in the packet tells its value; give one.";
    for (const char* length : {"65536", "", "ten", "-1"})
        QTest::addRow("pattern of %s", length)
            << "payload"
            << "bytes" << QStringLiteral("pattern:") + QLatin1String(length)
            << "A pattern has a length of up to 65535 bytes, as in pattern:1000.";
    QTest::newRow("size") << "cooked"
                          << "address"
                          << "hex:00"
                          << "The source address has exactly 8 bytes, not 1.";
}

void FieldTextTest::isRefusedWithASentence()
{
    QFETCH(QString, given);
    QFETCH(QString, message);
    const auto value = parseValue(fetchedField(), given.toStdString());
    QVERIFY(!value);
    QCOMPARE(text(value.error().message), message);
}

void FieldTextTest::anyBytesAreReadBack()
{
    const Field& payload = field("payload", "bytes");
    Bytes all;
    for (int byte = 0; byte < 256; ++byte) {
        all.push_back(std::uint8_t(byte));
        for (const Bytes& some : {all, Bytes{std::uint8_t(byte)}, Bytes(3, std::uint8_t(byte))}) {
            const std::string written = formatValue(payload, some);
            QVERIFY2(parseValue(payload, written) == FieldValue(some), written.c_str());
        }
    }
    for (const char* wrong : {"text:a\\", "text:\\q", "text:\\x4", "text:\\xg0", "0g", "hello"})
        QVERIFY2(!parseValue(payload, wrong), wrong);
}

void FieldTextTest::valuesStayWithAnyLocale()
{
    // Formatting goes by digits alone; a locale with other separators must not reach it.
    const char* const before = std::setlocale(LC_ALL, nullptr);
    const std::string saved = before ? before : "C";
    for (const char* locale : {"de_DE.UTF-8", "tr_TR.UTF-8", "fa_IR.UTF-8", "C.UTF-8"}) {
        std::setlocale(LC_ALL, locale); // where it is not installed, nothing changes
        QCOMPARE(text(formatValue(field("tcp", "sequenceNumber"), std::uint64_t{1234567})),
            QStringLiteral("1234567"));
        QVERIFY(parseValue(field("tcp", "controlBits"), "fin")
            == FieldValue(std::uint64_t{ControlBits::fin}));
    }
    std::setlocale(LC_ALL, saved.c_str());
}

TCPW_TEST(FieldTextTest);

#include "tst_fieldtext.moc"
