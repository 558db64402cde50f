// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/filesession.h"

#include <QDialog>

class QCheckBox;
class QRadioButton;
class QSpinBox;

namespace tcpw {

class WindowSettings;

/// Asks how much a live capture may hold, and what happens when that is reached.
class LimitDialog : public QDialog
{
    Q_OBJECT
public:
    LimitDialog(const CaptureLimit& limit, QWidget* parent);

    CaptureLimit limit() const;

signals:
    void chosen(const tcpw::CaptureLimit& limit);

private:
    void makeLayout();
    void show(const CaptureLimit& limit);

    QCheckBox* m_limitPackets;
    QSpinBox* m_packets; ///< thousands
    QCheckBox* m_limitBytes;
    QSpinBox* m_megabytes;
    QRadioButton* m_stops;
    QRadioButton* m_dropsOldest;
};

CaptureLimit readLimit(const WindowSettings& settings);
void keepLimit(WindowSettings& settings, const CaptureLimit& limit);

} // namespace tcpw
