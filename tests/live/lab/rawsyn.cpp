// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "live/lab/rawsyn.h"

#include "base/bytewriter.h"
#include "lab/lab.h"
#include "packet/checksum.h"

#include <QTest>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tcpw {

namespace {

Bytes segment(std::uint16_t sourcePort, std::uint16_t port, std::uint16_t checksum)
{
    ByteWriter writer(20);
    writer.u16(sourcePort);
    writer.u16(port);
    writer.u32(1000);
    writer.u32(0);
    writer.u16(0x5002); // five words, SYN
    writer.u16(65535);
    writer.u16(checksum);
    writer.u16(0);
    return writer.take();
}

} // namespace

void sendRawSyn(const Ipv4Address& source, std::uint16_t sourcePort, std::uint16_t port)
{
    ByteWriter pseudo(32);
    pseudo.u32(source.value);
    pseudo.u32(labAddress::far4.value);
    pseudo.u32(0x0006'0014); // protocol, length
    pseudo.append(segment(sourcePort, port, 0));
    const auto checksum = static_cast<std::uint16_t>(~onesComplementSum(pseudo.view()));

    ByteWriter packet(40);
    packet.u32(0x4500'0028); // the kernel fills in the identification and the checksum
    packet.u32(0);
    packet.u32(0x4006'0000); // time to live 64, TCP
    packet.u32(source.value);
    packet.u32(labAddress::far4.value);
    packet.append(segment(sourcePort, port, checksum));

    const int socket = ::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
    sockaddr_in target = {};
    target.sin_family = AF_INET;
    target.sin_addr.s_addr = htonl(labAddress::far4.value);
    const Bytes bytes = packet.take();
    const ssize_t sent = ::sendto(socket, bytes.data(), bytes.size(), 0,
        reinterpret_cast<const sockaddr*>(&target), sizeof(target));
    ::close(socket);
    QCOMPARE(sent, ssize_t(40));
}

} // namespace tcpw
