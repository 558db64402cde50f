// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/connectionservice.h"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace tcpw {

namespace {

constexpr auto stepTime = std::chrono::milliseconds(15);

} // namespace

ConnectionService::ConnectionService(QObject* parent)
    : QObject(parent)
    , m_worker(this, Worker::Priority::background)
{
}

ConnectionService::~ConnectionService()
{
    ++m_interrupts; // ends the step that runs; the worker waits for it
}

/// Ends the step that runs, keeps the next one from beginning, and then does the change.
void ConnectionService::interrupt(const std::function<void()>& change)
{
    ++m_interrupts;
    {
        const std::scoped_lock lock(m_stepMutex);
        change();
    }
    --m_interrupts;
    proceed();
}

void ConnectionService::setStore(const PacketStore* store)
{
    interrupt([&] {
        ++m_storeGeneration;
        ++m_choiceGeneration;
        m_isFull = false;
        m_toldNothing = false;
        m_follower.setStore(store);
    });
    if (m_chosen)
        reset();
}

void ConnectionService::dropBefore(qsizetype packet)
{
    interrupt([&] { m_follower.dropBefore(std::size_t(packet)); });
}

void ConnectionService::chooseConnection(std::optional<quint32> number)
{
    if (number == m_chosen)
        return;
    interrupt([&] {
        ++m_choiceGeneration;
        m_toldNothing = number.has_value();
        m_follower.choose(number);
    });
    m_chosen = number;
    m_isFresh = number.has_value();
    if (!number)
        reset();
}

void ConnectionService::reset()
{
    m_chosen.reset();
    m_isFresh = false;
    m_story = {};
    emit storyReset();
}

void ConnectionService::proceed()
{
    if (!m_isPosted.exchange(true))
        m_worker.post([this] { return step(); });
}

bool ConnectionService::hasToTrack() const
{
    return !m_isFull && m_follower.store()
        && m_follower.tracked().size() < m_follower.store()->size();
}

bool ConnectionService::hasWork() const
{
    return m_toldNothing || m_follower.hasMoreToTell() || hasToTrack();
}

/// Works for a while, and goes on in another step when that was not all.
Worker::Completion ConnectionService::step()
{
    m_isPosted = false; // before looking: what comes from now on has a step of its own
    if (m_interrupts > 0)
        return {};
    const std::scoped_lock lock(m_stepMutex);
    if (!hasWork())
        return {};
    const auto end = std::chrono::steady_clock::now() + stepTime;
    const auto stop = [this, end, asked = 0u]() mutable {
        // The clock costs more than looking at a packet of another connection.
        return m_interrupts > 0 || (++asked % 16 == 0 && std::chrono::steady_clock::now() >= end);
    };
    auto outcome = std::make_shared<Outcome>();
    outcome->storeGeneration = m_storeGeneration;
    outcome->choiceGeneration = m_choiceGeneration;
    if (m_toldNothing || m_follower.hasMoreToTell()) { // somebody waits for it
        outcome->told = m_follower.tell(stop);
        m_toldNothing = false;
    }
    if (hasToTrack() && !m_follower.track(stop))
        m_isFull = outcome->isFull = true;
    outcome->tracked = qsizetype(m_follower.tracked().size());
    if (hasWork())
        proceed();
    return [this, outcome] {
        takeOver(*outcome);
    };
}

void ConnectionService::takeOver(Outcome& outcome)
{
    if (outcome.storeGeneration != m_storeGeneration)
        return;
    emit advanced(outcome.tracked);
    if (outcome.isFull)
        emit failed(tr("There is not enough memory to follow more packets: what comes now has no "
                       "connection and no analysis."));
    if (outcome.told && outcome.choiceGeneration == m_choiceGeneration)
        takeOver(*outcome.told);
}

void ConnectionService::takeOver(FollowedConnection& told)
{
    if (m_isFresh) {
        m_isFresh = false;
        m_story = std::move(told);
        emit storyReset();
        return;
    }
    if (told.arrows.empty() && told.isCut == m_story.isCut)
        return;
    std::vector<StoryArrow> arrows = std::move(m_story.arrows);
    std::vector<StreamChunk> chunks = std::move(m_story.chunks);
    arrows.insert(arrows.end(), told.arrows.begin(), told.arrows.end());
    std::ranges::move(told.chunks, std::back_inserter(chunks));
    m_story = std::move(told);
    m_story.arrows = std::move(arrows);
    m_story.chunks = std::move(chunks);
    emit storyExtended();
}

qsizetype ConnectionService::trackedCount() const
{
    return qsizetype(m_follower.tracked().size());
}

std::optional<TrackedPacket> ConnectionService::tracked(qsizetype packet) const
{
    if (packet < 0 || packet >= trackedCount())
        return {};
    return m_follower.tracked().at(std::size_t(packet));
}

qsizetype ConnectionService::connectionCount() const
{
    return qsizetype(m_follower.connectionCount());
}

std::optional<ConnectionInfo> ConnectionService::connection(quint32 number) const
{
    return m_follower.connection(number);
}

} // namespace tcpw
