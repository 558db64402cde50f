// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/backend.h"
#include "packet/packet.h"

#include <QString>

#include <mutex>

namespace tcpw {

/// Keeps what a backend tells. Its events come on other threads.
class Recorder
{
public:
    BackendEvents events()
    {
        return {[this](const PacketBatch& batch) { add(batch); },
            [this](const CaptureNotice& notice) {
                const std::lock_guard lock(m_mutex);
                m_notices.push_back(notice);
            },
            [this](const FarEvent& event) {
                const std::lock_guard lock(m_mutex);
                m_farEvents.push_back(event);
            },
            [this](const Error& error) {
                const std::lock_guard lock(m_mutex);
                m_losses.push_back(error.message);
            }};
    }

    /// Takes nothing as long as what it gives lives.
    std::unique_lock<std::mutex> close() { return std::unique_lock(m_mutex); }

    std::size_t packetCount()
    {
        const std::lock_guard lock(m_mutex);
        return m_packets.size();
    }

    /// How many packets have TCP with these bits, this port at either end, and this origin.
    int segments(Origin origin, std::uint16_t controlBits, std::uint16_t port)
    {
        const std::lock_guard lock(m_mutex);
        int count = 0;
        for (std::size_t i = 0; i < m_packets.size(); ++i) {
            const Packet packet = decode(m_packets.bytes(i), m_packets.record(i).linkType);
            const auto* tcp = packet.find<TcpHeader>();
            count += tcp && m_packets.record(i).origin == origin
                && tcp->controlBits.value == controlBits
                && (tcp->sourcePort == port || tcp->destinationPort == port);
        }
        return count;
    }

    /// Calls `visit(record, bytes)` for each packet.
    template <typename Visit> void forEachPacket(Visit visit)
    {
        const std::lock_guard lock(m_mutex);
        for (std::size_t i = 0; i < m_packets.size(); ++i)
            visit(m_packets.record(i), m_packets.bytes(i));
    }

    std::vector<CaptureNotice> notices()
    {
        const std::lock_guard lock(m_mutex);
        return m_notices;
    }
    std::vector<FarEvent> farEvents()
    {
        const std::lock_guard lock(m_mutex);
        return m_farEvents;
    }
    std::vector<std::string> losses()
    {
        const std::lock_guard lock(m_mutex);
        return m_losses;
    }

private:
    void add(const PacketBatch& batch)
    {
        const std::lock_guard lock(m_mutex);
        for (std::size_t i = 0; i < batch.size(); ++i)
            m_packets.append(batch.record(i), batch.bytes(i));
    }

    std::mutex m_mutex; ///< guards the rest
    PacketBatch m_packets;
    std::vector<CaptureNotice> m_notices;
    std::vector<FarEvent> m_farEvents;
    std::vector<std::string> m_losses;
};

template <typename T> QString problem(const Result<T>& result)
{
    return result ? QString() : QString::fromStdString(result.error().message);
}

} // namespace tcpw
