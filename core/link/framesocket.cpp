// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/framesocket.h"

#include "link/deviceproblems.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <linux/if_packet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace tcpw {

namespace {

std::string problemSentence(const DeviceId& device, int problem)
{
    switch (problem) {
    case EPERM:
    case EACCES:
        return "No permission to ask on " + device.name + ". " + rightsSentence();
    case ENETDOWN:
        return downSentence(device.name);
    case ENODEV:
    case ENXIO:
        return goneSentence(device.name);
    }
    return "Nothing can be asked on " + device.name + ": " + std::strerror(problem) + ".";
}

} // namespace

Result<FrameSocket> FrameSocket::open(
    const DeviceId& device, std::uint16_t etherType, const FilterProgram& filter)
{
    FrameSocket result;
    result.m_device = device;
    result.m_socket = ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (result.m_socket < 0)
        return failure(problemSentence(device, errno));
    attachFilter(result.m_socket, filter); // before the binding, from which on frames come
    sockaddr_ll address{};
    address.sll_family = AF_PACKET;
    address.sll_protocol = htons(etherType);
    address.sll_ifindex = static_cast<int>(device.index);
    if (::bind(result.m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        return failure(problemSentence(device, errno));
    setMark(result.m_socket, injectionMark());
    return result;
}

FrameSocket::FrameSocket(FrameSocket&& other) noexcept
    : m_socket(std::exchange(other.m_socket, -1))
    , m_device(std::move(other.m_device))
{
}

FrameSocket::~FrameSocket()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

Result<void> FrameSocket::send(const Packet& packet) const
{
    const Bytes bytes = encode(packet);
    if (::send(m_socket, bytes.data(), bytes.size(), 0) < 0)
        return failure(problemSentence(m_device, errno));
    return {};
}

bool FrameSocket::await(
    Clock::time_point deadline, const std::function<bool(const Packet&)>& accepts) const
{
    std::array<std::uint8_t, 2048> buffer;
    while (true) {
        const auto left
            = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0)
            return false;
        pollfd file{m_socket, POLLIN, 0};
        ::poll(&file, 1, static_cast<int>(left));
        sockaddr_ll sender{};
        socklen_t size = sizeof sender;
        const ssize_t count = ::recvfrom(
            m_socket, buffer.data(), buffer.size(), 0, reinterpret_cast<sockaddr*>(&sender), &size);
        if (count < 0 && errno != EAGAIN && errno != EINTR)
            return false; // the device is down or gone
        if (count > 0 && sender.sll_pkttype != PACKET_OUTGOING
            && accepts(decode(
                ByteView(buffer.data(), static_cast<std::size_t>(count)), LinkType::ethernet)))
            return true;
    }
}

} // namespace tcpw
