// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/pcapengine.h"

#include "link/captureworker.h"
#include "link/injector.h"

namespace tcpw {

class PcapEngine::Private
{
public:
    explicit Private(CaptureSink captureSink)
        : sink(std::move(captureSink))
    {
    }

    CaptureSink sink;
    InjectedFrames injected;
    Injector injector{injected};
    std::unique_ptr<CaptureWorker> worker;
    CaptureStatistics last; ///< of the capture that was stopped
};

PcapEngine::PcapEngine(CaptureSink sink)
    : d(std::make_unique<Private>(std::move(sink)))
{
}

PcapEngine::~PcapEngine()
{
    stop();
}

Result<CaptureStarted> PcapEngine::start(const CaptureOptions& options)
{
    stop();
    CaptureStarted started;
    auto worker = CaptureWorker::start(options, d->sink, d->injected, started);
    if (!worker)
        return failure(worker.error().message);
    d->worker = std::move(*worker);
    d->injector.prepare(options.device); // send() says why, where it cannot be done
    return started;
}

CaptureStatistics PcapEngine::stop()
{
    if (d->worker) {
        d->last = d->worker->stop();
        d->worker.reset();
    }
    return d->last;
}

bool PcapEngine::running() const
{
    return d->worker && d->worker->running();
}

CaptureStatistics PcapEngine::statistics() const
{
    return d->worker ? d->worker->statistics() : d->last;
}

Result<SendReport> PcapEngine::send(const DeviceId& device, std::span<const Bytes> frames)
{
    return d->injector.send(device, frames);
}

} // namespace tcpw
