// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/tcpoptions.h"
#include "support/testcase.h"
#include "ui/fields/growingedit.h"
#include "ui/fields/lineeditor.h"
#include "ui/fields/optionrow.h"
#include "ui/fields/optionrows.h"
#include "ui/fields/optionseditor.h"

#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

/// The options as forms below their text: one and the same list.
class OptionRowsTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void formsAreTheNotationTakenApart_data();
    void formsAreTheNotationTakenApart();
    void everyKindAndLengthHasAForm();
    void showARowForEachOption();
    void typingChangesTheTextAtOnce();
    void whatCannotBeReadStays();
    void arrowsStep();
    void moveDuplicateAndRemove();
    void alignAndPad();
    void nothingIsCutInANarrowEditor();

private:
    void show(const char* notation);
    QString text() const { return m_editor->findChild<GrowingEdit*>()->toPlainText(); }
    OptionRow* row(int at) const { return m_editor->findChild<OptionRows*>()->rows()[at]; }

    std::unique_ptr<OptionsEditor> m_editor;
    std::unique_ptr<QSignalSpy> m_edited;
};

void OptionRowsTest::init()
{
    m_editor = std::make_unique<OptionsEditor>(true);
    m_editor->setNames(u"TCP, Options"_s, {});
    m_edited = std::make_unique<QSignalSpy>(m_editor.get(), &ValueEditor::edited);
    // What the builder does: an edit that can be read comes back as the state.
    connect(m_editor.get(), &ValueEditor::edited, m_editor.get(), [this](const QString& text) {
        if (const Result<Options> read = parseTcpOptions(text.toStdString()))
            show(toText(*read).c_str());
    });
    m_editor->QWidget::show();
}

void OptionRowsTest::show(const char* notation)
{
    FieldState state;
    state.text = QString::fromUtf8(notation);
    m_editor->showState(state);
}

void OptionRowsTest::formsAreTheNotationTakenApart_data()
{
    QTest::addColumn<QString>("label");
    QTest::addColumn<QStringList>("values");
    QTest::newRow("mss=1460") << u"MSS"_s << QStringList{u"1460"_s};
    QTest::newRow("timestamps=1:0") << u"Timestamps"_s << QStringList{u"1"_s, u"0"_s};
    QTest::newRow("nop") << u"No-operation"_s << QStringList{};
    QTest::newRow("sack=1-10+20-30") << u"SACK"_s << QStringList{u"1-10+20-30"_s};
    QTest::newRow("user-timeout=30s") << u"User timeout"_s << QStringList{u"30s"_s};
    QTest::newRow("ao=1:2:00ff") << u"TCP-AO"_s << QStringList{u"1"_s, u"2"_s, u"00ff"_s};
    QTest::newRow("mss/3=05") << u"MSS"_s << QStringList{u"3"_s, u"05"_s};
    QTest::newRow("kind-253=") << u"Kind 253"_s << QStringList{QString()};
    QTest::newRow("kind-253/0=") << u"Kind 253"_s << QStringList{u"0"_s, QString()};
    QTest::newRow("tail=0001") << u"Padding"_s << QStringList{u"0001"_s};
    QTest::newRow("timestamps=1") << u"Timestamps"_s << QStringList{u"1"_s}; // cannot be read
}

void OptionRowsTest::formsAreTheNotationTakenApart()
{
    QFETCH(QStringList, values);
    const QString notation = QString::fromLatin1(QTest::currentDataTag());
    const OptionForm form = OptionForm::of(notation);
    QTEST(form.label, "label");
    QStringList texts;
    for (const OptionForm::Value& value : form.values)
        texts << value.text;
    QCOMPARE(texts, values);
    QCOMPARE(form.notation(), notation);
}

void OptionRowsTest::everyKindAndLengthHasAForm()
{
    for (int kind = 0; kind < 256; ++kind)
        for (std::uint8_t length = 0; length <= 41; ++length) {
            Bytes space{std::uint8_t(kind), length};
            space.resize(std::max<std::size_t>(2, length), 0xa5);
            const QString text = QString::fromStdString(toText(decodeOptions(space)));
            QStringList again;
            for (const QString& one : text.split(u',', Qt::SkipEmptyParts))
                again << OptionForm::of(one).notation();
            QCOMPARE(again.join(u','), text);
        }
}

void OptionRowsTest::showARowForEachOption()
{
    show("mss=1460,nop,timestamps=5:6");
    QCOMPARE(m_editor->findChild<OptionRows*>()->rows().size(), 3);
    QCOMPARE(row(0)->lines().size(), 1);
    QCOMPARE(row(1)->lines().size(), 0);
    QCOMPARE(row(2)->lines()[1]->text(), u"6"_s);
    QCOMPARE(row(2)->lines()[1]->accessibleName(), u"TCP, Options, option 3, Timestamps, TSecr"_s);
    show("");
    QVERIFY(m_editor->findChild<OptionRows*>()->isHidden());
}

void OptionRowsTest::typingChangesTheTextAtOnce()
{
    show("mss=1460,timestamps=5:6");
    row(1)->lines()[0]->setFocus();
    row(1)->lines()[0]->selectAll();
    QTest::keyClicks(row(1)->lines()[0], u"77"_s);
    QCOMPARE(text(), u"mss=1460,timestamps=77:6"_s);
    QCOMPARE(m_edited->last().first().toString(), u"mss=1460,timestamps=77:6"_s);
    // And the other way round.
    m_editor->type(u"mss=9,nop"_s);
    QCOMPARE(row(0)->lines()[0]->text(), u"9"_s);
    QCOMPARE(row(1)->form().name, u"nop"_s);
}

void OptionRowsTest::whatCannotBeReadStays()
{
    show("mss=1460");
    row(0)->lines()[0]->setFocus();
    QTest::keyClicks(row(0)->lines()[0], u"x"_s);
    QCOMPARE(m_edited->last().first().toString(), u"mss=1460x"_s);
    QCOMPARE(row(0)->lines()[0]->text(), u"1460x"_s);
    QTest::keyClick(row(0)->lines()[0], Qt::Key_Escape);
    QCOMPARE(row(0)->lines()[0]->text(), u"1460"_s);
    QCOMPARE(text(), u"mss=1460"_s);
}

void OptionRowsTest::arrowsStep()
{
    show("window-scale=7");
    QTest::keyClick(row(0)->lines()[0], Qt::Key_Up);
    QCOMPARE(text(), u"window-scale=8"_s);
    for (int step = 0; step < 20; ++step)
        QTest::keyClick(row(0)->lines()[0], Qt::Key_Down);
    QCOMPARE(text(), u"window-scale=0"_s);
}

void OptionRowsTest::moveDuplicateAndRemove()
{
    show("mss=1460,nop,window-scale=7");
    const auto change = [this](int at, int action) {
        row(at)->findChild<QMenu*>()->actions()[action]->trigger();
    };
    change(2, 0); // up
    QCOMPARE(text(), u"mss=1460,window-scale=7,nop"_s);
    QCOMPARE(m_editor->focusWidget(), row(1)->findChild<QToolButton*>());
    change(0, 1); // down
    QCOMPARE(text(), u"window-scale=7,mss=1460,nop"_s);
    change(1, 2); // duplicate
    QCOMPARE(text(), u"window-scale=7,mss=1460,mss=1460,nop"_s);
    change(0, 3); // remove
    QCOMPARE(text(), u"mss=1460,mss=1460,nop"_s);
    QCOMPARE(m_edited->last().first().toString(), text());
    QVERIFY(!row(0)->findChild<QMenu*>()->actions()[0]->isEnabled());
    QVERIFY(!row(2)->findChild<QMenu*>()->actions()[1]->isEnabled());
    for (int left = 3; left > 0; --left)
        change(0, 3);
    QCOMPARE(text(), QString());
}

void OptionRowsTest::alignAndPad()
{
    QMenu* padding = nullptr;
    for (const QAction* action : m_editor->findChild<QToolButton*>()->menu()->actions())
        if (action->menu())
            padding = action->menu();
    show("window-scale=7");
    padding->actions()[0]->trigger();
    QCOMPARE(text(), u"window-scale=7,nop"_s);
    padding->actions()[0]->trigger(); // nothing is missing
    QCOMPARE(text(), u"window-scale=7,nop"_s);
    padding->actions()[1]->trigger();
    QCOMPARE(text(), u"window-scale=7,nop,tail=00"_s);
    QCOMPARE(row(2)->texts().size(), 1);
}

void OptionRowsTest::nothingIsCutInANarrowEditor()
{
    show("mss=1460");
    m_editor->resize(360, 400);
    show("ao=1:2:00112233445566778899aabb,timestamps=1:0,md5=00112233445566778899aabbccddeeff");
    QTest::qWait(50);
    for (const OptionRow* one : m_editor->findChild<OptionRows*>()->rows())
        for (const QWidget* part : one->findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
            if (part->isVisible())
                QVERIFY2(one->rect().contains(part->geometry()),
                    qPrintable(one->form().label + part->accessibleName()));
}

TCPW_TEST(OptionRowsTest);
#include "tst_optionrows.moc"
