// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/connection.h"

#include <vector>

namespace tcpw {

/// The connections in the order of their numbers, and the newest of each pair of ends. A table of
/// small slots beside them is searched; it doubles when three quarters of it are full.
class ConnectionTable
{
public:
    std::size_t size() const { return m_size; }
    Connection& at(std::uint32_t number)
    {
        return m_chunks[number / chunkSize][number % chunkSize];
    }
    const Connection& at(std::uint32_t number) const
    {
        return m_chunks[number / chunkSize][number % chunkSize];
    }
    /// The ends of a connection, the lower one first.
    std::pair<Endpoint, Endpoint> endsOf(const Connection& connection) const;

    /// The newest connection between these ends, or noConnection.
    std::uint32_t find(const EndPair& ends) const;
    /// Adds a connection, which is from now on the newest between its ends; gives its number.
    std::uint32_t add(const EndPair& ends);
    void clear();

private:
    struct Slot
    {
        std::uint32_t hash = 0;
        std::uint32_t number = 0; ///< of the connection, from 1; 0 is an empty slot
    };

    bool isBetween(const Connection& connection, const EndPair& ends) const;
    StoredEnds store(const EndPair& ends);
    std::size_t slotOf(const EndPair& ends) const;
    void grow();

    static constexpr std::size_t chunkSize = 1024; // only what is used of one takes memory

    std::vector<std::vector<Connection>> m_chunks; ///< reserved whole, so that none moves
    std::size_t m_size = 0;
    std::vector<std::vector<Ipv6Pair>> m_ipv6Chunks; ///< the same, in their own order
    std::size_t m_ipv6Size = 0;
    std::vector<Slot> m_slots;
    std::size_t m_used = 0;
};

} // namespace tcpw
