// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/builder/layersmenu.h"

#include "packet/fields.h"
#include "ui/fields/plaintext.h"

namespace tcpw {

namespace {

struct OperationCaption
{
    LayerOperation operation;
    const char* caption;
};

const OperationCaption captions[] = {
    {LayerOperation::addVlanTag,
        QT_TRANSLATE_NOOP("tcpw::LayersMenu", "Add a &VLAN tag (IEEE 802.1Q)")},
    {LayerOperation::addExtension,
        QT_TRANSLATE_NOOP(
            "tcpw::LayersMenu", "Add an IPv6 &extension header (RFC 8200, section 4)")},
    {LayerOperation::addFragment,
        QT_TRANSLATE_NOOP(
            "tcpw::LayersMenu", "Add the IPv6 &fragment header (RFC 8200, section 4.5)")},
    {LayerOperation::addTcp, QT_TRANSLATE_NOOP("tcpw::LayersMenu", "Add a &TCP header (RFC 9293)")},
    {LayerOperation::addPayload, QT_TRANSLATE_NOOP("tcpw::LayersMenu", "Add a &payload")},
    {LayerOperation::addTrailer,
        QT_TRANSLATE_NOOP("tcpw::LayersMenu", "Add &bytes after the IP packet")},
    {LayerOperation::useIpv4, QT_TRANSLATE_NOOP("tcpw::LayersMenu", "Use IPv&4 instead of IPv6")},
    {LayerOperation::useIpv6, QT_TRANSLATE_NOOP("tcpw::LayersMenu", "Use IPv&6 instead of IPv4")},
    {LayerOperation::swapEnds,
        QT_TRANSLATE_NOOP("tcpw::LayersMenu", "&Swap ends: addresses and ports")},
};

} // namespace

QString layerTitle(const Packet& packet, std::size_t layer)
{
    const std::size_t kind = packet.layers[layer].index();
    std::size_t before = 0;
    std::size_t all = 0;
    for (std::size_t i = 0; i < packet.layers.size(); ++i) {
        if (packet.layers[i].index() != kind)
            continue;
        ++all;
        before += i < layer;
    }
    const QString label = fromUtf8(layerType(packet.layers[layer]).label);
    return all > 1 ? LayersMenu::tr("%1 %2").arg(label).arg(before + 1) : label;
}

LayersMenu::LayersMenu(std::function<const Packet&()> packet, QWidget* parent)
    : QMenu(parent)
    , m_packet(std::move(packet))
{
    connect(this, &QMenu::aboutToShow, this, &LayersMenu::rebuild);
}

void LayersMenu::rebuild()
{
    clear();
    const Packet& packet = m_packet();
    for (const OperationCaption& entry : captions) {
        if (!isPossible(packet, entry.operation))
            continue;
        addAction(tr(entry.caption), this,
            [this, operation = entry.operation] { emit operationChosen(operation); });
    }
    addSeparator();
    for (std::size_t i = 0; i < packet.layers.size(); ++i) {
        if (isRemovable(packet, i))
            addAction(tr("Remove %1").arg(layerTitle(packet, i)), this,
                [this, i] { emit removeChosen(i); });
    }
}

} // namespace tcpw
