// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/conversation.h"
#include "session/displayfilter.h"
#include "store/packetreader.h"
#include "ui/packetlist/packetreading.h"

#include <QObject>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace tcpw {

/// What a packet must be to have a row.
struct RowChoice
{
    std::optional<DisplayFilter> filter;
    std::optional<Conversation> conversation; ///< none but this
    bool all() const { return !filter && !conversation; }
    /// Whether it asks for what only the tracker can say.
    bool needsTracking() const { return filter && filter->needsTracking(); }
};

/// Reads a store's packets on a thread of its own, in chunks, and picks the rows of a choice. Its
/// functions are for the thread that owns it.
class RowScanner : public QObject
{
    Q_OBJECT
public:
    explicit RowScanner(QObject* parent = nullptr);
    ~RowScanner() override;

    /// Begins with another source, or none; the former one is not touched any more on return.
    void setSource(const RowSource& source);
    /// Picks from the first packet on by another choice.
    void setChoice(const RowChoice& choice);
    /// The store has so many packets now.
    void extendTo(std::size_t count);
    /// So many packets are tracked now.
    void extendTracked(std::size_t count);

signals:
    void picked(const std::vector<quint32>& packets, qsizetype scanned);

private:
    /// What the worker reads from under m_mutex, and what it leaves there.
    struct State
    {
        RowSource source;
        std::shared_ptr<const RowChoice> choice; ///< null: nothing to pick
        std::size_t count = 0;
        std::size_t tracked = 0;
        std::size_t scanned = 0;
        /// How many packets can be looked at now.
        std::size_t ready() const
        {
            return choice && choice->needsTracking() ? std::min(count, tracked) : count;
        }
    };
    void work();
    bool hasWork() const;
    std::vector<quint32> scan(State& state, quint64 generation);
    bool isWanted(const State& state, std::size_t packet);
    void publish(const State& state, quint64 generation, const std::vector<quint32>& packets);
    void handOver();
    void interrupt(const std::function<void()>& change);

    std::optional<PacketReader> m_reader; ///< changed under m_chunkMutex
    std::mutex m_chunkMutex; ///< held while a store is read
    mutable std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_wake;
    State m_state;
    std::vector<quint32> m_found; ///< that were not handed over yet; all of one generation
    quint64 m_foundGeneration = 0;
    bool m_isTold = false; ///< the owner will come for them
    bool m_stop = false;
    int m_interrupts = 0; ///< changes that wait for the worker to pause
    std::atomic<quint64> m_generation = 0; ///< another store or choice: what runs is out of date
    std::thread m_thread;
};

} // namespace tcpw
