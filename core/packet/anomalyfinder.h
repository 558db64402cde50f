// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/anomalies.h"
#include "packet/layerwalk.h"

namespace tcpw {

/// Collects the anomalies of one packet, layer by layer.
class AnomalyFinder
{
public:
    AnomalyFinder(const Packet& packet, std::size_t originalLength);

    std::vector<Anomaly> find();

    // anomalies.cpp
    void operator()(const EthernetHeader& header);
    void operator()(const VlanTag& tag);
    void operator()(const SnapHeader& header);
    void operator()(const LinuxCookedHeader& header);
    void operator()(const LinuxCooked2Header& header);
    void operator()(const LoopbackHeader&) { }
    void operator()(const ArpPacket& arp);
    void operator()(const Payload&) { }
    void operator()(const Trailer&) { }
    void operator()(const Rest& rest);

    // anomalies_ipv4.cpp
    void operator()(const Ipv4Header& header);

    // anomalies_ipv6.cpp
    void operator()(const Ipv6Header& header);
    void operator()(const Ipv6Extension& header);
    void operator()(const Ipv6Fragment& header);

    // anomalies_transport.cpp
    void operator()(const TcpHeader& header);
    void operator()(const UdpHeader& header);
    void operator()(const IcmpHeader& header);

private:
    void add(const char* field, std::string text);
    void etherType(const char* field, std::optional<std::uint16_t> type);
    void nextHeader(const char* field, std::optional<std::uint8_t> given, std::uint8_t automatic);
    void checksum(const char* field);
    void ports(std::uint16_t source, std::uint16_t destination);
    void wordCount(const char* field, const char* name, std::size_t words);
    void fragmentExtent(const char* field, std::size_t offset, bool more, std::size_t size);

    void ipv4Lengths(const Ipv4Header& header, std::size_t headerSize);
    void ipv4Fragment(const Ipv4Header& header, std::size_t headerSize);
    void ipv6Length(const Ipv6Header& header);
    void extensionOptions(const Ipv6Extension& header);
    void routing(const Ipv6Extension& header);

    void controlBits(const TcpHeader& header);
    void tcpOptions(const TcpHeader& header);
    void tcpOptionPlace(const TcpHeader& header, const Option& option);
    void udpLength(const UdpHeader& header);
    void optionSpace(const Options& options); // anomalies_options.cpp
    void ipv4OptionLengths(const Options& options);

    /// The bytes from this layer to the end of what was on the wire.
    std::size_t wireSize() const;

    const Packet& m_packet;
    std::size_t m_frameLength; ///< on the wire
    LayerWalk m_walk;
    std::vector<Anomaly> m_found;
};

} // namespace tcpw
