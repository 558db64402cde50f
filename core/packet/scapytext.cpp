// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/scapytext.h"

#include "packet/option.h"
#include "packet/tcpoptions.h"
#include "packet/visitlayer.h"

#include <algorithm>
#include <cstdio>

namespace tcpw {

namespace {

std::string hexNumber(std::uint64_t value)
{
    char text[24];
    std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value));
    return text;
}

/// b'GET /\r\n'
std::string pythonBytes(ByteView bytes)
{
    std::string text = "b'";
    for (const std::uint8_t byte : bytes) {
        if (byte == '\\' || byte == '\'') {
            text += {'\\', static_cast<char>(byte)};
        } else if (byte >= 0x20 && byte < 0x7f) {
            text += static_cast<char>(byte);
        } else {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\x%02x", unsigned{byte});
            text += escape;
        }
    }
    return text + "'";
}

/// "IP(src='...', ttl=64)", argument by argument.
class Call
{
public:
    explicit Call(const char* name)
        : m_text(std::string(name) + "(")
    {
    }

    Call& add(const char* name, const std::string& value)
    {
        m_text += (m_any ? ", " : "") + std::string(name) + "=" + value;
        m_any = true;
        return *this;
    }
    Call& add(const char* name, std::uint64_t value) { return add(name, std::to_string(value)); }
    Call& hex(const char* name, std::uint64_t value) { return add(name, hexNumber(value)); }
    Call& quoted(const char* name, const std::string& value)
    {
        return add(name, "'" + value + "'");
    }
    /// Only where it is not what Scapy takes by itself.
    Call& unless(const char* name, std::uint64_t usual, std::uint64_t value)
    {
        return value == usual ? *this : add(name, value);
    }

    std::string text() const { return m_text + ")"; }

private:
    std::string m_text;
    bool m_any = false;
};

/// Scapy's own names for the options of TCP that it knows; a number and bytes for the others.
std::string tcpOptionText(const Option& option)
{
    if (option.kind == TcpOptionKind::endOfList)
        return "('EOL', None)";
    if (option.kind == TcpOptionKind::noOperation)
        return "('NOP', None)";
    if (const auto size = maximumSegmentSize(option))
        return "('MSS', " + std::to_string(*size) + ")";
    if (const auto shift = windowScale(option))
        return "('WScale', " + std::to_string(*shift) + ")";
    if (const auto times = timestamps(option))
        return "('Timestamp', (" + std::to_string(times->value) + ", "
            + std::to_string(times->echoReply) + "))";
    if (option.kind == TcpOptionKind::sackPermitted && option.data.empty())
        return "('SAckOK', b'')";
    return "(" + std::to_string(option.kind) + ", " + pythonBytes(option.data.view()) + ")";
}

/// Writes one layer; a layer that Scapy has no words for, or would complete otherwise, as bytes.
class ScapyWriter
{
public:
    explicit ScapyWriter(const Packet& packet)
        : m_packet(packet)
        , m_full(completed(packet))
        , m_bytes(encode(packet))
        , m_layout(layout(packet))
    {
    }

    std::string text();

    std::string operator()(const EthernetHeader& header) const
    {
        return Call("Ether")
            .quoted("dst", toText(header.destination))
            .quoted("src", toText(header.source))
            .hex("type", *header.etherType)
            .text();
    }
    std::string operator()(const VlanTag& tag) const
    {
        return Call("Dot1Q")
            .unless("prio", 0, tag.priority)
            .unless("id", 0, tag.dropEligible ? 1 : 0)
            .add("vlan", tag.identifier)
            .hex("type", *tag.etherType)
            .text();
    }
    std::string operator()(const ArpPacket& arp) const;
    std::string operator()(const Ipv4Header& header) const;
    std::string operator()(const Ipv6Header& header) const;
    std::string operator()(const TcpHeader& header) const;
    std::string operator()(const UdpHeader& header) const;
    std::string operator()(const Trailer& trailer) const
    {
        return m_index + 1 == m_full.layers.size() && m_index > 0
            ? Call("Padding").add("load", pythonBytes(trailer.bytes)).text()
            : raw();
    }
    template <typename Other> std::string operator()(const Other&) const { return raw(); }

private:
    std::string raw() const
    {
        const Extent extent = m_layout[m_index];
        return Call("Raw")
            .add("load", pythonBytes(ByteView(m_bytes).subspan(extent.offset, extent.length)))
            .text();
    }
    template <typename Header> const Header& asGiven() const
    {
        return std::get<Header>(m_packet.layers[m_index]);
    }
    bool isBeforeTrailerAtMost() const;
    bool mayLeaveChecksum() const;

    const Packet& m_packet;
    Packet m_full;
    Bytes m_bytes;
    std::vector<Extent> m_layout;
    std::size_t m_index = 0;
};

std::string ScapyWriter::text()
{
    std::string text;
    for (m_index = 0; m_index < m_full.layers.size(); ++m_index)
        text += (text.empty() ? "" : " / ") + visitLayer(*this, m_full.layers[m_index]);
    return text.empty() ? "Raw(load=b'')" : text;
}

/// Whether Scapy's lengths, which count all that is no Padding, are those of this program.
bool ScapyWriter::isBeforeTrailerAtMost() const
{
    for (std::size_t i = m_index; i + 1 < m_full.layers.size(); ++i)
        if (std::holds_alternative<Trailer>(m_full.layers[i]))
            return false;
    return true;
}

/// Scapy computes a checksum over the pseudo-header of the IP header right before.
bool ScapyWriter::mayLeaveChecksum() const
{
    if (m_index == 0 || !isBeforeTrailerAtMost())
        return false;
    const Layer& before = m_packet.layers[m_index - 1];
    if (const auto* ipv4 = std::get_if<Ipv4Header>(&before))
        return !ipv4->totalLength && !ipv4->headerLength && ipv4->options.list.empty()
            && !ipv4->options.tail;
    const auto* ipv6 = std::get_if<Ipv6Header>(&before);
    return ipv6 && !ipv6->payloadLength && !ipv6->nextHeader;
}

std::string ScapyWriter::operator()(const ArpPacket& arp) const
{
    return Call("ARP")
        .unless("hwtype", 1, arp.hardwareType)
        .hex("ptype", arp.protocolType)
        .add("hwlen", arp.hardwareLength)
        .add("plen", arp.protocolLength)
        .add("op", arp.operation)
        .quoted("hwsrc", toText(arp.senderHardware))
        .quoted("psrc", toText(arp.senderProtocol))
        .quoted("hwdst", toText(arp.targetHardware))
        .quoted("pdst", toText(arp.targetProtocol))
        .text();
}

std::string ScapyWriter::operator()(const Ipv4Header& header) const
{
    const auto& given = asGiven<Ipv4Header>();
    if (!given.options.list.empty() || given.options.tail)
        return raw();
    Call call("IP");
    call.unless("version", 4, header.version);
    if (given.headerLength)
        call.add("ihl", *header.headerLength);
    call.unless("tos", 0, static_cast<unsigned>(header.dscp << 2 | header.ecn));
    if (given.totalLength || !isBeforeTrailerAtMost())
        call.add("len", *header.totalLength);
    call.add("id", header.identification)
        .add("flags",
            static_cast<unsigned>((header.reservedFlag ? 4 : 0) | (header.dontFragment ? 2 : 0)
                | (header.moreFragments ? 1 : 0)))
        .unless("frag", 0, header.fragmentOffset)
        .add("ttl", header.timeToLive)
        .add("proto", *header.protocol);
    if (given.headerChecksum)
        call.hex("chksum", *header.headerChecksum);
    return call.quoted("src", toText(header.source))
        .quoted("dst", toText(header.destination))
        .text();
}

std::string ScapyWriter::operator()(const Ipv6Header& header) const
{
    const auto& given = asGiven<Ipv6Header>();
    Call call("IPv6");
    call.unless("version", 6, header.version)
        .unless("tc", 0, static_cast<unsigned>(header.dscp << 2 | header.ecn))
        .unless("fl", 0, header.flowLabel);
    if (given.payloadLength || !isBeforeTrailerAtMost())
        call.add("plen", *header.payloadLength);
    return call.add("nh", *header.nextHeader)
        .add("hlim", header.hopLimit)
        .quoted("src", toText(header.source))
        .quoted("dst", toText(header.destination))
        .text();
}

std::string ScapyWriter::operator()(const TcpHeader& header) const
{
    const auto& given = asGiven<TcpHeader>();
    const auto isSayable = [](const Option& option) {
        return option.kind <= 1 ? !option.length && option.data.empty() : !option.length;
    };
    const bool sayable = std::ranges::all_of(given.options.list, isSayable) && !given.options.tail
        && encodedSize(given.options) <= 40;
    if (!sayable)
        return raw();
    Call call("TCP");
    call.add("sport", header.sourcePort)
        .add("dport", header.destinationPort)
        .add("seq", header.sequenceNumber)
        .add("ack", header.acknowledgmentNumber);
    if (given.dataOffset)
        call.add("dataofs", *header.dataOffset);
    call.unless("reserved", 0, header.controlBits.value >> 9)
        .hex("flags", header.controlBits.value & 0x1ffu)
        .add("window", header.window);
    if (given.checksum || !mayLeaveChecksum())
        call.hex("chksum", *header.checksum);
    call.unless("urgptr", 0, header.urgentPointer);
    std::string options;
    for (const Option& option : given.options.list)
        options += (options.empty() ? "" : ", ") + tcpOptionText(option);
    if (!options.empty())
        call.add("options", "[" + options + "]");
    return call.text();
}

std::string ScapyWriter::operator()(const UdpHeader& header) const
{
    const auto& given = asGiven<UdpHeader>();
    Call call("UDP");
    call.add("sport", header.sourcePort).add("dport", header.destinationPort);
    if (given.length || !isBeforeTrailerAtMost())
        call.add("len", *header.length);
    if (given.checksum || !mayLeaveChecksum())
        call.hex("chksum", *header.checksum);
    return call.text();
}

} // namespace

std::string scapyText(const Packet& packet)
{
    return ScapyWriter(packet).text();
}

} // namespace tcpw
