// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/conversations.h"
#include "ui/looks.h"
#include "ui/stream/streampane.h"
#include "ui/stream/streamview.h"

#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace tcpw;
using namespace tcpw::test;

class StreamPaneTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void saysWhatBothEndsSaid_data();
    void saysWhatBothEndsSaid();
    void isEmptyWithWordsAtFirst();
    void growsWithItsConnection();
    void waitsForWhatIsMissing();
    void namesWhatIsMissing();
    void showsOneSide();
    void showsHexadecimalDigits();
    void leavesOutWhatIsTooMuch();
    void copiesItsText();
    void savesTheBytes();
    void saysThatItCannotSave();
    void looksWell_data();
    void looksWell();

private:
    void show();
    void grow();
    void choose(const char* box, int index);
    bool says(const QString& words) const;
    Conversationalist say() { return Conversationalist(*m_store); }

    std::unique_ptr<TestStore> m_store;
    FollowedConnection m_story;
    std::unique_ptr<StreamPane> m_pane;
};

void StreamPaneTest::init()
{
    m_store = std::make_unique<TestStore>();
    m_pane = std::make_unique<StreamPane>();
    m_pane->resize(480, 300);
}

void StreamPaneTest::show()
{
    m_story = told(m_store->store());
    m_pane->setStory(&m_story);
}

void StreamPaneTest::grow()
{
    m_story = told(m_store->store());
    m_pane->extendStory();
}

void StreamPaneTest::choose(const char* box, int index)
{
    for (QComboBox* candidate : m_pane->findChildren<QComboBox*>())
        if (candidate->accessibleName() == QLatin1String(box))
            candidate->setCurrentIndex(index);
}

bool StreamPaneTest::says(const QString& words) const
{
    for (const QLabel* label : m_pane->findChildren<QLabel*>())
        if (!label->isHidden() && label->text().contains(words))
            return true;
    return false;
}

void StreamPaneTest::saysWhatBothEndsSaid_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("summary");
    QTest::newRow("orderly") << QStringLiteral("▶ me:\naaaaa\n◀ peer:\nbbbbbbbbbbb")
                             << QStringLiteral("me: 5 bytes, peer: 11 bytes");
    // In order, and what was sent twice once.
    QTest::newRow("out-of-order") << QStringLiteral("◀ peer:\naaaaabbbbb\n▶ me:\nccccc")
                                  << QStringLiteral("me: 5 bytes, peer: 10 bytes");
    QTest::newRow("refused") << QString() << QStringLiteral("No data so far.");
}

void StreamPaneTest::saysWhatBothEndsSaid()
{
    QFETCH(QString, text);
    QFETCH(QString, summary);
    play(*m_store, QLatin1String(QTest::currentDataTag()));
    show();
    QCOMPARE(m_pane->text(), text);
    QVERIFY(says(summary));
}

void StreamPaneTest::isEmptyWithWordsAtFirst()
{
    QVERIFY(says(QStringLiteral("Send data, or choose a TCP packet in the list.")));
    QCOMPARE(m_pane->text(), QString());
    m_pane->setStory(nullptr);
    m_pane->copyText();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString());
}

void StreamPaneTest::growsWithItsConnection()
{
    say().handshake();
    show();
    QVERIFY(says(QStringLiteral("No data so far.")));
    say().mine(psh | ack, 1, 1, Bytes{'h', 'e', '\r', '\n', 'y', 7});
    grow();
    QCOMPARE(m_pane->text(), QStringLiteral("▶ me:\nhe\ny."));
    say().mine(psh | ack, 7, 1, Bytes{'\n', '!'});
    grow();
    QCOMPARE(m_pane->text(), QStringLiteral("▶ me:\nhe\ny.\n!"));
    QVERIFY(says(QStringLiteral("me: 8 bytes, peer: 0 bytes")));
}

void StreamPaneTest::waitsForWhatIsMissing()
{
    say().handshake();
    say().theirs(ack, 6, 1, Bytes(4, 'b'));
    show();
    QCOMPARE(m_pane->text(), QString());
    QVERIFY(says(QStringLiteral("4 bytes more came, but what is before them did not.")));
    say().theirs(ack, 1, 1, Bytes(5, 'a'));
    grow();
    QCOMPARE(m_pane->text(), QStringLiteral("◀ peer:\naaaaabbbb"));
    QVERIFY(!says(QStringLiteral("more came")));
}

void StreamPaneTest::namesWhatIsMissing()
{
    say().handshake();
    say().theirs(ack, 6, 1, Bytes(4, 'b'));
    say().mine(ack, 1, 10); // it must have come, only the capture lacks it
    show();
    QCOMPARE(m_pane->text(), QStringLiteral("◀ peer:\n[5 bytes not in the capture]\nbbbb"));
}

void StreamPaneTest::showsOneSide()
{
    play(*m_store, QStringLiteral("orderly"));
    show();
    choose("Whose bytes", 2);
    QCOMPARE(m_pane->text(), QStringLiteral("◀ peer:\nbbbbbbbbbbb"));
    choose("Whose bytes", 1);
    QCOMPARE(m_pane->text(), QStringLiteral("▶ me:\naaaaa"));
}

void StreamPaneTest::showsHexadecimalDigits()
{
    say().handshake();
    say().mine(psh | ack, 1, 1, Bytes{'0', '1', '2', '3', '4', '5', '6', '7', '8', 0x0a});
    say().mine(psh | ack, 11, 1, Bytes{0xff});
    show();
    m_pane->resize(480, 300);
    m_pane->show();
    choose("Form", 1);
    const QString eight = QStringLiteral("▶ me:\n"
                                         "00000000 30 31 32 33 34 35 36 37  01234567\n"
                                         "00000008 38 0a                    8.\n"
                                         "0000000a ff                       .\n");
    QTRY_COMPARE(m_pane->text(), eight);
    m_pane->resize(300, 300); // as wide as beside the list
    QTRY_VERIFY(m_pane->text().contains(QStringLiteral("00000004 34 35 36 37  4567\n")));
    m_pane->resize(1200, 300);
    QTRY_VERIFY(m_pane->text().contains(
        QStringLiteral("00000000 30 31 32 33 34 35 36 37 38 0a                    012345678.\n")));
}

void StreamPaneTest::leavesOutWhatIsTooMuch()
{
    say().handshake();
    std::uint32_t at = 1;
    for (; at < StreamView::mostBytes; at += 50'000)
        say().mine(psh | ack, at, 1, Bytes(50'000, 'x'));
    show();
    QCOMPARE(std::size_t(m_pane->text().count(QLatin1Char('x'))), StreamView::mostBytes);
    QVERIFY(says(QStringLiteral("Only the first 1,048,576 bytes are shown; Save writes all.")));
    const QTemporaryDir folder;
    m_pane->saveAs(folder.filePath(QStringLiteral("all")));
    QCOMPARE(QFile(folder.filePath(QStringLiteral("all"))).size(), qint64(at - 1));
}

void StreamPaneTest::copiesItsText()
{
    play(*m_store, QStringLiteral("orderly"));
    show();
    m_pane->findChildren<QToolButton*>().front()->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), m_pane->text());
}

void StreamPaneTest::savesTheBytes()
{
    play(*m_store, QStringLiteral("orderly"));
    show();
    const QTemporaryDir folder;
    const auto saved = [&](const char* name) {
        QFile file(folder.filePath(QLatin1String(name)));
        m_pane->saveAs(file.fileName());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
    };
    QCOMPARE(saved("both"), QByteArray("aaaaabbbbbbbbbbb"));
    choose("Whose bytes", 2);
    QCOMPARE(saved("peer's"), QByteArray("bbbbbbbbbbb"));
}

void StreamPaneTest::saysThatItCannotSave()
{
    const QSignalSpy failures(m_pane.get(), &StreamPane::failed);
    m_pane->saveAs(QStringLiteral("/nowhere/at/all"));
    QCOMPARE(failures.size(), 1);
    QVERIFY(failures[0][0].toString().startsWith(QStringLiteral("The bytes could not be saved")));
}

void StreamPaneTest::looksWell_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void StreamPaneTest::looksWell()
{
    QFETCH(bool, dark);
    const Scheme scheme(dark);
    say().handshake();
    const QByteArray request("GET / HTTP/1.1\r\nHost: peer\r\n\r\n");
    const QByteArray answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    say().mine(psh | ack, 1, 1, Bytes(request.begin(), request.end()));
    say().theirs(ack, 1, 1 + std::uint32_t(request.size()), Bytes(answer.begin(), answer.end()));
    say().theirs(ack, 100, 1 + std::uint32_t(request.size()), Bytes(3, 'x'));
    StreamPane pane;
    m_story = told(m_store->store());
    pane.setStory(&m_story);
    const QString suffix = dark ? QStringLiteral("-dark") : QStringLiteral("-light");
    takePicture(pane, QStringLiteral("stream") + suffix, {300, 420});
    QCOMPARE(cutTexts(pane), QStringList());
    QCOMPARE(namelessControls(pane), QStringList());
    pane.findChildren<QComboBox*>().back()->setCurrentIndex(1);
    takePicture(pane, QStringLiteral("stream-hex") + suffix, {300, 420});
    QCOMPARE(pane.findChild<StreamView*>()->toPlainText().section(QLatin1Char('\n'), 1, 1),
        QStringLiteral("00000000 47 45 54 20  GET "));
}

TCPW_TEST(StreamPaneTest);

#include "tst_streampane.moc"
