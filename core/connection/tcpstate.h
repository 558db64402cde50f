// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstdint>

namespace tcpw {

/// The state of one end, by RFC 9293, section 3.3.2.
enum class TcpState : std::uint8_t
{
    unknown, ///< the capture began later than the connection
    closed,
    listen,
    synSent,
    synReceived,
    established,
    finWait1,
    finWait2,
    closeWait,
    closing,
    lastAck,
    timeWait,
};

/// As the RFC writes it: "SYN-SENT"; "unknown".
const char* tcpStateName(TcpState state);

/// How a connection ended, as far as its packets show.
enum class Ending : std::uint8_t
{
    open, ///< not, or the capture ends before
    orderly, ///< both ends sent FIN, and both were acknowledged
    halfClosedByInitiator, ///< only the initiator's FIN was acknowledged
    halfClosedByResponder,
    refused, ///< a RST answered the SYN
    resetByInitiator,
    resetByResponder,
    noAnswer, ///< there is a SYN, and nothing from the other end
};

/// "orderly", "reset by initiator", ...
const char* endingName(Ending ending);

} // namespace tcpw
