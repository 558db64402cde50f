// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/sendservice.h"

#include "session/sender.h"

#include <algorithm>

namespace tcpw {

class SendService::Private
{
public:
    /// What a send came to, on the worker thread.
    struct Outcome
    {
        Packet packet;
        std::optional<std::pair<GuardRequest, GuardState>> guard;
        std::uint16_t nextPort = 0;
    };

    static Result<Outcome> send(
        Backend& backend, const Device& device, const Draft& draft, NextValues next, bool silent);
    /// `releasesBefore` is what `releases` was when the packet was handed over.
    void deliver(SendService& service, const Result<Outcome>& outcome, int releasesBefore);
    void noteGuard(const std::pair<GuardRequest, GuardState>& guard);

    LiveSession& session;
    bool sending = false;
    bool silent = false;
    NextValues next;
    std::map<IpAddress, MacAddress> peers; ///< found by earlier sends, for the preview
    std::vector<std::pair<GuardRequest, GuardState>> guards;
    quint64 sentCount = 0;
    int releases = 0; ///< how often all guards were released
};

Result<SendService::Private::Outcome> SendService::Private::send(
    Backend& backend, const Device& device, const Draft& draft, NextValues next, bool silent)
{
    auto packet = resolveForSending(backend, device, draft, next);
    if (!packet)
        return tl::unexpected<Error>(packet.error());
    Outcome outcome;
    if (silent) {
        if (const auto request = guardFor(device, *packet)) {
            const auto state = backend.armGuard(*request);
            if (!state)
                return tl::unexpected<Error>(state.error());
            outcome.guard.emplace(*request, *state);
        }
    }
    if (const auto result = sendPacket(backend, device, *packet); !result)
        return tl::unexpected<Error>(result.error());
    outcome.packet = std::move(*packet);
    outcome.nextPort = backend.newPort().value_or(0);
    return outcome;
}

void SendService::Private::deliver(
    SendService& service, const Result<Outcome>& outcome, int releasesBefore)
{
    sending = false;
    if (!outcome) {
        emit service.failed(QString::fromStdString(outcome.error().message));
        return;
    }
    ++sentCount;
    next = {outcome->nextPort, newSequenceNumber()};
    const auto* ethernet = outcome->packet.find<EthernetHeader>();
    if (const auto destination = destinationOf(outcome->packet); destination && ethernet)
        peers[*destination] = ethernet->destination;
    emit service.sent(outcome->packet);
    if (outcome->guard && releasesBefore == releases) {
        noteGuard(*outcome->guard);
        emit service.guardsChanged();
    }
    emit service.previewChanged();
}

void SendService::Private::noteGuard(const std::pair<GuardRequest, GuardState>& guard)
{
    const auto found = std::find_if(guards.begin(), guards.end(),
        [&](const auto& known) { return known.first == guard.first; });
    if (found == guards.end())
        guards.push_back(guard);
    else
        found->second = guard.second;
}

SendService::SendService(LiveSession& session, QObject* parent)
    : QObject(parent)
    , d(new Private{session, false, false, {0, newSequenceNumber()}, {}, {}, 0, 0})
{
    const auto askPort = [this] {
        d->peers.clear();
        if (!d->session.device())
            return;
        d->session.withBackend<std::uint16_t>(
            d->session.backendKind(), this, [](Backend& backend) { return backend.newPort(); },
            [this](const Result<std::uint16_t>& port) {
                d->next.port = port.value_or(0);
                emit previewChanged();
            });
    };
    connect(&session, &LiveSession::deviceChosen, this, askPort);
    connect(&session, &LiveSession::labChanged, this, [this] {
        if (d->session.labRunning() || d->guards.empty())
            return;
        d->guards.clear(); // they lived in the helper
        emit guardsChanged();
    });
}

SendService::~SendService() = default;

void SendService::send(const Draft& draft)
{
    if (d->sending)
        return;
    const Device* device = d->session.device();
    if (!device) {
        emit failed(tr("Choose a device first."));
        return;
    }
    d->sending = true;
    d->session.startThen([this, draft, device = *device](bool capturing) {
        if (!capturing) {
            d->sending = false;
            return; // the session said why
        }
        const NextValues next = d->next;
        const bool silent = d->silent;
        d->session.withBackend<Private::Outcome>(
            d->session.backendKind(), this,
            [device, draft, next, silent](
                Backend& backend) { return Private::send(backend, device, draft, next, silent); },
            [this, releases = d->releases](
                const Result<Private::Outcome>& outcome) { d->deliver(*this, outcome, releases); });
    });
}

bool SendService::sending() const
{
    return d->sending;
}

Result<Packet> SendService::preview(const Draft& draft) const
{
    const Device* device = d->session.device();
    if (!device)
        return failure(tr("Choose a device first.").toStdString());
    PlaceholderSource source = placeholderSource(*device, d->next);
    source.peerMac = [this](const IpAddress& destination) -> Result<MacAddress> {
        const auto found = d->peers.find(destination);
        return found == d->peers.end() ? MacAddress{} : found->second;
    };
    return resolve(draft, source);
}

void SendService::setKernelSilent(bool silent)
{
    if (d->silent == silent)
        return;
    d->silent = silent;
    emit kernelSilentChanged();
    // A packet that is on its way may have a guard that is not known yet.
    if (silent || (d->guards.empty() && !d->sending))
        return;
    ++d->releases;
    d->guards.clear();
    emit guardsChanged();
    d->session.withBackend<bool>(
        d->session.backendKind(), this,
        [](Backend& backend) { return backend.releaseGuards().map([] { return true; }); },
        [this](const Result<bool>& released) {
            if (!released)
                emit failed(QString::fromStdString(released.error().message));
        });
}

bool SendService::kernelSilent() const
{
    return d->silent;
}

const std::vector<std::pair<GuardRequest, GuardState>>& SendService::guards() const
{
    return d->guards;
}

void SendService::check(const IpAddress& destination)
{
    const Device* device = d->session.device();
    if (!device) {
        emit failed(tr("Choose a device first."));
        return;
    }
    d->session.withBackend<Reachability>(
        d->session.backendKind(), this,
        [id = device->id, destination](
            Backend& backend) { return backend.checkReachability(id, destination); },
        [this, destination](const Result<Reachability>& result) {
            if (!result) {
                emit failed(QString::fromStdString(result.error().message));
                return;
            }
            if (result->neighbourAnswers) {
                d->peers[destination] = result->neighbour;
                emit previewChanged();
            }
            emit checked(*result);
        });
}

quint64 SendService::sentCount() const
{
    return d->sentCount;
}

} // namespace tcpw
