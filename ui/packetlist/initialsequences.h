// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/conversation.h"
#include "packet/summary.h"

#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace tcpw {

/// The sequence numbers that count as relative 0: for each direction of each conversation its
/// first, and a new one wherever a SYN brings another (the port was used again). Used by two
/// threads: one notes, the other looks up.
class InitialSequences
{
public:
    /// Takes notice of a packet; rows must come in their order.
    void note(std::size_t row, const Summary& summary);

    /// What counts as 0 at this row for segments from one end to the other; empty when nothing was
    /// noted.
    std::optional<std::uint32_t> find(
        std::size_t row, const Endpoint& from, const Endpoint& to) const;

    void clear();

    static constexpr std::size_t maximumDirections = 65536;
    static constexpr std::size_t maximumPerDirection = 1024;

private:
    struct Start
    {
        std::size_t row;
        std::uint32_t sequenceNumber;
    };
    mutable std::mutex m_mutex; ///< guards m_starts
    std::map<std::pair<Endpoint, Endpoint>, std::vector<Start>> m_starts;
};

/// The ends of a TCP segment; empty when it has no addresses or its header is not whole.
std::optional<std::pair<Endpoint, Endpoint>> endsOf(const Summary& summary);

} // namespace tcpw
