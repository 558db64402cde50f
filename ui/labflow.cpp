// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/labflow.h"

#include "ui/fields/plaintext.h"
#include "ui/lab/labpane.h"

#include <algorithm>

namespace tcpw {

LabFlow::LabFlow(
    LiveSession& session, SendService& sender, LabService& lab, LabPane& pane, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_sender(sender)
    , m_lab(lab)
    , m_pane(pane)
{
    connect(&pane, &LabPane::asked, this, &LabFlow::ask);
    connect(&pane, &LabPane::retryRequested, &session, &LiveSession::retryLab);
    connect(&pane, &LabPane::watchingChanged, &lab, &LabService::setWatching);
    connect(&lab, &LabService::done, &pane, &LabPane::showOutcome);
    connect(&lab, &LabService::failed, &pane, &LabPane::showProblem);
    connect(&lab, &LabService::logged, &pane, &LabPane::addEvent);
    connect(
        &lab, &LabService::socketsChanged, this, [this] { m_pane.setSockets(m_lab.sockets()); });
    connect(&session, &LiveSession::labChanged, this, &LabFlow::showState);
    connect(&sender, &SendService::kernelSilentChanged, this, [this] {
        if (!m_sender.kernelSilent())
            releaseGuards();
    });
}

void LabFlow::showState()
{
    if (m_session.labRunning()) {
        m_pane.setRunning();
        return;
    }
    m_guards.clear(); // they lived in the helper
    m_pane.setObstacle(m_session.labObstacle());
}

void LabFlow::ask(const FarRequest& request)
{
    if (request.verb == FarVerb::connect && m_sender.kernelSilent())
        connectGuarded(request);
    else
        m_lab.ask(request);
}

void LabFlow::connectGuarded(const FarRequest& request)
{
    // The very request that sending from this port makes, so that both are one guard.
    const auto& devices = m_session.devices();
    const auto device = std::ranges::find_if(devices, [](const Device& one) { return one.lab; });
    const std::uint32_t index = device == devices.end() ? 0 : device->id.index;
    const GuardRequest guard{request.address, request.port, index};
    m_session.withBackend<GuardState>(
        BackendKind::lab, this, [guard](Backend& backend) { return backend.armGuard(guard); },
        [this, guard, request](const Result<GuardState>& state) {
            if (!state) {
                emit failed(fromUtf8(state.error().message));
            } else {
                std::erase_if(m_guards, [&](const auto& known) { return known.first == guard; });
                m_guards.emplace_back(guard, *state);
                emit guardsChanged();
            }
            m_lab.ask(request);
        });
}

void LabFlow::releaseGuards()
{
    if (m_guards.empty())
        return;
    m_guards.clear();
    emit guardsChanged();
    m_session.withBackend<bool>(
        BackendKind::lab, this,
        [](Backend& backend) { return backend.releaseGuards().map([] { return true; }); },
        [this](const Result<bool>& released) {
            if (!released)
                emit failed(fromUtf8(released.error().message));
        });
}

} // namespace tcpw
