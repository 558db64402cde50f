// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/anomalies.h"

#include "packet/anomalyfinder.h"
#include "packet/checksum.h"
#include "packet/computed.h"
#include "packet/ipextent.h"
#include "packet/protocols.h"
#include "packet/words.h"

#include <algorithm>

namespace tcpw {

std::vector<Anomaly> anomalies(const Packet& packet, std::size_t originalLength)
{
    return AnomalyFinder(packet, originalLength).find();
}

AnomalyFinder::AnomalyFinder(const Packet& packet, std::size_t originalLength)
    : m_packet(packet)
    , m_frameLength(std::max(originalLength, encodedSize(packet)))
    , m_walk(packet.layers)
{
}

std::vector<Anomaly> AnomalyFinder::find()
{
    for (; !m_walk.atEnd(); m_walk.next())
        std::visit(*this, m_walk.layer());
    return std::move(m_found);
}

void AnomalyFinder::operator()(const EthernetHeader& header)
{
    if (isMulticast(header.source))
        add("source", "source " + toText(header.source) + ": a sender is never a group");
    etherType("etherType", header.etherType);
    const std::size_t length = header.etherType.value_or(0);
    if (length >= EtherType::smallest || length == 0)
        return;
    if (length > 1500)
        add("etherType",
            "EtherType " + std::to_string(length) + ": neither a length, which is up to 1500, nor "
                + "a type, which is at least 1536");
    else if (length > wireSize() - m_walk.size())
        add("etherType",
            "length " + std::to_string(length) + ": " + onlyThere(wireSize() - m_walk.size()));
}

void AnomalyFinder::operator()(const SnapHeader& header)
{
    etherType("etherType", header.etherType);
}

void AnomalyFinder::operator()(const VlanTag& tag)
{
    if (tag.identifier == 0xfff)
        add("identifier", "VLAN identifier 4095: reserved");
    etherType("etherType", tag.etherType);
}

void AnomalyFinder::operator()(const LinuxCookedHeader& header)
{
    etherType("protocol", header.protocol);
}

void AnomalyFinder::operator()(const LinuxCooked2Header& header)
{
    if (header.reserved != 0)
        add("reserved", "reserved " + hex16(header.reserved) + ": must be zero");
    etherType("protocol", header.protocol);
}

void AnomalyFinder::operator()(const ArpPacket& arp)
{
    if (arp.protocolType != EtherType::ipv4)
        add("protocolType",
            "protocol type " + hex16(arp.protocolType) + ": its addresses are not those of IPv4");
    if (arp.hardwareLength != 6)
        add("hardwareLength",
            "hardware address length " + std::to_string(arp.hardwareLength)
                + ": a MAC address has 6 bytes");
    if (arp.protocolLength != 4)
        add("protocolLength",
            "protocol address length " + std::to_string(arp.protocolLength)
                + ": an IPv4 address has 4 bytes");
    if (isMulticast(arp.senderHardware))
        add("senderHardware",
            "sender " + toText(arp.senderHardware) + ": a sender is never a group");
}

void AnomalyFinder::operator()(const Rest& rest)
{
    const bool cut
        = m_walk.following() == nullptr && m_frameLength > m_walk.offset() + m_walk.size();
    if (!cut)
        add("", rest.wanted.empty() ? rest.why : rest.wanted + ": " + rest.why);
}

void AnomalyFinder::add(const char* field, std::string text)
{
    m_found.push_back({m_walk.index(), field, std::move(text)});
}

/// A type that a reader would follow to something else than what stands behind it.
void AnomalyFinder::etherType(const char* field, std::optional<std::uint16_t> type)
{
    const std::uint16_t automatic = automaticEtherType(m_walk.following());
    if (!type || *type == automatic || automatic == 0)
        return;
    if (automatic == EtherType::vlan && announcesVlan(*type))
        return;
    add(field, "type " + hex16(*type) + ": " + hex16(automatic) + " follows");
}

void AnomalyFinder::nextHeader(
    const char* field, std::optional<std::uint8_t> given, std::uint8_t automatic)
{
    const bool known = automatic != 0 && automatic != IpProtocol::noNextHeader;
    if (given && *given != automatic && known)
        add(field,
            "protocol " + std::to_string(*given) + ": " + std::to_string(automatic) + " follows");
}

void AnomalyFinder::checksum(const char* field)
{
    const auto* given = checksumField(m_walk.layer());
    if (!*given || checksumState(m_packet, m_walk.index(), m_frameLength) != ChecksumState::bad)
        return;
    const Bytes bytes = encode(m_packet);
    const ByteView covered = ByteView(bytes).subspan(m_walk.offset(), m_walk.covered());
    add(field,
        "checksum " + hex16(**given) + ": wrong, "
            + hex16(automaticChecksum(m_packet.layers, m_walk.index(), covered))
            + " would be right");
}

void AnomalyFinder::ports(std::uint16_t source, std::uint16_t destination)
{
    if (source == 0 && std::holds_alternative<TcpHeader>(m_walk.layer()))
        add("sourcePort", "source port 0: reserved, no answer can reach it");
    if (destination == 0)
        add("destinationPort", "destination port 0: reserved, nobody can have it");
}

/// A header length in words that is too small, or more than there is.
void AnomalyFinder::wordCount(const char* field, const char* name, std::size_t words)
{
    const std::string begin = std::string(name) + ' ' + std::to_string(words) + ": ";
    if (words < 5)
        add(field, begin + "less than the 5 words a header needs");
    else if (words * 4 > wireSize())
        add(field, begin + std::to_string(words * 4) + " bytes, but " + onlyThere(wireSize()));
    else if (words * 4 < m_walk.size())
        add(field,
            begin + std::to_string(words * 4) + " bytes, but the header has "
                + std::to_string(m_walk.size()));
}

void AnomalyFinder::fragmentExtent(
    const char* field, std::size_t offset, bool more, std::size_t size)
{
    constexpr std::size_t longestPacket = 65535;
    if (offset * 8 + size > longestPacket)
        add(field,
            "fragment offset " + std::to_string(offset) + ": the fragment ends at byte "
                + std::to_string(offset * 8 + size) + ", but a packet has 65535 at most");
    if (more && size % 8 != 0)
        add(field,
            "fragment of " + countOf(size, "byte") + ": all but the last have a multiple of 8");
}

std::size_t AnomalyFinder::wireSize() const
{
    const std::size_t here = m_walk.offset() + m_walk.covered();
    const std::size_t wire = m_frameLength > encodedSize(m_packet) ? m_frameLength : here;
    const std::size_t end = std::min(announcedEnd(m_packet, m_walk.index()).value_or(wire), wire);
    return std::max(end, here) - m_walk.offset();
}

} // namespace tcpw
