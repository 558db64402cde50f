// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/fields/fieldedit.h"
#include "ui/fields/lineeditor.h"
#include "ui/fields/statechip.h"

#include <QSignalSpy>
#include <QTest>

using namespace tcpw;

namespace {

/// A field's row in a window of its own, with the line edit that it has.
struct Row
{
    explicit Row(const char* layer, const char* name)
        : field(*findField(*findLayerType(layer), name))
        , edit(QStringLiteral("TCP"), field, false, nullptr)
        , line(qobject_cast<FieldLineEdit*>(edit.editor()->keyWidget()))
        , edited(&edit, &FieldEdit::edited)
    {
        edit.resize(500, 60);
        edit.show();
    }

    void show(const char* text, FieldState::Kind kind = FieldState::Kind::plain)
    {
        FieldState state;
        state.kind = kind;
        state.text = QString::fromUtf8(text);
        state.value = *parseValue(field, text);
        edit.setState(state);
    }
    void focus()
    {
        QVERIFY(QTest::qWaitForWindowActive(&edit));
        edit.focusEditor(Qt::TabFocusReason);
        line->selectAll();
        QTRY_VERIFY(line->hasFocus());
    }
    QString last() const { return edited.isEmpty() ? QString() : edited.last().first().toString(); }

    const Field& field;
    FieldEdit edit;
    FieldLineEdit* line;
    QSignalSpy edited;
};

} // namespace

class FieldEditTest : public QObject
{
    Q_OBJECT
private slots:
    void tellsWhatIsTyped();
    void keepsTheTextWhileOneTypes();
    void keepsTextThatCannotBeRead();
    void dropsItsTextOnEscape();
    void stepsByUpAndDown_data();
    void stepsByUpAndDown();
    void asksForTheWayBack();
    void isPassedOverByTabWhileAutomatic();
    void movesOnFromAnAutomaticField();
    void doesNotSendOnReturn();
    void tellsHelpAndName();
    void resetsByItsChip();
};

void FieldEditTest::tellsWhatIsTyped()
{
    Row row("tcp", "window");
    row.show("64240");
    row.focus();
    QTest::keyClicks(row.line, QStringLiteral("0x10"));
    QCOMPARE(row.last(), QStringLiteral("0x10"));
    QCOMPARE(row.edited.size(), 4);
}

void FieldEditTest::keepsTheTextWhileOneTypes()
{
    Row row("tcp", "window");
    row.show("1");
    row.focus();
    QTest::keyClicks(row.line, QStringLiteral("0x10"));
    row.show("16");
    QCOMPARE(row.line->text(), QStringLiteral("0x10"));
    QTest::keyClick(row.line, Qt::Key_Return);
    QCOMPARE(row.line->text(), QStringLiteral("16"));
}

void FieldEditTest::keepsTextThatCannotBeRead()
{
    Row row("tcp", "window");
    row.show("64240");
    row.focus();
    QTest::keyClicks(row.line, QStringLiteral("70000"));
    row.edit.setProblem(QStringLiteral("70000 does not fit."));
    QTest::keyClick(row.line, Qt::Key_Return);
    row.show("7000");
    QCOMPARE(row.line->text(), QStringLiteral("70000"));
    QCOMPARE(row.edit.problem(), QStringLiteral("70000 does not fit."));
    QVERIFY(row.line->accessibleDescription().contains(QStringLiteral("does not fit")));

    row.edit.setProblem(QString());
    row.show("7000");
    QCOMPARE(row.line->text(), QStringLiteral("7000"));
}

void FieldEditTest::dropsItsTextOnEscape()
{
    Row row("tcp", "window");
    row.show("64240");
    row.focus();
    QTest::keyClicks(row.line, QStringLiteral("x"));
    row.edit.setProblem(QStringLiteral("no"));
    QTest::keyClick(row.line, Qt::Key_Escape);
    QCOMPARE(row.edit.problem(), QString());
    QCOMPARE(row.line->text(), QStringLiteral("64240"));
}

void FieldEditTest::stepsByUpAndDown_data()
{
    QTest::addColumn<QByteArray>("layer");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<int>("key");
    QTest::addColumn<QString>("to");
    const auto row = [](const char* tag, const char* layer, const char* name, const char* from,
                         int key, const char* to) {
        QTest::newRow(tag) << QByteArray(layer) << QByteArray(name) << QByteArray(from) << key
                           << QString::fromUtf8(to);
    };
    row("up", "tcp", "window", "64240", Qt::Key_Up, "64241");
    row("down", "tcp", "window", "64240", Qt::Key_Down, "64239");
    row("stops at the end", "tcp", "window", "65535", Qt::Key_Up, "65535");
    row("stops at zero", "tcp", "window", "0", Qt::Key_Down, "0");
    row("sequence space is round", "tcp", "sequenceNumber", "4294967295", Qt::Key_Up, "0");
    row("both ways", "tcp", "sequenceNumber", "0", Qt::Key_Down, "4294967295");
    row("address", "ipv4", "source", "10.0.0.255", Qt::Key_Up, "10.0.1.0");
}

void FieldEditTest::stepsByUpAndDown()
{
    QFETCH(QByteArray, layer);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, from);
    QFETCH(int, key);
    QFETCH(QString, to);
    Row row(layer.constData(), name.constData());
    row.show(from.constData());
    row.focus();
    QTest::keyClick(row.line, Qt::Key(key));
    QCOMPARE(row.last(), to);
}

void FieldEditTest::asksForTheWayBack()
{
    Row row("tcp", "checksum");
    row.show("0x1234", FieldState::Kind::ownWrong);
    row.focus();
    QSignalSpy reset(&row.edit, &FieldEdit::resetRequested);
    QTest::keyClick(row.line, Qt::Key_Backspace, Qt::ControlModifier);
    QCOMPARE(reset.size(), 1);
    QCOMPARE(row.edited.size(), 0);
}

void FieldEditTest::isPassedOverByTabWhileAutomatic()
{
    Row row("tcp", "checksum");
    row.show("0x1234", FieldState::Kind::automatic);
    QVERIFY(!(row.line->focusPolicy() & Qt::TabFocus));
    row.show("0x1234", FieldState::Kind::own);
    QVERIFY(row.line->focusPolicy() & Qt::TabFocus);
}

void FieldEditTest::movesOnFromAnAutomaticField()
{
    Row row("tcp", "checksum");
    row.show("0x1234", FieldState::Kind::automatic);
    row.focus();
    QSignalSpy moved(&row.edit, &FieldEdit::moveRequested);
    QTest::keyClick(row.line, Qt::Key_Down);
    QTest::keyClick(row.line, Qt::Key_Up);
    QCOMPARE(moved.size(), 2);
    QCOMPARE(moved[0].first().toInt(), 1);
    QCOMPARE(moved[1].first().toInt(), -1);
    QCOMPARE(row.edited.size(), 0);

    row.show("0x1234", FieldState::Kind::own);
    QTest::keyClick(row.line, Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(moved.size(), 3);
}

void FieldEditTest::doesNotSendOnReturn()
{
    Row row("tcp", "window");
    row.show("1");
    row.focus();
    QSignalSpy finished(&row.edit, &FieldEdit::finished);
    QTest::keyClick(row.line, Qt::Key_Return);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(row.edited.size(), 0);
}

void FieldEditTest::tellsHelpAndName()
{
    Row row("tcp", "checksum");
    QCOMPARE(row.line->accessibleName(), QStringLiteral("TCP, Checksum"));
    QVERIFY(row.line->toolTip().contains(QStringLiteral("RFC 9293")));
    FieldState state;
    state.kind = FieldState::Kind::ownWrong;
    state.right = QStringLiteral("0x9c41");
    row.edit.setState(state);
    QVERIFY(row.line->accessibleDescription().contains(QStringLiteral("right is 0x9c41")));
}

void FieldEditTest::resetsByItsChip()
{
    Row row("tcp", "checksum");
    FieldState state;
    state.kind = FieldState::Kind::ownWrong;
    state.right = QStringLiteral("0x9c41");
    state.canReset = true;
    row.edit.setState(state);
    auto* chip = row.edit.findChild<StateChip*>();
    QTRY_VERIFY(chip->isVisible());
    QSignalSpy reset(&row.edit, &FieldEdit::resetRequested);
    QTest::mouseClick(chip, Qt::LeftButton);
    QCOMPARE(reset.size(), 1);
}

TCPW_TEST(FieldEditTest);

#include "tst_fieldedit.moc"
