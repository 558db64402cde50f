// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/helperclient.h"

namespace tcpw {

namespace {

constexpr std::size_t sendRequestSize = 1u << 20; // in bytes, so that Stop finds a gap between two
constexpr std::size_t sendRequestFrames = 10'000;

template <typename Message>
bool tell(const ReceivedMessage& message, const std::function<void(const Message&)>& listener)
{
    const auto event = decodeMessage<Message>(message.fields);
    if (event && listener)
        listener(*event);
    return event.has_value();
}

/// The next frames that go in one request, from `first` on: one at least.
std::vector<Bytes> nextFrames(const std::vector<Bytes>& frames, std::size_t first)
{
    std::vector<Bytes> part;
    std::size_t size = 0;
    for (std::size_t i = first; i < frames.size() && part.size() < sendRequestFrames; ++i) {
        size += frames[i].size();
        if (!part.empty() && size > sendRequestSize)
            break;
        part.push_back(frames[i]);
    }
    return part;
}

void add(SendReport& sum, const SendReport& report)
{
    sum.sent += report.sent;
    sum.failed += report.failed;
    if (sum.firstProblem.empty())
        sum.firstProblem = report.firstProblem;
}

} // namespace

HelperClient::HelperClient(std::unique_ptr<HelperConnection> connection)
    : m_connection(std::move(connection))
{
}

bool HelperClient::handOn(const ReceivedMessage& message, const BackendEvents& events)
{
    switch (message.number) {
    case messageNumber<CaptureNotice>:
        return tell(message, events.notice);
    case messageNumber<FarEvent>:
        return tell(message, events.far);
    }
    return false;
}

Result<std::vector<Device>> HelperClient::devices()
{
    return m_connection->ask(ListDevices{}).map([](DeviceList list) {
        return std::move(list.devices);
    });
}

Result<CaptureStarted> HelperClient::startCapture(const CaptureOptions& options)
{
    return m_connection->ask(StartCapture{options});
}

Result<CaptureStatistics> HelperClient::stopCapture(std::uint8_t number)
{
    return m_connection->ask(StopCapture{number});
}

Result<CaptureStatistics> HelperClient::captureStatistics(std::uint8_t number)
{
    return m_connection->ask(ReadStatistics{number});
}

Result<SendReport> HelperClient::send(const DeviceId& device, const std::vector<Bytes>& frames)
{
    SendReport sum;
    std::size_t next = 0;
    do {
        auto part = nextFrames(frames, next);
        next += part.size();
        const auto report = m_connection->ask(SendFrames{device, std::move(part)});
        if (!report && sum.sent == 0)
            return report;
        if (!report) {
            const auto unsent = static_cast<std::uint32_t>(frames.size()) - sum.sent - sum.failed;
            add(sum, {0, unsent, report.error().message});
            return sum;
        }
        add(sum, *report);
    } while (next < frames.size());
    return sum;
}

Result<MacAddress> HelperClient::findNeighbour(const DeviceId& device, const IpAddress& destination)
{
    return m_connection->ask(FindNeighbour{device, destination}).map([](NeighbourFound found) {
        return found.address;
    });
}

Result<Reachability> HelperClient::checkReachability(
    const DeviceId& device, const IpAddress& destination)
{
    return m_connection->ask(CheckReachability{device, destination});
}

Result<std::uint16_t> HelperClient::newPort()
{
    return m_connection->ask(NewPort{}).map([](PortFound found) { return found.port; });
}

Result<GuardState> HelperClient::armGuard(const GuardRequest& request)
{
    return m_connection->ask(ArmGuard{request});
}

Result<void> HelperClient::releaseGuards()
{
    return m_connection->ask(ReleaseGuards{}).map([](Done) {});
}

Result<FarReply> HelperClient::far(const FarRequest& request)
{
    return m_connection->ask(AskFar{request});
}

} // namespace tcpw
