// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/lab.h"
#include "templates/template.h"
#include "ui/builder/builderpane.h"
#include "ui/fields/fieldedit.h"
#include "ui/fields/valueeditor.h"

#include <QApplication>

namespace tcpw::test {

/// The practice network's near end, as the session would list it.
inline Device labDevice()
{
    Device device;
    device.id = {2, "lab0", 1};
    device.mac = labAddress::nearMac;
    device.addresses = {{labAddress::near4, 24}, {labAddress::near6, 64}};
    device.mtu = 1500;
    device.up = device.running = device.lab = true;
    return device;
}

/// What SendService::preview() would give: fixed values for what is new at each Send.
inline Packet previewOf(const Draft& draft)
{
    PlaceholderSource source;
    source.deviceMac = labAddress::nearMac;
    source.deviceIpv4 = labAddress::near4;
    source.deviceIpv6 = labAddress::near6;
    source.peerIpv4 = labAddress::far4;
    source.peerIpv6 = labAddress::far6;
    source.peerMac = [](const IpAddress&) {
        return Result<MacAddress>(labAddress::farMac);
    };
    source.newPort = [] {
        return Result<std::uint16_t>(std::uint16_t(40001));
    };
    source.newSequence = [] {
        return 0x3a7f21c0u;
    };
    return resolve(draft, source).value_or(draft.packet);
}

/// A builder connected as the window connects it.
struct Builder
{
    explicit Builder(const char* id = "syn", bool withDevice = true)
    {
        QObject::connect(&pane, &BuilderPane::draftChanged, &pane, [this] { preview(); });
        if (withDevice)
            pane.setDevice(&device);
        load(id);
        pane.resize(420, 620);
    }
    void load(const char* id)
    {
        pane.setDraft(findBuiltin(id)->draft);
        preview();
    }
    void preview() { pane.setPreview(previewOf(pane.draft())); }

    std::string text(const char* path) const
    {
        return draftFieldText(pane.draft(), path).value_or("no such field");
    }
    /// The editor of a field, with the focus.
    QWidget* focus(const char* path)
    {
        pane.focusField(QString::fromLatin1(path));
        return QApplication::focusWidget();
    }
    FieldEdit* row(const char* path)
    {
        for (QWidget* part = focus(path); part; part = part->parentWidget())
            if (auto* row = qobject_cast<FieldEdit*>(part))
                return row;
        return nullptr;
    }

    Device device = labDevice();
    BuilderPane pane;
};

} // namespace tcpw::test
