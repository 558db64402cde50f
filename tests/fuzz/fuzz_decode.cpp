// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/packet/randompacket.h"
#include "packet/anomalies.h"
#include "packet/fields.h"
#include "packet/packet.h"
#include "packet/summary.h"

#include <algorithm>
#include <array>
#include <cstdlib>

/// Decoding any bytes of any link type: they come back the same, whole and with every computed
/// field stated, and nothing that is said of them reads past their end.
namespace {

using namespace tcpw;

// LinkType 105 is one that is not decoded.
constexpr std::array<std::uint16_t, 10> linkTypes{1, 1, 113, 276, 101, 228, 229, 0, 108, 105};

void must(bool condition)
{
    if (!condition)
        std::abort();
}

void readEverything(const Packet& packet, std::size_t length)
{
    for (const Anomaly& anomaly : anomalies(packet, length))
        must(anomaly.layer < packet.layers.size() && !anomaly.text.empty());
    const std::size_t size = encode(packet).size();
    summarize(packet, length);
    must(!describe(packet, length).empty() || packet.layers.empty());
    for (std::size_t i = 0; i < packet.layers.size(); ++i) {
        checksumState(packet, i, length);
        for (const Field& field : layerType(packet.layers[i]).fields) {
            formatValue(field, field.get(packet.layers[i]));
            meaning(packet.layers[i], field);
            const BitRange range = bitRange(packet, {i, &field});
            must(range.offset + range.length <= size * 8 || range.length == 0);
        }
    }
}

/// Fills the buffer with a packet that every RFC allows, behind the byte that chooses its link
/// type.
std::size_t legalPacket(std::span<std::uint8_t> buffer, unsigned seed)
{
    samples::RandomPacket random(seed);
    const std::uint32_t choice = random.number(linkTypes.size());
    const Bytes bytes = encode(random.next(static_cast<LinkType>(linkTypes[choice])));
    if (buffer.empty())
        return 0;
    buffer[0] = static_cast<std::uint8_t>(choice);
    const std::size_t count = std::min(bytes.size(), buffer.size() - 1);
    std::copy_n(bytes.begin(), count, buffer.begin() + 1);
    return count + 1;
}

/// A computed field is stated exactly where it says something else than encode() would.
void mustStateOnlyWhatDiffers(const Packet& packet)
{
    const Bytes bytes = encode(packet);
    for (std::size_t i = 0; i < packet.layers.size(); ++i)
        for (const Field& field : layerType(packet.layers[i]).fields) {
            if (!field.computed || field.get(packet.layers[i]) == FieldValue())
                continue;
            Packet without = packet;
            must(field.set(without.layers[i], FieldValue()).has_value());
            must(encode(without) != bytes);
        }
}

void mustComeBack(ByteView bytes, const Packet& packet)
{
    const Bytes again = encode(packet);
    must(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));
    must(encode(completed(packet)) == again);
    mustStateOnlyWhatDiffers(packet);
}

} // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

/// Now and then begins anew at a legal packet, so that no seeds have to be kept.
extern "C" std::size_t LLVMFuzzerCustomMutator(
    std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed)
{
    constexpr unsigned oneIn = 64;
    if (size < 2 || seed % oneIn == 0)
        size = legalPacket({data, most}, seed);
    return LLVMFuzzerMutate(data, size, most);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto linkType = static_cast<LinkType>(linkTypes[data[0] % linkTypes.size()]);
    const ByteView bytes(data + 1, size - 1);
    const Packet packet = decode(bytes, linkType);
    mustComeBack(bytes, packet);
    readEverything(packet, bytes.size());
    readEverything(packet, bytes.size() + 1); // as if the capture had cut a byte off
    const ByteView half = bytes.first(bytes.size() / 2);
    Packet few = decode(half, linkType, DecodeLimits{4});
    mustComeBack(half, few);
    decode(bytes, linkType, few); // with nothing left of the other
    must(few == packet);
    return 0;
}
