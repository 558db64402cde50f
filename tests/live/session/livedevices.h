// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "../link/testtraffic.h"
#include "session/livesession.h"

#include <QSignalSpy>
#include <QTemporaryDir>

#include <map>
#include <memory>

namespace tcpw {

constexpr int patience = 20000; // ms; a busy machine is slow

/// A session and its devices: near0, whose other end is far0 in another namespace, and near1 with
/// far1 here.
class LiveDevices
{
protected:
    /// Once, before the first.
    void prepare();
    void makeDevices();
    void endDevices();

    const Device* device(const char* name) const;
    bool choose(const char* name);
    bool startCapture();
    bool told(const QString& part) const;
    std::map<std::string, int> packets() const;

    QTemporaryDir m_state;
    std::unique_ptr<NetworkNamespace> m_far;
    std::unique_ptr<VethPair> m_pair;
    std::unique_ptr<LiveSession> m_session;
    std::unique_ptr<QSignalSpy> m_notices, m_failures;
};

} // namespace tcpw
