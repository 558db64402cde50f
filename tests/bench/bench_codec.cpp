// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/packet.h"
#include "packet/tcpoptions.h"

#include <tins/tins.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

/// Building and decoding one packet against libtins, in turns, as a ratio of CPU times.
namespace {

using namespace tcpw;

constexpr int packetsARound = 20000;
constexpr int rounds = 31;

const Bytes hundredBytes(100, 'x');
std::size_t sink = 0; ///< keeps the optimiser from dropping the work

Bytes build(std::uint32_t number)
{
    Packet packet;
    packet.layers.reserve(4);
    auto& ethernet = packet.add<EthernetHeader>();
    ethernet.destination = {{0x0a, 0, 0, 0, 0, 2}};
    ethernet.source = {{0x0a, 0, 0, 0, 0, 1}};
    auto& ipv4 = packet.add<Ipv4Header>();
    ipv4.source = {0xc0a83865};
    ipv4.destination = {0xc0a83866};
    auto& tcp = packet.add<TcpHeader>();
    tcp.sourcePort = 40000;
    tcp.destinationPort = 8081;
    tcp.sequenceNumber = number;
    tcp.controlBits.value = ControlBits::syn;
    tcp.options.list.push_back(tcpOption::maximumSegmentSize(1460));
    tcp.options.list.push_back(tcpOption::sackPermitted());
    tcp.options.list.push_back(tcpOption::timestamps({number, 0}));
    tcp.options.list.push_back(tcpOption::windowScale(7));
    packet.add<Payload>().bytes = hundredBytes;
    return encode(packet);
}

Bytes buildByTins(std::uint32_t number)
{
    auto packet = Tins::EthernetII("0a:00:00:00:00:02", "0a:00:00:00:00:01")
        / Tins::IP("192.168.56.102", "192.168.56.101") / Tins::TCP(8081, 40000)
        / Tins::RawPDU(hundredBytes);
    auto& tcp = packet.rfind_pdu<Tins::TCP>();
    tcp.seq(number);
    tcp.flags(Tins::TCP::SYN);
    tcp.mss(1460);
    tcp.sack_permitted();
    tcp.timestamp(number, 0);
    tcp.winscale(7);
    return packet.serialize();
}

/// The same without parsing text: addresses that were made before, objects on the heap.
Bytes buildByTinsAtItsBest(std::uint32_t number)
{
    static const Tins::HWAddress<6> peer("0a:00:00:00:00:02"), me("0a:00:00:00:00:01");
    static const Tins::IPv4Address there("192.168.56.102"), here("192.168.56.101");
    Tins::EthernetII ethernet(peer, me);
    auto* ip = new Tins::IP(there, here);
    auto* tcp = new Tins::TCP(8081, 40000);
    ethernet.inner_pdu(ip);
    ip->inner_pdu(tcp);
    tcp->inner_pdu(new Tins::RawPDU(hundredBytes.data(), std::uint32_t(hundredBytes.size())));
    tcp->seq(number);
    tcp->flags(Tins::TCP::SYN);
    tcp->mss(1460);
    tcp->sack_permitted();
    tcp->timestamp(number, 0);
    tcp->winscale(7);
    return ethernet.serialize();
}

double cpuSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

/// ns of CPU a call.
template <typename Work> double measure(const Work& work)
{
    const double begin = cpuSeconds();
    for (int i = 0; i < packetsARound; ++i)
        sink += work(std::uint32_t(i));
    return (cpuSeconds() - begin) / packetsARound * 1e9;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

template <typename Ours, typename Theirs>
void compare(const char* name, const char* goal, const Ours& ours, const Theirs& theirs)
{
    std::vector<double> mine, others, ratios;
    for (int i = 0; i < rounds; ++i) {
        mine.push_back(measure(ours));
        others.push_back(measure(theirs));
        ratios.push_back(mine.back() / others.back());
    }
    std::printf("%-44s %6.0f ns, libtins %6.0f ns, ratio %.3f (goal: at most %s)\n", name,
        median(mine), median(others), median(ratios), goal);
}

} // namespace

int main()
{
    const Bytes frame = build(1);
    if (frame != buildByTins(1))
        std::printf("note: libtins chooses other defaults; both frames have %zu and %zu bytes\n",
            frame.size(), buildByTins(1).size());
    compare(
        "build, four options and 100 bytes:", "1/4",
        [](std::uint32_t number) { return build(number).size(); },
        [](std::uint32_t number) { return buildByTins(number).size(); });
    compare(
        "build, libtins with addresses made before:", "1/4",
        [](std::uint32_t number) { return build(number).size(); },
        [](std::uint32_t number) { return buildByTinsAtItsBest(number).size(); });
    Packet read;
    compare(
        "decode, one packet after the other:", "1/2",
        [&](std::uint32_t) {
            decode(frame, LinkType::ethernet, read);
            return read.layers.size();
        },
        [&](std::uint32_t) {
            return std::size_t(
                Tins::EthernetII(frame.data(), std::uint32_t(frame.size())).inner_pdu()->size());
        });
    compare(
        "decode, a new packet each time:", "1/2",
        [&](std::uint32_t) { return decode(frame, LinkType::ethernet).layers.size(); },
        [&](std::uint32_t) {
            return std::size_t(
                Tins::EthernetII(frame.data(), std::uint32_t(frame.size())).inner_pdu()->size());
        });
    // Decoding here also tells whether lengths and checksums are what they should be; libtins can
    // tell that by building the packet again.
    compare(
        "decode, and judge the checksums:", "1/2",
        [&](std::uint32_t) { return decode(frame, LinkType::ethernet).layers.size(); },
        [&](std::uint32_t) {
            Tins::EthernetII read(frame.data(), std::uint32_t(frame.size()));
            return std::size_t(read.serialize() == frame);
        });
    return sink == 0;
}
