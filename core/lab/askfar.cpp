// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/farcodec.h"
#include "lab/lab.h"
#include "lab/namespacesocket.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <poll.h>

namespace tcpw {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds answerLimit(3);

/// Waits until the socket can be read from or written to; false when the time is over.
bool waitFor(const OwnedFd& socket, short events, Clock::time_point deadline)
{
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0)
            return false;
        pollfd wanted{socket.get(), events, 0};
        const int ready = ::poll(&wanted, 1, static_cast<int>(left.count()));
        if (ready > 0)
            return true;
        if (ready < 0 && errno != EINTR)
            return false;
    }
}

bool sendAll(const OwnedFd& socket, ByteView bytes, Clock::time_point deadline)
{
    while (!bytes.empty()) {
        if (!waitFor(socket, POLLOUT, deadline))
            return false;
        const ssize_t size = ::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        bytes = bytes.subspan(size < 0 ? 0 : static_cast<std::size_t>(size));
    }
    return true;
}

/// The message behind the length, or nothing.
Bytes receiveMessage(const OwnedFd& socket, Clock::time_point deadline)
{
    Bytes received;
    std::array<std::uint8_t, 16384> buffer;
    while (waitFor(socket, POLLIN, deadline)) {
        const ssize_t size = ::recv(socket.get(), buffer.data(), buffer.size(), 0);
        if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR))
            break;
        received.insert(received.end(), buffer.begin(), buffer.begin() + (size < 0 ? 0 : size));
        const auto length = statedLength(received);
        if (length && *length > farReplyLimit)
            break;
        if (length && received.size() >= farLengthSize + *length) {
            received.erase(received.begin(), received.begin() + farLengthSize);
            return received;
        }
    }
    return {};
}

} // namespace

Result<FarReply> askFar(const FarRequest& request)
{
    if (request.data.size() > farDataLimit)
        return failure("The far end sends at most 1 MiB at once.");
    const Clock::time_point deadline = Clock::now() + answerLimit;
    const NamespaceSocketName name;
    const OwnedFd socket = openNamespaceSocket();
    if (!socket || ::connect(socket.get(), name.address(), name.size()) != 0)
        return failure("There is no practice network here whose far end could be asked. Start one "
                       "with: tcpw lab -- bash, and ask from there.");
    if (!isOwnProcess(socket))
        return failure("What answers for the practice network here belongs to another user.");
    if (!sendAll(socket, withLength(encodeFarRequest(request)), deadline))
        return failure("The far end of the practice network did not take the request.");
    const Bytes reply = receiveMessage(socket, deadline);
    if (reply.empty())
        return failure("The far end of the practice network did not answer in three seconds.");
    return decodeFarReply(reply);
}

} // namespace tcpw
