// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/summary.h"

#include "base/bytereader.h"
#include "base/bytewriter.h"
#include "packet/computed.h"
#include "packet/ipextent.h"
#include "packet/layerwalk.h"
#include "packet/protocolnames.h"

#include <algorithm>

namespace tcpw {

namespace {

/// Fills in the addresses: of the outermost IP header, else of ARP, else none.
void addAddresses(const Packet& packet, Summary& summary)
{
    for (const Layer& layer : packet.layers) {
        if (const auto* ipv4 = std::get_if<Ipv4Header>(&layer)) {
            summary.source = ipv4->source;
            summary.destination = ipv4->destination;
            return;
        }
        if (const auto* ipv6 = std::get_if<Ipv6Header>(&layer)) {
            summary.source = ipv6->source;
            summary.destination = ipv6->destination;
            return;
        }
        if (const auto* arp = std::get_if<ArpPacket>(&layer)) {
            summary.source = arp->senderProtocol;
            summary.destination = arp->targetProtocol;
            return;
        }
    }
}

void addMacAddresses(const Packet& packet, Summary& summary)
{
    if (const auto* ethernet = packet.find<EthernetHeader>()) {
        summary.sourceMac = ethernet->source;
        summary.destinationMac = ethernet->destination;
    } else if (const auto* cooked = packet.find<LinuxCookedHeader>()) {
        if (cooked->addressLength == summary.sourceMac.octets.size())
            std::copy_n(cooked->address.begin(), 6, summary.sourceMac.octets.begin());
    } else if (const auto* cooked2 = packet.find<LinuxCooked2Header>()) {
        if (cooked2->addressLength == summary.sourceMac.octets.size())
            std::copy_n(cooked2->address.begin(), 6, summary.sourceMac.octets.begin());
    }
}

/// The bytes from the layer at the walk's place to the end of its IP packet, by the IP length; the
/// frame on the wire is the limit.
std::size_t segmentLength(const Packet& packet, const LayerWalk& walk, std::size_t frameLength)
{
    const std::size_t here = walk.offset() + walk.covered();
    const bool cut = frameLength > encodedSize(packet);
    const auto announced = announcedEnd(packet, walk.index());
    const std::size_t end = std::min(announced.value_or(cut ? frameLength : here), frameLength);
    return std::max(end, walk.offset()) - walk.offset();
}

void addTcp(const TcpHeader& tcp, std::size_t headerSize, std::size_t segment, Summary& summary)
{
    summary.isTcp = true;
    summary.controlBits = tcp.controlBits;
    summary.sequenceNumber = tcp.sequenceNumber;
    summary.acknowledgmentNumber = tcp.acknowledgmentNumber;
    summary.window = tcp.window;
    const std::size_t words = tcp.dataOffset.value_or(automaticHeaderWords(headerSize));
    const std::size_t size = words * 4;
    summary.headerWhole = words >= 5 && (size <= segment || summary.isFragment);
    if (!summary.headerWhole)
        return;
    summary.payloadLength = static_cast<std::uint32_t>(segment - std::min(size, segment));
    summary.options = tcp.options;
    ByteWriter writer(encodedSize(tcp.options));
    encodeOptions(tcp.options, writer);
    summary.optionBytes = writer.take();
}

/// Whether an IPv4 header's lengths leave open where its data begins.
bool hidesItsData(const Layer& layer)
{
    const auto* ipv4 = std::get_if<Ipv4Header>(&layer);
    if (!ipv4 || !ipv4->headerLength)
        return false;
    return *ipv4->headerLength < 5
        || (ipv4->totalLength.value_or(0) > 0 && *ipv4->totalLength < *ipv4->headerLength * 4);
}

/// Fills in the ports of a header that was cut off behind them.
void addCutTransport(const Packet& packet, std::size_t index, Summary& summary)
{
    const auto* rest = std::get_if<Rest>(&packet.layers[index]);
    const bool hasPorts = rest && (rest->wanted == "TCP" || rest->wanted == "UDP")
        && rest->bytes.size() >= 4 && !hidesItsData(packet.layers[index - 1]);
    if (!hasPorts)
        return;
    ByteReader reader(rest->bytes);
    summary.hasPorts = true;
    summary.sourcePort = reader.u16();
    summary.destinationPort = reader.u16();
}

/// Fills in what the outermost transport header says.
void addTransport(const Packet& packet, std::size_t frameLength, Summary& summary)
{
    for (LayerWalk walk(packet.layers); !walk.atEnd(); walk.next()) {
        const Layer& layer = walk.layer();
        const auto* tcp = std::get_if<TcpHeader>(&layer);
        const auto* udp = std::get_if<UdpHeader>(&layer);
        if (walk.index() > 0)
            addCutTransport(packet, walk.index(), summary);
        if (!tcp && !udp && !std::holds_alternative<IcmpHeader>(layer))
            continue;
        summary.checksum = checksumState(packet, walk.index(), frameLength);
        summary.hasPorts = tcp || udp;
        summary.isFragment = isInFragment(packet, walk.index());
        const std::size_t segment = segmentLength(packet, walk, frameLength);
        if (tcp) {
            summary.sourcePort = tcp->sourcePort;
            summary.destinationPort = tcp->destinationPort;
            addTcp(*tcp, walk.size(), segment, summary);
        } else if (udp) {
            summary.sourcePort = udp->sourcePort;
            summary.destinationPort = udp->destinationPort;
        }
        if (!tcp)
            summary.payloadLength
                = static_cast<std::uint32_t>(std::max(segment, walk.size()) - walk.size());
        return;
    }
}

} // namespace

Summary summarize(const Packet& packet, std::size_t originalLength)
{
    Summary summary;
    const std::size_t frameLength = std::max(originalLength, encodedSize(packet));
    summary.originalLength = static_cast<std::uint32_t>(originalLength);
    summary.protocol = innermostProtocol(packet);
    addAddresses(packet, summary);
    addMacAddresses(packet, summary);
    addTransport(packet, frameLength, summary);
    return summary;
}

} // namespace tcpw
