// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/checksum.h"
#include "packet/computed.h"
#include "packet/ipextent.h"
#include "packet/layerwalk.h"

namespace tcpw {

namespace {

/// The bytes of a packet that a checksum covers, with what is needed to judge it.
class Coverage
{
public:
    Coverage(const Packet& packet, std::size_t index, std::size_t originalLength)
        : m_packet(packet)
        , m_index(index)
        , m_originalLength(originalLength)
    {
    }

    /// False when some covered bytes are elsewhere: cut by the capture, or in other fragments.
    bool isWhole() const;
    ChecksumState verify() const;

private:
    bool headerIsWhole(const Ipv4Header& header) const;

    const Packet& m_packet;
    std::size_t m_index;
    std::size_t m_originalLength;
};

LayerWalk walkTo(const Packet& packet, std::size_t index)
{
    LayerWalk walk(packet.layers);
    while (walk.index() < index)
        walk.next();
    return walk;
}

bool Coverage::headerIsWhole(const Ipv4Header& header) const
{
    const std::size_t size = encodedSize(m_packet.layers[m_index]);
    const std::size_t words = header.headerLength.value_or(automaticHeaderWords(size));
    return words >= 5 && words * 4 <= size;
}

bool Coverage::isWhole() const
{
    if (const auto* ipv4 = std::get_if<Ipv4Header>(&m_packet.layers[m_index]))
        return headerIsWhole(*ipv4);
    if (isInFragment(m_packet, m_index))
        return false;
    if (m_originalLength <= encodedSize(m_packet))
        return true;
    const auto end = announcedEnd(m_packet, m_index);
    const LayerWalk walk = walkTo(m_packet, m_index);
    return end && *end <= walk.offset() + walk.covered();
}

ChecksumState Coverage::verify() const
{
    const Bytes bytes = encode(m_packet);
    const LayerWalk walk = walkTo(m_packet, m_index);
    const Layer& layer = m_packet.layers[m_index];
    ByteView covered = ByteView(bytes).subspan(walk.offset(), walk.covered());
    if (std::holds_alternative<Ipv4Header>(layer))
        covered = covered.first(walk.size());
    if (const auto* udp = std::get_if<UdpHeader>(&layer); udp && udp->length) {
        if (*udp->length > covered.size())
            return ChecksumState::unverified;
        if (*udp->length >= walk.size())
            covered = covered.first(*udp->length);
    }
    const std::uint8_t protocol = pseudoHeaderProtocol(layer);
    std::uint16_t pseudoSum = 0;
    if (protocol != 0)
        pseudoSum = pseudoHeaderSum(m_packet.layers, m_index, protocol, covered.size()).folded();
    if (onesComplementSum(covered, pseudoSum) == 0xffff)
        return ChecksumState::good;
    const bool unfinished = protocol != 0 && *checksumField(layer) == pseudoSum;
    return unfinished ? ChecksumState::offload : ChecksumState::bad;
}

/// UDP over IPv4 says with a checksum of zero that it has none (RFC 768).
bool leavesChecksumOut(const Packet& packet, std::size_t index)
{
    const auto* udp = std::get_if<UdpHeader>(&packet.layers[index]);
    if (!udp || udp->checksum != 0)
        return false;
    return !isOverIpv6(packet.layers, index);
}

} // namespace

ChecksumState checksumState(const Packet& packet, std::size_t index, std::size_t originalLength)
{
    if (index >= packet.layers.size())
        return ChecksumState::none;
    const auto* checksum = checksumField(packet.layers[index]);
    if (!checksum || leavesChecksumOut(packet, index))
        return ChecksumState::none;
    const Coverage coverage(packet, index, originalLength);
    if (!coverage.isWhole())
        return ChecksumState::unverified;
    return *checksum ? coverage.verify() : ChecksumState::good;
}

} // namespace tcpw
