// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/packetfinder.h"

#include "packet/anomalies.h"
#include "packet/fields.h"
#include "store/packetreader.h"
#include "ui/fields/plaintext.h"

#include <algorithm>

namespace tcpw {

namespace {

constexpr std::size_t packetsBetweenReports = 50'000;

/// All that the details say of a packet, one field a line.
QString fieldsText(const PacketRecord& record, ByteView bytes)
{
    const Packet packet = decode(bytes, record.linkType);
    const Packet whole = completed(packet);
    std::string text;
    for (const Layer& layer : whole.layers) {
        const LayerType& type = layerType(layer);
        text += std::string(type.label) + "\n";
        for (const Field& field : type.fields)
            text += std::string(type.name) + "." + field.name + " " + field.label + ": "
                + formatValue(field, field.get(layer)) + " " + field.unit + " "
                + meaning(layer, field) + "\n";
    }
    for (const Anomaly& problem : anomalies(packet, record.originalLength))
        text += problem.text + "\n";
    return fromUtf8(text);
}

QString rowText(const RowSource& source, const RowWording& wording, std::size_t packet)
{
    const PacketListText cells(wording.names, wording.style, wording.devices);
    const ListedPacket listed = readListed(source, packet);
    const std::int64_t first = source.store->record(source.store->first()).timestamp;
    QStringList row;
    for (int column = 0; column < packetListColumnCount; ++column)
        row << cells.cell(listed, PacketListColumn(column), {first, listed.record.timestamp});
    row << cells.toolTip(listed, PacketListColumn::source)
        << cells.toolTip(listed, PacketListColumn::destination);
    return row.join(QLatin1Char('\n'));
}

char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? char(letter + ('a' - 'A')) : letter;
}

bool hasText(ByteView bytes, const std::string& wanted)
{
    const auto equal = [](std::uint8_t one, char other) {
        return lower(char(one)) == lower(other);
    };
    return std::search(bytes.begin(), bytes.end(), wanted.begin(), wanted.end(), equal)
        != bytes.end();
}

bool meets(const RowSource& source, const PacketSearch& search, const RowWording& wording,
    std::size_t packet, ByteView bytes)
{
    switch (search.in) {
    case FindIn::rows:
        return rowText(source, wording, packet).contains(search.text, Qt::CaseInsensitive);
    case FindIn::fields:
        return fieldsText(source.store->record(packet), bytes)
            .contains(search.text, Qt::CaseInsensitive);
    case FindIn::text:
        return hasText(bytes, toUtf8(search.text));
    case FindIn::bytes:
        return std::search(bytes.begin(), bytes.end(), search.bytes.begin(), search.bytes.end())
            != bytes.end();
    }
    return false;
}

} // namespace

Result<PacketSearch> readSearch(FindIn in, const QString& typed)
{
    PacketSearch search{in, typed, {}};
    if (in != FindIn::bytes)
        return search;
    auto bytes = fromHex(toUtf8(typed));
    if (!bytes)
        return tl::unexpected<Error>(bytes.error());
    search.bytes = std::move(*bytes);
    return search;
}

PacketFinder::PacketFinder(QObject* parent)
    : QObject(parent)
    , m_worker(this)
{
}

PacketFinder::~PacketFinder()
{
    ++m_generation; // ends what runs; the worker waits for it
}

void PacketFinder::find(const RowSource& source, const PacketSearch& search,
    const RowWording& wording, std::vector<quint32> packets)
{
    const quint64 generation = ++m_generation;
    m_worker.post([=, this, packets = std::move(packets)]() -> Worker::Completion {
        const std::scoped_lock lock(m_reading);
        if (generation != m_generation)
            return {};
        PacketReader reader(*source.store);
        for (std::size_t i = 0; i < packets.size() && generation == m_generation; ++i) {
            const auto bytes = reader.bytes(packets[i]);
            if (bytes && meets(source, search, wording, packets[i], *bytes))
                return [this, generation, packet = packets[i]] {
                    if (generation == m_generation)
                        emit found(packet);
                };
            if ((i + 1) % packetsBetweenReports == 0)
                QMetaObject::invokeMethod(
                    this,
                    [this, generation, i] {
                        if (generation == m_generation)
                            emit progressed(qsizetype(i + 1));
                    },
                    Qt::QueuedConnection);
        }
        return [this, generation] {
            if (generation == m_generation)
                emit notFound();
        };
    });
}

void PacketFinder::cancel()
{
    ++m_generation;
    const std::scoped_lock lock(m_reading);
}

} // namespace tcpw
