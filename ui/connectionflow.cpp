// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/connectionflow.h"

#include "ui/ladder/ladderpane.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/states/kerneltruth.h"
#include "ui/states/statespane.h"
#include "ui/stream/streampane.h"

namespace tcpw {

namespace {

constexpr int askDelay = 100; // ms after a packet: what it does at the far end is done by then
constexpr int askInterval = 1000; // ms while nothing comes: its timers go on

} // namespace

ConnectionFlow::ConnectionFlow(LiveSession& session, LabService& lab, Panes panes, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_lab(lab)
    , m_panes(panes)
{
    connect(&session, &LiveSession::storeReplaced, this, &ConnectionFlow::showStore);
    connect(&session, &LiveSession::packetsAppended, &m_connections, &ConnectionService::trackNew);
    connect(&session, &LiveSession::packetsDropped, &m_connections, &ConnectionService::dropBefore);
    connect(&m_connections, &ConnectionService::advanced, panes.packets.model(),
        &PacketListModel::updateTracked);
    connect(&m_connections, &ConnectionService::advanced, this, &ConnectionFlow::chooseConnection);
    connect(&m_connections, &ConnectionService::storyReset, this, &ConnectionFlow::showStory);
    connect(&m_connections, &ConnectionService::storyExtended, this, &ConnectionFlow::extendStory);
    connect(&m_connections, &ConnectionService::failed, this, &ConnectionFlow::failed);
    connect(&panes.packets, &PacketListPane::currentPacketChanged, this,
        &ConnectionFlow::chooseConnection);
    connect(&panes.ladder, &LadderPane::packetActivated, &panes.packets,
        &PacketListPane::setCurrentPacket);
    connect(&panes.ladder, &LadderPane::failed, this, &ConnectionFlow::failed);
    connect(&panes.stream, &StreamPane::failed, this, &ConnectionFlow::failed);
    connect(&lab, &LabService::socketsChanged, this, &ConnectionFlow::showKernelTruth);
    m_ask.setSingleShot(true);
    connect(&m_ask, &QTimer::timeout, this, &ConnectionFlow::askKernel);
    panes.packets.model()->setConnections(&m_connections);
    showStore();
    showStory();
}

/// The panes may outlive this, and what they show goes with it.
ConnectionFlow::~ConnectionFlow()
{
    m_panes.packets.model()->setConnections(nullptr);
    m_panes.ladder.setStory(nullptr);
    m_panes.states.setStory(nullptr);
    m_panes.stream.setStory(nullptr);
}

void ConnectionFlow::showStore()
{
    m_connections.setStore(&m_session.store());
}

/// The current packet's connection; without one, the newest while a capture goes on.
void ConnectionFlow::chooseConnection()
{
    const qsizetype current = m_panes.packets.currentPacket();
    m_panes.ladder.setCurrentPacket(current);
    if (const auto tracked = m_connections.tracked(current)) {
        if (tracked->isTcp())
            m_connections.chooseConnection(tracked->connection);
    } else if (current < 0 && !m_session.showsFile() && m_connections.connectionCount() > 0) {
        m_connections.chooseConnection(quint32(m_connections.connectionCount() - 1));
    }
}

void ConnectionFlow::showStory()
{
    const FollowedConnection* story = &m_connections.story();
    m_panes.ladder.setStory(story);
    m_panes.states.setStory(story);
    m_panes.stream.setStory(story);
    m_panes.packets.model()->setChosenConnection(story->number);
    m_panes.ladder.setCurrentPacket(m_panes.packets.currentPacket());
    extendStory();
}

void ConnectionFlow::extendStory()
{
    m_panes.ladder.extendStory();
    m_panes.states.extendStory();
    m_panes.stream.extendStory();
    showKernelTruth();
    if (followsLab())
        m_ask.start(askDelay);
}

bool ConnectionFlow::followsLab() const
{
    const Device* device = m_session.device();
    return device && device->lab && m_session.labRunning() && !m_session.showsFile()
        && !m_connections.story().arrows.empty();
}

void ConnectionFlow::askKernel()
{
    if (!followsLab())
        return;
    if (m_panes.ladder.isVisible() || m_panes.states.isVisible())
        m_lab.refresh();
    m_ask.start(askInterval);
}

void ConnectionFlow::showKernelTruth()
{
    const auto socket = followsLab() ? farSocketOf(m_connections.story(), m_lab.sockets())
                                     : std::optional<FarSocket>();
    m_panes.states.setKernelTruth(socket);
    const AwaitedSegment awaited = awaitedSegment(socket);
    m_panes.ladder.setCountdown(awaited.what, awaited.milliseconds);
}

} // namespace tcpw
