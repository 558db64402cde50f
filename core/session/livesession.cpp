// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/livesession.h"

#include "link/devicelist.h"
#include "session/livesessionprivate.h"

#include <algorithm>

namespace tcpw {

LiveSession::LiveSession(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this))
{
}

LiveSession::~LiveSession() = default;

void LiveSession::begin(bool withLab)
{
    d->withLab = withLab;
    d->watchDevices();
    if (withLab)
        retryLab();
    else
        refreshDevices();
}

const std::vector<Device>& LiveSession::devices() const
{
    return d->devices;
}

void LiveSession::refreshDevices()
{
    if (d->withLab)
        d->listLab();
    d->listHost();
}

const Device* LiveSession::device() const
{
    const auto found = std::find_if(d->devices.begin(), d->devices.end(),
        [&](const Device& device) { return device.id == d->chosen; });
    return found == d->devices.end() ? nullptr : &*found;
}

void LiveSession::chooseDevice(const DeviceId& id)
{
    if (d->chosen == id)
        return;
    stop();
    d->choose(id);
}

const std::vector<DeviceId>& LiveSession::alsoCaptured() const
{
    return d->also;
}

void LiveSession::setAlsoCaptured(const std::vector<DeviceId>& devices)
{
    d->setAlso(devices);
}

std::vector<Device> LiveSession::captureDevices() const
{
    return d->captureDevices();
}

QString LiveSession::deviceName(std::uint8_t number) const
{
    return QString::fromStdString(d->files.store().deviceName(number));
}

bool LiveSession::labRunning() const
{
    return d->labRunning;
}

const LabObstacle& LiveSession::labObstacle() const
{
    return d->obstacle;
}

void LiveSession::retryLab()
{
    d->obstacle = {};
    d->labRestarts = 0;
    d->awaitingLab = true;
    d->listLab();
    d->listHost();
}

BackendKind LiveSession::backendKind() const
{
    const Device* chosen = device();
    return chosen && !chosen->lab ? BackendKind::host : BackendKind::lab;
}

bool LiveSession::capturing() const
{
    return d->capturing;
}

void LiveSession::start()
{
    startThen([](bool) {});
}

void LiveSession::startThen(std::function<void(bool)> done)
{
    if (!device()) {
        emit failed(tr("Choose a device first."));
        done(false);
        return;
    }
    d->startCapture(std::move(done));
}

void LiveSession::stop()
{
    if (d->capturing || d->starting > 0)
        d->stopCapture([] {});
}

const QString& LiveSession::captureFilter() const
{
    return d->captureFilter;
}

void LiveSession::setCaptureFilter(const QString& filter)
{
    d->checkFilter(filter, true);
}

void LiveSession::checkCaptureFilter(const QString& filter)
{
    d->checkFilter(filter, false);
}

PacketStore& LiveSession::store()
{
    return d->files.store();
}

void LiveSession::openFile(const QString& path)
{
    stop();
    d->files.openFile(path);
}

void LiveSession::clear()
{
    if (showsFile())
        return showLive();
    d->files.clear();
    d->capturedHost = !d->captures.devices(BackendKind::host).empty();
}

bool LiveSession::showsFile() const
{
    return d->files.showsFile();
}

void LiveSession::showLive()
{
    d->files.showLive();
}

void LiveSession::saveFile(const QString& path, std::vector<std::size_t> packets)
{
    d->files.saveFile(path, std::move(packets));
}

void LiveSession::cancelFileWork()
{
    d->files.cancelWork();
}

qsizetype LiveSession::unsavedCount() const
{
    return d->capturedHost ? d->files.unsavedCount() : 0;
}

bool LiveSession::hasUnsavedComments() const
{
    return d->files.hasUnsavedComments();
}

bool LiveSession::hasUnsavedFileComments() const
{
    return d->files.hasUnsavedFileComments();
}

void LiveSession::setComment(qsizetype packet, const QString& text)
{
    d->files.setComment(packet, text);
}

void LiveSession::setCaptureLimit(const CaptureLimit& limit)
{
    d->files.setLimit(limit);
}

CaptureLimit LiveSession::captureLimit() const
{
    return d->files.limit();
}

QString LiveSession::leftSpool() const
{
    return d->files.leftSpool();
}

void LiveSession::restoreSpool()
{
    stop();
    d->files.restoreSpool();
}

void LiveSession::discardSpool()
{
    d->files.discardSpool();
}

CaptureStatistics LiveSession::statistics() const
{
    return d->captures.statistics();
}

quint64 LiveSession::droppedByStore() const
{
    return d->files.dropped() - d->droppedBefore;
}

void LiveSession::post(BackendKind kind, std::function<std::function<void()>(Result<Backend*>)> job)
{
    d->host(kind).post(std::move(job));
}

} // namespace tcpw
