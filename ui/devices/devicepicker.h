// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/device.h"

#include <QComboBox>

#include <vector>

namespace tcpw {

/// The drop-down that chooses the network device: the practice network first, then this machine's
/// own, each with its name, description, addresses and state; what cannot be opened says why.
class DevicePicker : public QComboBox
{
    Q_OBJECT
public:
    explicit DevicePicker(QWidget* parent = nullptr);

    /// Shows these devices; `chosen` is the one in use, null for none. Emits nothing.
    void setDevices(const std::vector<Device>& devices, const Device* chosen);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    void showPopup() override;

signals:
    /// Chosen by the user; also one that cannot be opened, so that its reason can be read.
    void deviceChosen(const tcpw::DeviceId& id);
    void refreshRequested(); ///< the list is about to be shown

protected:
    void wheelEvent(QWheelEvent* event) override;

private:
    void describe(int row);

    std::vector<Device> m_devices;
};

} // namespace tcpw
