// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

/// The one table of fields that form, details tree, diagram, JSON and command line read.
namespace tcpw {

/// The value of a field of any kind; monostate: automatic.
using FieldValue = std::variant<std::monostate, std::uint64_t, MacAddress, Ipv4Address, Ipv6Address,
    Bytes, Options, std::string>;

enum class FieldKind
{
    number, ///< shown decimal
    hexNumber, ///< shown as 0x...
    flag, ///< one bit
    controlBits,
    mac,
    ipv4,
    ipv6,
    bytes,
    tcpOptions,
    ipv4Options,
    text, ///< not on the wire, read-only (why a Rest is one)
};

/// The bitOffset of a value that belongs to a layer without being among its bytes.
inline constexpr std::uint16_t notOnTheWire = 0xffff;

/// One field of a header: how it is called, where it lies, what it means, how it is read and set.
struct Field
{
    const char* name; ///< as in core's structs: "destinationPort"
    const char* label; ///< for people: "Destination port"
    FieldKind kind;
    std::uint16_t bitOffset; ///< from the layer's first bit, or notOnTheWire
    std::uint16_t bitWidth; ///< 0: variable, to the end of the layer
    bool computed; ///< may be automatic
    const char* unit; ///< "bytes", "32-bit words", "" ...
    const char* help; ///< what it is, who sets it, what a receiver does with a bad one
    const char* reference; ///< "RFC 9293, section 3.1"
    FieldValue (*get)(const Layer& layer);
    Result<void> (*set)(Layer& layer, const FieldValue& value); ///< fails on what does not fit
};

/// One kind of layer: its name in paths, JSON and command line, and its fields in wire order.
struct LayerType
{
    const char* name; ///< "ethernet", "vlan", "snap", "cooked", "cooked2", "loopback", "arp",
                      ///< "ipv4", "ipv6", "extension", "fragment", "tcp", "udp", "icmp", "payload",
                      ///< "trailer", "rest"
    const char* label; ///< "Ethernet II", "TCP", ...
    std::span<const Field> fields;
    Layer (*make)(); ///< a layer of this kind with the defaults of its struct, ready to be sent
};

/// Whether a field is the checksum of its layer.
bool isChecksum(const Field& field);

/// All layer types, in the order of the variant: layerTypes()[layer.index()] is a layer's own.
std::span<const LayerType> layerTypes();
const LayerType& layerType(const Layer& layer);
const LayerType* findLayerType(std::string_view name);
const Field* findField(const LayerType& type, std::string_view name);

/// The shared text notation of a value: "8081", "0x3a7f21c0", "SYN,ACK", "0a:00:00:00:00:01",
/// "mss=1460,nop", "hex:00ff", "text:hello\n", "auto". Locale plays no part.
std::string formatValue(const Field& field, const FieldValue& value);

/// Reads that notation (numbers decimal or 0x..., bytes also bare hex); "auto" for computed fields.
/// Fails with a sentence that says what would fit: "65536 does not fit: a port has 16 bits, up to
/// 65535."
Result<FieldValue> parseValue(const Field& field, std::string_view text);

/// What a value means, for a reader: "HTTP", "request", "accepts the connection",
/// "5 x 4 = 20 bytes"; often "".
std::string meaning(const Layer& layer, const Field& field);

/// A place in a packet, as "tcp.checksum", "vlan[1].identifier" or "payload" name it.
struct FieldPath
{
    std::size_t layer = 0;
    const Field* field = nullptr;
};

/// Finds the field in the packet's stack; fails with a sentence that lists what there is.
Result<FieldPath> findPath(const Packet& packet, std::string_view path);
/// "tcp.checksum", or "vlan[1].identifier" where the packet has several such layers.
std::string pathName(const Packet& packet, FieldPath path);

/// Sets one field by its path and text: setField(packet, "tcp.controlBits", "SYN,ACK"). A packet
/// without a payload gets one by "payload".
Result<void> setField(Packet& packet, std::string_view path, std::string_view text);
/// Reads one field as text; "auto" for a computed one that is empty.
Result<std::string> fieldText(const Packet& packet, std::string_view path);

/// Where a field lies in the encoded packet, in bits from its start; length 0 for what is not
/// there.
struct BitRange
{
    std::size_t offset = 0;
    std::size_t length = 0;
};
BitRange bitRange(const Packet& packet, FieldPath path);

} // namespace tcpw
