// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/connectionstory.h"
#include "connection/reasontext.h"
#include "connection/tracker.h"
#include "core/connection/packets.h"

#include <QStringList>

#include <map>

namespace tcpw {

/// A connection between us (port 40000) and the peer (port 8081), said segment by segment to a
/// tracker and to the story of its first connection.
class Talk
{
public:
    using Bits = ControlBits;
    static constexpr std::uint16_t S = Bits::syn, A = Bits::ack, F = Bits::fin, R = Bits::rst,
                                   P = Bits::psh;

    /// What stays the same from segment to segment.
    std::uint16_t window = 1000;
    Options options;
    Origin ourOrigin = Origin::unknown;
    double step = 1; ///< ms from one segment to the next

    TrackedPacket we(std::uint16_t bits, std::uint32_t seq, std::uint32_t ack = 0, int length = 0)
    {
        return say(true, bits, seq, ack, length);
    }
    TrackedPacket peer(std::uint16_t bits, std::uint32_t seq, std::uint32_t ack = 0, int length = 0)
    {
        return say(false, bits, seq, ack, length);
    }
    /// Our first number is 1000 after it, the peer's 5000.
    void open()
    {
        we(S, 999);
        peer(S | A, 4999, 1000);
        we(A, 1000, 5000);
    }
    void wait(double milliseconds) { m_time += std::int64_t(milliseconds * 1e6); }

    Tracker& tracker() { return m_tracker; }
    ConnectionStory& story() { return m_story; }
    ConnectionInfo info(std::uint32_t number = 0) { return m_tracker.connection(number); }
    /// The reason of the packet said last.
    QString reason() const
    {
        const auto segment = m_segments.at(m_number);
        const auto referred = m_segments.find(m_last.refersTo);
        return text(reasonText(
            m_last, segment, referred == m_segments.end() ? nullptr : &referred->second));
    }
    /// "i SYN-SENT>ESTABLISHED 2" for each transition, joined by ", ".
    QString transitions() const
    {
        QStringList list;
        for (const StateTransition& change : m_story.transitions())
            list << QStringLiteral("%1 %2>%3 %4")
                        .arg(change.ofInitiator ? QLatin1Char('i') : QLatin1Char('r'))
                        .arg(QLatin1String(tcpStateName(change.from)),
                            QLatin1String(tcpStateName(change.to)))
                        .arg(change.number);
        return list.join(QStringLiteral(", "));
    }

private:
    TrackedPacket say(
        bool ours, std::uint16_t bits, std::uint32_t seq, std::uint32_t ack, int length)
    {
        TcpHeader tcp = peerSegment(bits, seq, ack);
        Ipv4Header ip = peerIpv4();
        if (ours) {
            std::swap(tcp.sourcePort, tcp.destinationPort);
            std::swap(ip.source, ip.destination);
        }
        tcp.window = window;
        tcp.options = options;
        Packet packet{LinkType::ethernet, {EthernetHeader{}, ip, tcp}};
        if (length > 0)
            packet.layers.push_back(Payload{Bytes(std::size_t(length), 'x')});
        const Bytes bytes = encode(packet);
        PacketRecord record;
        record.timestamp = m_time;
        record.originalLength = static_cast<std::uint32_t>(bytes.size());
        record.origin = ours ? ourOrigin : Origin::unknown;
        wait(step);
        m_last = m_tracker.add(++m_number, record, bytes);
        m_segments[m_number] = *readSegment(bytes, LinkType::ethernet, record.originalLength);
        m_story.append(m_last, m_number, record, bytes);
        return m_last;
    }

    Tracker m_tracker;
    ConnectionStory m_story;
    std::map<std::uint32_t, SegmentFacts> m_segments;
    TrackedPacket m_last;
    std::uint32_t m_number = 0;
    std::int64_t m_time = 1'000'000'000'000;
};

inline QString names(const TrackedPacket& tracked)
{
    return text(toText(tracked.names));
}

} // namespace tcpw
