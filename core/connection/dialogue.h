// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"

#include <optional>
#include <string>
#include <vector>

namespace tcpw {

/// Plays one end of a connection segment by segment: opens it, sends data on it, closes it (RFC
/// 9293, section 3.5 and 3.6). Says what to send next and is told what came; who uses it sends,
/// captures, waits, and asks for a segment again when nothing comes. The own kernel must be silent.
class Dialogue
{
public:
    struct Plan
    {
        Bytes data; ///< sent once the connection is established, a segment at a time
        bool close = false; ///< with FIN, once all data is acknowledged
    };
    enum class Phase
    {
        opening, ///< our SYN is not answered yet
        established,
        closing, ///< our FIN is sent
        closed, ///< both FINs are acknowledged
        refused, ///< a RST answered our SYN
        reset, ///< the peer broke the connection off
    };
    static constexpr std::size_t mostData = 1000; ///< bytes in one segment

    /// Opens with this SYN, whose placeholders are filled in.
    Dialogue(Packet syn, Plan plan);
    /// Where an established connection stands.
    struct Standing
    {
        Packet last; ///< a segment of the peer's
        std::uint32_t next = 0; ///< sequence number that we send next
        std::uint32_t expected = 0; ///< sequence number that we expect from the peer
        bool peerEnded = false; ///< its FIN came, and counts in `expected`
    };
    /// Goes on from there.
    Dialogue(Standing standing, Plan plan);

    /// What is to be sent now, in this order; empty while it is the peer's turn.
    std::vector<Packet> next();
    /// The first of them alone, so that what comes before the others are sent counts in them.
    std::optional<Packet> nextOne();
    bool isPeersTurn() const { return m_queue.empty(); }
    /// Takes a packet that came in; others than this connection's are passed over.
    void received(const Packet& packet);
    /// The segment that the peer has not acknowledged, to be sent again; empty when there is none.
    std::optional<Packet> again() const { return m_unacknowledged; }

    Phase phase() const { return m_phase; }
    /// Nothing is left to do: the plan is carried out, or cannot be.
    bool over() const;
    /// How it stands or ended, as a sentence: "established", "closed in order: ...", ...
    std::string outcome() const;

private:
    void answerSyn(const Packet& packet, const TcpHeader& tcp);
    void answerOpening(const Packet& packet, const TcpHeader& tcp);
    void take(const Packet& packet, const TcpHeader& tcp, std::uint32_t dataLength);
    bool belongs(const Packet& packet) const;
    bool allAcknowledged() const { return !m_unacknowledged; }
    Packet segment(std::uint16_t bits, Bytes data) const;
    void acknowledge();
    void goOn();
    void send(std::uint16_t bits, Bytes data);

    Plan m_plan;
    Packet m_opening; ///< our SYN, or in its place a segment with its ends
    std::optional<Packet> m_last; ///< the peer's newest, whose answer ours are
    std::vector<Packet> m_queue;
    std::optional<Packet> m_unacknowledged;
    std::size_t m_sentData = 0; ///< bytes of the plan's data
    std::uint32_t m_next = 0; ///< sequence number that we send next
    std::uint32_t m_expected = 0; ///< sequence number that we expect
    bool m_finSent = false; ///< made, at least
    bool m_finGone = false; ///< and handed out
    bool m_peerEnded = false;
    bool m_closedFirst = false; ///< our FIN was sent before the peer's came
    bool m_crossed = false; ///< each FIN was sent before the other came
    Phase m_phase = Phase::opening;
};

} // namespace tcpw
