// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/lab.h"

namespace tcpw::test {

/// A connection of the far end with our port.
inline FarSocket farSocket(
    std::uint32_t number, const char* service, const char* state, std::uint16_t ourPort)
{
    FarSocket socket;
    socket.socket = number;
    socket.service = service;
    socket.state = state;
    socket.localAddress = labAddress::far4;
    socket.localPort = 8081;
    socket.remoteAddress = labAddress::near4;
    socket.remotePort = ourPort;
    socket.retransmissionTimeout = 200;
    socket.congestionWindow = 10;
    socket.roundTripMicroseconds = 52;
    return socket;
}

/// One that waits for connections.
inline FarSocket farListener(std::uint32_t number, const char* service, std::uint16_t port)
{
    FarSocket socket;
    socket.socket = number;
    socket.service = service;
    socket.state = "LISTEN";
    socket.localPort = port;
    socket.sendQueue = 16;
    return socket;
}

/// A SYN,ACK that nobody acknowledged yet.
inline FarSocket farHalfOpen(std::uint16_t ourPort)
{
    FarSocket socket = farSocket(0, "", "SYN-RECEIVED", ourPort);
    socket.timer = "retransmit";
    socket.retransmits = 2;
    socket.timerMilliseconds = 3100;
    return socket;
}

} // namespace tcpw::test
