// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

/// The part of LiveSession's state that is about the devices captured on.

#include "session/livesessionprivate.h"

#include <algorithm>

namespace tcpw {

namespace {

Notice deviceWarning(const QString& text)
{
    return {Notice::Kind::warning, text, {}, {}, NoAction, -1};
}

/// The same device, whatever it is called now; null when it is gone.
const Device* sameDeviceIn(const std::vector<Device>& devices, const DeviceId& id)
{
    const auto found = std::ranges::find_if(devices, [&id](const Device& device) {
        return device.id.index == id.index && device.id.networkNamespace == id.networkNamespace;
    });
    return found == devices.end() ? nullptr : &*found;
}

} // namespace

std::vector<Device> LiveSession::Private::captureDevices() const
{
    std::vector<Device> result;
    if (const Device* device = session.device())
        result.push_back(*device);
    for (const DeviceId& id : also)
        for (const Device& device : devices)
            if (device.id == id && id != chosen)
                result.push_back(device);
    return result;
}

void LiveSession::Private::choose(const DeviceId& id)
{
    chosen = id;
    awaitingLab = false;
    const bool wasFurther = std::erase(also, id) > 0;
    emit session.deviceChosen();
    if (wasFurther)
        emit session.captureDevicesChanged();
}

void LiveSession::Private::setAlso(const std::vector<DeviceId>& wanted)
{
    std::vector<DeviceId> now;
    for (const DeviceId& id : wanted)
        if (id != chosen && std::ranges::find(now, id) == now.end())
            now.push_back(id);
    if (now == also)
        return;
    const auto before = std::exchange(also, now);
    if (capturing || starting > 0)
        captureOnAlso(before);
    emit session.captureDevicesChanged(); // afterwards: those that are new have their names
}

/// Of a running capture: ends and begins what is not as before.
void LiveSession::Private::captureOnAlso(const std::vector<DeviceId>& before)
{
    for (const DeviceId& id : before)
        if (std::ranges::find(also, id) == also.end())
            captures.stop(id);
    for (const Device& device : captureDevices())
        if (device.id != chosen && !captures.has(device.id))
            startOn(device, [this](const Result<CaptureStarted>& result) {
                if (!result)
                    emit session.failed(text(result.error().message));
                else
                    tell(result->warning);
            });
}

void LiveSession::Private::startOn(
    const Device& device, std::function<void(const Result<CaptureStarted>&)> done)
{
    if (const auto number = captures.numberOf(device.id))
        files.store().nameDevice(*number, device.id.name);
    capturedHost = capturedHost || !device.lab;
    captures.start(device, captureFilter.toStdString(), std::move(done));
}

void LiveSession::Private::startCapture(std::function<void(bool)> done)
{
    if (starting == 0 && capturing && captures.has(chosen))
        return done(true);
    awaitingStart.push_back(std::move(done));
    if (starting > 0)
        return;
    files.showLive();
    files.setLimit(files.limit()); // reaching it is said again
    std::vector<Device> wanted = captureDevices();
    std::erase_if(wanted, [this](const Device& device) { return captures.has(device.id); });
    const quint64 round = ++startRound;
    starting = wanted.size();
    for (const Device& device : wanted)
        startOn(device, [this, round](const Result<CaptureStarted>& result) {
            if (round == startRound)
                startedOn(result);
        });
    if (wanted.empty())
        allStarted();
}

void LiveSession::Private::startedOn(const Result<CaptureStarted>& result)
{
    if (!result)
        startProblems.push_back(result.error().message);
    else if (!result->warning.empty())
        startWarnings.push_back(result->warning);
    if (--starting == 0)
        allStarted();
}

void LiveSession::Private::allStarted()
{
    const bool started = captures.has(chosen);
    if (!started && !capturing)
        captures.stopAll([] {});
    if (started && !std::exchange(capturing, true)) {
        statisticsTimer.start();
        emit session.captureChanged();
    }
    for (const auto& problem : std::exchange(startProblems, {}))
        emit session.failed(text(problem));
    for (const auto& warning : std::exchange(startWarnings, {}))
        tell(warning);
    for (const auto& done : std::exchange(awaitingStart, {}))
        done(started);
}

void LiveSession::Private::stopCapture(std::function<void()> done)
{
    ++startRound;
    starting = 0;
    startProblems.clear();
    startWarnings.clear();
    statisticsTimer.stop();
    if (std::exchange(capturing, false))
        emit session.captureChanged();
    captures.stopAll(std::move(done));
    for (const auto& waiting : std::exchange(awaitingStart, {}))
        waiting(false);
}

/// After one capture has ended by itself: the others go on.
void LiveSession::Private::captureEnded()
{
    if (!capturing || !captures.empty())
        return;
    capturing = false;
    statisticsTimer.stop();
    emit session.captureChanged();
}

void LiveSession::Private::tell(const std::string& warning)
{
    if (!warning.empty())
        emit session.noticed(deviceWarning(text(warning)));
}

void LiveSession::Private::onReplaced()
{
    if (!files.showsFile() && files.store().size() == 0) {
        captures.countAnew();
        droppedBefore = files.dropped();
    }
    if (!files.showsFile())
        for (const DeviceId& device : captures.numbered())
            files.store().nameDevice(*captures.numberOf(device), device.name);
    emit session.storeReplaced();
    emit session.statisticsChanged();
}

void LiveSession::Private::onNotice(const CaptureNotice& notice)
{
    if (notice.kind == CaptureNotice::Kind::stopped) {
        onStopped(notice);
        return;
    }
    emit session.noticed(deviceWarning(text(notice.text)));
    session.refreshDevices();
}

void LiveSession::Private::onStopped(const CaptureNotice& notice)
{
    QString told = text(notice.text);
    const DeviceId* device = captures.deviceOf(notice.number);
    // That of an earlier capture may come while the next one is being started.
    if (device && captures.isRunning(notice.number)) {
        toldGone = *device;
        captures.stop(*device);
        if (!captures.empty())
            told += LiveSession::tr(" The other devices are still captured on.");
    }
    captureEnded();
    emit session.noticed(deviceWarning(told));
    session.refreshDevices();
}

/// Ends what is captured on devices that are not there any more, should no notice have said so.
void LiveSession::Private::endGone(BackendKind kind, const std::vector<Device>& there)
{
    for (const DeviceId& id : captures.devices(kind))
        if (!sameDeviceIn(there, id)) {
            captures.stop(id);
            tell(id.name + " is gone. The capture has ended; what it has captured is kept.");
            toldGone = id;
        }
    captureEnded();
}

void LiveSession::Private::joinDevices()
{
    const Device* old = session.device();
    const bool hadChosen = old, hadHost = old && !old->lab; // the practice network tells itself
    devices = labDevices;
    devices.insert(devices.end(), hostDevices.begin(), hostDevices.end());
    const DeviceId before = chosen;
    const auto alsoBefore = also;
    const bool renamed = followNames();
    std::erase_if(also, [this](const DeviceId& id) { return !sameDeviceIn(devices, id); });
    emit session.devicesChanged();
    if (chosen != before || (hadChosen && !session.device()))
        emit session.deviceChosen();
    if (hadHost && !session.device())
        missChosen();
    if (renamed || also != alsoBefore)
        emit session.captureDevicesChanged();
}

/// A device that was renamed is still the one that was chosen. True when packets are called by
/// another name from now on.
bool LiveSession::Private::followNames()
{
    const auto nameNow = [this](const DeviceId& id) {
        const Device* same = id.index == 0 ? nullptr : sameDeviceIn(devices, id);
        return same ? same->id : id;
    };
    if (const DeviceId now = nameNow(chosen); now != chosen) {
        if (!captures.has(chosen))
            tell(chosen.name + " is called " + now.name + " now.");
        chosen = now;
    }
    for (DeviceId& id : also)
        id = nameNow(id);
    bool renamed = false;
    for (const DeviceId& old : std::vector(captures.numbered()))
        if (const DeviceId now = nameNow(old); now != old) {
            captures.rename(old, now);
            files.store().nameDevice(*captures.numberOf(now), now.name);
            renamed = true;
        }
    return renamed;
}

/// Says that the chosen device is gone where nothing was captured on it, so that no notice did.
void LiveSession::Private::missChosen()
{
    if (toldGone != chosen)
        tell(chosen.name
            + " is gone: it was removed, or moved to another network namespace. "
              "Choose a device again.");
    toldGone = chosen;
}

} // namespace tcpw
