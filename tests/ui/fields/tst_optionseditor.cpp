// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/tcpoptions.h"
#include "support/testcase.h"
#include "templates/template.h"
#include "ui/fields/growingedit.h"
#include "ui/fields/optionseditor.h"

#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace tcpw;

class OptionsEditorTest : public QObject
{
    Q_OBJECT
private slots:
    void offersOptionsThatCanBeRead_data();
    void offersOptionsThatCanBeRead();
    void addsBehindWhatIsThere();
    void setsWhatSystemsSend();
    void tellsWhatIsTyped();
    void showsItsStateAgainOnEscape();
};

namespace {

/// What adds one option.
QList<QAction*> offered(const OptionsEditor& editor)
{
    QList<QAction*> actions = editor.findChild<QToolButton*>()->menu()->actions();
    actions.removeIf([](const QAction* action) { return action->menu(); });
    return actions;
}

/// What sets all options of a SYN.
QList<QAction*> presets(const OptionsEditor& editor)
{
    for (const QAction* action : editor.findChild<QToolButton*>()->menu()->actions())
        if (action->menu() && action->text().contains(QLatin1String("SYN")))
            return action->menu()->actions();
    return {};
}

} // namespace

void OptionsEditorTest::offersOptionsThatCanBeRead_data()
{
    QTest::addColumn<bool>("tcp");
    QTest::newRow("TCP") << true;
    QTest::newRow("IPv4") << false;
}

void OptionsEditorTest::offersOptionsThatCanBeRead()
{
    QFETCH(bool, tcp);
    OptionsEditor editor(tcp);
    QVERIFY(!offered(editor).isEmpty());
    for (QAction* action : offered(editor)) {
        editor.showState(FieldState());
        QSignalSpy edited(&editor, &ValueEditor::edited);
        action->trigger();
        const std::string text = edited.last().first().toString().toStdString();
        const Result<Options> read = tcp ? parseTcpOptions(text) : parseIpv4Options(text);
        QVERIFY2(read.has_value(), text.c_str());
        QCOMPARE(read->list.size(), std::size_t(1));
    }
}

void OptionsEditorTest::addsBehindWhatIsThere()
{
    OptionsEditor editor(true);
    FieldState state;
    state.text = QStringLiteral("nop");
    editor.showState(state);
    QSignalSpy edited(&editor, &ValueEditor::edited);
    offered(editor).first()->trigger();
    QCOMPARE(edited.last().first().toString(), QStringLiteral("nop,mss=1460"));
}

void OptionsEditorTest::setsWhatSystemsSend()
{
    OptionsEditor editor(true);
    FieldState state;
    state.text = QStringLiteral("nop");
    editor.showState(state);
    QVERIFY(presets(editor).size() >= 5);
    QVERIFY(presets(OptionsEditor(false)).isEmpty());
    QSignalSpy edited(&editor, &ValueEditor::edited);
    for (QAction* action : presets(editor)) {
        action->trigger();
        const std::string text = edited.last().first().toString().toStdString();
        const Result<Options> read = parseTcpOptions(text);
        QVERIFY2(read.has_value(), text.c_str());
        QCOMPARE(read->list.front().kind, std::uint8_t(2)); // instead of what was there
        QVERIFY(!action->toolTip().isEmpty());
    }
    // The built-in templates say the same of these systems.
    const auto optionsOf = [](const char* id) {
        return findBuiltin(id)->draft.packet.find<TcpHeader>()->options;
    };
    const char* const ids[] = {"syn-linux", "syn-windows", "syn-macos", "syn-freebsd"};
    for (std::size_t at = 0; at < std::size(ids); ++at)
        QCOMPARE(parseTcpOptions(edited[qsizetype(at)].first().toString().toStdString()).value(),
            optionsOf(ids[at]));
}

void OptionsEditorTest::tellsWhatIsTyped()
{
    OptionsEditor editor(true);
    editor.show();
    auto* edit = editor.findChild<GrowingEdit*>();
    edit->setFocus();
    QSignalSpy edited(&editor, &ValueEditor::edited);
    QTest::keyClicks(edit, QStringLiteral("mss=1"));
    QCOMPARE(edited.last().first().toString(), QStringLiteral("mss=1"));
    FieldState state;
    state.text = QStringLiteral("mss=1,other");
    editor.showState(state);
    QCOMPARE(edit->toPlainText(), QStringLiteral("mss=1"));
}

void OptionsEditorTest::showsItsStateAgainOnEscape()
{
    OptionsEditor editor(true);
    editor.show();
    FieldState state;
    state.text = QStringLiteral("nop");
    editor.showState(state);
    auto* edit = editor.findChild<GrowingEdit*>();
    edit->setFocus();
    QTest::keyClicks(edit, QStringLiteral("junk"));
    QTest::keyClick(edit, Qt::Key_Escape);
    QCOMPARE(edit->toPlainText(), QStringLiteral("nop"));
}

TCPW_TEST(OptionsEditorTest);

#include "tst_optionseditor.moc"
