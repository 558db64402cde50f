// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/device.h"

#include <QToolButton>

#include <vector>

namespace tcpw {

/// The button beside the device picker whose menu chooses further devices to capture on. Hidden
/// where there is none but the chosen one.
class FurtherDevices : public QToolButton
{
    Q_OBJECT
public:
    explicit FurtherDevices(QWidget* parent = nullptr);

    /// Offers these devices but the one in use, null for none; `also` are checked. Emits nothing.
    void setDevices(const std::vector<Device>& devices, const Device* chosen,
        const std::vector<DeviceId>& also);

signals:
    void furtherChosen(const std::vector<tcpw::DeviceId>& devices); ///< by the user

private:
    void fillMenu();
    void describe();
    void toggle(const DeviceId& device, bool on);

    QMenu* m_menu;
    std::vector<Device> m_offered;
    std::vector<DeviceId> m_also;
};

} // namespace tcpw
