// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/fields/textlabel.h"
#include "ui/templates/sheetbar.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

class SheetBarTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void isHiddenWithoutASheet();
    void walksFromStepToStep();
    void saysWhyAStepCannotBeRead();
    void showsTextFromOutsideAsPlainText();

private:
    QString text() const;
    QPushButton* next() const { return m_bar->findChild<QPushButton*>(u"nextStep"_s); }

    LibrarySheet m_sheet;
    std::unique_ptr<SheetBar> m_bar;
};

void SheetBarTest::init()
{
    m_sheet = {u"Lesson"_s, {}, {}};
    for (const char* name : {"One", "Two", "Three"}) {
        OwnTemplate step;
        step.content.name = name;
        step.content.before = std::string("Do ") + name + '.';
        step.content.expects = std::string("See ") + name + '.';
        m_sheet.steps.push_back(step);
    }
    m_bar = std::make_unique<SheetBar>();
}

QString SheetBarTest::text() const
{
    QStringList lines;
    for (const TextLabel* label : m_bar->findChildren<TextLabel*>())
        if (!label->isHidden())
            lines << label->text();
    return lines.join(u'|');
}

void SheetBarTest::isHiddenWithoutASheet()
{
    QVERIFY(m_bar->isHidden());
    QCOMPARE(m_bar->step(), -1);
}

void SheetBarTest::walksFromStepToStep()
{
    QSignalSpy shown(m_bar.get(), &SheetBar::stepShown);
    QSignalSpy closed(m_bar.get(), &SheetBar::closed);
    m_bar->open(m_sheet, 1);
    QVERIFY(!m_bar->isHidden());
    QCOMPARE(text(), u"Lesson – step 2 of 3: Two|Do Two.|Expect: See Two."_s);
    QTest::keyClick(next(), Qt::Key_Space);
    QCOMPARE(text(), u"Lesson – step 3 of 3: Three|Do Three.|Expect: See Three."_s);
    QCOMPARE(next()->text(), u"&Finish"_s);
    for (QPushButton* button : m_bar->findChildren<QPushButton*>())
        if (button != next())
            for (int click = 0; click < 5; ++click)
                QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(m_bar->step(), 0);
    QCOMPARE(shown.size(), 4);
    QCOMPARE(shown.last().first().value<OwnTemplate>().content.name, std::string("One"));

    m_bar->open(m_sheet, 2);
    QTest::keyClick(next(), Qt::Key_Space);
    QVERIFY(m_bar->isHidden());
    QCOMPARE(closed.size(), 1);
    QCOMPARE(m_bar->step(), -1);
}

void SheetBarTest::saysWhyAStepCannotBeRead()
{
    m_sheet.steps[1].problem = u"line 1: it is cut."_s;
    QSignalSpy shown(m_bar.get(), &SheetBar::stepShown);
    m_bar->open(m_sheet, 1);
    QVERIFY(text().contains(u"line 1: it is cut."_s));
    QCOMPARE(shown.size(), 0); // the builder keeps what it has
}

void SheetBarTest::showsTextFromOutsideAsPlainText()
{
    m_sheet.steps[0].content.before = "<b>now</b>\x1b";
    m_bar->open(m_sheet, 0);
    QVERIFY2(text().contains(u"<b>now</b>\\x1b"_s), qPrintable(text()));
    for (const TextLabel* label : m_bar->findChildren<TextLabel*>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

TCPW_TEST(SheetBarTest);
#include "tst_sheetbar.moc"
