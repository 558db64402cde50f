// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fields.h"
#include "packet/meanings.h"
#include "packet/protocols.h"
#include "packet/tcpoptions.h"
#include "packet/words.h"

namespace tcpw {

namespace {

std::string inBytes(std::uint64_t count, std::uint64_t unit)
{
    return std::to_string(count) + " x " + std::to_string(unit) + " = "
        + std::to_string(count * unit) + " bytes";
}

std::string optionsMeaning(const Options& options, bool tcp)
{
    std::string text;
    for (const Option& option : options.list) {
        if (!text.empty())
            text += "; ";
        text += tcp ? describeTcpOption(option) : ipv4OptionWords(option);
    }
    return text;
}

std::string extensionLength(const Ipv6Extension& extension, std::uint64_t length)
{
    if (extension.type == IpProtocol::authentication)
        return inBytes(length + 2, 4);
    return inBytes(length + 1, 8);
}

/// What the numbers of one kind of layer mean, by the field's name.
class Meaning
{
public:
    Meaning(std::string_view name, std::uint64_t value)
        : m_name(name)
        , m_value(value)
    {
    }

    std::string operator()(const EthernetHeader&) const { return etherType(); }
    std::string operator()(const SnapHeader&) const { return is("etherType") ? etherType() : ""; }
    std::string operator()(const VlanTag&) const
    {
        if (is("priority"))
            return vlanPriorityWords(m_value);
        if (is("identifier"))
            return m_value == 0 ? "no VLAN, only a priority" : m_value == 0xfff ? "reserved" : "";
        return is("etherType") ? etherType() : "";
    }
    std::string operator()(const LinuxCookedHeader&) const { return cooked(); }
    std::string operator()(const LinuxCooked2Header&) const { return cooked(); }
    std::string operator()(const LoopbackHeader&) const
    {
        return is("family") ? addressFamilyWords(m_value) : "";
    }
    std::string operator()(const ArpPacket&) const
    {
        if (is("operation"))
            return arpOperationWords(m_value);
        if (is("protocolType"))
            return etherType();
        return is("hardwareType") ? hardwareTypeWords(m_value) : "";
    }
    std::string operator()(const Ipv4Header&) const;
    std::string operator()(const Ipv6Header&) const { return service(); }
    std::string operator()(const Ipv6Extension& extension) const
    {
        return is("length") ? extensionLength(extension, m_value) : protocol();
    }
    std::string operator()(const Ipv6Fragment&) const
    {
        if (is("fragmentOffset"))
            return inBytes(m_value, 8);
        return is("nextHeader") ? protocol() : "";
    }
    std::string operator()(const TcpHeader& header) const;
    std::string operator()(const UdpHeader&) const { return port(); }
    std::string operator()(const IcmpHeader& header) const
    {
        if (is("type"))
            return icmpTypeWords(header.version6, m_value);
        if (is("code"))
            return icmpCodeWords(header.version6, header.type, m_value);
        return is("rest") ? icmpRestWords(header) : "";
    }
    template <typename Other> std::string operator()(const Other&) const { return {}; }

private:
    bool is(std::string_view name) const { return m_name == name; }
    std::string etherType() const
    {
        const auto type = static_cast<std::uint16_t>(m_value);
        if (m_value < EtherType::smallest)
            return m_value == 0 ? "" : "a length of " + std::to_string(m_value) + " bytes (802.3)";
        return std::string(etherTypeName(type));
    }
    std::string protocol() const
    {
        return std::string(protocolName(static_cast<std::uint8_t>(m_value)));
    }
    std::string port() const
    {
        if (!is("sourcePort") && !is("destinationPort"))
            return {};
        return std::string(serviceName(static_cast<std::uint16_t>(m_value)));
    }
    std::string cooked() const
    {
        if (is("packetType"))
            return packetTypeWords(m_value);
        if (is("hardwareType"))
            return hardwareTypeWords(m_value);
        return is("protocol") ? etherType() : "";
    }
    std::string service() const
    {
        if (is("dscp"))
            return dscpWords(m_value);
        if (is("ecn"))
            return ecnWords(m_value);
        return is("protocol") || is("nextHeader") ? protocol() : "";
    }

    std::string_view m_name;
    std::uint64_t m_value;
};

std::string Meaning::operator()(const Ipv4Header&) const
{
    if (is("headerLength"))
        return inBytes(m_value, 4);
    if (is("fragmentOffset"))
        return inBytes(m_value, 8);
    if (is("totalLength") && m_value == 0)
        return "left to the network card";
    return service();
}

std::string Meaning::operator()(const TcpHeader& header) const
{
    if (is("dataOffset"))
        return inBytes(m_value, 4);
    if (is("controlBits"))
        return controlBitsWords(header.controlBits);
    if (is("urgentPointer") && header.controlBits.has(ControlBits::urg))
        return "urgent data ends before sequence number "
            + std::to_string(header.sequenceNumber + header.urgentPointer);
    if (is("acknowledgmentNumber") && !header.controlBits.has(ControlBits::ack) && m_value != 0)
        return "not used: ACK is not set";
    if (is("window"))
        return windowWords(header);
    return port();
}

/// What values that are no numbers mean.
class OtherMeaning
{
public:
    explicit OtherMeaning(FieldKind kind)
        : m_kind(kind)
    {
    }

    std::string operator()(const MacAddress& address) const { return addressWords(address); }
    std::string operator()(const Ipv4Address& address) const { return addressWords(address); }
    std::string operator()(const Ipv6Address& address) const { return addressWords(address); }
    std::string operator()(const Options& options) const
    {
        return optionsMeaning(options, m_kind == FieldKind::tcpOptions);
    }
    std::string operator()(const Bytes& bytes) const { return countOf(bytes.size(), "byte"); }
    template <typename Other> std::string operator()(const Other&) const { return {}; }

private:
    FieldKind m_kind;
};

} // namespace

std::string meaning(const Layer& layer, const Field& field)
{
    const FieldValue value = field.get(layer);
    const auto* number = std::get_if<std::uint64_t>(&value);
    if (!number)
        return std::visit(OtherMeaning(field.kind), value);
    if (field.kind == FieldKind::flag)
        return {};
    return std::visit(Meaning(field.name, *number), layer);
}

} // namespace tcpw
