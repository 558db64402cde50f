// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/packetlist/noticeline.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

namespace {

Notice hint(const QString& text, const QString& action = {}, int actionId = NoAction)
{
    Notice notice;
    notice.text = text;
    notice.action = action;
    notice.actionId = actionId;
    return notice;
}

Notice error(const QString& text)
{
    Notice notice = hint(text);
    notice.kind = Notice::Kind::error;
    return notice;
}

QString shownText(const NoticeLine& line)
{
    return line.findChild<QLabel*>(u"noticeText"_s)->text();
}

} // namespace

class NoticeLineTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { qRegisterMetaType<Notice>(); }
    void keepsItsHeightWhateverItShows();
    void showsTextFromOutsideAsItIs();
    void letsAHintReplaceTheOneBefore();
    void bringsAnErrorBackWhenAHintIsClosed();
    void offersItsActionOnce();
    void copiesACommand();
    void offersToDiscardASpool();
    void keepsTheSpoolWhileHintsGo();
    void showsWhatIsTypedWrongBeforeAll();
    void takesAwayNoticesOfAnAction();
};

void NoticeLineTest::keepsItsHeightWhateverItShows()
{
    NoticeLine line;
    line.resize(500, 50);
    line.QWidget::show();
    const int empty = line.height();
    line.show(hint(u"Your own computer's TCP sent this RST (No. 3): it has no socket on port "
                   u"40000. Next: let your kernel stay silent, Send again, then Answer."_s,
        u"Stay silent"_s, KernelSilentAction));
    QCOMPARE(line.height(), empty);
    Notice command = error(u"The practice network cannot be made."_s);
    command.command = u"sudo sysctl -w user.max_user_namespaces=100"_s;
    line.show(command);
    QCOMPARE(line.height(), empty);
}

void NoticeLineTest::showsTextFromOutsideAsItIs()
{
    NoticeLine line;
    line.show(error(u"<img src=file:///etc/passwd><b>bold</b>"_s));
    QCOMPARE(line.findChild<QLabel*>(u"noticeText"_s)->textFormat(), Qt::PlainText);
    QVERIFY(line.findChild<QLabel*>(u"noticeText"_s)->toolTip().contains(u"&lt;img"_s));
}

void NoticeLineTest::letsAHintReplaceTheOneBefore()
{
    NoticeLine line;
    line.show(hint(u"first"_s));
    line.show(hint(u"second"_s));
    QCOMPARE(shownText(line), u"second"_s);
    line.clearHints();
    QVERIFY(line.current().text.isEmpty());
}

void NoticeLineTest::bringsAnErrorBackWhenAHintIsClosed()
{
    NoticeLine line;
    line.show(error(u"The disk is full."_s));
    line.show(hint(u"Next: Answer."_s));
    QCOMPARE(shownText(line), u"Next: Answer."_s);
    line.QWidget::show();
    QTest::mouseClick(line.findChild<QToolButton*>(), Qt::LeftButton);
    QCOMPARE(shownText(line), u"The disk is full."_s);
}

void NoticeLineTest::offersItsActionOnce()
{
    NoticeLine line;
    QSignalSpy activated(&line, &NoticeLine::activated);
    line.show(hint(u"RST"_s, u"Stay silent"_s, KernelSilentAction));
    line.QWidget::show();
    auto* action = line.findChild<QPushButton*>(u"noticeAction"_s);
    QVERIFY(action->isVisible());
    QCOMPARE(action->text(), u"Stay silent"_s);
    QTest::mouseClick(action, Qt::LeftButton);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated[0][0].value<Notice>().actionId, int(KernelSilentAction));
    QVERIFY(!action->isVisible());
}

void NoticeLineTest::copiesACommand()
{
    NoticeLine line;
    Notice notice = error(u"No rights."_s);
    notice.command = u"sudo app/run --grant"_s;
    line.show(notice);
    line.QWidget::show();
    for (QPushButton* button : line.findChildren<QPushButton*>())
        if (button->text() == u"Copy"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), u"sudo app/run --grant"_s);
}

void NoticeLineTest::offersToDiscardASpool()
{
    NoticeLine line;
    QSignalSpy discarded(&line, &NoticeLine::discarded);
    line.QWidget::show();
    auto* discard = line.findChild<QPushButton*>(u"noticeDiscard"_s);
    QVERIFY(!discard->isVisible());
    line.show(hint(u"left"_s, u"Restore"_s, RestoreSpoolAction));
    QVERIFY(discard->isVisible());
    QTest::mouseClick(discard, Qt::LeftButton);
    QCOMPARE(discarded.size(), 1);
    QVERIFY(line.current().text.isEmpty());
}

void NoticeLineTest::keepsTheSpoolWhileHintsGo()
{
    NoticeLine line;
    line.show(hint(u"left"_s, u"Restore"_s, RestoreSpoolAction));
    line.show(hint(u"SYN,ACK"_s));
    line.clearHints();
    QCOMPARE(line.current().text, u"left"_s);
}

void NoticeLineTest::showsWhatIsTypedWrongBeforeAll()
{
    NoticeLine line;
    line.show(hint(u"SYN,ACK"_s, u"Answer"_s, AnswerAction));
    line.setProblem(u"syntax error"_s);
    QCOMPARE(shownText(line), u"syntax error"_s);
    line.QWidget::show();
    QVERIFY(!line.findChild<QPushButton*>(u"noticeAction"_s)->isVisible());
    line.setProblem({});
    QCOMPARE(shownText(line), u"SYN,ACK"_s);
}

void NoticeLineTest::takesAwayNoticesOfAnAction()
{
    NoticeLine line;
    line.show(error(u"other"_s));
    line.show(hint(u"RST"_s, u"Stay silent"_s, KernelSilentAction));
    line.clearAction(KernelSilentAction);
    QCOMPARE(line.current().text, u"other"_s);
}

TCPW_TEST(NoticeLineTest);
#include "tst_noticeline.moc"
