// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/bytestext.h"
#include "support/testcase.h"
#include "ui/fields/byteseditor.h"
#include "ui/fields/growingedit.h"

#include <QComboBox>
#include <QInputDialog>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

using namespace tcpw;

class BytesEditorTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void beginsWithTextWhereItCan();
    void readsTextAsTyped();
    void switchesBetweenTextAndHex();
    void saysWhatCannotBeRead();
    void keepsLineBreaksInTextOnly();
    void growsWithItsText();
    void takesAPattern();
    void takesTheBytesOfAFile();

private:
    void show(std::string_view text);
    GrowingEdit* edit() const { return m_editor->findChild<GrowingEdit*>(); }

    std::unique_ptr<BytesEditor> m_editor;
};

void BytesEditorTest::init()
{
    m_editor = std::make_unique<BytesEditor>(true);
    m_editor->resize(300, 200);
    m_editor->show();
}

void BytesEditorTest::show(std::string_view text)
{
    FieldState state;
    state.value = Bytes(text.begin(), text.end());
    m_editor->showState(state);
}

void BytesEditorTest::beginsWithTextWhereItCan()
{
    show("hello\r\n");
    QVERIFY(m_editor->asText());
    QCOMPARE(edit()->toPlainText(), QStringLiteral("hello\\r\n"));
    show(std::string_view("\x00\xff", 2));
    QVERIFY(!m_editor->asText());
    QCOMPARE(edit()->toPlainText(), QStringLiteral("00 ff"));
}

void BytesEditorTest::readsTextAsTyped()
{
    show("");
    QSignalSpy edited(m_editor.get(), &ValueEditor::edited);
    edit()->setFocus();
    QTest::keyClicks(edit(), QStringLiteral("hi\\x00"));
    QCOMPARE(edited.last().first().toString(), QStringLiteral("hex:686900"));
}

void BytesEditorTest::switchesBetweenTextAndHex()
{
    show("AB");
    QSignalSpy edited(m_editor.get(), &ValueEditor::edited);
    auto* mode = m_editor->findChild<QComboBox*>();
    mode->setFocus();
    QTest::keyClick(mode, Qt::Key_Down);
    QTRY_VERIFY(!m_editor->asText());
    QCOMPARE(edit()->toPlainText(), QStringLiteral("41 42"));
    QCOMPARE(edited.last().first().toString(), QStringLiteral("hex:4142"));
    QTest::keyClick(mode, Qt::Key_Up);
    QTRY_VERIFY(m_editor->asText());
    QCOMPARE(edit()->toPlainText(), QStringLiteral("AB"));
}

void BytesEditorTest::saysWhatCannotBeRead()
{
    show(std::string_view("\x00", 1));
    QSignalSpy unreadable(m_editor.get(), &ValueEditor::unreadable);
    edit()->setFocus();
    edit()->selectAll();
    QTest::keyClicks(edit(), QStringLiteral("0g"));
    QVERIFY(!unreadable.last().first().toString().isEmpty());
    QCOMPARE(edit()->toPlainText(), QStringLiteral("0g"));
    QTest::keyClick(edit(), Qt::Key_Escape);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("00"));
}

void BytesEditorTest::keepsLineBreaksInTextOnly()
{
    show("a");
    QSignalSpy edited(m_editor.get(), &ValueEditor::edited);
    edit()->setFocus();
    edit()->moveCursor(QTextCursor::End);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(edited.last().first().toString(), QStringLiteral("hex:610a"));
    const int before = edited.size();
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(edited.size(), before);
}

void BytesEditorTest::growsWithItsText()
{
    show("one");
    QTRY_VERIFY(edit()->isVisible());
    const int one = edit()->height();
    show("one\ntwo\nthree\nfour");
    QTRY_VERIFY(edit()->height() > one + 2 * edit()->fontMetrics().lineSpacing());
    show(std::string(4000, 'x'));
    QTRY_VERIFY(edit()->height() < 16 * edit()->fontMetrics().lineSpacing());
}

void BytesEditorTest::takesAPattern()
{
    show("hello");
    QSignalSpy edited(m_editor.get(), &ValueEditor::edited);
    QAction* pattern = m_editor->findChild<QMenu*>()->actions().first();
    pattern->trigger();
    auto* dialog = m_editor->findChild<QInputDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->intValue(), 5); // as long as what is there
    dialog->setIntValue(28);
    dialog->accept();
    QCOMPARE(edited.size(), 1);
    const Result<Bytes> bytes = parseBytes(edited.first().first().toString().toStdString());
    QCOMPARE(bytesToText(*bytes), std::string("text:abcdefghijklmnopqrstuvwxyzab"));
}

void BytesEditorTest::takesTheBytesOfAFile()
{
    show("");
    QSignalSpy edited(m_editor.get(), &ValueEditor::edited);
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("\x00\xff"
               "GET",
        5);
    file.flush();
    QVERIFY(m_editor->fillFromFile(file.fileName()).has_value());
    QCOMPARE(edited.first().first().toString(), QStringLiteral("hex:00ff474554"));

    file.write(QByteArray(65'531, 'x'));
    file.flush();
    const Result<void> tooMuch = m_editor->fillFromFile(file.fileName());
    QVERIFY(!tooMuch && tooMuch.error().message.find("more than 65535 bytes") != std::string::npos);
    QVERIFY(!m_editor->fillFromFile(QStringLiteral("/")));
    QVERIFY(!m_editor->fillFromFile(file.fileName() + QLatin1Char('x')));
    QCOMPARE(edited.size(), 1);
}

TCPW_TEST(BytesEditorTest);

#include "tst_byteseditor.moc"
