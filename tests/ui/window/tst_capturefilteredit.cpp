// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/capturefilteredit.h"

#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

class CaptureFilterEditTest : public QObject
{
    Q_OBJECT
private slots:
    void asksForACheckAfterARest();
    void takesAFilterOnReturnOnly();
    void saysWhatIsWrongInItsToolTip();
    void passesOverTheCheckOfAnEarlierText();
    void goesBackOnEscape();
    void takesTheEmptyFilterWhenItIsCleared();
    void tellsByFontThatAFilterIsNotInUseYet();
};

void CaptureFilterEditTest::asksForACheckAfterARest()
{
    CaptureFilterEdit edit;
    QSignalSpy asked(&edit, &CaptureFilterEdit::checkRequested);
    QTest::keyClicks(&edit, u"tcp port 8081"_s);
    QCOMPARE(asked.size(), 0);
    QTRY_COMPARE(asked.size(), 1);
    QCOMPARE(asked[0][0].toString(), u"tcp port 8081"_s);
}

void CaptureFilterEditTest::takesAFilterOnReturnOnly()
{
    CaptureFilterEdit edit;
    QSignalSpy chosen(&edit, &CaptureFilterEdit::filterChosen);
    QTest::keyClicks(&edit, u" tcp "_s);
    QCOMPARE(chosen.size(), 0);
    QTest::keyClick(&edit, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toString(), u"tcp"_s);
}

void CaptureFilterEditTest::saysWhatIsWrongInItsToolTip()
{
    CaptureFilterEdit edit;
    QSignalSpy problem(&edit, &CaptureFilterEdit::problemChanged);
    edit.setText(u"tcp prt"_s);
    edit.setChecked(u"tcp prt"_s, u"“prt” is <b>no</b> word."_s);
    QVERIFY(edit.toolTip().contains(u"“prt” is &lt;b&gt;no&lt;/b&gt; word."_s));
    QCOMPARE(problem.size(), 1);
    edit.setChecked(u"tcp prt"_s, {});
    QCOMPARE(problem.last()[0].toString(), QString());
}

void CaptureFilterEditTest::passesOverTheCheckOfAnEarlierText()
{
    CaptureFilterEdit edit;
    QSignalSpy problem(&edit, &CaptureFilterEdit::problemChanged);
    edit.setText(u"tcp port 80"_s);
    edit.setChecked(u"tcp port"_s, u"too short"_s);
    QCOMPARE(problem.size(), 0);
}

void CaptureFilterEditTest::goesBackOnEscape()
{
    CaptureFilterEdit edit;
    edit.setFilter(u"tcp"_s);
    QTest::keyClicks(&edit, u" prt"_s);
    QCOMPARE(edit.text(), u"tcp prt"_s);
    QTest::keyClick(&edit, Qt::Key_Escape);
    QCOMPARE(edit.text(), u"tcp"_s);
}

void CaptureFilterEditTest::takesTheEmptyFilterWhenItIsCleared()
{
    CaptureFilterEdit edit;
    edit.setFilter(u"tcp"_s);
    QSignalSpy chosen(&edit, &CaptureFilterEdit::filterChosen);
    edit.clear();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toString(), QString());
}

void CaptureFilterEditTest::tellsByFontThatAFilterIsNotInUseYet()
{
    CaptureFilterEdit edit;
    QTest::keyClicks(&edit, u"tcp"_s);
    QVERIFY(edit.font().italic());
    edit.setFilter(u"tcp"_s);
    QVERIFY(!edit.font().italic());
}

TCPW_TEST(CaptureFilterEditTest);
#include "tst_capturefilteredit.moc"
