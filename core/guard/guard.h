// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/addresses.h"

#include <cstdint>
#include <memory>
#include <string>

namespace tcpw {

/// Whom the own kernel is to stay silent for.
struct GuardRequest
{
    IpAddress address; ///< ours
    std::uint16_t port = 0; ///< ours
    std::uint32_t deviceIndex = 0; ///< the scope of a link-local IPv6 address
    friend bool operator==(const GuardRequest&, const GuardRequest&) = default;
};

/// Which lines hold, and a sentence where one does not.
struct GuardState
{
    bool needed = true; ///< false: the address is not this machine's, its kernel will not answer
    bool dropsAll = false; ///< the socket filter is on
    bool minimumTtl = false; ///< IP_MINTTL or IPV6_MINHOPCOUNT is 255
    std::string note; ///< "" when all is as it should be
    friend bool operator==(const GuardState&, const GuardState&) = default;
};

/// Keeps this machine's own kernel from answering segments to one address and port, as long as the
/// object lives: it holds a listening socket that drops everything. No firewall rule is touched.
class Guard
{
public:
    /// Fails with a sentence when the port is someone's (EADDRINUSE) or neither line can be had.
    static Result<Guard> arm(const GuardRequest& request);

    Guard(Guard&& other) noexcept;
    Guard& operator=(Guard&& other) noexcept;
    ~Guard();

    const GuardRequest& request() const { return m_request; }
    const GuardState& state() const { return m_state; }

private:
    Guard() = default;
    int m_socket = -1;
    GuardRequest m_request;
    GuardState m_state;
};

} // namespace tcpw
