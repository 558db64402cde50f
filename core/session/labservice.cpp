// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/labservice.h"

#include <QTimer>

namespace tcpw {

namespace {

constexpr std::size_t logLimit = 1000;
constexpr int watchInterval = 1000; // ms

} // namespace

class LabService::Private
{
public:
    explicit Private(LiveSession& owner)
        : session(owner)
    {
    }

    LiveSession& session;
    std::vector<FarSocket> sockets;
    std::vector<FarEvent> log;
    QTimer watch;
    bool refreshing = false;
};

LabService::LabService(LiveSession& session, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(session))
{
    d->watch.setInterval(watchInterval);
    connect(&d->watch, &QTimer::timeout, this, &LabService::refresh);
    connect(&session, &LiveSession::farLogged, this, [this](const FarEvent& event) {
        if (d->log.size() >= logLimit)
            d->log.erase(d->log.begin(), d->log.begin() + logLimit / 10);
        d->log.push_back(event);
        emit logged(event);
        refresh();
    });
    connect(&session, &LiveSession::labChanged, this, [this] {
        if (d->session.labRunning())
            return refresh();
        d->sockets.clear();
        emit socketsChanged();
    });
}

LabService::~LabService() = default;

void LabService::ask(const FarRequest& request)
{
    d->session.withBackend<FarReply>(
        BackendKind::lab, this, [request](Backend& backend) { return backend.far(request); },
        [this](const Result<FarReply>& reply) {
            if (!reply) {
                emit failed(QString::fromStdString(reply.error().message));
                return;
            }
            emit done(QString::fromStdString(reply->text));
            refresh();
        });
}

void LabService::refresh()
{
    if (d->refreshing || !d->session.labRunning())
        return;
    d->refreshing = true;
    d->session.withBackend<FarReply>(
        BackendKind::lab, this, [](Backend& backend) { return backend.far({}); },
        [this](const Result<FarReply>& reply) {
            d->refreshing = false;
            if (!reply || reply->sockets == d->sockets)
                return;
            d->sockets = reply->sockets;
            emit socketsChanged();
        });
}

void LabService::setWatching(bool watching)
{
    if (!watching)
        return d->watch.stop();
    refresh();
    d->watch.start();
}

const std::vector<FarSocket>& LabService::sockets() const
{
    return d->sockets;
}

const std::vector<FarEvent>& LabService::log() const
{
    return d->log;
}

} // namespace tcpw
