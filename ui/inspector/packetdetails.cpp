// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/inspector/packetdetails.h"

#include "packet/anomalies.h"
#include "packet/checksum.h"
#include "packet/tcpoptions.h"
#include "ui/fields/plaintext.h"

#include <QCoreApplication>

namespace tcpw {

namespace {

constexpr qsizetype longestValue = 160; ///< characters; the bytes view has the rest

QString tr(const char* text)
{
    return QCoreApplication::translate("PacketDetails", text);
}

QString shortened(const QString& text)
{
    return text.size() > longestValue ? text.left(longestValue) % QStringLiteral("…") : text;
}

/// The packet with one computed field automatic again.
Packet withAutomatic(Packet packet, FieldPath path)
{
    // Every computed field takes the empty value; that is what computed means.
    (void)path.field->set(packet.layers[path.layer], std::monostate());
    return packet;
}

/// The value that encode() would write for a computed field.
QString rightValue(const Packet& packet, FieldPath path)
{
    const Packet right = completed(withAutomatic(packet, path));
    return fromUtf8(formatValue(*path.field, path.field->get(right.layers[path.layer])));
}

/// Makes the rows of one packet, layer by layer.
class Builder
{
public:
    Builder(const Packet& packet, bool draft, std::size_t originalLength)
        : m_completed(completed(packet))
        , m_draft(draft)
        , m_originalLength(originalLength)
    {
        m_details.packet = packet;
        m_details.bytes = encode(packet);
        m_details.layers = layout(packet);
    }

    PacketDetails build()
    {
        for (std::size_t layer = 0; layer < m_details.packet.layers.size(); ++layer)
            addLayer(layer);
        // A draft's anomalies are what its author wants; those of computed fields are said above.
        for (const Anomaly& anomaly : anomalies(m_details.packet, m_originalLength))
            addAnomaly(anomaly);
        return std::move(m_details);
    }

private:
    const Layer& layerAt(std::size_t layer) const { return m_details.packet.layers[layer]; }

    int add(DetailsRow row)
    {
        m_details.rows.push_back(std::move(row));
        return int(m_details.rows.size()) - 1;
    }

    void addLayer(std::size_t layer)
    {
        const LayerType& type = layerType(layerAt(layer));
        const Extent extent = m_details.layers[layer];
        DetailsRow row;
        row.label = fromUtf8(type.label);
        row.value = byteCount(extent.length);
        row.path.layer = layer;
        row.bits = {extent.offset * 8, extent.length * 8};
        const int parent = add(std::move(row));
        for (const Field& field : type.fields)
            addField(parent, {layer, &field});
    }

    void addField(int parent, FieldPath path)
    {
        const Layer& full = m_completed.layers[path.layer];
        const FieldValue value = path.field->get(full);
        DetailsRow row;
        row.parent = parent;
        row.label = fromUtf8(path.field->label);
        row.value = shortened(harmless(fromUtf8(formatValue(*path.field, value))));
        row.meaning = harmless(fromUtf8(meaning(full, *path.field)));
        row.path = path;
        row.bits = bitRange(m_details.packet, path);
        if (path.field->computed)
            judge(row);
        const BitRange bits = row.bits;
        const int at = add(std::move(row));
        if (path.field->kind == FieldKind::tcpOptions)
            addOptions(at, std::get<Options>(value), path, bits);
    }

    /// Says of a computed field whether it holds what it should.
    void judge(DetailsRow& row)
    {
        const bool automatic
            = std::holds_alternative<std::monostate>(row.path.field->get(layerAt(row.path.layer)));
        if (m_draft)
            judgeDraft(row, automatic);
        else if (isChecksum(*row.path.field))
            judgeChecksum(row);
    }

    void judgeDraft(DetailsRow& row, bool automatic)
    {
        const QString right = rightValue(m_details.packet, row.path);
        if (automatic)
            addMeaning(row, tr("automatic"));
        else if (right == row.value)
            addMeaning(row, tr("yours, and right"));
        else
            row.problem = tr("yours, and wrong: right is %1").arg(right);
    }

    void judgeChecksum(DetailsRow& row)
    {
        switch (checksumState(m_details.packet, row.path.layer, m_originalLength)) {
        case ChecksumState::good:
            return addMeaning(row, tr("good"));
        case ChecksumState::offload:
            return addMeaning(
                row, tr("not computed yet (offload): the network card was to finish it"));
        case ChecksumState::unverified:
            return addMeaning(row, tr("not verified: it covers bytes that are not here"));
        case ChecksumState::bad:
            row.problem = tr("wrong: right is %1").arg(rightValue(m_details.packet, row.path));
            return;
        case ChecksumState::none:
            return addMeaning(row, tr("not used"));
        }
    }

    static void addMeaning(DetailsRow& row, const QString& text)
    {
        row.meaning = row.meaning.isEmpty() ? text : row.meaning % QStringLiteral("; ") % text;
    }

    void addOptions(int parent, const Options& options, FieldPath path, BitRange bits)
    {
        std::size_t at = bits.offset;
        for (const Option& option : options.list) {
            DetailsRow row;
            row.parent = parent;
            row.label = fromUtf8(tcpOptionName(option.kind));
            row.value = harmless(fromUtf8(describeTcpOption(option)));
            row.path = path;
            row.bits = {at, encodedSize(option) * 8};
            if (!isWellFormed(option))
                row.problem = tr("its length is not what its RFC says");
            at += row.bits.length;
            add(std::move(row));
        }
    }

    /// Puts an anomaly to its field, or to its layer when it is about no field or a hidden one.
    void addAnomaly(const Anomaly& anomaly)
    {
        const QString text = harmless(fromUtf8(anomaly.text));
        int layerRow = -1;
        for (std::size_t at = 0; at < m_details.rows.size(); ++at) {
            DetailsRow& row = m_details.rows[at];
            if (row.path.layer != anomaly.layer)
                continue;
            if (row.parent < 0)
                layerRow = int(at);
            else if (anomaly.field == row.path.field->name)
                return addProblem(row, text);
        }
        if (layerRow >= 0)
            addProblem(m_details.rows[std::size_t(layerRow)], text);
    }

    static void addProblem(DetailsRow& row, const QString& text)
    {
        if (row.problem.isEmpty())
            row.problem = text;
        else if (!row.problem.contains(text))
            row.problem += QStringLiteral("; ") % text;
    }

    PacketDetails m_details;
    Packet m_completed;
    bool m_draft;
    std::size_t m_originalLength;
};

} // namespace

QString byteCount(std::size_t count)
{
    return count == 1 ? tr("1 byte") : tr("%1 bytes").arg(count);
}

int PacketDetails::rowAt(std::size_t byte) const
{
    const std::size_t first = byte * 8;
    int found = -1;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const BitRange& bits = rows[at].bits;
        const bool covers = bits.offset < first + 8 && bits.offset + bits.length > first;
        if (covers && (found < 0 || bits.length < rows[std::size_t(found)].bits.length))
            found = int(at);
    }
    return found;
}

int PacketDetails::rowOf(const QString& path) const
{
    const auto wanted = findPath(packet, toUtf8(path));
    if (!wanted)
        return -1;
    for (std::size_t at = 0; at < rows.size(); ++at)
        if (rows[at].path.layer == wanted->layer && rows[at].path.field == wanted->field)
            return int(at);
    return -1;
}

PacketDetails draftDetails(const Packet& draft)
{
    return Builder(draft, true, encode(draft).size()).build();
}

PacketDetails capturedDetails(const Packet& packet, std::size_t originalLength)
{
    return Builder(packet, false, originalLength).build();
}

} // namespace tcpw
