// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/rowscanner.h"

#include "connection/segmentfacts.h"

#include <chrono>
#include <utility>

namespace tcpw {

namespace {

constexpr auto chunkTime = std::chrono::milliseconds(15);

constexpr unsigned packetsBetweenLooks = 64; ///< at the clock, which costs as much as a packet

bool belongs(const Conversation& wanted, const PacketRecord& record, ByteView bytes)
{
    // Few packets are none of TCP; what they quote is for the whole decoder.
    if (const auto segment = readSegment(bytes, record.linkType, record.originalLength))
        return makeConversation(segment->source, segment->destination) == wanted;
    return conversationOf(decode(bytes, record.linkType)) == wanted;
}

} // namespace

RowScanner::RowScanner(QObject* parent)
    : QObject(parent)
    , m_thread([this] { work(); })
{
}

RowScanner::~RowScanner()
{
    interrupt([this] { m_stop = true; });
    m_thread.join();
}

/// Ends the chunk that is being read, keeps the next one from beginning, and then does the change.
void RowScanner::interrupt(const std::function<void()>& change)
{
    {
        const std::scoped_lock lock(m_mutex);
        ++m_interrupts;
        ++m_generation;
    }
    const std::scoped_lock lock(m_chunkMutex, m_mutex);
    change();
    --m_interrupts;
    m_wake.notify_one();
}

void RowScanner::setSource(const RowSource& source)
{
    interrupt([&] {
        m_state.source = source;
        m_state.count = m_state.tracked = m_state.scanned = 0;
        m_reader.reset();
        if (source.store)
            m_reader.emplace(*source.store);
    });
}

void RowScanner::setChoice(const RowChoice& choice)
{
    interrupt([&] {
        m_state.choice = choice.all() ? nullptr : std::make_shared<const RowChoice>(choice);
        m_state.scanned = 0;
    });
}

void RowScanner::extendTo(std::size_t count)
{
    const std::scoped_lock lock(m_mutex);
    m_state.count = count;
    m_wake.notify_one();
}

void RowScanner::extendTracked(std::size_t count)
{
    const std::scoped_lock lock(m_mutex);
    m_state.tracked = count;
    m_wake.notify_one();
}

bool RowScanner::hasWork() const
{
    return m_interrupts == 0 && m_state.source.store && m_state.choice
        && m_state.scanned < m_state.ready();
}

void RowScanner::work()
{
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stop || hasWork(); });
            if (m_stop)
                return;
        }
        const std::scoped_lock chunkLock(m_chunkMutex);
        std::unique_lock lock(m_mutex);
        if (m_stop || !hasWork())
            continue;
        State state = m_state;
        const quint64 generation = m_generation;
        lock.unlock();

        publish(state, generation, scan(state, generation));
    }
}

/// Goes on from where the state is for a while, and moves it. What the store has dropped is passed
/// over in one step, also what it drops while it is read: an empty record may match.
std::vector<quint32> RowScanner::scan(State& state, quint64 generation)
{
    const auto end = std::chrono::steady_clock::now() + chunkTime;
    const std::size_t ready = state.ready();
    const PacketStore& store = *state.source.store;
    state.scanned = std::max(state.scanned, store.first());
    std::vector<quint32> packets;
    for (unsigned looked = 1; state.scanned < ready && generation == m_generation; ++looked) {
        if (isWanted(state, state.scanned) && state.scanned >= store.first())
            packets.push_back(static_cast<quint32>(state.scanned));
        state.scanned = std::max(state.scanned + 1, store.first());
        if (looked % packetsBetweenLooks == 0 && std::chrono::steady_clock::now() >= end)
            break;
    }
    return packets;
}

bool RowScanner::isWanted(const State& state, std::size_t packet)
{
    const RowChoice& choice = *state.choice;
    const PacketRecord record = state.source.store->record(packet);
    const auto read = m_reader->bytes(packet);
    const ByteView bytes = read ? *read : ByteView();
    if (choice.filter) {
        const auto tracked = choice.needsTracking() && state.source.connections
            ? state.source.connections->tracked(qsizetype(packet))
            : std::nullopt;
        if (!choice.filter->matches(record, bytes, tracked.value_or(TrackedPacket())))
            return false;
    }
    return !choice.conversation || belongs(*choice.conversation, record, bytes);
}

/// Takes over what a chunk gave, and tells the owner, unless it is about to look anyway: rows that
/// come faster than a window can insert them come in larger steps.
void RowScanner::publish(
    const State& state, quint64 generation, const std::vector<quint32>& packets)
{
    const std::scoped_lock lock(m_mutex);
    m_state.scanned = state.scanned;
    if (std::exchange(m_foundGeneration, generation) != generation)
        m_found.clear();
    m_found.insert(m_found.end(), packets.begin(), packets.end());
    if (!std::exchange(m_isTold, true))
        QMetaObject::invokeMethod(
            this, [this] { handOver(); }, Qt::QueuedConnection);
}

void RowScanner::handOver()
{
    std::vector<quint32> packets;
    std::size_t scanned = 0;
    {
        const std::scoped_lock lock(m_mutex);
        m_isTold = false;
        packets.swap(m_found);
        scanned = m_state.scanned;
        if (m_foundGeneration != m_generation)
            return; // another store or choice meanwhile
    }
    emit picked(packets, static_cast<qsizetype>(scanned));
}

} // namespace tcpw
