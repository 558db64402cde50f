// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/devices/furtherdevices.h"

#include "ui/devices/devicetext.h"
#include "ui/fields/plaintext.h"

#include <QMenu>

#include <algorithm>

namespace tcpw {

FurtherDevices::FurtherDevices(QWidget* parent)
    : QToolButton(parent)
    , m_menu(new QMenu(this))
{
    setObjectName(QStringLiteral("furtherDevices"));
    setPopupMode(InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    setMenu(m_menu);
    m_menu->setToolTipsVisible(true);
    setDevices({}, nullptr, {});
}

void FurtherDevices::setDevices(
    const std::vector<Device>& devices, const Device* chosen, const std::vector<DeviceId>& also)
{
    std::vector<Device> offered;
    std::ranges::copy_if(devices, std::back_inserter(offered), [chosen](const Device& device) {
        return !isUnusable(device) && !(chosen && device.id == chosen->id);
    });
    setVisible(chosen && !offered.empty());
    m_also = also;
    // An entry that was just clicked must stay, and the menu may be open.
    if (offered != m_offered) {
        m_offered = std::move(offered);
        fillMenu();
    }
    for (std::size_t i = 0; i < m_offered.size(); ++i)
        m_menu->actions()[qsizetype(i)]->setChecked(
            std::ranges::find(m_also, m_offered[i].id) != m_also.end());
    describe();
}

void FurtherDevices::fillMenu()
{
    m_menu->clear();
    for (const Device& device : m_offered) {
        const DeviceText text = deviceText(device);
        QString title = text.title;
        title.replace(QLatin1Char('&'), QLatin1String("&&"));
        QAction* action = m_menu->addAction(title);
        action->setCheckable(true);
        action->setToolTip(plainToolTip(text.details));
        connect(
            action, &QAction::triggered, this, [this, id = device.id](bool on) { toggle(id, on); });
    }
}

void FurtherDevices::describe()
{
    QStringList names;
    for (const DeviceId& id : m_also)
        names << harmless(fromUtf8(id.name));
    const QString first = QString(names.value(0)).replace(QLatin1Char('&'), QLatin1String("&&"));
    if (names.isEmpty())
        setText(tr("Also on…"));
    else if (names.size() == 1)
        setText(tr("Also on %1").arg(first));
    else
        setText(tr("Also on %1 devices").arg(names.size()));
    setAccessibleName(tr("Also capture on"));
    setAccessibleDescription(
        names.isEmpty() ? tr("No further device") : names.join(QLatin1String(", ")));
    QString tip
        = tr("Further devices to capture on, into the same list (Space opens the menu). What "
             "is sent goes to the device on the left alone.");
    if (!names.isEmpty())
        tip += QLatin1Char('\n') % tr("Also on: %1").arg(names.join(QLatin1String(", ")));
    setToolTip(plainToolTip(tip));
    updateGeometry();
}

void FurtherDevices::toggle(const DeviceId& device, bool on)
{
    std::vector<DeviceId> devices = m_also;
    std::erase(devices, device);
    if (on)
        devices.push_back(device);
    emit furtherChosen(devices);
}

} // namespace tcpw
