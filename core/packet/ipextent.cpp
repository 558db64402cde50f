// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/ipextent.h"

#include "packet/computed.h"
#include "packet/layerwalk.h"

namespace tcpw {

namespace {

std::optional<std::size_t> endOf(const LayerWalk& walk)
{
    if (const auto* ipv4 = std::get_if<Ipv4Header>(&walk.layer())) {
        const std::size_t total = ipv4->totalLength.value_or(automaticLength(walk.covered()));
        if (total != 0)
            return walk.offset() + total;
    } else if (const auto* ipv6 = std::get_if<Ipv6Header>(&walk.layer())) {
        const std::size_t behind = walk.covered() - walk.size();
        const std::size_t length = ipv6->payloadLength.value_or(automaticLength(behind));
        if (length != 0)
            return walk.offset() + walk.size() + length;
    }
    return std::nullopt;
}

bool isIp(const Layer& layer)
{
    return std::holds_alternative<Ipv4Header>(layer) || std::holds_alternative<Ipv6Header>(layer);
}

/// Calls `test` with offset and more-fragments flag of each header before `index`, from the nearest
/// outwards, that can say that this is a fragment; true when one of them holds.
template <typename Test> bool anyFragmentField(const Packet& packet, std::size_t index, Test test)
{
    for (std::size_t i = std::min(index, packet.layers.size()); i-- > 0;) {
        const Layer& layer = packet.layers[i];
        if (const auto* ipv4 = std::get_if<Ipv4Header>(&layer))
            return test(ipv4->fragmentOffset, ipv4->moreFragments);
        if (const auto* fragment = std::get_if<Ipv6Fragment>(&layer);
            fragment && test(fragment->fragmentOffset, fragment->moreFragments))
            return true;
        if (std::holds_alternative<Ipv6Header>(layer))
            return false;
    }
    return false;
}

} // namespace

std::size_t encodedSize(const Packet& packet)
{
    std::size_t size = 0;
    for (const Layer& layer : packet.layers)
        size += encodedSize(layer);
    return size;
}

std::optional<std::size_t> announcedEnd(const Packet& packet, std::size_t index)
{
    std::optional<std::size_t> end;
    for (LayerWalk walk(packet.layers); !walk.atEnd() && walk.index() < index; walk.next())
        if (isIp(walk.layer()))
            end = endOf(walk);
    return end;
}

bool isInFragment(const Packet& packet, std::size_t index)
{
    return anyFragmentField(
        packet, index, [](unsigned offset, bool more) { return offset != 0 || more; });
}

bool isInLaterFragment(const Packet& packet, std::size_t index)
{
    return anyFragmentField(packet, index, [](unsigned offset, bool) { return offset != 0; });
}

} // namespace tcpw
