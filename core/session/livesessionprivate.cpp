// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/livesessionprivate.h"

#include "link/devicelist.h"

#include <algorithm>

namespace tcpw {

namespace {

constexpr int statisticsInterval = 1000; // ms

} // namespace

LiveSession::Private::Private(LiveSession& owner)
    : session(owner)
    , captures([this](BackendKind kind) -> BackendHost& { return host(kind); })
    , filterWorker(this)
    , lab(BackendKind::lab, events(BackendKind::lab), this)
    , machine(BackendKind::host, events(BackendKind::host), this)
{
    connect(&files, &FileSession::appended, &session, &LiveSession::packetsAppended);
    connect(&files, &FileSession::oldestDropped, &session, &LiveSession::packetsDropped);
    connect(&files, &FileSession::progressed, &session, &LiveSession::fileProgressed);
    connect(&files, &FileSession::limitReached, this, [this] {
        session.stop();
        emit session.noticed({Notice::Kind::warning,
            LiveSession::tr("The capture has reached its limit and was stopped. Save it, clear the "
                            "list, or choose another limit in the Capture menu."),
            {}, {}, NoAction, -1});
    });
    connect(&files, &FileSession::replaced, this, &Private::onReplaced);
    connect(&files, &FileSession::devicesNamed, &session, &LiveSession::captureDevicesChanged);
    connect(&files, &FileSession::saved, &session, &LiveSession::saved);
    connect(&files, &FileSession::noticed, &session, &LiveSession::noticed);
    connect(&files, &FileSession::failed, &session, &LiveSession::failed);
    statisticsTimer.setInterval(statisticsInterval);
    connect(&statisticsTimer, &QTimer::timeout, &captures, &CaptureGroup::readStatistics);
    connect(&captures, &CaptureGroup::statisticsRead, &session, &LiveSession::statisticsChanged);
}

LiveSession::Private::~Private() = default;

BackendEvents LiveSession::Private::events(BackendKind kind)
{
    BackendEvents events;
    events.packets = [this](const PacketBatch& batch) {
        const std::lock_guard lock(appending);
        files.append(batch);
    };
    events.notice = [this](const CaptureNotice& notice) {
        QMetaObject::invokeMethod(
            this, [this, notice] { onNotice(notice); }, Qt::QueuedConnection);
    };
    events.far = [this](const FarEvent& event) {
        QMetaObject::invokeMethod(
            this, [this, event] { emit session.farLogged(event); }, Qt::QueuedConnection);
    };
    events.lost = [this, kind](const Error& error) {
        QMetaObject::invokeMethod(
            this, [this, kind, message = text(error.message)] { onLost(kind, message); },
            Qt::QueuedConnection);
    };
    return events;
}

void LiveSession::Private::listLab()
{
    lab.post([this](Result<Backend*> backend) -> Worker::Completion {
        auto found = backend ? (*backend)->devices() : tl::unexpected<Error>(backend.error());
        LabObstacle why = backend ? LabObstacle{} : lab.obstacle();
        if (!found && why.cause.empty())
            why.cause = found.error().message;
        return [this, found, why] {
            labDevices.clear();
            if (found)
                std::copy_if(found->begin(), found->end(), std::back_inserter(labDevices),
                    [](const Device& device) { return device.lab; });
            obstacle = why;
            labRunning = found.has_value();
            joinDevices();
            emit session.labChanged();
            chooseFirst();
        };
    });
}

void LiveSession::Private::listHost()
{
    machine.post([this](Result<Backend*> backend) -> Worker::Completion {
        // Without rights the list is there all the same; each device then says what is missing.
        auto found = backend ? (*backend)->devices() : listDevices();
        if (found && !backend)
            for (Device& device : *found)
                if (device.captureProblem.empty() || !mayCapture())
                    device.captureProblem = device.injectProblem = backend.error().message;
        return [this, found] {
            if (!found) {
                emit session.failed(text(found.error().message));
                return;
            }
            endGone(BackendKind::host, *found);
            hostDevices = *found;
            std::erase_if(hostDevices, [](const Device& device) { return device.lab; });
            joinDevices();
        };
    });
}

void LiveSession::Private::watchDevices()
{
    // The practice network's devices change with its helper only.
    auto* watch = new DeviceWatch(this);
    connect(watch, &DeviceWatch::changed, this, &Private::listHost);
}

void LiveSession::Private::chooseFirst()
{
    if (!awaitingLab || session.device() || labDevices.empty())
        return;
    choose(labDevices.front().id); // what is captured on other devices goes on
    if (!session.showsFile())
        session.start();
}

void LiveSession::Private::checkFilter(const QString& filter, bool use)
{
    const quint64 number = ++filterCheck;
    const Device* device = session.device();
    const LinkType linkType = device ? device->linkType : LinkType::ethernet;
    filterWorker.post([this, filter, linkType, number, use]() -> Worker::Completion {
        QString problem;
        if (!filter.trimmed().isEmpty())
            if (const auto result = tcpw::checkFilter(filter.toStdString(), linkType); !result)
                problem = text(result.error().message);
        return [this, filter, problem, number, use] {
            if (number == filterCheck)
                filterChecked(filter, problem, use);
        };
    });
}

void LiveSession::Private::filterChecked(const QString& filter, const QString& problem, bool use)
{
    emit session.captureFilterChecked(filter, problem);
    if (!use || !problem.isEmpty() || filter == captureFilter)
        return;
    captureFilter = filter;
    emit session.captureFilterChanged();
    if (capturing)
        stopCapture([this] { session.start(); });
}

void LiveSession::Private::onLost(BackendKind kind, const QString& message)
{
    host(kind).close();
    captures.forget(kind);
    captureEnded();
    const bool again = kind == BackendKind::lab && labRestarts++ == 0;
    Notice notice{Notice::Kind::error, message, {}, {}, NoAction, -1};
    if (kind == BackendKind::lab) {
        notice.text
            += again ? LiveSession::tr(" The practice network was started anew.") : QString();
        notice.action = again ? QString() : LiveSession::tr("Try again");
        notice.actionId = again ? NoAction : TryAgainAction;
        labRunning = false;
        awaitingLab = again && session.backendKind() == kind;
        labDevices.clear();
        joinDevices();
        // The new one's device may get the same id, and is to be chosen and captured all the same.
        if (!session.device())
            chosen = {};
        emit session.labChanged();
    }
    emit session.noticed(notice);
    if (again)
        listLab();
    else if (kind == BackendKind::host)
        listHost();
}

} // namespace tcpw
