// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/kernelswitch.h"

#include <QApplication>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

class KernelSwitchTest : public QObject
{
    Q_OBJECT
private slots:
    void answersAtFirst();
    void tellsTheUsersChoiceOnce();
    void emitsNothingWhenItIsSet();
    void namesThePortThatIsGuarded();
    void saysWhereOnlyOneLineHolds();
};

void KernelSwitchTest::answersAtFirst()
{
    KernelSwitch kernel;
    QVERIFY(kernel.answersButton()->isChecked());
    QVERIFY(!kernel.silentButton()->isChecked());
}

void KernelSwitchTest::tellsTheUsersChoiceOnce()
{
    KernelSwitch kernel;
    kernel.show();
    QApplication::setActiveWindow(&kernel);
    kernel.answersButton()->setFocus();
    QSignalSpy chosen(&kernel, &KernelSwitch::silentChosen);
    QTest::keyClick(kernel.answersButton(), Qt::Key_Right);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toBool(), true);
    QTest::keyClick(kernel.silentButton(), Qt::Key_Left);
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(chosen[1][0].toBool(), false);
}

void KernelSwitchTest::emitsNothingWhenItIsSet()
{
    KernelSwitch kernel;
    QSignalSpy chosen(&kernel, &KernelSwitch::silentChosen);
    kernel.setState(true, {});
    QVERIFY(kernel.silentButton()->isChecked());
    kernel.setState(false, {});
    QVERIFY(kernel.answersButton()->isChecked());
    QCOMPARE(chosen.size(), 0);
}

void KernelSwitchTest::namesThePortThatIsGuarded()
{
    KernelSwitch kernel;
    GuardState state;
    state.dropsAll = true;
    kernel.setState(true, {{{Ipv4Address{1}, 40001, 0}, state}});
    QCOMPARE(kernel.silentButton()->text(), u"stays silent (port 40001)"_s);
    kernel.setState(
        true, {{{Ipv4Address{1}, 40001, 0}, state}, {{Ipv4Address{1}, 40002, 0}, state}});
    QCOMPARE(kernel.silentButton()->text(), u"stays silent (port 40002 and 1 more)"_s);
}

void KernelSwitchTest::saysWhereOnlyOneLineHolds()
{
    KernelSwitch kernel;
    GuardState state;
    state.minimumTtl = true;
    state.note = "A peer that sends TTL 255 still draws a RST.";
    kernel.setState(true, {{{Ipv4Address{1}, 40001, 0}, state}});
    QVERIFY(kernel.silentButton()->toolTip().contains(u"TTL 255"_s));
}

TCPW_TEST(KernelSwitchTest);
#include "tst_kernelswitch.moc"
