// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/fields/plaintext.h"

#include <QTest>
#include <QTextDocument>

using namespace tcpw;

class PlainTextTest : public QObject
{
    Q_OBJECT
private slots:
    void showsWhatCouldPretend();
    void keepsOrdinaryText();
    void breaksLongWordsForShow();
    void keepsToolTipsPlain_data();
    void keepsToolTipsPlain();
};

void PlainTextTest::showsWhatCouldPretend()
{
    QCOMPARE(harmless(QStringLiteral("a\x1b[31mb")), QStringLiteral("a\\x1b[31mb"));
    QCOMPARE(harmless(QStringLiteral("x\u202eexe.txt")), QStringLiteral("x\\u202eexe.txt"));
    QCOMPARE(harmless(QStringLiteral("a\nb")), QStringLiteral("a\\x0ab"));
    QCOMPARE(harmless(QStringLiteral("a\nb"), true), QStringLiteral("a\nb"));
    QCOMPARE(harmless(QString(QChar(0))), QStringLiteral("\\x00"));
}

void PlainTextTest::keepsOrdinaryText()
{
    const QString text = QStringLiteral("eth0 · Größe “1” 中文 😀 & <b>");
    QCOMPARE(harmless(text), text);
    QCOMPARE(fromUtf8(toUtf8(text)), text);
}

void PlainTextTest::breaksLongWordsForShow()
{
    const QString address = QStringLiteral("to [2001:db8:ffff::1]:8081 now");
    const QString broken = breakable(address);
    QVERIFY(broken.contains(QChar(0x200b)));
    QCOMPARE(QString(broken).remove(QChar(0x200b)), address);
    QCOMPARE(breakable(QStringLiteral("a:b c,d")), QStringLiteral("a:b c,d"));
    QCOMPARE(breakable(QString(40, QLatin1Char('w'))).count(QChar(0x200b)), 2);
}

void PlainTextTest::keepsToolTipsPlain_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("markup") << QStringLiteral("<b>bold</b>");
    QTest::newRow("image") << QStringLiteral("<img src=file:///etc/passwd>");
    QTest::newRow("entities") << QStringLiteral("&lt;a&gt; & \"q\"");
    QTest::newRow("plain") << QStringLiteral("just words");
}

void PlainTextTest::keepsToolTipsPlain()
{
    QFETCH(QString, text);
    QTextDocument document;
    document.setHtml(plainToolTip(text));
    QCOMPARE(document.toPlainText(), text);
    QVERIFY(!document.toHtml().contains(QLatin1String("<img")));
}

TCPW_TEST(PlainTextTest);

#include "tst_plaintext.moc"
