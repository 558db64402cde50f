// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "../looks.h"
#include "lab/lab.h"
#include "support/testcase.h"
#include "ui/devices/devicedelegate.h"
#include "ui/devices/devicepicker.h"
#include "ui/devices/devicetext.h"

#include <QAbstractItemView>
#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;

class DevicePickerTest : public QObject
{
    Q_OBJECT
private slots:
    void describesADevice();
    void showsTextFromOutsideAsItIs();
    void choosesWithoutTellingOfWhatTheProgramSets();
    void tellsWhatTheUserChooses();
    void letsOneReadWhatCannotBeOpened();
    void keepsItsPlaceWhenTheListIsTheSame();
    void asksForANewListWhenItOpens();
    void isNotChangedByTheWheel();
    void looksWell_data();
    void looksWell();

private:
    static std::vector<Device> devices();
};

std::vector<Device> DevicePickerTest::devices()
{
    Device lab;
    lab.id = {2, "lab0", 1};
    lab.addresses = {{labAddress::near4, 24}, {labAddress::near6, 64}};
    lab.up = lab.running = lab.lab = true;
    Device ethernet;
    ethernet.id = {3, "enp0s31f6", 1};
    ethernet.description = "Intel Corporation Ethernet Connection (7) I219-LM";
    ethernet.addresses = {{Ipv4Address{0x0a000005}, 24}};
    ethernet.up = ethernet.running = true;
    Device wireless = ethernet;
    wireless.id = {4, "wlp2s0", 1};
    wireless.description.clear();
    wireless.wireless = true;
    wireless.running = false;
    wireless.captureProblem = "This program may not capture on real devices. Run: sudo app/run "
                              "--grant";
    Device loopback;
    loopback.id = {1, "lo", 1};
    loopback.loopback = loopback.up = loopback.running = true;
    loopback.addresses = {{Ipv4Address{0x7f000001}, 8}};
    loopback.injectProblem = "The kernel drops packets that are sent to 127.0.0.0/8 this way. Use "
                             "the practice network.";
    return {lab, ethernet, wireless, loopback};
}

void DevicePickerTest::describesADevice()
{
    const std::vector<Device> all = devices();
    QCOMPARE(deviceText(all[0]).title,
        QStringLiteral("Practice network (lab0) · you are 192.168.56.101"));
    QVERIFY(deviceText(all[0]).details.contains(QStringLiteral("nothing leaves this computer")));
    QCOMPARE(deviceText(all[1]).title, QStringLiteral("enp0s31f6 · 10.0.0.5"));
    QVERIFY(deviceText(all[1]).details.contains(QStringLiteral("10.0.0.5/24")));
    QVERIFY(deviceText(all[1]).details.endsWith(QStringLiteral("up")));
    QVERIFY(deviceText(all[2]).details.contains(QStringLiteral("Wi-Fi")));
    QVERIFY(deviceText(all[2]).details.endsWith(QStringLiteral("no link")));
    QVERIFY(deviceText(all[3]).problem.contains(QStringLiteral("practice network")));
}

void DevicePickerTest::showsTextFromOutsideAsItIs()
{
    Device device;
    device.id.name = "e\x1b[1m";
    device.description = "<img src=file:///x> \xe2\x80\xae gnp";
    DevicePicker picker;
    picker.setDevices({device}, &device);
    QCOMPARE(picker.itemText(0), QStringLiteral("e\\x1b[1m"));
    QVERIFY(picker.itemData(0, DetailsRole).toString().contains(QStringLiteral("\\u202e")));
    QVERIFY(!picker.toolTip().contains(QStringLiteral("<img")));
}

void DevicePickerTest::choosesWithoutTellingOfWhatTheProgramSets()
{
    DevicePicker picker;
    QSignalSpy chosen(&picker, &DevicePicker::deviceChosen);
    const std::vector<Device> all = devices();
    picker.setDevices(all, nullptr);
    QCOMPARE(picker.currentIndex(), -1);
    picker.setDevices(all, &all[1]);
    QCOMPARE(picker.currentIndex(), 1);
    QCOMPARE(chosen.size(), 0);
}

void DevicePickerTest::tellsWhatTheUserChooses()
{
    DevicePicker picker;
    const std::vector<Device> all = devices();
    picker.setDevices(all, &all[0]);
    picker.show();
    QVERIFY(QTest::qWaitForWindowActive(&picker));
    QSignalSpy chosen(&picker, &DevicePicker::deviceChosen);
    QTest::keyClick(&picker, Qt::Key_Down);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.last().first().value<DeviceId>(), all[1].id);
}

void DevicePickerTest::letsOneReadWhatCannotBeOpened()
{
    DevicePicker picker;
    const std::vector<Device> all = devices();
    picker.setDevices(all, &all[1]);
    picker.show();
    QVERIFY(QTest::qWaitForWindowActive(&picker));
    QVERIFY(picker.itemData(2, UnusableRole).toBool());
    QTest::keyClick(&picker, Qt::Key_Down);
    QCOMPARE(picker.currentIndex(), 2);
    QVERIFY(picker.toolTip().contains(QStringLiteral("--grant")));
    QVERIFY(
        picker.itemData(2, Qt::AccessibleTextRole).toString().contains(QStringLiteral("--grant")));
}

void DevicePickerTest::keepsItsPlaceWhenTheListIsTheSame()
{
    DevicePicker picker;
    const std::vector<Device> all = devices();
    picker.setDevices(all, &all[2]);
    QSignalSpy reset(picker.model(), &QAbstractItemModel::rowsRemoved);
    picker.setDevices(all, &all[2]);
    QCOMPARE(reset.size(), 0);
    picker.setDevices(all, &all[0]);
    QCOMPARE(picker.currentIndex(), 0);
}

void DevicePickerTest::asksForANewListWhenItOpens()
{
    DevicePicker picker;
    picker.setDevices(devices(), nullptr);
    picker.show();
    QSignalSpy asked(&picker, &DevicePicker::refreshRequested);
    picker.showPopup();
    QCOMPARE(asked.size(), 1);
    picker.hidePopup();
}

void DevicePickerTest::isNotChangedByTheWheel()
{
    DevicePicker picker;
    const std::vector<Device> all = devices();
    picker.setDevices(all, &all[0]);
    picker.show();
    QVERIFY(QTest::qWaitForWindowActive(&picker));
    QWheelEvent wheel(QPointF(5, 5), picker.mapToGlobal(QPointF(5, 5)), {}, QPoint(0, -120),
        Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&picker, &wheel);
    QCOMPARE(picker.currentIndex(), 0);
}

void DevicePickerTest::looksWell_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void DevicePickerTest::looksWell()
{
    QFETCH(bool, dark);
    const Scheme scheme(dark);
    DevicePicker picker;
    const std::vector<Device> all = devices();
    picker.setDevices(all, &all[0]);
    picker.resize(picker.sizeHint());
    picker.show();
    picker.showPopup();
    QWidget* popup = picker.view()->window();
    const QString name = QStringLiteral("devices");
    const QString end = dark ? QStringLiteral("-dark") : QStringLiteral("-light");
    takePicture(*popup, name + QStringLiteral("-list") + end, popup->size());
    // Every row is as high as its text needs, and all are seen.
    for (int row = 0; row < picker.count(); ++row) {
        const QModelIndex index = picker.model()->index(row, 0);
        const QRect place = picker.view()->visualRect(index);
        QVERIFY(picker.view()->viewport()->rect().contains(place));
        QVERIFY(place.height() > 2 * picker.fontMetrics().height());
    }
    picker.hidePopup();
    takePicture(picker, name + end, picker.sizeHint());
    QCOMPARE(cutTexts(picker), QStringList());
    QVERIFY(!picker.accessibleName().isEmpty());
}

TCPW_TEST(DevicePickerTest);

#include "tst_devicepicker.moc"
