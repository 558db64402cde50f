// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstdint>
#include <string>

namespace tcpw {

/// What a server of the far end does with a connection.
enum class FarBehaviour
{
    tutorial, ///< receives up to 100 bytes once, closes
    echo, ///< RFC 862
    discard, ///< RFC 863
    chargen, ///< RFC 864
    neverAccept, ///< leaves it in the kernel's accept queue
    neverRead,
    stayOpen, ///< reads; closes only when told to
};

/// A port of the far end that is served from the start.
struct FarService
{
    const char* name;
    std::uint16_t port;
    FarBehaviour behaviour;
    int backlog; ///< connections that may wait to be accepted
    int receiveBuffer; ///< in bytes; 0: as the system has it
};

// Where nothing is read a small buffer lets a reader fill the window by hand.
inline constexpr FarService farServices[] = {
    {"echo", 7, FarBehaviour::echo, 1024, 0},
    {"discard", 9, FarBehaviour::discard, 1024, 0},
    {"chargen", 19, FarBehaviour::chargen, 1024, 0},
    {"tutorial server", 8081, FarBehaviour::tutorial, 1024, 0},
    {"never accepts", 8082, FarBehaviour::neverAccept, 16, 0},
    {"never reads", 8083, FarBehaviour::neverRead, 1024, 4096},
    {"stays open", 8084, FarBehaviour::stayOpen, 1024, 0},
};

/// nullptr where no server is from the start.
inline const FarService* findFarService(std::uint16_t port)
{
    for (const FarService& service : farServices) {
        if (service.port == port)
            return &service;
    }
    return nullptr;
}

} // namespace tcpw
