// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/tracker.h"
#include "measure.h"
#include "store/packetreader.h"
#include "traffic.h"
#ifdef TCPW_BENCH_WINDOW
#include "scalewindow.h"
#endif

#include <pcap/pcap.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <malloc.h>
#include <map>
#include <sstream>
#include <unistd.h>

/// A large capture of TCP from its file to the last row of the window, held against a bare loop of
/// libpcap and against tshark, which read the same file in the same run.
///     bench_scale [--packets N] [--small] [--core] [--no-tshark]
/// --small: 10,000,000 small packets; --core: without the window.
namespace {

using namespace tcpw;
using namespace tcpw::bench;
using Values = std::map<std::string, double>;

constexpr int rounds = 3; ///< of each, in turn: the median counts

std::uint64_t sink = 0; ///< keeps the optimiser from dropping the work

struct Wanted
{
    std::size_t packets = 0;
    bool small = false;
    bool window = true;
    bool tshark = true;
};

/// A capture file of our own making, in a folder that goes with it.
class Capture
{
public:
    Capture(std::size_t packets, bool small)
        : m_folder((std::filesystem::temp_directory_path() / "tcpw-bench-XXXXXX").string())
    {
        if (!mkdtemp(m_folder.data()) || !writeTraffic(path(), packets, small, m_facts))
            m_facts.packets = 0;
    }
    ~Capture()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
    }
    Capture(const Capture&) = delete;
    Capture& operator=(const Capture&) = delete;

    std::string path() const { return m_folder + "/traffic.pcap"; }
    const TrafficFacts& facts() const { return m_facts; }

private:
    std::string m_folder;
    TrafficFacts m_facts;
};

/// The least that a program which reads the file with libpcap does.
void loopOverFile(const std::string& path)
{
    char problem[PCAP_ERRBUF_SIZE] = "";
    pcap_t* const handle = pcap_open_offline(path.c_str(), problem);
    if (!handle)
        return;
    pcap_pkthdr* header = nullptr;
    const u_char* bytes = nullptr;
    while (pcap_next_ex(handle, &header, &bytes) == 1)
        sink += header->caplen + bytes[0];
    pcap_close(handle);
}

void trackFile(const PacketStore& store, Tracker& tracker)
{
    PacketReader reader(store);
    for (std::size_t i = 0; i < store.size(); ++i)
        if (const auto bytes = reader.bytes(i))
            sink += tracker.add(static_cast<std::uint32_t>(i + 1), reader.record(), *bytes)
                        .names.bits;
}

struct CoreTimes
{
    std::vector<Cost> loop, open, track;
};

CoreTimes timeCore(const Capture& capture)
{
    CoreTimes times;
    loopOverFile(capture.path()); // into the page cache
    for (int i = 0; i < rounds; ++i) {
        times.loop.push_back(costOf([&] { loopOverFile(capture.path()); }));
        std::unique_ptr<PacketStore> store;
        times.open.push_back(costOf([&] { store = *PacketStore::open(capture.path()); }));
        Tracker tracker;
        times.track.push_back(costOf([&] { trackFile(*store, tracker); }));
    }
    return times;
}

void reportCoreMemory(const Capture& capture)
{
    malloc_trim(0);
    const double before = anonymousBytes();
    const auto store = *PacketStore::open(capture.path());
    const double opened = anonymousBytes();
    Tracker tracker;
    trackFile(*store, tracker);
    malloc_trim(0); // what reading took
    const double tracked = anonymousBytes();
    std::printf("core's memory: index %.1f bytes a packet; tracker %.0f bytes a connection of %zu "
                "(goal: at most 300)\n",
        (opened - before) / double(store->size()),
        (tracked - opened) / double(tracker.connectionCount()), tracker.connectionCount());
}

void reportCore(const Capture& capture, const Capture& half)
{
    const CoreTimes whole = timeCore(capture), less = timeCore(half);
    const double count = double(capture.facts().packets);
    const double loop = medianCpu(whole.loop);
    const auto report = [&](const char* what, const std::vector<Cost>& costs) {
        std::printf("%s: %.0f ns of CPU a packet, %.3f s, %.2f times the libpcap loop\n", what,
            medianCpu(costs) / count * 1e9, medianWall(costs), medianCpu(costs) / loop);
    };
    report("libpcap loop", whole.loop);
    report("core, opening", whole.open);
    report("core, tracking", whole.track);
    const auto both = [](const CoreTimes& times) {
        return medianCpu(times.open) + medianCpu(times.track);
    };
    std::printf("core, both: %.2f times the libpcap loop (goal for the window: at most 3); twice "
                "the packets: %.2f times the time (goal: at most 2.1)\n",
        both(whole) / loop, both(whole) / both(less));
}

#ifdef TCPW_BENCH_WINDOW

/// One opening in a process of its own, so that nothing of another one is in its memory.
Values openOnce(const Capture& capture)
{
    const TrafficFacts& facts = capture.facts();
    std::istringstream text(
        outputOf({"/proc/self/exe", "--open", capture.path(), std::to_string(facts.packets),
            std::to_string(facts.synAcks), std::to_string(facts.lastSequence)}));
    Values values;
    std::string name;
    for (double value = 0; text >> name >> value;)
        values[name] = value;
    return values;
}

double middle(const std::vector<Values>& all, const std::string& name)
{
    std::vector<double> values;
    for (const Values& each : all)
        if (const auto found = each.find(name); found != each.end())
            values.push_back(found->second);
    return median(values);
}

void reportBlocked(const std::vector<Values>& all)
{
    for (const char* name : {"open", "filter-flags", "filter-port", "filter-none", "sort-number",
             "sort-length", "sort-time"})
        if (all.front().contains(name + std::string("-wall")))
            std::printf("  UI thread during %s: blocked for at most %.0f ms, %.0f ms of them its "
                        "own work (goal: at most 50)\n",
                name, middle(all, name + std::string("-blocked-wall")) * 1000,
                middle(all, name + std::string("-blocked-cpu")) * 1000);
}

void reportFilters(const std::vector<Values>& all, double loop)
{
    for (const char* name : {"filter-flags", "filter-port", "filter-none"})
        std::printf("%s: %.2f s, %.1f times the libpcap loop (goal: at most 2)%s\n", name,
            middle(all, name + std::string("-wall")),
            middle(all, name + std::string("-wall")) / loop,
            all.front().contains(name + std::string("-unfinished")) ? ", UNFINISHED" : "");
    for (const char* name : {"sort-number", "sort-length", "sort-time"}) {
        if (!all.front().contains(name + std::string("-wall")))
            std::printf("%s: not there yet (goal: under 1 s)\n", name);
        else
            std::printf("%s: %.2f s (goal: under 1 s)%s\n", name,
                middle(all, name + std::string("-wall")),
                all.front().contains(name + std::string("-unfinished")) ? ", UNFINISHED" : "");
    }
}

void reportTshark(const Capture& capture, double opening)
{
    if (!isInstalled("tshark")) {
        std::printf("tshark is not installed: not compared with it\n");
        return;
    }
    // With a tap it looks at each packet, and prints little.
    const Cost cost = runProgram({"tshark", "-n", "-q", "-z", "conv,tcp", "-r", capture.path()});
    std::printf("tshark (conv,tcp): %.1f s, %.1f times the opening (goal: at least 20)\n",
        cost.wall, cost.wall / opening);
}

void reportWindow(const Capture& capture, const Capture& half, const Wanted& wanted)
{
    std::vector<Values> whole, less;
    std::vector<Cost> loops;
    for (int i = 0; i < rounds; ++i) {
        loops.push_back(costOf([&] { loopOverFile(capture.path()); }));
        whole.push_back(openOnce(capture));
        less.push_back(openOnce(half));
    }
    const double loop = medianWall(loops), opening = middle(whole, "open-wall");
    const double packets = double(capture.facts().packets);
    const double connections = middle(whole, "connections");
    std::printf("window, to the last row: %.2f s (%.2f s of CPU), %.1f times the libpcap loop of "
                "%.2f s (goal: at most 3)\n",
        opening, middle(whole, "open-cpu"), opening / loop, loop);
    std::printf("twice the packets: %.2f times the time (goal: at most 2.1)\n",
        opening / middle(less, "open-wall"));
    std::printf("anonymous memory above an empty window: %.1f MB, %.1f bytes a packet beside 300 a "
                "connection of %.0f (goal: at most 48)\n",
        middle(whole, "memory") / 1e6, (middle(whole, "memory") - 300 * connections) / packets,
        connections);
    reportFilters(whole, loop);
    reportBlocked(whole);
    if (wanted.tshark)
        reportTshark(capture, opening);
}

#endif

Wanted readArguments(int argc, char** argv)
{
    Wanted wanted;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--packets") == 0 && i + 1 < argc)
            wanted.packets = std::strtoull(argv[++i], nullptr, 10);
        wanted.small = wanted.small || std::strcmp(argv[i], "--small") == 0;
        wanted.window = wanted.window && std::strcmp(argv[i], "--core") != 0;
        wanted.tshark = wanted.tshark && std::strcmp(argv[i], "--no-tshark") != 0;
    }
    if (wanted.packets == 0)
        wanted.packets = wanted.small ? 10'000'000 : 1'000'000;
    return wanted;
}

} // namespace

int main(int argc, char** argv)
{
#ifdef TCPW_BENCH_WINDOW
    if (argc == 6 && std::strcmp(argv[1], "--open") == 0) {
        TrafficFacts facts;
        facts.packets = std::strtoull(argv[3], nullptr, 10);
        facts.synAcks = std::strtoull(argv[4], nullptr, 10);
        facts.lastSequence = static_cast<std::uint32_t>(std::strtoul(argv[5], nullptr, 10));
        return openInWindow(argc, argv, argv[2], facts);
    }
#endif
    const Wanted wanted = readArguments(argc, argv);
    const Capture capture(wanted.packets, wanted.small), half(wanted.packets / 2, wanted.small);
    const TrafficFacts& facts = capture.facts();
    if (facts.packets == 0 || half.facts().packets == 0) {
        std::printf("There is no space for the capture files.\n");
        return 1;
    }
    std::printf("%zu packets of %u connections, %.0f bytes each\n", facts.packets,
        facts.connections, double(facts.bytes) / double(facts.packets));
    reportCoreMemory(capture);
    reportCore(capture, half);
#ifdef TCPW_BENCH_WINDOW
    if (wanted.window)
        reportWindow(capture, half, wanted);
#endif
    return sink == 0;
}
