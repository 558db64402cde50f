// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/pastedbytes.h"
#include "randompacket.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using namespace Qt::StringLiterals;

class PastedBytesTest : public QObject
{
    Q_OBJECT
private slots:
    void readsWhatOtherProgramsPrint_data();
    void readsWhatOtherProgramsPrint();
    void readsDumpsOfAnyPacket_data();
    void readsDumpsOfAnyPacket();
    void saysWhatItCannotRead_data();
    void saysWhatItCannotRead();
};

namespace {

QString read(const QString& text)
{
    const auto bytes = parsePastedBytes(text.toStdString());
    return QString::fromStdString(bytes ? toHex(*bytes) : bytes.error().message);
}

QString hex(ByteView bytes, int group)
{
    QString text;
    for (std::size_t at = 0; at < bytes.size(); ++at)
        text += (at > 0 && at % std::size_t(group) == 0 ? u" "_s : u""_s)
            + QString::fromStdString(toHex(bytes.subspan(at, 1)));
    return text;
}

QString ascii(ByteView bytes)
{
    QString text;
    for (const std::uint8_t byte : bytes)
        text += byte >= 0x20 && byte < 0x7f ? QLatin1Char(char(byte)) : QLatin1Char('.');
    return text;
}

/// One line of a dump, as `style` prints it.
using DumpStyle = QString (*)(std::size_t offset, ByteView line);

QString number(std::size_t offset, int digits)
{
    return QString::number(offset, 16).rightJustified(digits, u'0');
}

QString tcpdump(std::size_t offset, ByteView line)
{
    return u"\t0x"_s + number(offset, 4) + u":  "_s + hex(line, 2);
}

QString tcpdumpWithAscii(std::size_t offset, ByteView line)
{
    return u"\t0x"_s + number(offset, 4) + u":  "_s + hex(line, 2).leftJustified(41) + ascii(line);
}

QString wireshark(std::size_t offset, ByteView line)
{
    QString digits = hex(line.first(std::min<std::size_t>(8, line.size())), 1);
    if (line.size() > 8)
        digits += u"  "_s + hex(line.subspan(8), 1);
    return number(offset, 4) + u"  "_s + digits.leftJustified(48) + u"   "_s + ascii(line);
}

QString hexdump(std::size_t offset, ByteView line)
{
    QString digits = hex(line.first(std::min<std::size_t>(8, line.size())), 1);
    if (line.size() > 8)
        digits += u"  "_s + hex(line.subspan(8), 1);
    return number(offset, 8) + u"  "_s + digits.leftJustified(48) + u"  |"_s + ascii(line) + u"|"_s;
}

QString xxd(std::size_t offset, ByteView line)
{
    return number(offset, 8) + u": "_s + hex(line, 2).leftJustified(39) + u"  "_s + ascii(line);
}

QString od(std::size_t offset, ByteView line)
{
    return number(offset, 6) + u" "_s + hex(line, 1);
}

} // namespace

Q_DECLARE_METATYPE(DumpStyle)

void PastedBytesTest::readsWhatOtherProgramsPrint_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("bytes");
    QTest::newRow("hex stream") << u"4500003c"_s << u"4500003c"_s;
    QTest::newRow("with 0x") << u"0x4500003c"_s << u"4500003c"_s;
    QTest::newRow("words") << u" 4500 003c\n1c46 4000\n"_s << u"4500003c1c464000"_s;
    QTest::newRow("colons") << u"45:00:00:3C"_s << u"4500003c"_s;
    QTest::newRow("escapes") << u"\\x45\\x00\\x00\\x3c"_s << u"4500003c"_s;
    QTest::newRow("C literals") << u"\"\\x45\\x00\"\n\"\\x00\\x3c\""_s << u"4500003c"_s;
    QTest::newRow("Python bytes") << u"b'\\x00\\x01E\\x00<\\n'"_s << u"000145003c0a"_s;
    QTest::newRow("Python quotes") << u"b\"it's\\\\\\x00\""_s << u"697427735c00"_s;
    QTest::newRow("octal") << u"\"\\105\\0\""_s << u"4500"_s;
    QTest::newRow("C array")
        << u"unsigned char packet[4] = { /* 4 */\n 0x45, 0x00, // first\n 0x00, 60,\n};"_s
        << u"4500003c"_s;
    QTest::newRow("Python list") << u"[69, 0, 0, 60]"_s << u"4500003c"_s;
    QTest::newRow("elements") << u"0x45, 0x00, 0x00, 0x3c"_s << u"4500003c"_s;
    QTest::newRow("tcpdump with its line")
        << u"12:00:01.5 IP 10.0.0.1.80 > 10.0.0.2.90: Flags [S]\n\t0x0000:  4500 003c\n"_s
        << u"4500003c"_s;
    QTest::newRow("ASCII that looks like digits")
        << u"0000  61 62 63 64   abcd\n0004  65 66 20 31   ef 1\n"_s << u"6162636465662031"_s;
    QTest::newRow("od's last offset") << u"000000 45 00 00 3c\n000004\n"_s << u"4500003c"_s;
    QTest::newRow("line ends of DOS") << u"0000  45 00 \r\n0002  00 3c\r\n"_s << u"4500003c"_s;
}

void PastedBytesTest::readsWhatOtherProgramsPrint()
{
    QFETCH(QString, text);
    QFETCH(QString, bytes);
    QCOMPARE(read(text), bytes);
}

void PastedBytesTest::readsDumpsOfAnyPacket_data()
{
    QTest::addColumn<DumpStyle>("style");
    QTest::newRow("tcpdump -xx") << &tcpdump;
    QTest::newRow("tcpdump -XX") << &tcpdumpWithAscii;
    QTest::newRow("Wireshark") << &wireshark;
    QTest::newRow("hexdump -C") << &hexdump;
    QTest::newRow("xxd") << &xxd;
    QTest::newRow("od") << &od;
}

void PastedBytesTest::readsDumpsOfAnyPacket()
{
    QFETCH(DumpStyle, style);
    samples::RandomPacket random(5);
    for (int round = 0; round < 300; ++round) {
        const Bytes bytes = encode(random.next(LinkType::ethernet));
        QString dump;
        for (std::size_t at = 0; at < bytes.size(); at += 16)
            dump += style(at,
                        ByteView(bytes).subspan(at, std::min<std::size_t>(16, bytes.size() - at)))
                + u'\n';
        const auto back = parsePastedBytes(dump.toStdString());
        QVERIFY2(back, qPrintable(dump));
        QVERIFY2(*back == bytes, qPrintable(dump));
    }
}

void PastedBytesTest::saysWhatItCannotRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("nothing") << u" \n"_s << u"There are no bytes in it."_s;
    QTest::newRow("two packets") << u"0x0000:  4500\n0x0000:  4500\n"_s
                                 << u"Line 2 begins a second packet; paste one."_s;
    QTest::newRow("a line is missing")
        << u"0000  45 00\n0010  00 3c\n"_s
        << u"Line 2 says that it begins at byte 16, but 2 bytes stand before it."_s;
    QTest::newRow("an element is too large")
        << u"0x45, 0x100"_s << u"\"0x100\" is no byte: a number from 0 to 255, or 0x00 to 0xff."_s;
    QTest::newRow("half an escape")
        << u"\\x45\\x0"_s << u"The backslash in \"\\x0\" makes no byte here."_s;
    QTest::newRow("an open literal")
        << u"b'\\x45"_s << u"A literal that begins with ' does not end."_s;
    QTest::newRow("words") << u"hello"_s << read(u"h"_s);
}

void PastedBytesTest::saysWhatItCannotRead()
{
    QFETCH(QString, text);
    QFETCH(QString, sentence);
    QCOMPARE(read(text), sentence);
}

TCPW_TEST(PastedBytesTest);
#include "tst_pastedbytes.moc"
