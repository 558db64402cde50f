// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/rowsorter.h"

#include "ui/packetlist/sortkeys.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace tcpw {

namespace {

struct KeyedPacket
{
    quint64 key;
    quint32 packet;
};

/// Sorts numbers by their upper 32 bits, of which `largest` is the largest; equal ones keep their
/// order. One pass over all for each digit, where comparing them takes one for each bit of their
/// count.
void sortByUpperHalf(std::vector<quint64>& numbers, quint64 largest)
{
    constexpr int digitBits = 11;
    constexpr quint64 digitMask = (1 << digitBits) - 1;
    std::vector<quint64> sorted(largest == 0 ? 0 : numbers.size());
    for (int shift = 32; shift < 64 && largest >> (shift - 32) != 0; shift += digitBits) {
        std::array<std::size_t, digitMask + 2> places{};
        for (const quint64 number : numbers)
            ++places[(number >> shift & digitMask) + 1];
        std::partial_sum(places.begin(), places.end(), places.begin());
        for (const quint64 number : numbers)
            sorted[places[number >> shift & digitMask]++] = number;
        numbers.swap(sorted);
    }
}

/// The packets, which rise, by keys of any size.
void sortByLongKeys(std::vector<quint32>& packets, const std::vector<quint64>& keys)
{
    std::vector<KeyedPacket> keyed;
    keyed.reserve(packets.size());
    for (std::size_t i = 0; i < packets.size(); ++i)
        keyed.push_back({keys[i], packets[i]});
    std::ranges::sort(keyed, [](const KeyedPacket& one, const KeyedPacket& other) {
        return one.key != other.key ? one.key < other.key : one.packet < other.packet;
    });
    std::ranges::transform(keyed, packets.begin(), &KeyedPacket::packet);
}

/// The packets, which rise, by their keys.
void sortByKeys(std::vector<quint32>& packets, std::vector<quint64> keys, Qt::SortOrder direction)
{
    if (packets.empty())
        return;
    const auto [smallest, largest] = std::ranges::minmax(keys);
    const quint64 range = largest - smallest;
    for (quint64& key : keys)
        key = direction == Qt::AscendingOrder ? key - smallest : largest - key;
    if (range > 0xffff'ffff)
        return sortByLongKeys(packets, keys);
    for (std::size_t i = 0; i < packets.size(); ++i)
        keys[i] = keys[i] << 32 | packets[i];
    sortByUpperHalf(keys, range);
    std::ranges::transform(keys, packets.begin(), [](quint64 key) { return quint32(key); });
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

void RowSorter::sort(const RowSource& source, std::function<std::vector<quint32>()> list,
    const RowOrder& order, const ListStyle& style)
{
    const quint64 generation = ++m_generation;
    m_isSorting = true;
    m_worker.post([=, this, list = std::move(list)]() mutable -> Worker::Completion {
        const auto stop = [&] {
            return generation != m_generation;
        };
        if (stop())
            return {};
        std::vector<quint32> packets = std::exchange(list, {})();
        std::vector<quint64> keys;
        {
            const std::scoped_lock lock(m_reading);
            if (!stop())
                keys = sortKeys(source, packets, order.column, style, stop);
        }
        if (stop())
            return {};
        sortByKeys(packets, std::move(keys), order.direction);
        return [this, generation, packets = std::move(packets)]() mutable {
            if (generation != m_generation)
                return;
            m_isSorting = false;
            m_sorted = std::move(packets);
            emit sorted();
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
