// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"
#include "packet/addresses.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tcpw {

/// What the far end of the lab can be asked to do.
enum class FarVerb : std::uint8_t
{
    state, ///< what its kernel says of each socket
    connect, ///< to `address` and `port`; does not wait for the outcome
    listen, ///< on `port`; what arrives is accepted and stays open
    send, ///< `data` on `socket`
    shutdown, ///< its sending side: FIN
    close,
    abort, ///< closes with RST (SO_LINGER 0)
    stopReading,
    resumeReading,
    patient, ///< tcp_synack_retries and its like raised, so that a reader's answer is in time
    realTimers, ///< as the system has them
    log, ///< what happened since the lab's start
};

/// "state", "connect", "stop-reading", ... as `tcpw far` takes them.
const char* farVerbName(FarVerb verb);
Result<FarVerb> parseFarVerb(const std::string& name);

struct FarRequest
{
    FarVerb verb = FarVerb::state;
    std::uint32_t socket = 0; ///< as FarSocket numbers them; 0: the newest open one that fits
    IpAddress address; ///< of connect; all zero: the lab's near end, IPv4
    std::uint16_t port = 0; ///< of connect and listen
    Bytes data; ///< of send
    friend bool operator==(const FarRequest&, const FarRequest&) = default;
};

/// A TCP socket of the far end as its kernel sees it (sock_diag and TCP_INFO).
struct FarSocket
{
    std::uint32_t socket = 0; ///< its number here; 0: the kernel's alone (SYN-RECEIVED, TIME-WAIT)
    std::string service; ///< "tutorial server", "echo", "connect", "listen", ...
    std::string state; ///< RFC 9293's name: "ESTABLISHED", "SYN-RECEIVED", ...
    IpAddress localAddress;
    std::uint16_t localPort = 0;
    IpAddress remoteAddress;
    std::uint16_t remotePort = 0;
    std::uint32_t retransmits = 0; ///< of the timer that runs now
    std::string timer; ///< "retransmit", "keep-alive", "time-wait", "zero-window probe" or ""
    std::uint32_t timerMilliseconds = 0; ///< until it fires
    std::uint32_t retransmissionTimeout = 0; ///< RTO in milliseconds
    std::uint32_t congestionWindow = 0; ///< in segments
    std::uint32_t roundTripMicroseconds = 0;
    std::uint32_t receiveQueue = 0; ///< bytes not read (listening: connections not accepted)
    std::uint32_t sendQueue = 0; ///< bytes not acknowledged (listening: the backlog's limit)
    bool reading = true;
    friend bool operator==(const FarSocket&, const FarSocket&) = default;
};

/// Something that the far end did or got.
struct FarEvent
{
    std::int64_t timestamp = 0; ///< in nanoseconds since 1970
    std::uint32_t socket = 0;
    std::string text; ///< a sentence, text from outside in it is escaped
    friend bool operator==(const FarEvent&, const FarEvent&) = default;
};

struct FarReply
{
    std::string text; ///< what was done, a sentence
    std::uint32_t socket = 0; ///< the one it was done with
    std::vector<FarSocket> sockets; ///< of state
    std::vector<FarEvent> events; ///< of log
    friend bool operator==(const FarReply&, const FarReply&) = default;
};

} // namespace tcpw
