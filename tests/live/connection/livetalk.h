// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/connectionstory.h"
#include "connection/tracker.h"
#include "helper/localbackend.h"
#include "lab/lab.h"
#include "packet/packet.h"

#include <QString>
#include <QStringList>

#include <map>
#include <mutex>

namespace tcpw {

/// This program's lab, made before Qt starts threads: a process with several cannot enter one.
extern Result<std::unique_ptr<Lab>> ownLab;

/// One connection between the test, which makes every segment by hand, and the far kernel: sent and
/// captured on lab0 while our own kernel is guarded, followed by a tracker and a story. Its packets
/// are numbered from 1. When it goes, they are kept as conversations/TESTFUNCTION.pcapng in the
/// build folder, for pictures of them.
class LiveTalk
{
public:
    using Bits = ControlBits;
    static constexpr std::uint16_t S = Bits::syn, A = Bits::ack, F = Bits::fin, R = Bits::rst,
                                   P = Bits::psh;

    /// Talks to a port of the far end; to 0 where the far end calls and its port comes with it.
    explicit LiveTalk(std::uint16_t farPort, bool ipv6 = false);
    ~LiveTalk();
    LiveTalk(const LiveTalk&) = delete;
    LiveTalk& operator=(const LiveTalk&) = delete;

    const QString& problem() const { return m_problem; } ///< "" while all went well
    std::uint16_t ownPort() const { return m_ownPort; }
    std::uint32_t next() const { return m_next; }

    /// A segment with the next numbers, its sequence number moved by `shift`.
    Packet segment(std::uint16_t bits, const std::string& data = {}, int shift = 0) const;
    /// Sends one whose space in the sequence counts from then on.
    void send(std::uint16_t bits, const std::string& data = {});
    /// Sends segments as they are, all at once; our next number stays.
    void sendAsTheyAre(const std::vector<Packet>& packets);
    void skip(std::uint32_t bytes) { m_next += bytes; }
    /// SYN, SYN,ACK, ACK; false when the far end does not answer.
    bool open(const Options& options = {});

    /// Does something with the far end's socket of this connection.
    void far(FarVerb verb, const std::string& data = {});
    /// Has the far end connect to our port.
    void callUs();

    /// What came by now, a line a packet: "peer ACK", "peer ACK zero_window".
    QStringList rows();
    QString row(int number) { return rows().value(number - 1); }
    QString reason(int number);
    const TrackedPacket& tracked(int number) const { return m_tracked.at(number); }
    const SegmentFacts& facts(int number) const { return m_facts.at(std::uint32_t(number)); }
    int count() { return int(rows().size()); }

    /// The inferred states: "me ESTABLISHED, far SYN-RECEIVED".
    QString states();
    /// The far end's state as its own kernel tells it, and as it is inferred.
    QString kernelsState();
    QString inferredState();
    bool agrees() { return kernelsState() == inferredState(); }

    const ConnectionStory& story() const { return m_story; }
    QString text() const { return QString::fromStdString(m_story.text()); }
    ConnectionInfo info();

private:
    Result<void> begin();
    void take();
    void takeOne(const PacketRecord& record, ByteView bytes);
    Result<void> keep() const;
    void fail(const Error& error) { m_problem = QString::fromStdString(error.message); }
    std::optional<FarSocket> farSocket();

    std::mutex m_mutex; ///< guards the batch below
    PacketBatch m_arrived;

    bool m_ipv6;
    std::uint16_t m_ownPort = 0;
    std::uint16_t m_farPort = 0;
    std::uint32_t m_next = 1'000'000; ///< sequence number that we send next
    std::uint32_t m_expected = 0; ///< the one that we expect from the far end
    Options m_synOptions;
    DeviceId m_device;
    QString m_problem;
    Tracker m_tracker;
    ConnectionStory m_story;
    std::map<int, TrackedPacket> m_tracked; ///< by number
    std::map<std::uint32_t, SegmentFacts> m_facts; ///< by number
    QStringList m_rows;
    PacketBatch m_packets; ///< that were taken
    LocalBackend m_backend; ///< its threads end before what they write to
};

} // namespace tcpw
