// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/packetlist/emptystate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

namespace {

QList<QPushButton*> visibleButtons(const EmptyState& state)
{
    QList<QPushButton*> visible;
    for (QPushButton* button : state.findChildren<QPushButton*>())
        if (button->isVisible())
            visible << button;
    return visible;
}

} // namespace

class EmptyStateTest : public QObject
{
    Q_OBJECT
private slots:
    void showsTextAlone();
    void showsCauseCommandAndWaysOut();
    void leavesOutACommandThatThereIsNot();
};

void EmptyStateTest::showsTextAlone()
{
    EmptyState state;
    state.setText(u"Press <b>Send</b>."_s);
    state.show();
    auto* label = state.findChild<QLabel*>(u"emptyText"_s);
    QCOMPARE(label->text(), u"Press <b>Send</b>."_s);
    QCOMPARE(label->textFormat(), Qt::PlainText);
    QVERIFY(visibleButtons(state).isEmpty());
}

void EmptyStateTest::showsCauseCommandAndWaysOut()
{
    EmptyState state;
    QSignalSpy again(&state, &EmptyState::tryAgainRequested);
    QSignalSpy recording(&state, &EmptyState::recordingRequested);
    state.setObstacle(u"User namespaces are switched off."_s, u"sudo sysctl -w x=1"_s);
    state.show();
    const QList<QPushButton*> buttons = visibleButtons(state);
    QCOMPARE(buttons.size(), 3);
    for (QPushButton* button : buttons)
        QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(again.size(), 1);
    QCOMPARE(recording.size(), 1);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"sudo sysctl -w x=1"_s);
    QVERIFY(state.findChild<QLabel*>(u"emptyText"_s)
                ->text()
                .contains(u"User namespaces are switched off."_s));
}

void EmptyStateTest::leavesOutACommandThatThereIsNot()
{
    EmptyState state;
    state.setObstacle(u"There is no veth module."_s, {});
    state.show();
    QCOMPARE(visibleButtons(state).size(), 2);
    state.setText(u"Press Send."_s);
    QVERIFY(visibleButtons(state).isEmpty());
}

TCPW_TEST(EmptyStateTest);
#include "tst_emptystate.moc"
