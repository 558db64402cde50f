// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/rowcolours.h"

#include "ui/fields/theme.h"

#include <QGuiApplication>

namespace tcpw {

namespace {

/// What happens in good health, too.
constexpr bool isHarmless(AnalysisName name)
{
    return name == AnalysisName::windowUpdate || name == AnalysisName::keepAlive
        || name == AnalysisName::keepAliveAck || name == AnalysisName::reusedPorts;
}

bool isProblem(AnalysisNames names)
{
    for (std::size_t i = 0; i < analysisNameCount; ++i)
        if (names.has(AnalysisName(i)) && !isHarmless(AnalysisName(i)))
            return true;
    return false;
}

const Theme& theme()
{
    return Theme::of(QGuiApplication::palette());
}

QVariant originColour(Origin origin)
{
    switch (origin) {
    case Origin::me:
        return theme().me;
    case Origin::kernel:
        return theme().kernel;
    case Origin::peer:
        return theme().peer;
    case Origin::unknown:
        break;
    }
    return {};
}

} // namespace

QVariant rowGround(const ListedPacket& packet, bool standsOut)
{
    if (packet.record.origin != Origin::kernel && !standsOut)
        return {};
    switch (packet.record.origin) {
    case Origin::me:
        return theme().meFill;
    case Origin::kernel:
        return theme().kernelFill;
    case Origin::peer:
        return theme().peerFill;
    case Origin::unknown:
        break;
    }
    return {};
}

QVariant cellColour(const ListedPacket& packet, PacketListColumn column)
{
    if (column == PacketListColumn::from)
        return originColour(packet.record.origin);
    if (packet.isMalformed || packet.summary.checksum == ChecksumState::bad)
        return theme().wrong;
    if (packet.tracked && packet.tracked->isTcp() && isProblem(packet.tracked->names))
        return theme().warning;
    return {};
}

} // namespace tcpw
