// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/localbackend.h"
#include "helper/messagereader.h"
#include "helper/outbox.h"
#include "helper/protocol.h"

#include <array>
#include <atomic>

namespace tcpw {

/// The helper's end of a stream: does what the peer asks, by a LocalBackend, and tells what
/// happens. Everything but tellFar() belongs to one thread.
class HelperServer
{
public:
    /// `peerGone` is called once, on another thread, as soon as the peer has closed the stream.
    HelperServer(
        int stream, PacketRing ring, LocalBackend::Far far, std::function<void()> peerGone);

    /// How run() ended.
    enum class End
    {
        peerGone,
        peerNotUnderstood, ///< it spoke another language, or rubbish
    };
    End run();

    /// Says that nothing can be done here and why, and waits until it was said.
    void refuse(const std::string& problem, const std::string& command);

    /// Hands on an event of the far end. Any thread may call.
    void tellFar(const FarEvent& event);

private:
    bool readMore();
    bool handle(const ReceivedMessage& message);
    bool greeted(const ReceivedMessage& message);
    template <typename Message> bool serve(const ReceivedMessage& message);
    template <typename Message> void reply(const Result<Message>& result, std::uint32_t request);
    void takePackets(const PacketBatch& batch);
    CaptureStatistics counted(CaptureStatistics statistics, std::uint8_t number) const;

    Result<DeviceList> answer(const ListDevices& request);
    Result<CaptureStarted> answer(const StartCapture& request);
    Result<CaptureStatistics> answer(const StopCapture& request);
    Result<CaptureStatistics> answer(const ReadStatistics& request);
    Result<SendReport> answer(const SendFrames& request);
    Result<NeighbourFound> answer(const FindNeighbour& request);
    Result<Reachability> answer(const CheckReachability& request);
    Result<PortFound> answer(const NewPort& request);
    Result<GuardState> answer(const ArmGuard& request);
    Result<Done> answer(const ReleaseGuards& request);
    Result<FarReply> answer(const AskFar& request);

    int m_stream;
    bool m_greeted = false;
    std::atomic<std::uint32_t> m_untoldFarEvents = 0;
    std::array<std::atomic<std::uint64_t>, 256> m_dropped{}; ///< packets, by capture number
    Outbox m_outbox;
    LocalBackend m_backend; ///< last, so that its threads end before what they use
    MessageReader m_reader;
};

/// True when the peer of this socket is the process that started us (SO_PEERCRED).
bool peerIsParent(int stream);

} // namespace tcpw
