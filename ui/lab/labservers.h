// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QWidget>

namespace tcpw {

/// The ports on which the far end listens from the start, and what each server does.
class LabServers : public QWidget
{
    Q_OBJECT
public:
    explicit LabServers(QWidget* parent = nullptr);
};

} // namespace tcpw
