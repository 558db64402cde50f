// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "testtraffic.h"

#include "packet/packet.h"

#include <QTest>

#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <cstddef>
#include <fstream>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

namespace tcpw {

namespace {

constexpr std::uint16_t testPort = 9009;
constexpr MacAddress nearMac{{2, 0, 0, 0, 0, 1}};
constexpr MacAddress farMac{{2, 0, 0, 0, 0, 2}};
constexpr Ipv4Address nearAddress{0x0a090001};
constexpr Ipv4Address farAddress{0x0a090002};

} // namespace

CaptureSink Recorder::sink()
{
    return {[this](PacketBatch&& batch) {
                if (slownessMilliseconds > 0)
                    std::this_thread::sleep_for(std::chrono::milliseconds(slownessMilliseconds));
                const std::lock_guard lock(m_mutex);
                m_count += batch.size();
                for (std::size_t i = 0; i < batch.size() && !countOnly; ++i)
                    m_packets.push_back(
                        {batch.record(i), Bytes(batch.bytes(i).begin(), batch.bytes(i).end())});
            },
        [this](const CaptureNotice& notice) {
            const std::lock_guard lock(m_mutex);
            m_notices.push_back(notice);
        }};
}

std::size_t Recorder::count() const
{
    const std::lock_guard lock(m_mutex);
    return m_count;
}

std::vector<Captured> Recorder::packets() const
{
    const std::lock_guard lock(m_mutex);
    return m_packets;
}

std::vector<CaptureNotice> Recorder::notices() const
{
    const std::lock_guard lock(m_mutex);
    return m_notices;
}

bool Recorder::hasNotice(CaptureNotice::Kind kind) const
{
    for (const CaptureNotice& notice : notices())
        if (notice.kind == kind)
            return true;
    return false;
}

std::vector<Captured> Recorder::tests() const
{
    std::vector<Captured> result;
    for (const Captured& each : packets())
        if (!payloadOf(each).empty())
            result.push_back(each);
    return result;
}

std::size_t Recorder::testCount() const
{
    return tests().size();
}

void Recorder::clear()
{
    const std::lock_guard lock(m_mutex);
    m_packets.clear();
    m_notices.clear();
    m_count = 0;
}

DeviceId deviceNamed(const std::string& name)
{
    struct stat status
    {
    };
    ::stat("/proc/thread-self/ns/net", &status);
    return {::if_nametoindex(name.c_str()), name, status.st_ino};
}

CaptureOptions optionsFor(const std::string& name)
{
    CaptureOptions options;
    options.device = deviceNamed(name);
    options.number = 3;
    return options;
}

Bytes udpFrame(const std::string& payload, bool fromNear)
{
    EthernetHeader ethernet{farMac, nearMac, {}};
    Ipv4Header ip;
    ip.source = nearAddress;
    ip.destination = farAddress;
    if (!fromNear) {
        std::swap(ethernet.source, ethernet.destination);
        std::swap(ip.source, ip.destination);
    }
    UdpHeader udp;
    udp.sourcePort = testPort;
    udp.destinationPort = testPort;
    return encode(
        {LinkType::ethernet, {ethernet, ip, udp, Payload{Bytes(payload.begin(), payload.end())}}});
}

std::string payloadOf(const Captured& packet)
{
    constexpr std::size_t headers = 14 + 20 + 8;
    const Bytes& bytes = packet.bytes;
    const std::size_t start
        = packet.record.linkType == LinkType::linuxCooked2 ? headers + 6 : headers;
    if (bytes.size() <= start)
        return {};
    const auto port = static_cast<std::uint16_t>(bytes[start - 6] << 8 | bytes[start - 5]);
    if (port != testPort || bytes[start - 19] != 17)
        return {};
    return std::string(bytes.begin() + static_cast<std::ptrdiff_t>(start), bytes.end());
}

bool sendByKernel(const std::vector<std::string>& payloads, bool fromNear)
{
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_port = htons(testPort);
    own.sin_addr.s_addr = htonl(fromNear ? nearAddress.value : farAddress.value);
    sockaddr_in other = own;
    other.sin_addr.s_addr = htonl(fromNear ? farAddress.value : nearAddress.value);
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    bool good = ::bind(socket, reinterpret_cast<sockaddr*>(&own), sizeof own) == 0;
    for (const std::string& each : payloads)
        good = good
            && ::sendto(socket, each.data(), each.size(), 0, reinterpret_cast<sockaddr*>(&other),
                   sizeof other)
                == static_cast<ssize_t>(each.size());
    ::close(socket);
    return good;
}

std::size_t sendByOtherProgram(const std::string& device, const std::vector<Bytes>& frames)
{
    const int socket = ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    sockaddr_ll address{};
    address.sll_family = AF_PACKET;
    address.sll_ifindex = static_cast<int>(::if_nametoindex(device.c_str()));
    std::size_t sent = 0;
    std::array<mmsghdr, 64> messages{};
    std::array<iovec, 64> parts{};
    while (sent < frames.size()) {
        const std::size_t count = std::min(messages.size(), frames.size() - sent);
        for (std::size_t i = 0; i < count; ++i) {
            const Bytes& frame = frames[sent + i];
            parts[i] = {const_cast<std::uint8_t*>(frame.data()), frame.size()};
            messages[i].msg_hdr = {};
            messages[i].msg_hdr.msg_name = &address;
            messages[i].msg_hdr.msg_namelen = sizeof address;
            messages[i].msg_hdr.msg_iov = &parts[i];
            messages[i].msg_hdr.msg_iovlen = 1;
        }
        const int done = ::sendmmsg(socket, messages.data(), static_cast<unsigned>(count), 0);
        if (done <= 0)
            break;
        sent += static_cast<std::size_t>(done);
    }
    ::close(socket);
    return sent;
}

bool knowNeighbours(const NetworkNamespace& far)
{
    return ip("neigh replace 10.9.0.2 lladdr 02:00:00:00:00:02 dev near0 nud permanent")
        && far.ip("neigh replace 10.9.0.1 lladdr 02:00:00:00:00:01 dev far0 nud permanent");
}

namespace {

/// Refuses one socket option of SOL_SOCKET to this thread.
bool forbidOption(std::uint32_t forbidden)
{
    // The lower half of the 64-bit arguments, on a little-endian machine.
    constexpr std::uint32_t number = offsetof(seccomp_data, nr);
    constexpr std::uint32_t level = offsetof(seccomp_data, args) + 8;
    constexpr std::uint32_t option = offsetof(seccomp_data, args) + 16;
    sock_filter program[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, number),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_setsockopt, 0, 5),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, level),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SOL_SOCKET, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, option),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, forbidden, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
    const sock_fprog filter{sizeof program / sizeof program[0], program};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

} // namespace

bool forbidMarks()
{
    return forbidOption(SO_MARK);
}

bool forbidFilters()
{
    return forbidOption(SO_ATTACH_FILTER);
}

std::uint64_t receivedFrames(const std::string& device)
{
    std::ifstream file("/proc/thread-self/net/dev");
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string name;
        std::uint64_t bytes = 0, packets = 0;
        if (words >> name >> bytes >> packets && name == device + ":")
            return packets;
    }
    return 0;
}

void LinkFixture::makePair()
{
    m_far = std::make_unique<NetworkNamespace>();
    m_pair = std::make_unique<VethPair>(*m_far);
    QVERIFY(m_pair->valid());
    QVERIFY(knowNeighbours(*m_far));
    m_recorder.clear();
}

void LinkFixture::endPair()
{
    m_pair.reset();
    m_far.reset();
}

} // namespace tcpw
