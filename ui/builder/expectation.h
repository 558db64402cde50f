// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/peerexpectation.h"
#include "link/device.h"
#include "templates/draft.h"

#include <QStringList>

#include <optional>

/// What the builder's foot says about a packet before it is sent. `sent` is what Send would send,
/// every computed field filled in; `open` are the fields that have no value yet.
namespace tcpw {

using Placeholders = std::map<std::string, Placeholder>; ///< as in Draft

/// "lab0 \u2192 192.168.56.102:8081, 54 bytes"
QString whereItGoes(const Packet& sent, const Device* device, const Placeholders& open = {});

/// One sentence for each computed field whose value is of one's own and not the right one, and for
/// each anomaly that no such field explains.
QStringList wrongOnPurpose(const Packet& draft, const Packet& sent, const Placeholders& open = {});

/// What answer RFC 9293 lets expect: by the state of the peer where it is known, which must be that
/// before `sent` is on its way. expectationMet() (connection/expectationoutcome.h) compares it with
/// what came.
PeerExpectation expectationOf(
    const Packet& draft, const Packet& sent, const std::optional<PeerView>& peer = {});

/// The same in a sentence or two.
QString expectedAnswer(
    const Packet& draft, const Packet& sent, const std::optional<PeerView>& peer = {});

/// Quiet remarks about sending this packet on this device: larger than the device takes, many
/// receivers, a source that is not the device's, ...
QStringList sendingRemarks(const Packet& sent, const Device* device);

} // namespace tcpw
