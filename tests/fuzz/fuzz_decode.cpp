// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/anomalies.h"
#include "packet/fields.h"
#include "packet/packet.h"
#include "packet/summary.h"

#include <array>
#include <cstdlib>

/// Decoding any bytes of any link type: they come back the same, whole and with every computed
/// field stated, and nothing that is said of them reads past their end.
namespace {

using namespace tcpw;

// LinkType 105 is one that is not decoded.
constexpr std::array<std::uint16_t, 9> linkTypes{1, 1, 113, 276, 101, 228, 229, 0, 105};

void must(bool condition)
{
    if (!condition)
        std::abort();
}

void readEverything(const Packet& packet, std::size_t length)
{
    for (const Anomaly& anomaly : anomalies(packet, length))
        must(anomaly.layer < packet.layers.size() && !anomaly.text.empty());
    summarize(packet, length);
    must(!describe(packet, length).empty() || packet.layers.empty());
    for (std::size_t i = 0; i < packet.layers.size(); ++i) {
        checksumState(packet, i, length);
        for (const Field& field : layerType(packet.layers[i]).fields) {
            formatValue(field, field.get(packet.layers[i]));
            meaning(packet.layers[i], field);
            const BitRange range = bitRange(packet, {i, &field});
            must(range.offset + range.length <= length * 8 || range.length == 0);
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto linkType = static_cast<LinkType>(linkTypes[data[0] % linkTypes.size()]);
    const ByteView bytes(data + 1, size - 1);
    const Packet packet = decode(bytes, linkType);
    const Bytes again = encode(packet);
    must(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));
    must(encode(completed(packet)) == again);
    readEverything(packet, bytes.size());
    return 0;
}
