// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"
#include "ui/builder/layeroperations.h"

#include <QMenu>

namespace tcpw {

/// Adds, exchanges and removes layers of the draft; offers what makes sense for its stack.
class LayersMenu : public QMenu
{
    Q_OBJECT
public:
    /// `packet` gives the stack whenever the menu opens.
    LayersMenu(std::function<const Packet&()> packet, QWidget* parent = nullptr);

signals:
    void operationChosen(tcpw::LayerOperation operation);
    void removeChosen(std::size_t layer);

private:
    void rebuild();

    std::function<const Packet&()> m_packet;
};

/// The layer's label, with its number where the packet has several of the kind: "VLAN tag 2".
QString layerTitle(const Packet& packet, std::size_t layer);

} // namespace tcpw
