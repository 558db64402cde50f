// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QObject>

class QSocketNotifier;

namespace tcpw {

/// Turns SIGINT, SIGTERM and SIGHUP into a Qt signal, by a pipe that the handler writes to; a
/// second one ends the program at once. SIGPIPE and SIGXFSZ are ignored: the calls that raise them
/// fail with a reason instead.
class EndSignals : public QObject
{
    Q_OBJECT
public:
    explicit EndSignals(QObject* parent = nullptr);
    ~EndSignals() override;

signals:
    void received();

private:
    QSocketNotifier* m_notifier = nullptr;
};

} // namespace tcpw
