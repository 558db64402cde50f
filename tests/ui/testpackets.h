// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/lab.h"
#include "packet/packet.h"
#include "store/packetstore.h"

#include <QTemporaryDir>

namespace tcpw::test {

/// What a test wants of a TCP segment between the lab's two ends.
struct Segment
{
    Origin origin = Origin::me; ///< me and kernel: from the near end; peer: from the far end
    std::uint16_t flags = ControlBits::syn;
    std::uint32_t sequenceNumber = 0;
    std::uint32_t acknowledgmentNumber = 0;
    std::uint16_t nearPort = 40000;
    std::uint16_t farPort = 8081;
    Bytes data = {};
};

inline Packet segmentPacket(const Segment& segment)
{
    const bool out = segment.origin != Origin::peer;
    EthernetHeader ethernet;
    ethernet.source = out ? labAddress::nearMac : labAddress::farMac;
    ethernet.destination = out ? labAddress::farMac : labAddress::nearMac;
    Ipv4Header ip;
    ip.source = out ? labAddress::near4 : labAddress::far4;
    ip.destination = out ? labAddress::far4 : labAddress::near4;
    TcpHeader tcp;
    tcp.sourcePort = out ? segment.nearPort : segment.farPort;
    tcp.destinationPort = out ? segment.farPort : segment.nearPort;
    tcp.controlBits.value = segment.flags;
    tcp.sequenceNumber = segment.sequenceNumber;
    tcp.acknowledgmentNumber = segment.acknowledgmentNumber;
    Packet packet;
    packet.layers = {ethernet, ip, tcp};
    if (!segment.data.empty())
        packet.layers.push_back(Payload{segment.data});
    return packet;
}

/// A live store in a folder of its own, filled by the test.
class TestStore
{
public:
    TestStore() { m_store = std::move(*PacketStore::create(m_folder.path().toStdString())); }

    PacketStore& store() { return *m_store; }

    /// Appends a packet, a millisecond after the one before.
    void add(const Packet& packet, Origin origin)
    {
        const Bytes bytes = encode(packet);
        PacketRecord record;
        record.timestamp = m_time += 1'000'000;
        record.originalLength = std::uint32_t(bytes.size());
        record.origin = origin;
        PacketBatch batch;
        batch.append(record, bytes);
        if (!m_store->append(batch))
            qFatal("the test's store takes no packet");
    }
    void add(const Segment& segment) { add(segmentPacket(segment), segment.origin); }

    /// Appends the same many times at once.
    void addMany(const Segment& segment, int count)
    {
        const Bytes bytes = encode(segmentPacket(segment));
        PacketRecord record;
        record.originalLength = std::uint32_t(bytes.size());
        record.origin = segment.origin;
        PacketBatch batch;
        for (int i = 0; i < count; ++i) {
            record.timestamp = m_time += 1'000'000;
            batch.append(record, bytes);
        }
        if (!m_store->append(batch))
            qFatal("the test's store takes no packets");
    }

    /// Lets time pass before the next packet.
    void wait(std::int64_t nanoseconds) { m_time += nanoseconds; }

    /// SYN, SYN,ACK and the kernel's RST.
    void addRefusedHandshake(std::uint16_t port = 40000)
    {
        add({Origin::me, ControlBits::syn, 1000, 0, port});
        add({Origin::peer, ControlBits::syn | ControlBits::ack, 5000, 1001, port});
        add({Origin::kernel, ControlBits::rst, 1001, 0, port});
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<PacketStore> m_store;
    std::int64_t m_time = 1'700'000'000'000'000'000;
};

} // namespace tcpw::test
