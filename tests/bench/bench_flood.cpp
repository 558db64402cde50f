// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "flood.h"
#include "helper/client.h"
#include "link/pcapengine.h"
#include "store/packetstore.h"
#ifdef TCPW_BENCH_WINDOW
#include "floodwindow.h"
#endif

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <net/if.h>
#include <optional>
#include <poll.h>
#include <sstream>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/// Floods between two network namespaces of the benchmark's own: what is captured and missed, and
/// what a packet costs from the ring to the index, beside `tcpdump -w` in the same run.
///     bench_flood [--frames N] [--size BYTES]
/// --size: frames of that size alone, and no window.
namespace {

using namespace tcpw;
using namespace tcpw::bench;

constexpr int rounds = 3;

/// What became of one flood.
struct Outcome
{
    std::uint64_t shown = 0;
    std::uint64_t missed = 0;
    std::uint64_t inHelper = 0; ///< of what was missed
    std::uint64_t counted = 0; ///< by the device
    double cpu = 0; ///< seconds
    double stop = 0; ///< seconds
    double sending = 0; ///< seconds
};

void waitMilliseconds(int milliseconds)
{
    poll(nullptr, 0, milliseconds);
}

CaptureOptions captureOptions()
{
    CaptureOptions options;
    struct stat status
    {
    };
    stat("/proc/thread-self/ns/net", &status);
    options.device = {if_nametoindex("near0"), "near0", status.st_ino};
    options.filter = floodFilter;
    return options;
}

/// Appends what comes to a store, and counts the CPU time of the thread that it comes on.
class Taker
{
public:
    explicit Taker(const std::string& folder)
        : m_store(*PacketStore::create(folder))
    {
    }
    void take(const PacketBatch& batch)
    {
        if (!m_store->append(batch))
            std::printf("The disk is full.\n");
        m_cpu = threadSeconds();
    }
    std::uint64_t count() const { return m_store->size(); }
    double cpu() const { return m_cpu; }

private:
    std::unique_ptr<PacketStore> m_store;
    double m_cpu = 0;
};

std::uint64_t missedOf(const CaptureStatistics& statistics)
{
    return statistics.droppedByKernel + statistics.droppedByDevice + statistics.droppedByHelper;
}

/// In this process: the capture's thread does all of it.
Outcome floodEngine(FloodNetwork& network, const Flood& flood, const std::string& folder)
{
    Outcome outcome;
    Taker taker(folder);
    PcapEngine engine({[&taker](PacketBatch&& batch) { taker.take(batch); }, {}});
    const std::uint64_t before = FloodNetwork::received();
    if (!engine.start(captureOptions()))
        return outcome;
    outcome.sending = network.send(flood);
    const double stopping = wallSeconds();
    const CaptureStatistics statistics = engine.stop();
    outcome.stop = wallSeconds() - stopping;
    outcome.counted = FloodNetwork::received() - before;
    outcome.shown = taker.count();
    outcome.missed = missedOf(statistics);
    outcome.cpu = taker.cpu();
    return outcome;
}

/// A child of this process, whichever of its threads started it; 0 when there is none.
pid_t firstChild()
{
    for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task"))
        if (pid_t child = 0; std::ifstream(thread.path() / "children") >> child)
            return child;
    return 0;
}

/// Through the helper: its threads, and ours that reads what it sends.
Outcome floodHelper(FloodNetwork& network, const Flood& flood, const std::string& folder)
{
    Outcome outcome;
    Taker taker(folder);
    BackendEvents events;
    events.packets = [&taker](const PacketBatch& batch) {
        taker.take(batch);
    };
    auto helper = startHelper({helperPath(), "--host"}, events);
    if (!helper)
        return outcome;
    const pid_t process = firstChild();
    if (process <= 0)
        return outcome;
    const std::uint64_t before = FloodNetwork::received();
    if (!(*helper)->startCapture(captureOptions()))
        return outcome;
    const double cpu = secondsOfProcess(process);
    outcome.sending = network.send(flood);
    waitMilliseconds(300); // what its thread that ends has used is lost
    const double used = secondsOfProcess(process) - cpu;
    const double stopping = wallSeconds();
    const auto statistics = (*helper)->stopCapture(0);
    outcome.stop = wallSeconds() - stopping;
    outcome.counted = FloodNetwork::received() - before;
    outcome.shown = taker.count();
    outcome.missed = statistics ? missedOf(*statistics) : 0;
    outcome.inHelper = statistics ? statistics->droppedByHelper : 0;
    outcome.cpu = used + taker.cpu();
    return outcome;
}

/// The number before `words` in what tcpdump said.
std::uint64_t numberBefore(const std::string& text, const std::string& words)
{
    const auto end = text.find(words);
    if (end == text.npos)
        return 0;
    const auto begin = text.find_last_of('\n', end);
    return std::strtoull(text.c_str() + (begin == text.npos ? 0 : begin + 1), nullptr, 10);
}

Outcome floodTcpdump(FloodNetwork& network, const Flood& flood, const std::string& folder)
{
    Outcome outcome;
    const std::string file = folder + "/tcpdump.pcap";
    const int said = memfd_create("tcpdump", 0);
    const std::uint64_t before = FloodNetwork::received();
    const std::size_t sockets = FloodNetwork::packetSockets();
    const pid_t child = startProgram(
        {"tcpdump", "-Z", "root", "-B", "65536", "-i", "near0", "-w", file, floodFilter}, -1, said);
    for (int i = 0; i < 200 && FloodNetwork::packetSockets() == sockets; ++i)
        waitMilliseconds(10);
    waitMilliseconds(200); // its filter is attached after its socket is made
    outcome.sending = flood.count > 0 ? network.send(flood) : 0;
    waitMilliseconds(300);
    const double stopping = wallSeconds();
    kill(child, SIGINT);
    outcome.cpu = awaitProgram(child);
    outcome.stop = wallSeconds() - stopping;
    outcome.counted = FloodNetwork::received() - before;
    char text[4096] = "";
    if (pread(said, text, sizeof text - 1, 0) > 0) {
        outcome.shown = numberBefore(text, " packets captured");
        outcome.missed = numberBefore(text, " packets dropped by kernel");
    }
    close(said);
    unlink(file.c_str());
    return outcome;
}

void print(const char* name, const std::vector<Outcome>& outcomes, std::size_t count, double least)
{
    std::vector<double> cpu, stop;
    std::uint64_t missed = 0, inHelper = 0;
    bool exact = true;
    double sending = 0;
    for (const Outcome& each : outcomes) {
        cpu.push_back((each.cpu - least) / double(count) * 1e9);
        stop.push_back(each.stop);
        missed += each.missed;
        inHelper += each.inHelper;
        exact = exact && each.shown + each.missed == each.counted && each.counted >= count / 2;
        sending += each.sending / double(outcomes.size());
    }
    std::printf("  %-22s %4.0f ns of CPU a packet, missed %llu (%llu in the helper), shown + "
                "missed %s the device's "
                "counter, stopped in %.0f ms (sent at %.0f,000 a second)\n",
        name, median(cpu), static_cast<unsigned long long>(missed),
        static_cast<unsigned long long>(inHelper), exact ? "is" : "IS NOT", median(stop) * 1000,
        double(count) / sending / 1000);
}

struct Captures
{
    std::vector<Outcome> engine, helper, tcpdump;
};

void reportFlood(FloodNetwork& network, const Flood& flood, const std::string& folder)
{
    Captures all;
    const bool compares = isInstalled("tcpdump");
    // Each is once the first: who comes after another writes to memory that is warm.
    for (int i = 0; i < 3 * rounds; ++i) {
        switch ((i + i / 3) % 3) {
        case 0:
            all.engine.push_back(floodEngine(network, flood, folder));
            break;
        case 1:
            all.helper.push_back(floodHelper(network, flood, folder));
            break;
        default:
            if (compares)
                all.tcpdump.push_back(floodTcpdump(network, flood, folder));
        }
    }
    std::printf(
        "%zu frames of %zu bytes from %s (goals: exact; missed 0 where tcpdump misses 0; %s; "
        "stopped within 300 ms)\n",
        flood.count, flood.size, flood.sender == SenderKind::trafgen ? "trafgen" : "sendmmsg",
        flood.size > 1000 ? "1.5 times tcpdump -w" : "250 ns");
    print("in this process", all.engine, flood.count, 0);
    print("through the helper", all.helper, flood.count, 0);
    if (compares) {
        Flood nothing = flood;
        nothing.count = 0;
        const double start = floodTcpdump(network, nothing, folder).cpu;
        print("tcpdump -w", all.tcpdump, flood.count, start);
    }
}

void reportIdleStop(const std::string& folder)
{
    std::vector<double> times;
    for (int i = 0; i < 5; ++i) {
        Taker taker(folder);
        PcapEngine engine({[&taker](PacketBatch&& batch) { taker.take(batch); }, {}});
        if (!engine.start(captureOptions()))
            return;
        const double begin = wallSeconds();
        engine.stop();
        times.push_back(wallSeconds() - begin);
    }
    std::printf("stop on an idle device: %.0f ms (goal: at most 300)\n", median(times) * 1000);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc == 4 && std::strcmp(argv[1], "--send") == 0)
        return sendLoop(std::strtoull(argv[2], nullptr, 10), std::strtoull(argv[3], nullptr, 10));
    std::size_t frames = 1'000'000, size = 0;
    for (int i = 1; i + 1 < argc; i += 2)
        (std::strcmp(argv[i], "--size") == 0 ? size : frames)
            = std::strtoull(argv[i + 1], nullptr, 10);
    if (!enterOwnNetwork()) {
        std::printf("%s\n", ownNetworkProblem().c_str());
        return 1;
    }
    setHelperPath(TCPW_BINARY_DIR "/app/tcpw-helper");
    std::string folder = (std::filesystem::temp_directory_path() / "tcpw-bench-XXXXXX").string();
    FloodNetwork network;
    if (!mkdtemp(folder.data()) || !network.valid()) {
        std::printf("No cable between two network namespaces can be made here.\n");
        return 1;
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    if (size != 0) {
        reportFlood(network, {SenderKind::sendmmsg, frames, size}, folder);
        std::filesystem::remove_all(folder);
        return 0;
    }
    reportFlood(network, {SenderKind::sendmmsg, frames, 60}, folder);
    if (isInstalled("trafgen"))
        reportFlood(network, {SenderKind::trafgen, frames, 60}, folder);
    reportFlood(network, {SenderKind::sendmmsg, frames / 5, 1514}, folder);
    reportIdleStop(folder);
#ifdef TCPW_BENCH_WINDOW
    floodWindow(argc, argv, network, frames, folder);
#endif
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return 0;
}
