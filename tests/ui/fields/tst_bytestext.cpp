// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/fields/bytestext.h"

#include <QRandomGenerator>
#include <QTest>

using namespace tcpw;

class BytesTextTest : public QObject
{
    Q_OBJECT
private slots:
    void givesBackAnyBytes();
    void writesAsAPersonTypes_data();
    void writesAsAPersonTypes();
    void refusesABackslashThatMeansNothing_data();
    void refusesABackslashThatMeansNothing();
    void tellsPrintableTextFromOther();
};

namespace {

Bytes bytesOf(std::string_view text)
{
    return Bytes(text.begin(), text.end());
}

} // namespace

void BytesTextTest::givesBackAnyBytes()
{
    QRandomGenerator random(1);
    for (int round = 0; round < 2000; ++round) {
        Bytes bytes(std::size_t(random.bounded(12)));
        for (std::uint8_t& byte : bytes)
            byte = std::uint8_t(random.bounded(256));
        const Result<Bytes> read = bytesFromText(textFromBytes(bytes));
        QVERIFY(read.has_value());
        QCOMPARE(*read, bytes);
    }
}

void BytesTextTest::writesAsAPersonTypes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.0\r\n\r\n")
                          << QStringLiteral("GET / HTTP/1.0\\r\n\\r\n");
    QTest::newRow("backslash") << QByteArray("a\\b") << QStringLiteral("a\\\\b");
    QTest::newRow("binary") << QByteArray("\x00\xff\x1b", 3) << QStringLiteral("\\x00\\xff\\x1b");
    QTest::newRow("UTF-8") << QByteArray("gr\xc3\xb6\xc3\x9f\x65") << QStringLiteral("größe");
    QTest::newRow("overlong") << QByteArray("\xc0\xaf") << QStringLiteral("\\xc0\\xaf");
    QTest::newRow("cut UTF-8") << QByteArray("\xe4\xb8") << QStringLiteral("\\xe4\\xb8");
    QTest::newRow("right to left mark")
        << QByteArray("\xe2\x80\xae") << QStringLiteral("\\xe2\\x80\\xae");
}

void BytesTextTest::writesAsAPersonTypes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(textFromBytes(bytesOf({bytes.constData(), std::size_t(bytes.size())})), text);
    QCOMPARE(*bytesFromText(text), Bytes(bytes.begin(), bytes.end()));
}

void BytesTextTest::refusesABackslashThatMeansNothing_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("place");
    QTest::newRow("at the end") << QStringLiteral("abc\\") << QStringLiteral("character 4");
    QTest::newRow("unknown letter") << QStringLiteral("\\q") << QStringLiteral("character 1");
    QTest::newRow("half a byte") << QStringLiteral("ab\\x1") << QStringLiteral("character 3");
    QTest::newRow("no digits") << QStringLiteral("\\xzz") << QStringLiteral("character 1");
}

void BytesTextTest::refusesABackslashThatMeansNothing()
{
    QFETCH(QString, text);
    QFETCH(QString, place);
    const Result<Bytes> read = bytesFromText(text);
    QVERIFY(!read.has_value());
    QVERIFY(QString::fromStdString(read.error().message).contains(place));
}

void BytesTextTest::tellsPrintableTextFromOther()
{
    QVERIFY(isPrintable(bytesOf("hello\r\n\tworld")));
    QVERIFY(isPrintable(bytesOf("größe")));
    QVERIFY(isPrintable({}));
    QVERIFY(!isPrintable(bytesOf("\x1b[0m")));
    QVERIFY(!isPrintable(bytesOf("\xff")));
}

TCPW_TEST(BytesTextTest);

#include "tst_bytestext.moc"
