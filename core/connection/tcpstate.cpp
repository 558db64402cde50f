// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/tcpstate.h"

#include <array>
#include <cstddef>

namespace tcpw {

namespace {

constexpr std::array stateNames{"unknown", "CLOSED", "LISTEN", "SYN-SENT", "SYN-RECEIVED",
    "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING", "LAST-ACK", "TIME-WAIT"};

constexpr std::array endingNames{"open", "orderly", "half-closed by initiator",
    "half-closed by responder", "refused", "reset by initiator", "reset by responder", "no answer"};

} // namespace

const char* tcpStateName(TcpState state)
{
    return stateNames[std::size_t(state)];
}

const char* endingName(Ending ending)
{
    return endingNames[std::size_t(ending)];
}

} // namespace tcpw
