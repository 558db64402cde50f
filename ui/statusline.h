// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/capture.h"

#include <QStatusBar>

class QLabel;

namespace tcpw {

/// What the status bar says.
struct WindowStatus
{
    bool capturing = false;
    QString device; ///< "" when none is chosen
    QString file; ///< the opened file's name; "" for a live capture
    qsizetype packets = 0;
    qsizetype shown = 0; ///< rows, by the display filter
    quint64 missed = 0; ///< dropped anywhere
    CaptureStatistics counted; ///< what of that was dropped before the store
    quint64 droppedByStore = 0;
    qsizetype further = 0; ///< devices that are captured on beside that one
    quint64 sent = 0;
    bool lab = false;
};

/// The line at the foot: what is captured, how many packets, what was missed and sent. What has no
/// room is left out, the less important first.
class StatusLine : public QStatusBar
{
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);

    void setStatus(const WindowStatus& status);
    QString text() const;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    QLabel* m_state;
    QLabel* m_network;
    QStringList m_parts; ///< the more important first
    QString m_missedText; ///< who missed how many; "" when none were
    QString m_networkText;
};

} // namespace tcpw
