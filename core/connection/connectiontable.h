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
    /// Forgets connections whose last packet came before this one: not each at once, but so that
    /// no more than twice as many are kept as must be, and some thousands. Numbers stay.
    void forgetBefore(std::uint32_t packet);
    /// Whether it was added and not forgotten.
    bool knows(std::uint32_t number) const
    {
        return number < m_size && !m_chunks[number / chunkSize].empty();
    }
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
    bool isOver(const std::vector<Connection>& chunk, std::uint32_t before) const;
    void setSlots(std::size_t count);

    /// So few that one connection which lasts keeps few others with it.
    static constexpr std::size_t chunkSize = 64;

    std::vector<std::vector<Connection>> m_chunks; ///< reserved whole, so that none moves
    std::vector<std::uint32_t> m_keptChunks; ///< the places of those that were not forgotten
    std::size_t m_size = 0;
    std::size_t m_sizeWhenForgotten = 0;
    std::uint32_t m_forgottenBefore = 1; ///< there is no packet before the first
    std::vector<std::vector<Ipv6Pair>> m_ipv6Chunks; ///< as m_chunks, in their own order
    std::size_t m_ipv6Size = 0;
    std::vector<std::uint32_t> m_freeIpv6; ///< places of forgotten ones
    std::vector<Slot> m_slots;
    std::size_t m_used = 0;
};

} // namespace tcpw
