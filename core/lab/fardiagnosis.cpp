// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/fardiagnosis.h"

#include "lab/farsockets.h"

#include <libmnl/libmnl.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>

namespace tcpw {

namespace {

// The kernel's TCP states (include/net/tcp_states.h), in its order from 1; 12 is a request that
// it keeps apart and reports as SYN-RECEIVED.
constexpr std::array<const char*, 13> states{"", "ESTABLISHED", "SYN-SENT", "SYN-RECEIVED",
    "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "CLOSED", "CLOSE-WAIT", "LAST-ACK", "LISTEN",
    "CLOSING", "SYN-RECEIVED"};
constexpr std::uint32_t allStates = 0x1fff;
constexpr std::uint8_t listening = 10;

// idiag_timer, see sock_diag(7).
constexpr std::array<const char*, 5> timers{
    "", "retransmit", "keep-alive", "time-wait", "zero-window probe"};

template <std::size_t size>
const char* nameOf(const std::array<const char*, size>& names, std::uint8_t number)
{
    return number < size ? names.at(number) : "";
}

FarEndpoint endpoint(std::uint8_t family, const __be32 (&address)[4], __be16 port)
{
    std::uint8_t octets[16];
    std::memcpy(octets, address, sizeof(octets));
    if (family == AF_INET6)
        return {toAddress(octets), ntohs(port)};
    return {Ipv4Address{ntohl(address[0])}, ntohs(port)};
}

/// Older kernels give a shorter tcp_info, newer ones a longer one.
void readInfo(const nlattr* attribute, FarSocket& socket)
{
    tcp_info info = {};
    const std::size_t size = mnl_attr_get_payload_len(attribute);
    std::memcpy(&info, mnl_attr_get_payload(attribute), std::min(size, sizeof(info)));
    socket.retransmissionTimeout = info.tcpi_rto / 1000;
    socket.congestionWindow = info.tcpi_snd_cwnd;
    socket.roundTripMicroseconds = info.tcpi_rtt;
}

void readAttributes(const nlmsghdr* message, FarSocket& socket)
{
    const char* const end = static_cast<const char*>(mnl_nlmsg_get_payload_tail(message));
    const void* at = mnl_nlmsg_get_payload_offset(message, sizeof(inet_diag_msg));
    const auto* attribute = static_cast<const nlattr*>(at);
    while (mnl_attr_ok(attribute, static_cast<int>(end - static_cast<const char*>(at)))) {
        if (mnl_attr_get_type(attribute) == INET_DIAG_INFO)
            readInfo(attribute, socket);
        attribute = mnl_attr_next(attribute);
        at = attribute;
    }
}

DiagnosedSocket toSocket(const nlmsghdr* message)
{
    const auto* const raw = static_cast<const inet_diag_msg*>(mnl_nlmsg_get_payload(message));
    DiagnosedSocket found;
    FarSocket& socket = found.socket;
    found.inode = raw->idiag_inode;
    const FarEndpoint local = endpoint(raw->idiag_family, raw->id.idiag_src, raw->id.idiag_sport);
    const FarEndpoint remote = endpoint(raw->idiag_family, raw->id.idiag_dst, raw->id.idiag_dport);
    socket.state = nameOf(states, raw->idiag_state);
    socket.localAddress = local.address;
    socket.localPort = local.port;
    socket.remoteAddress = remote.address;
    socket.remotePort = remote.port;
    socket.timer = nameOf(timers, raw->idiag_timer);
    socket.timerMilliseconds = raw->idiag_timer != 0 ? raw->idiag_expires : 0;
    socket.retransmits = raw->idiag_retrans;
    socket.receiveQueue = raw->idiag_rqueue;
    socket.sendQueue = raw->idiag_wqueue;
    if (raw->idiag_state != listening)
        readAttributes(message, socket);
    return found;
}

} // namespace

Result<void> FarDiagnosis::open()
{
    if (const int error = m_socket.open(NETLINK_SOCK_DIAG))
        return failure(
            "The far end's kernel cannot be asked (" + std::string(std::strerror(error)) + ").");
    return {};
}

Result<std::vector<DiagnosedSocket>> FarDiagnosis::read(std::size_t limit)
{
    std::vector<DiagnosedSocket> found;
    for (const int family : {AF_INET, AF_INET6}) {
        const int error = readFamily(family, limit, found);
        if (error == ENOENT)
            return failure("The kernel cannot tell the state of its TCP sockets: its module "
                           "tcp_diag is not loaded. Load it with: sudo modprobe tcp_diag");
        if (error != 0)
            return failure("The kernel did not tell the state of its TCP sockets ("
                + std::string(std::strerror(error)) + ").");
    }
    return found;
}

int FarDiagnosis::readFamily(int family, std::size_t limit, std::vector<DiagnosedSocket>& found)
{
    alignas(nlmsghdr) std::array<char, 256> buffer{};
    nlmsghdr* const header = mnl_nlmsg_put_header(buffer.data());
    header->nlmsg_type = SOCK_DIAG_BY_FAMILY;
    auto* const request = static_cast<inet_diag_req_v2*>(
        mnl_nlmsg_put_extra_header(header, sizeof(inet_diag_req_v2)));
    request->sdiag_family = static_cast<std::uint8_t>(family);
    request->sdiag_protocol = IPPROTO_TCP;
    request->idiag_states = allStates;
    request->idiag_ext = 1 << (INET_DIAG_INFO - 1);
    return m_socket.dump(header, [&found, limit](const nlmsghdr* message) {
        if (message->nlmsg_type != SOCK_DIAG_BY_FAMILY
            || mnl_nlmsg_get_payload_len(message) < sizeof(inet_diag_msg))
            return true;
        if (found.size() >= limit)
            return false;
        found.push_back(toSocket(message));
        return true;
    });
}

} // namespace tcpw
