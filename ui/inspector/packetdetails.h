// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/fields.h"

#include <QString>

#include <vector>

namespace tcpw {

/// One line of a packet's details: a layer, one of its fields, or one option of a field.
struct DetailsRow
{
    int parent = -1; ///< the row it stands under; -1: a layer
    QString label;
    QString value;
    QString meaning; ///< often ""
    QString problem; ///< what is wrong here, a sentence or half of one; "" when nothing is
    FieldPath path; ///< field is null for a layer
    BitRange bits; ///< in the packet's bytes
};

/// What the details show of a packet, from the one table of fields.
struct PacketDetails
{
    Packet packet;
    std::vector<DetailsRow> rows; ///< each after its parent
    Bytes bytes;
    std::vector<Extent> layers;

    /// The innermost row at this byte, the shortest where several are equal; -1 for none.
    int rowAt(std::size_t byte) const;
    /// The row of the field with this path; -1 for none.
    int rowOf(const QString& path) const;
};

/// Details of a packet that is being written: computed fields with the value they will have.
PacketDetails draftDetails(const Packet& draft);

/// Details of a captured packet: with its anomalies, and how its checksums stand.
PacketDetails capturedDetails(const Packet& packet, std::size_t originalLength);

/// "1 byte", "54 bytes"
QString byteCount(std::size_t count);

} // namespace tcpw
