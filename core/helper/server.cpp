// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/server.h"

#include <cerrno>
#include <sys/socket.h>

namespace tcpw {

HelperServer::HelperServer(
    int stream, PacketRing ring, LocalBackend::Far far, std::function<void()> peerGone)
    : m_stream(stream)
    , m_outbox(stream, std::move(ring), std::move(peerGone))
    , m_backend(
          {[this](const PacketBatch& batch) { takePackets(batch); },
              [this](const CaptureNotice& notice) { m_outbox.post(encodeMessage(notice, 0)); }, {},
              {}},
          std::move(far))
{
}

HelperServer::End HelperServer::run()
{
    m_outbox.post(encodeMessage(ourGreeting(), 0));
    while (m_outbox.waitForRoom() && readMore()) {
        auto message = m_reader.next();
        for (; message && *message; message = m_reader.next()) {
            if (!handle(**message))
                return End::peerNotUnderstood;
            if (!m_outbox.waitForRoom())
                return End::peerGone;
        }
        if (!message)
            return End::peerNotUnderstood;
    }
    return End::peerGone;
}

void HelperServer::refuse(const std::string& problem, const std::string& command)
{
    Greeting greeting = ourGreeting();
    greeting.problem = problem;
    greeting.command = command;
    m_outbox.post(encodeMessage(greeting, 0));
    m_outbox.flush(1000);
}

/// Waits for more bytes; false at the stream's end.
bool HelperServer::readMore()
{
    const auto space = m_reader.space();
    ssize_t count = 0;
    do
        count = recv(m_stream, space.data(), space.size(), 0);
    while (count < 0 && errno == EINTR);
    if (count <= 0)
        return false;
    m_reader.filled(std::size_t(count));
    return true;
}

/// False when the message is none that a peer of ours sends now.
bool HelperServer::handle(const ReceivedMessage& message)
{
    if (!m_greeted)
        return greeted(message);
    switch (message.number) {
#define TCPW_SERVE(number, Name)                                                                   \
    case number:                                                                                   \
        return serve<Name>(message);
        TCPW_HELPER_MESSAGES(TCPW_SERVE)
#undef TCPW_SERVE
    }
    return false;
}

bool HelperServer::greeted(const ReceivedMessage& message)
{
    if (message.number != messageNumber<Greeting>)
        return false;
    const auto greeting = decodeMessage<Greeting>(message.fields);
    m_greeted = greeting && greeting->magic == Greeting().magic && speaksOurLanguage(*greeting);
    return m_greeted;
}

template <typename Message> bool HelperServer::serve(const ReceivedMessage& message)
{
    if constexpr (HelperRequest<Message>) {
        const auto request = decodeMessage<Message>(message.fields);
        if (request && message.request != 0) {
            reply(answer(*request), message.request);
            return true;
        }
    }
    return false;
}

template <typename Message>
void HelperServer::reply(const Result<Message>& result, std::uint32_t request)
{
    Bytes message = result ? encodeMessage(*result, request)
                           : encodeMessage(Failed{result.error().message}, request);
    if (!fitsProtocol(message))
        message
            = encodeMessage(Failed{"The helper's answer is too long to be handed over."}, request);
    m_outbox.post(std::move(message));
}

void HelperServer::takePackets(const PacketBatch& batch)
{
    if (!batch.empty())
        m_dropped[batch.record(0).device] += m_outbox.postPackets(batch);
}

void HelperServer::tellFar(const FarEvent& event)
{
    FarEvent told = event;
    const auto untold = m_untoldFarEvents.exchange(0);
    if (untold > 0)
        told.text += " (" + std::to_string(untold)
            + " events before this one were left out; the far end's log has them.)";
    if (!m_outbox.postEvent(encodeMessage(told, 0)))
        m_untoldFarEvents += untold + 1;
}

/// What was captured is what the peer got and what was dropped on the way to it.
CaptureStatistics HelperServer::counted(CaptureStatistics statistics, std::uint8_t number) const
{
    statistics.droppedByHelper += m_dropped[number];
    statistics.delivered -= std::min(statistics.delivered, m_dropped[number].load());
    return statistics;
}

Result<DeviceList> HelperServer::answer(const ListDevices&)
{
    return m_backend.devices().map(
        [](std::vector<Device> devices) { return DeviceList{std::move(devices)}; });
}

Result<CaptureStarted> HelperServer::answer(const StartCapture& request)
{
    auto& dropped = m_dropped[request.options.number];
    const bool running = m_backend.captures(request.options.number);
    const auto before = running ? dropped.load() : dropped.exchange(0);
    auto started = m_backend.startCapture(request.options);
    if (!started && !running)
        dropped = before; // still those of the capture that was stopped
    return started;
}

Result<CaptureStatistics> HelperServer::answer(const StopCapture& request)
{
    return m_backend.stopCapture(request.number).map([&](const CaptureStatistics& statistics) {
        return counted(statistics, request.number);
    });
}

Result<CaptureStatistics> HelperServer::answer(const ReadStatistics& request)
{
    return m_backend.captureStatistics(request.number)
        .map([&](const CaptureStatistics& statistics) {
            return counted(statistics, request.number);
        });
}

Result<SendReport> HelperServer::answer(const SendFrames& request)
{
    return m_backend.send(request.device, request.frames);
}

Result<NeighbourFound> HelperServer::answer(const FindNeighbour& request)
{
    return m_backend.findNeighbour(request.device, request.destination).map([](MacAddress address) {
        return NeighbourFound{address};
    });
}

Result<Reachability> HelperServer::answer(const CheckReachability& request)
{
    return m_backend.checkReachability(request.device, request.destination);
}

Result<PortFound> HelperServer::answer(const NewPort&)
{
    return m_backend.newPort().map([](std::uint16_t port) { return PortFound{port}; });
}

Result<GuardState> HelperServer::answer(const ArmGuard& request)
{
    return m_backend.armGuard(request.request);
}

Result<Done> HelperServer::answer(const ReleaseGuards&)
{
    return m_backend.releaseGuards().map([] { return Done(); });
}

Result<FarReply> HelperServer::answer(const AskFar& request)
{
    return m_backend.far(request.request);
}

bool peerIsParent(int stream)
{
    ucred peer{};
    socklen_t length = sizeof(peer);
    return getsockopt(stream, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0
        && length == sizeof(peer) && peer.pid == getppid() && peer.pid != 0;
}

} // namespace tcpw
