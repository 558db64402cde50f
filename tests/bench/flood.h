// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "measure.h"
#include "support/network.h"

#include <cstdint>
#include <string>

namespace tcpw::bench {

/// What sends: a loop of sendmmsg() in a process of its own, or trafgen.
enum class SenderKind
{
    sendmmsg,
    trafgen,
};

/// Frames of a type that no stack answers, from far0 to near0.
struct Flood
{
    SenderKind sender = SenderKind::sendmmsg;
    std::size_t count = 0;
    std::size_t size = 60; ///< in bytes
};
inline constexpr char floodFilter[] = "ether proto 0x88b5";

/// A cable between two network namespaces of this process's own, and what is sent through it.
class FloodNetwork
{
public:
    FloodNetwork();

    bool valid() const { return m_pair.valid(); }
    /// Sends at the highest rate and waits for the end; gives the seconds, negative on failure.
    double send(const Flood& flood);
    /// Begins to send; 0 on failure.
    pid_t begin(const Flood& flood);
    /// The frames that near0 has received, by its own counter.
    static std::uint64_t received();
    /// The packet sockets in this thread's network namespace.
    static std::size_t packetSockets();

private:
    NetworkNamespace m_far;
    VethPair m_pair;
};

/// What the process that begin() starts does: `bench_flood --send COUNT SIZE`.
int sendLoop(std::size_t count, std::size_t size);

} // namespace tcpw::bench
