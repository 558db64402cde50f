// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/notice.h"
#include "session/worker.h"
#include "ui/packetlist/rowscanner.h"

#include <QObject>

namespace tcpw {

/// Notices when a filter hides the conversation of a packet that was just sent, and offers to widen
/// it.
class FilterWatch : public QObject
{
    Q_OBJECT
public:
    explicit FilterWatch(QObject* parent = nullptr);

    /// Looks at both directions of the conversation; ends in hidden() when one is left out.
    void look(const Packet& sent, const QString& captureFilter, const RowChoice& choice);

    /// The capture filter that lets the conversation through as well; "" when it is not the capture
    /// filter that hides it.
    const QString& widened() const { return m_widened; }

signals:
    void hidden(const tcpw::Notice& notice);

private:
    void offer(bool byCapture, const QString& widened);

    QString m_widened;
    Worker m_worker; ///< compiling a filter may take a while
};

/// The capture filter with the conversation of this packet let through as well.
QString widenedFilter(const QString& filter, const Packet& packet);

} // namespace tcpw
