// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/anomalyfinder.h"
#include "packet/computed.h"
#include "packet/ipextent.h"
#include "packet/protocols.h"
#include "packet/tcpoptions.h"
#include "packet/words.h"

namespace tcpw {

void AnomalyFinder::operator()(const TcpHeader& header)
{
    ports(header.sourcePort, header.destinationPort);
    wordCount("dataOffset", "data offset",
        header.dataOffset.value_or(automaticHeaderWords(m_walk.size())));
    controlBits(header);
    checksum("checksum");
    if (header.urgentPointer != 0 && !header.controlBits.has(ControlBits::urg))
        add("urgentPointer",
            "urgent pointer " + std::to_string(header.urgentPointer)
                + ": not used, as URG is not set");
    if (header.acknowledgmentNumber != 0 && !header.controlBits.has(ControlBits::ack))
        add("acknowledgmentNumber",
            "acknowledgment number " + std::to_string(header.acknowledgmentNumber)
                + ": not used, as ACK is not set");
    tcpOptions(header);
}

/// Combinations that no state of RFC 9293 sends.
void AnomalyFinder::controlBits(const TcpHeader& header)
{
    using C = ControlBits;
    const C bits = header.controlBits;
    const bool alone = !bits.has(C::ack) && !bits.has(C::syn) && !bits.has(C::rst);
    if ((bits.value & (C::fin | C::syn | C::rst | C::psh | C::ack | C::urg)) == 0)
        add("controlBits", "control bits none: every segment has SYN, ACK or RST");
    else if (bits.has(C::fin | C::psh | C::urg) && alone)
        add("controlBits", "control bits FIN,PSH,URG: a Christmas tree scan, no TCP sends them");
    else if (alone)
        add("controlBits", "control bits " + toText(bits) + ": ACK is missing");
    if (bits.has(C::syn | C::fin))
        add("controlBits", "control bits SYN,FIN: they open and close at once");
    if (bits.has(C::syn | C::rst))
        add("controlBits", "control bits SYN,RST: they open and break off at once");
    if (bits.has(C::fin | C::rst))
        add("controlBits", "control bits FIN,RST: they close and break off at once");
    if ((bits.value & C::reserved) != 0)
        add("controlBits", "reserved control bits set: must be zero");
}

void AnomalyFinder::tcpOptions(const TcpHeader& header)
{
    optionSpace(header.options);
    const bool cut = wireSize() > m_walk.covered();
    for (const Option& option : header.options.list) {
        const bool last = &option == &header.options.list.back();
        if (!isWellFormed(option) && !(cut && last))
            add("options", describeTcpOption(option));
        else
            tcpOptionPlace(header, option);
    }
}

/// Options that mean nothing where they stand, or values that are out of range.
void AnomalyFinder::tcpOptionPlace(const TcpHeader& header, const Option& option)
{
    const bool syn = header.controlBits.has(ControlBits::syn);
    const bool onlyInSyn = option.kind == TcpOptionKind::maximumSegmentSize
        || option.kind == TcpOptionKind::windowScale || option.kind == TcpOptionKind::sackPermitted;
    if (onlyInSyn && !syn)
        add("options", describeTcpOption(option) + ": counts only in a SYN");
    if (option.kind == TcpOptionKind::sack && syn)
        add("options", describeTcpOption(option) + ": never in a SYN");
    if (const auto shift = windowScale(option); shift && *shift > 14)
        add("options", describeTcpOption(option));
    if (maximumSegmentSize(option) == 0)
        add("options", "maximum segment size 0: no data could be sent");
}

void AnomalyFinder::operator()(const UdpHeader& header)
{
    ports(header.sourcePort, header.destinationPort);
    if (!isInFragment(m_packet, m_walk.index()))
        udpLength(header);
    if (header.checksum == 0 && isOverIpv6(m_packet.layers, m_walk.index()))
        add("checksum", "checksum 0: IPv6 does not allow to leave it out (RFC 8200)");
    else
        checksum("checksum");
}

void AnomalyFinder::udpLength(const UdpHeader& header)
{
    const std::size_t here = m_walk.covered();
    const std::size_t length = header.length.value_or(automaticLength(here));
    const std::string begin = "length " + std::to_string(length) + ": ";
    const bool jumbo = length == 0 && here > 0xffff; // RFC 2675, section 4
    if (length < m_walk.size() && !jumbo)
        add("length", begin + "less than the header's 8 bytes");
    else if (length > wireSize())
        add("length", begin + onlyThere(wireSize()));
    else if (length < here && !jumbo)
        add("length", begin + areThere(here));
}

void AnomalyFinder::operator()(const IcmpHeader&)
{
    checksum("checksum");
}

} // namespace tcpw
