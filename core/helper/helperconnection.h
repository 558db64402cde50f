// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/descriptor.h"
#include "helper/messagereader.h"
#include "helper/packetring.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace tcpw {

/// A helper that runs as our child, and the stream to it. ask() may be called by one thread at a
/// time; what comes unasked is handed on by the reading thread.
class HelperConnection
{
public:
    struct Handlers
    {
        std::function<void(const PacketBatch&)> packets;
        std::function<bool(const ReceivedMessage&)> event; ///< any other; false: that is none
        std::function<void(const Error&)>
            lost; ///< called once after accept(), unless it was we who ended it
    };

    /// Starts the program and waits for its greeting; what the greeting says is not judged.
    static Result<std::unique_ptr<HelperConnection>> open(
        std::vector<std::string> command, Handlers handlers);
    ~HelperConnection(); ///< the helper ends

    HelperConnection(const HelperConnection&) = delete;
    HelperConnection& operator=(const HelperConnection&) = delete;

    const Greeting& greeting() const { return m_greeting; }
    /// From now on the helper's loss is told. Fails when it is lost already.
    Result<void> accept();
    pid_t processId(); ///< 0 when it is gone

    /// Asks and waits for the reply. Fails with the helper's own sentence, or with one that says
    /// what became of the helper; it is ended when it says nothing for three seconds. While it is
    /// this program that is slow to take what comes, ten seconds are waited and nothing is ended.
    template <HelperRequest Request> Result<typename Request::Reply> ask(const Request& request);

    /// Ends a helper that is not to be trusted any more; the reason is a whole sentence.
    void giveUp(const std::string& reason);

private:
    struct Reply
    {
        std::uint8_t number = 0;
        Bytes fields;
    };

    HelperConnection(std::vector<std::string> command, Handlers handlers);
    Result<void> begin();
    void run(Descriptor theirEnd);
    void readUntilTheEnd();
    bool handle(const ReceivedMessage& message);
    bool handOn(const ReceivedMessage& message);
    bool handOnPackets(const Packets& packets);
    void bury();
    std::uint32_t nextRequest();
    Result<Reply> exchange(const Bytes& message);
    void write(ByteView bytes);
    template <typename Condition>
    Result<void> waitUntil(std::unique_lock<std::mutex>& lock, Condition met);
    Error lostError(std::unique_lock<std::mutex>& lock);

    std::vector<std::string> m_command;
    Handlers m_handlers;
    Descriptor m_stream;
    PacketRing m_ring;
    std::atomic<std::uint64_t> m_received
        = 0; ///< messages, which tells a busy helper from a hung one
    std::atomic<bool> m_handling = false; ///< an event is being handed on, so that nothing is read

    std::mutex m_mutex; ///< guards what follows, up to m_thread
    std::condition_variable m_changed;
    pid_t m_child = 0; ///< 0 before its start and once it was waited for
    Greeting m_greeting; ///< not written any more once open() returned
    bool m_greeted = false;
    std::uint32_t m_lastRequest = 0;
    bool m_awaits = false; ///< the last request waits for its reply
    std::optional<Reply> m_reply;
    std::string m_reason; ///< why the helper was given up; "" when it was not
    std::optional<Error> m_lost;
    bool m_accepted = false;
    bool m_closing = false;
    std::thread m_thread; ///< starts the child, reads, waits for the child's end
};

template <HelperRequest Request>
Result<typename Request::Reply> HelperConnection::ask(const Request& request)
{
    const auto number = nextRequest();
    const auto reply = exchange(encodeMessage(request, number));
    if (!reply)
        return tl::unexpected(reply.error());
    if (reply->number == messageNumber<Failed>)
        if (const auto failed = decodeMessage<Failed>(reply->fields))
            return failure(failed->message);
    if (reply->number == messageNumber<typename Request::Reply>)
        if (auto decoded = decodeMessage<typename Request::Reply>(reply->fields))
            return std::move(*decoded);
    giveUp("The helper's answer was not understood; it was ended.");
    return failure("The helper's answer was not understood; it was ended.");
}

} // namespace tcpw
