// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "flood.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sstream>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace tcpw::bench {

namespace {

constexpr std::array<std::uint8_t, 14> frameHeader{2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0xb5};

/// A file in memory with what trafgen is to send.
int trafgenConfiguration(std::size_t size)
{
    std::ostringstream text;
    text << "{ ";
    for (const std::uint8_t byte : frameHeader)
        text << int(byte) << ", ";
    text << "fill(0x66, " << size - frameHeader.size() << ") }\n";
    const int file = memfd_create("trafgen", 0);
    const std::string all = text.str();
    if (file < 0 || write(file, all.data(), all.size()) != ssize_t(all.size()))
        return -1;
    return file;
}

} // namespace

FloodNetwork::FloodNetwork()
    : m_pair(m_far)
{
    // Nothing but our own frames.
    setSysctl("net/ipv6/conf/near0/disable_ipv6", "1");
    m_far.run([] { setSysctl("net/ipv6/conf/far0/disable_ipv6", "1"); });
}

pid_t FloodNetwork::begin(const Flood& flood)
{
    const std::string count = std::to_string(flood.count);
    std::vector<std::string> command{"/proc/self/exe", "--send", count, std::to_string(flood.size)};
    int configuration = -1;
    if (flood.sender == SenderKind::trafgen) {
        configuration = trafgenConfiguration(flood.size);
        command = {"trafgen", "--dev", "far0", "--conf",
            "/proc/self/fd/" + std::to_string(configuration), "--num", count, "--cpus", "1",
            "--no-sock-mem", "--no-cpu-stats"};
    }
    pid_t child = 0;
    m_far.run([&] { child = startProgram(command); });
    if (configuration >= 0)
        close(configuration);
    return child;
}

double FloodNetwork::send(const Flood& flood)
{
    const double begin = wallSeconds();
    const double cpu = awaitProgram(this->begin(flood));
    return cpu < 0 ? -1 : wallSeconds() - begin;
}

std::uint64_t FloodNetwork::received()
{
    std::ifstream file("/proc/thread-self/net/dev");
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string name;
        std::uint64_t bytes = 0, packets = 0;
        if (words >> name >> bytes >> packets && name == "near0:")
            return packets;
    }
    return 0;
}

std::size_t FloodNetwork::packetSockets()
{
    std::ifstream file("/proc/thread-self/net/packet");
    std::size_t lines = 0;
    for (std::string line; std::getline(file, line);)
        ++lines;
    return lines;
}

int sendLoop(std::size_t count, std::size_t size)
{
    constexpr std::size_t atATime = 256;
    std::vector<std::uint8_t> frame(size, 'f');
    std::copy(frameHeader.begin(), frameHeader.end(), frame.begin());
    const int socket = ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    sockaddr_ll address{};
    address.sll_family = AF_PACKET;
    address.sll_ifindex = static_cast<int>(if_nametoindex("far0"));
    if (bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        return 1;
    const int on = 1;
    setsockopt(socket, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof on);
    iovec part{frame.data(), frame.size()};
    std::array<mmsghdr, atATime> messages{};
    for (mmsghdr& message : messages) {
        message.msg_hdr.msg_iov = &part;
        message.msg_hdr.msg_iovlen = 1;
    }
    for (std::size_t sent = 0; sent < count;) {
        const auto now = static_cast<unsigned>(std::min(atATime, count - sent));
        const int done = sendmmsg(socket, messages.data(), now, 0);
        if (done < 0 && errno != ENOBUFS && errno != EAGAIN)
            return 1;
        sent += static_cast<std::size_t>(std::max(done, 0));
    }
    return 0;
}

} // namespace tcpw::bench
