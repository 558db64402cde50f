// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/devices/devicepicker.h"

#include "ui/devices/devicedelegate.h"
#include "ui/devices/devicetext.h"
#include "ui/fields/plaintext.h"

#include <QAbstractItemView>
#include <QListView>
#include <QWheelEvent>

#include <algorithm>

namespace tcpw {

namespace {

constexpr int popupWidth = 420;

} // namespace

DevicePicker::DevicePicker(QWidget* parent)
    : QComboBox(parent)
{
    auto* list = new QListView(this);
    list->setTextElideMode(Qt::ElideNone);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->setResizeMode(QListView::Adjust);
    setView(list);
    list->setItemDelegate(new DeviceDelegate(list->viewport()));
    setMaxVisibleItems(8);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Network device"));
    setPlaceholderText(tr("Choose a network device"));
    setDevices({}, nullptr);
    connect(this, &QComboBox::activated, this, [this](int row) {
        describe(row);
        if (row >= 0 && std::size_t(row) < m_devices.size())
            emit deviceChosen(m_devices[std::size_t(row)].id);
    });
}

void DevicePicker::setDevices(const std::vector<Device>& devices, const Device* chosen)
{
    const DeviceId chosenId = chosen ? chosen->id : DeviceId();
    const int row = currentIndex();
    const DeviceId shownId = row < 0 || std::size_t(row) >= m_devices.size()
        ? DeviceId()
        : m_devices[std::size_t(row)].id;
    if (!m_devices.empty() && m_devices == devices && chosenId == shownId)
        return; // the list may be open
    const QSignalBlocker blocker(this);
    m_devices = devices;
    clear();
    int current = -1;
    for (const Device& device : m_devices) {
        const DeviceText text = deviceText(device);
        addItem(text.title);
        const int row = count() - 1;
        setItemData(row, text.details, DetailsRole);
        setItemData(row, text.problem, ProblemRole);
        setItemData(row, isUnusable(device), UnusableRole);
        QStringList said{text.title, text.details};
        if (!text.problem.isEmpty())
            said << text.problem;
        setItemData(row, said.join(QLatin1String(". ")), Qt::AccessibleTextRole);
        if (chosen && device.id == chosen->id)
            current = row;
    }
    setCurrentIndex(current);
    describe(current);
    updateGeometry();
}

void DevicePicker::describe(int row)
{
    QString text = tr("The network device to capture and send on (Alt+Down opens the list).");
    if (row >= 0 && std::size_t(row) < m_devices.size()) {
        const DeviceText chosen = deviceText(m_devices[std::size_t(row)]);
        text += QLatin1Char('\n') + chosen.details;
        if (!chosen.problem.isEmpty())
            text += QLatin1Char('\n') + chosen.problem;
        setAccessibleDescription(chosen.title + QLatin1String(". ") + chosen.details);
    }
    setToolTip(plainToolTip(text));
}

/// Room for the longest title, so that none is cut.
QSize DevicePicker::sizeHint() const
{
    int widest = fontMetrics().horizontalAdvance(placeholderText());
    for (int row = 0; row < count(); ++row)
        widest = std::max(widest, fontMetrics().horizontalAdvance(itemText(row)));
    const QSize usual = QComboBox::sizeHint();
    return {widest + 40, usual.height()};
}

QSize DevicePicker::minimumSizeHint() const
{
    const int chosen
        = fontMetrics().horizontalAdvance(currentIndex() < 0 ? placeholderText() : currentText());
    return {chosen + 40, QComboBox::minimumSizeHint().height()};
}

void DevicePicker::showPopup()
{
    emit refreshRequested();
    view()->setMinimumWidth(std::max(width(), popupWidth));
    QComboBox::showPopup();
}

/// The wheel over a toolbar must not choose another device.
void DevicePicker::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

} // namespace tcpw
