// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/rowscanner.h"

#include <chrono>

namespace tcpw {

namespace {

constexpr auto chunkTime = std::chrono::milliseconds(15);

bool wanted(
    const RowChoice& choice, const Packet& packet, const PacketRecord& record, ByteView bytes)
{
    return (!choice.filter || choice.filter->matches(record, bytes))
        && (!choice.conversation || conversationOf(packet) == choice.conversation);
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

void RowScanner::setStore(const PacketStore* store)
{
    interrupt([&] {
        m_state.store = store;
        m_state.count = m_state.noted = m_state.scanned = 0;
        m_sequences.clear();
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

bool RowScanner::hasWork() const
{
    return m_interrupts == 0 && m_state.store
        && (m_state.noted < m_state.count || (m_state.choice && m_state.scanned < m_state.count));
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

        std::vector<quint32> packets = scan(state, generation);
        publish(state, generation, std::move(packets));
    }
}

/// Goes on from where the state is for a while, and moves it.
std::vector<quint32> RowScanner::scan(State& state, quint64 generation)
{
    const auto end = std::chrono::steady_clock::now() + chunkTime;
    std::vector<quint32> packets;
    while (generation == m_generation && std::chrono::steady_clock::now() < end) {
        const std::size_t at = state.choice ? std::min(state.noted, state.scanned) : state.noted;
        if (at >= state.count)
            break;
        const PacketRecord record = state.store->record(at);
        const Bytes bytes = state.store->bytes(at).value_or(Bytes());
        const Packet packet = decode(bytes, record.linkType);
        const Summary summary = summarize(packet, record.originalLength);
        if (at == state.noted) {
            m_sequences.note(at, summary);
            ++state.noted;
        }
        if (state.choice && at == state.scanned) {
            if (wanted(*state.choice, packet, record, bytes))
                packets.push_back(static_cast<quint32>(at));
            ++state.scanned;
        }
    }
    return packets;
}

/// Takes over what a chunk gave, unless store or choice changed meanwhile, and tells the owner.
void RowScanner::publish(const State& state, quint64 generation, std::vector<quint32> packets)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_state.noted = state.noted;
        m_state.scanned = state.scanned;
    }
    QMetaObject::invokeMethod(
        this,
        [this, state, generation, packets = std::move(packets)] {
            if (generation != m_generation)
                return;
            emit noted(static_cast<qsizetype>(state.noted));
            if (state.choice)
                emit picked(packets, static_cast<qsizetype>(state.scanned));
        },
        Qt::QueuedConnection);
}

} // namespace tcpw
