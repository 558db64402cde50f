// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/devices/furtherdevices.h"

#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace tcpw;

/// The button that chooses further devices to capture on.
class FurtherDevicesTest : public QObject
{
    Q_OBJECT
private slots:
    void offersWhatCanBeOpenedButTheChosenOne();
    void isHiddenWhereThereIsNoOther();
    void tellsWhatTheUserChecks();
    void namesWhatIsChecked();
    void opensByTheKeyboard();
    void showsTextFromOutsideAsItIs();
    void keepsItsMenuWhenNothingChanged();

private:
    static std::vector<Device> someDevices();
};

std::vector<Device> FurtherDevicesTest::someDevices()
{
    std::vector<Device> devices(4);
    const char* names[] = {"lab0", "eth0", "wlan0", "lo"};
    for (std::uint32_t i = 0; i < 4; ++i)
        devices[i].id = {i + 1, names[i], 7};
    devices[0].lab = true;
    devices[2].captureProblem = "wlan0 is down.";
    return devices;
}

void FurtherDevicesTest::offersWhatCanBeOpenedButTheChosenOne()
{
    FurtherDevices button;
    const auto devices = someDevices();
    button.setDevices(devices, &devices[1], {devices[3].id});
    const auto actions = button.menu()->actions();
    QCOMPARE(actions.size(), 2);
    QVERIFY(actions[0]->text().contains(QStringLiteral("lab0")));
    QVERIFY(actions[1]->text().contains(QStringLiteral("lo")));
    QVERIFY(actions[0]->isCheckable() && !actions[0]->isChecked());
    QVERIFY(actions[1]->isChecked());
    QVERIFY(!actions[0]->toolTip().isEmpty());
    QVERIFY(!button.accessibleName().isEmpty() && !button.toolTip().isEmpty());
}

void FurtherDevicesTest::isHiddenWhereThereIsNoOther()
{
    QWidget window;
    auto* button = new FurtherDevices(&window);
    window.show();
    const auto devices = someDevices();
    QVERIFY(!button->isVisible());
    button->setDevices({devices[0], devices[2]}, &devices[0], {});
    QVERIFY(!button->isVisible());
    button->setDevices(devices, nullptr, {});
    QVERIFY(!button->isVisible());
    button->setDevices(devices, &devices[0], {});
    QVERIFY(button->isVisible());
}

void FurtherDevicesTest::tellsWhatTheUserChecks()
{
    FurtherDevices button;
    const auto devices = someDevices();
    QSignalSpy chosen(&button, &FurtherDevices::furtherChosen);
    button.setDevices(devices, &devices[0], {});
    button.setDevices(devices, &devices[0], {devices[1].id});
    QCOMPARE(chosen.size(), 0);
    button.menu()->actions()[1]->trigger();
    QCOMPARE(chosen.size(), 1);
    QVERIFY(chosen[0][0].value<std::vector<DeviceId>>()
        == (std::vector<DeviceId>{devices[1].id, devices[3].id}));
    button.menu()->actions()[0]->trigger();
    QVERIFY(chosen[1][0].value<std::vector<DeviceId>>().empty());
}

void FurtherDevicesTest::namesWhatIsChecked()
{
    FurtherDevices button;
    const auto devices = someDevices();
    button.setDevices(devices, &devices[0], {devices[1].id});
    QCOMPARE(button.text(), QStringLiteral("Also on eth0"));
    button.setDevices(devices, &devices[0], {devices[1].id, devices[3].id});
    QCOMPARE(button.text(), QStringLiteral("Also on 2 devices"));
    QCOMPARE(button.accessibleDescription(), QStringLiteral("eth0, lo"));
    QVERIFY(button.toolTip().contains(QStringLiteral("eth0, lo")));
    button.adjustSize();
    QVERIFY(button.width() >= button.minimumSizeHint().width());
}

void FurtherDevicesTest::opensByTheKeyboard()
{
    FurtherDevices button;
    const auto devices = someDevices();
    button.setDevices(devices, &devices[0], {});
    button.show();
    QVERIFY(QTest::qWaitForWindowActive(&button));
    button.setFocus();
    QSignalSpy chosen(&button, &FurtherDevices::furtherChosen);
    QTimer::singleShot(0, button.menu(), [menu = button.menu()] {
        QTRY_VERIFY(menu->isVisible());
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
    });
    QTest::keyClick(&button, Qt::Key_Space); // returns when the menu is closed
    QTRY_COMPARE(chosen.size(), 1);
    QVERIFY(chosen[0][0].value<std::vector<DeviceId>>() == std::vector<DeviceId>{devices[1].id});
}

void FurtherDevicesTest::showsTextFromOutsideAsItIs()
{
    FurtherDevices button;
    auto devices = someDevices();
    devices[1].id.name = "a&b\x1b[1m<b>";
    button.setDevices(devices, &devices[0], {devices[1].id});
    QVERIFY(button.menu()->actions()[0]->text().contains(QStringLiteral("a&&b\\x1b[1m")));
    QVERIFY(!button.toolTip().contains(QStringLiteral("<b>")));
    QCOMPARE(button.text(), QStringLiteral("Also on a&&b\\x1b[1m<b>"));
}

void FurtherDevicesTest::keepsItsMenuWhenNothingChanged()
{
    FurtherDevices button;
    const auto devices = someDevices();
    button.setDevices(devices, &devices[0], {});
    const auto before = button.menu()->actions();
    button.setDevices(devices, &devices[0], {});
    QCOMPARE(button.menu()->actions(), before);
}

TCPW_TEST(FurtherDevicesTest);

#include "tst_furtherdevices.moc"
