// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/bytereader.h"
#include "packet/layerwalk.h"
#include "packet/packet.h"

namespace tcpw {

namespace {

/// Fills the empty options of one header: each length, and the zeros behind the list.
void completeOptions(Options& options)
{
    std::size_t listed = 0;
    for (Option& option : options.list) {
        listed += encodedSize(option);
        if (option.kind > 1 && !option.length)
            option.length = writtenLength(option);
    }
    if (!options.tail)
        options.tail = Bytes((4 - listed % 4) % 4);
}

/// Gives every computed field of a layer the value that its encoded bytes hold.
class Completing
{
public:
    explicit Completing(ByteView bytes)
        : m_bytes(bytes)
    {
    }

    void operator()(EthernetHeader& header) const { header.etherType = u16(12); }
    void operator()(VlanTag& tag) const { tag.etherType = u16(2); }
    void operator()(SnapHeader& header) const { header.etherType = u16(6); }
    void operator()(LinuxCookedHeader& header) const { header.protocol = u16(14); }
    void operator()(LinuxCooked2Header& header) const { header.protocol = u16(0); }
    void operator()(Ipv4Header& header) const
    {
        header.headerLength = u8(0) & 15;
        header.totalLength = u16(2);
        header.protocol = u8(9);
        header.headerChecksum = u16(10);
        completeOptions(header.options);
    }
    void operator()(Ipv6Header& header) const
    {
        header.payloadLength = u16(4);
        header.nextHeader = u8(6);
    }
    void operator()(Ipv6Extension& header) const
    {
        header.nextHeader = u8(0);
        header.length = u8(1);
    }
    void operator()(Ipv6Fragment& header) const { header.nextHeader = u8(0); }
    void operator()(TcpHeader& header) const
    {
        header.dataOffset = static_cast<std::uint8_t>(u8(12) >> 4);
        header.checksum = u16(16);
        completeOptions(header.options);
    }
    void operator()(UdpHeader& header) const
    {
        header.length = u16(4);
        header.checksum = u16(6);
    }
    void operator()(IcmpHeader& header) const { header.checksum = u16(2); }
    template <typename Other> void operator()(Other&) const { }

private:
    std::uint8_t u8(std::size_t position) const { return m_bytes[position]; }
    std::uint16_t u16(std::size_t position) const
    {
        ByteReader reader(m_bytes.subspan(position));
        return reader.u16();
    }

    ByteView m_bytes;
};

} // namespace

Packet completed(const Packet& packet)
{
    const Bytes bytes = encode(packet);
    Packet whole = packet;
    for (LayerWalk walk(packet.layers); !walk.atEnd(); walk.next())
        std::visit(Completing(ByteView(bytes).subspan(walk.offset(), walk.size())),
            whole.layers[walk.index()]);
    return whole;
}

} // namespace tcpw
