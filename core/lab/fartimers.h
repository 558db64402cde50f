// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/result.h"
#include "lab/ownedfd.h"

#include <array>

namespace tcpw {

/// How long the far end's kernel keeps trying: as the system has it, or long enough for a reader.
class FarTimers
{
public:
    /// To be called in the far end's network namespace, whose settings it opens.
    void open();

    /// Fails where /proc/sys is read-only, and then sets what sockets can set for themselves.
    Result<void> setPatient(bool patient);

    /// How often listening sockets repeat a SYN,ACK; 0: as their namespace has it.
    int synAckRetries() const { return m_synAckRetries; }

private:
    struct Setting
    {
        OwnedFd file;
        int real = 0; ///< what it was at first
    };
    std::array<Setting, 5> m_settings;
    int m_synAckRetries = 0;
};

} // namespace tcpw
