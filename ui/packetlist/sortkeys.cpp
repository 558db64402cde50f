// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/sortkeys.h"

#include "connection/segmentfacts.h"
#include "store/packetreader.h"

#include <algorithm>
#include <future>
#include <string>
#include <unordered_map>

namespace tcpw {

namespace {

constexpr std::size_t packetsBetweenStops = 1024;
constexpr std::size_t worthAThread = 100'000; ///< packets, of which a thread more takes half

/// A signed number as one that keeps its place among others.
quint64 ordered(std::int64_t number)
{
    return quint64(number) ^ (quint64(1) << 63);
}

/// Gives texts numbers in the order of their first coming, and at the end in their own order.
class TextOrder
{
public:
    quint64 add(const std::string& text)
    {
        return m_numbers.try_emplace(text, m_numbers.size()).first->second;
    }

    void replaceByRank(std::vector<quint64>& numbers) const
    {
        std::vector<const std::pair<const std::string, quint64>*> entries;
        entries.reserve(m_numbers.size());
        for (const auto& entry : m_numbers)
            entries.push_back(&entry);
        std::ranges::sort(
            entries, {}, [](const auto* entry) -> const auto& { return entry->first; });
        std::vector<quint64> ranks(entries.size());
        for (std::size_t rank = 0; rank < entries.size(); ++rank)
            ranks[entries[rank]->second] = rank;
        for (quint64& number : numbers)
            number = ranks[number];
    }

private:
    std::unordered_map<std::string, quint64> m_numbers;
};

/// An end as bytes that sort as ends do: IPv4 before IPv6, then by address and port.
std::string endText(const std::optional<IpAddress>& address, std::uint16_t port)
{
    std::string text;
    if (!address)
        return text;
    if (const auto* four = std::get_if<Ipv4Address>(&*address)) {
        text = "4";
        for (int shift = 24; shift >= 0; shift -= 8)
            text += char(four->value >> shift & 0xff);
    } else {
        text = "6";
        for (const std::uint8_t octet : std::get<Ipv6Address>(*address).octets)
            text += char(octet);
    }
    text += char(port >> 8);
    text += char(port & 0xff);
    return text;
}

/// Makes the keys of one column, packet by packet.
class KeyMaker
{
public:
    KeyMaker(const RowSource& source, PacketListColumn column, const ListStyle& style)
        : m_source(source)
        , m_column(column)
        , m_style(style)
        , m_reader(*source.store)
    {
    }

    quint64 key(std::size_t packet);
    bool isText() const;
    /// Makes keys of what key() gave for the texts of a column.
    void finish(std::vector<quint64>& keys) const
    {
        if (isText())
            m_texts.replaceByRank(keys);
    }

private:
    std::string text(std::size_t packet);
    std::string endOf(std::size_t packet, bool source);
    std::string flagsOf(std::size_t packet);
    quint64 timeKey(std::size_t packet) const;
    quint64 segmentKey(std::size_t packet);
    Summary summaryOf(std::size_t packet);
    std::optional<SegmentFacts> segment(std::size_t packet);
    std::optional<TrackedPacket> tracked(std::size_t packet) const;
    std::optional<std::uint32_t> firstNumber(std::size_t packet, bool own);
    ByteView bytes(std::size_t packet)
    {
        const auto read = m_reader.bytes(packet);
        return read ? *read : ByteView();
    }

    struct Firsts
    {
        bool known = false;
        std::optional<std::uint32_t> initiator, responder;
    };

    const RowSource& m_source;
    PacketListColumn m_column;
    const ListStyle& m_style;
    PacketReader m_reader;
    Packet m_packet; ///< what was read last, kept for the memory that it has
    TextOrder m_texts;
    std::vector<Firsts> m_firsts; ///< by connection
};

bool KeyMaker::isText() const
{
    switch (m_column) {
    case PacketListColumn::source:
    case PacketListColumn::destination:
    case PacketListColumn::flags:
    case PacketListColumn::checksum:
    case PacketListColumn::problem:
    case PacketListColumn::comment:
    case PacketListColumn::info:
        return true;
    default:
        return false;
    }
}

quint64 KeyMaker::key(std::size_t packet)
{
    if (isText())
        return m_texts.add(text(packet));
    const PacketRecord record = m_source.store->record(packet);
    switch (m_column) {
    case PacketListColumn::number:
        return packet;
    case PacketListColumn::time:
        return timeKey(packet);
    case PacketListColumn::from:
        return quint64(record.origin);
    case PacketListColumn::device:
        return record.device;
    case PacketListColumn::frame:
        return record.originalLength;
    case PacketListColumn::connection: {
        const auto known = tracked(packet);
        return known && known->isTcp() ? quint64(known->connection) + 1 : 0;
    }
    default:
        return segmentKey(packet);
    }
}

/// What is counted from the row above changes with the order; it is sorted as the packet before's.
quint64 KeyMaker::timeKey(std::size_t packet) const
{
    const std::int64_t own = m_source.store->record(packet).timestamp;
    if (m_style.time != TimeForm::sinceCaptured && m_style.time != TimeForm::sinceShown)
        return ordered(own);
    return ordered(
        packet <= m_source.store->first() ? 0 : own - m_source.store->record(packet - 1).timestamp);
}

quint64 KeyMaker::segmentKey(std::size_t packet)
{
    const auto found = segment(packet);
    if (!found) {
        if (m_column != PacketListColumn::length)
            return 0;
        const Summary summary = summaryOf(packet);
        return summary.hasPorts ? summary.payloadLength + quint64(1) : 0;
    }
    switch (m_column) {
    case PacketListColumn::sequence: {
        const auto first = m_style.absoluteNumbers ? std::optional(0u) : firstNumber(packet, true);
        return first ? quint64(found->sequenceNumber - *first) + 1 : 0;
    }
    case PacketListColumn::acknowledgment: {
        if (!found->has(ControlBits::ack))
            return 0;
        const auto first = m_style.absoluteNumbers ? 0u : firstNumber(packet, false).value_or(0);
        return quint64(found->acknowledgmentNumber - first) + 1;
    }
    case PacketListColumn::window:
        return quint64(found->window) + 1;
    default:
        return quint64(found->dataLength) + 1;
    }
}

std::string KeyMaker::text(std::size_t packet)
{
    switch (m_column) {
    case PacketListColumn::source:
    case PacketListColumn::destination:
        return endOf(packet, m_column == PacketListColumn::source);
    case PacketListColumn::flags:
        return flagsOf(packet);
    case PacketListColumn::problem:
        return problemText(tracked(packet), summaryOf(packet).checksum);
    case PacketListColumn::checksum:
        return checksumStateName(summaryOf(packet).checksum);
    case PacketListColumn::comment: {
        const auto comments = m_source.store->comments(packet);
        return comments.empty() ? std::string() : comments.front();
    }
    default:
        return readListed(m_source, packet).info.toStdString();
    }
}

std::string KeyMaker::endOf(std::size_t packet, bool source)
{
    if (const auto found = segment(packet)) {
        const Endpoint& end = source ? found->source : found->destination;
        return endText(end.address, end.port);
    }
    const Summary summary = summaryOf(packet);
    return source ? endText(summary.source, summary.sourcePort)
                  : endText(summary.destination, summary.destinationPort);
}

/// TCP by its control bits, behind everything else by its name.
std::string KeyMaker::flagsOf(std::size_t packet)
{
    if (const auto found = segment(packet))
        return "\x7f" + toText(found->controlBits);
    return summaryOf(packet).protocol;
}

Summary KeyMaker::summaryOf(std::size_t packet)
{
    const PacketRecord record = m_source.store->record(packet);
    decode(bytes(packet), record.linkType, m_packet);
    return summarize(m_packet, record.originalLength);
}

std::optional<SegmentFacts> KeyMaker::segment(std::size_t packet)
{
    const PacketRecord record = m_source.store->record(packet);
    return readSegment(bytes(packet), record.linkType, record.originalLength);
}

std::optional<TrackedPacket> KeyMaker::tracked(std::size_t packet) const
{
    return m_source.connections ? m_source.connections->tracked(qsizetype(packet)) : std::nullopt;
}

std::optional<std::uint32_t> KeyMaker::firstNumber(std::size_t packet, bool own)
{
    const auto known = tracked(packet);
    if (!known || !known->isTcp())
        return {};
    if (known->connection >= m_firsts.size())
        m_firsts.resize(known->connection + std::size_t(1));
    Firsts& firsts = m_firsts[known->connection];
    if (!firsts.known) {
        firsts.known = true;
        if (const auto info = m_source.connections->connection(known->connection)) {
            firsts.initiator = info->initiator.initialSequenceNumber;
            firsts.responder = info->responder.initialSequenceNumber;
        }
    }
    return known->fromInitiator == own ? firsts.initiator : firsts.responder;
}

} // namespace

std::vector<quint64> sortKeys(const RowSource& source, const std::vector<quint32>& packets,
    PacketListColumn column, const ListStyle& style, const std::function<bool()>& stop)
{
    std::vector<quint64> keys(packets.size());
    const auto makeKeys = [&](KeyMaker& maker, std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            if (i % packetsBetweenStops == 0 && stop())
                return;
            keys[i] = maker.key(packets[i]);
        }
    };
    KeyMaker maker(source, column, style);
    // Texts get their numbers as they come.
    const bool halved = !maker.isText() && packets.size() >= worthAThread;
    const std::size_t middle = halved ? packets.size() / 2 : packets.size();
    // Also by this thread, where there can be no other one.
    const auto how = halved ? std::launch::async | std::launch::deferred : std::launch::deferred;
    auto secondHalf = std::async(how, [&] {
        KeyMaker another(source, column, style);
        makeKeys(another, middle, packets.size());
    });
    makeKeys(maker, 0, middle);
    secondHalf.get();
    if (stop())
        return {};
    maker.finish(keys);
    return keys;
}

} // namespace tcpw
