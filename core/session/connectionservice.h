// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/connectionfollower.h"
#include "session/worker.h"

#include <QObject>

#include <atomic>

namespace tcpw {

/// Follows the connections in a store on a thread of its own, live and in files alike, and one of
/// them in every detail. Its functions are for the thread that owns it.
class ConnectionService : public QObject
{
    Q_OBJECT
public:
    explicit ConnectionService(QObject* parent = nullptr);
    ~ConnectionService() override;

    /// Begins with another store and what it has, or with none; the former one is not touched any
    /// more on return, and no connection is chosen.
    void setStore(const PacketStore* store);
    /// Packets came into the store: tracks them, and those that come meanwhile.
    void trackNew() { proceed(); }

    /// The store has dropped its packets before this one; their connections stay.
    void dropBefore(qsizetype packet);

    /// How many packets are tracked, from the first on.
    qsizetype trackedCount() const;
    /// What is known of the packet at that place of the store (its number less one); empty while it
    /// is not tracked.
    std::optional<TrackedPacket> tracked(qsizetype packet) const;

    qsizetype connectionCount() const;
    /// What is known of it by now; empty when there is none of that number.
    std::optional<ConnectionInfo> connection(quint32 number) const;

    /// Tells this connection's story from then on, or none; the same one again changes nothing.
    void chooseConnection(std::optional<quint32> number);
    /// The connection that is told; stays where it is as long as the service lives.
    const FollowedConnection& story() const { return m_story; }

signals:
    void advanced(qsizetype count); ///< so many packets are tracked
    void storyReset(); ///< story() is another one, or none
    void storyExtended(); ///< story() has more arrows and chunks, other states maybe
    void failed(const QString& message);

private:
    /// What a step of the worker gave.
    struct Outcome
    {
        quint64 storeGeneration = 0;
        quint64 choiceGeneration = 0;
        qsizetype tracked = 0;
        std::optional<FollowedConnection> told;
        bool isFull = false;
    };

    void interrupt(const std::function<void()>& change);
    void proceed();
    Worker::Completion step();
    bool hasToTrack() const;
    bool hasWork() const;
    void takeOver(Outcome& outcome);
    void takeOver(FollowedConnection& told);
    void reset();

    ConnectionFollower m_follower; ///< changed under m_stepMutex
    mutable std::mutex m_stepMutex; ///< held while the worker reads the store
    std::atomic<int> m_interrupts = 0; ///< changes that wait for the worker to pause
    std::atomic<bool> m_isPosted = false; ///< a step is under way that will see what is new
    std::atomic<bool> m_isFull = false; ///< there is no memory for more
    std::atomic<quint64> m_storeGeneration = 0;
    std::atomic<quint64> m_choiceGeneration = 0;
    bool m_toldNothing = false; ///< of the choice; changed under m_stepMutex
    FollowedConnection m_story;
    std::optional<quint32> m_chosen; ///< which m_story becomes as soon as it is told
    bool m_isFresh = false; ///< m_story is not yet the chosen one
    Worker m_worker; ///< last: its jobs use the above
};

} // namespace tcpw
