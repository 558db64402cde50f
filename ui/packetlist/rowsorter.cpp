// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/rowsorter.h"

#include "ui/packetlist/sortkeys.h"

#include <algorithm>

namespace tcpw {

namespace {

struct KeyedPacket
{
    quint64 key;
    quint32 packet;
};

/// The packets, which rise, by their keys.
void sortByKeys(
    std::vector<quint32>& packets, const std::vector<quint64>& keys, Qt::SortOrder direction)
{
    std::vector<KeyedPacket> keyed;
    keyed.reserve(packets.size());
    for (std::size_t i = 0; i < packets.size(); ++i)
        keyed.push_back({direction == Qt::AscendingOrder ? keys[i] : ~keys[i], packets[i]});
    std::ranges::sort(keyed, [](const KeyedPacket& one, const KeyedPacket& other) {
        return one.key != other.key ? one.key < other.key : one.packet < other.packet;
    });
    std::ranges::transform(keyed, packets.begin(), &KeyedPacket::packet);
}

} // namespace

RowSorter::RowSorter(QObject* parent)
    : QObject(parent)
    , m_worker(this)
{
}

RowSorter::~RowSorter()
{
    ++m_generation; // ends what runs; the worker waits for it
}

void RowSorter::sort(const RowSource& source, std::vector<quint32> packets, const RowOrder& order,
    const ListStyle& style)
{
    const quint64 generation = ++m_generation;
    m_isSorting = true;
    m_worker.post([=, this, packets = std::move(packets)]() mutable -> Worker::Completion {
        const auto stop = [&] {
            return generation != m_generation;
        };
        std::vector<quint64> keys;
        {
            const std::scoped_lock lock(m_reading);
            if (!stop())
                keys = sortKeys(source, packets, order.column, style, stop);
        }
        if (stop())
            return {};
        sortByKeys(packets, keys, order.direction);
        return [this, generation, packets = std::move(packets)] {
            if (generation != m_generation)
                return;
            m_isSorting = false;
            emit sorted(packets);
        };
    });
}

void RowSorter::cancel()
{
    ++m_generation;
    m_isSorting = false;
    const std::scoped_lock lock(m_reading);
}

} // namespace tcpw
