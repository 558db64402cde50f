// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fields.h"

#include "packet/fieldaccess.h"
#include "packet/fieldtables.h"

#include <array>

namespace tcpw {

namespace fieldaccess {

Result<void> wrongKind()
{
    return failure("The value is not of the field's kind, or the field is never automatic.");
}

Result<void> doesNotFit(std::uint64_t value, unsigned width)
{
    return failure(std::to_string(value) + " does not fit: the field has " + std::to_string(width)
        + (width == 1 ? " bit" : " bits") + ", up to "
        + std::to_string((std::uint64_t{1} << width) - 1) + ".");
}

Result<void> wrongSize(std::size_t size, std::size_t wanted)
{
    return failure("The field has exactly " + std::to_string(wanted) + " bytes, not "
        + std::to_string(size) + ".");
}

Result<void> refuse(Layer&, const FieldValue&)
{
    return failure("This says how the bytes were read; it is not sent and cannot be set.");
}

} // namespace fieldaccess

namespace {

template <typename Header> Layer make()
{
    return Header();
}

Layer makeExtension()
{
    Ipv6Extension extension;
    extension.body = Bytes{1, 4, 0, 0, 0, 0}; // one PadN option (RFC 8200, section 4.2)
    return extension;
}

std::array<LayerType, std::variant_size_v<Layer>> makeTypes()
{
    return {{
        {"ethernet", "Ethernet II", ethernetFields(), make<EthernetHeader>},
        {"vlan", "802.1Q VLAN tag", vlanFields(), make<VlanTag>},
        {"snap", "LLC/SNAP", snapFields(), make<SnapHeader>},
        {"cooked", "Linux cooked v1", linuxCookedFields(), make<LinuxCookedHeader>},
        {"cooked2", "Linux cooked v2", linuxCooked2Fields(), make<LinuxCooked2Header>},
        {"loopback", "BSD loopback", loopbackFields(), make<LoopbackHeader>},
        {"arp", "ARP", arpFields(), make<ArpPacket>},
        {"ipv4", "IPv4", ipv4Fields(), make<Ipv4Header>},
        {"ipv6", "IPv6", ipv6Fields(), make<Ipv6Header>},
        {"extension", "IPv6 extension header", ipv6ExtensionFields(), makeExtension},
        {"fragment", "IPv6 fragment header", ipv6FragmentFields(), make<Ipv6Fragment>},
        {"tcp", "TCP", tcpFields(), make<TcpHeader>},
        {"udp", "UDP", udpFields(), make<UdpHeader>},
        {"icmp", "ICMP", icmpFields(), make<IcmpHeader>},
        {"payload", "Payload", payloadFields(), make<Payload>},
        {"trailer", "Trailer", trailerFields(), make<Trailer>},
        {"rest", "Bytes not read", restFields(), make<Rest>},
    }};
}

} // namespace

bool isChecksum(const Field& field)
{
    const std::string_view name = field.name;
    return name == "checksum" || name == "headerChecksum";
}

std::span<const LayerType> layerTypes()
{
    static const auto types = makeTypes();
    return types;
}

const LayerType& layerType(const Layer& layer)
{
    return layerTypes()[layer.index()];
}

const LayerType* findLayerType(std::string_view name)
{
    for (const LayerType& type : layerTypes())
        if (type.name == name)
            return &type;
    return nullptr;
}

const Field* findField(const LayerType& type, std::string_view name)
{
    for (const Field& field : type.fields)
        if (field.name == name)
            return &field;
    return nullptr;
}

} // namespace tcpw
