// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/tracker.h"
#include "networks.h"
#include "packetqueue.h"
#include "rows.h"
#include "store/capturefile.h"
#include "verb.h"

#include <QCommandLineParser>
#include <QFile>

#include <cstdio>

namespace tcpw {

namespace {

void declare(QCommandLineParser& parser)
{
    const auto option = [&](const char* name, const char* words, const char* value) {
        parser.addOption(
            {QString::fromLatin1(name), QString::fromLatin1(words), QString::fromLatin1(value)});
    };
    option("device", "The device to capture on.", "DEV");
    option("filter", "What to capture, in tcpdump's words.", "EXPRESSION");
    option("write", "Save the packets: .pcap is classic pcap, all else pcapng.", "FILE");
    option("count", "End after this many packets.", "N");
    option("seconds", "End after this time.", "S");
    RowPrinter::declareOptions(parser, QStringLiteral("table"));
}

struct Limits
{
    std::size_t count = 0; ///< 0: none
    double seconds = 0; ///< 0: none
};

Result<Limits> readLimits(const QCommandLineParser& parser)
{
    Limits limits;
    if (parser.isSet(QStringLiteral("count"))) {
        const auto count = numberOption(parser, QStringLiteral("count"), 1, 1e15);
        if (!count)
            return tl::unexpected<Error>(count.error());
        limits.count = static_cast<std::size_t>(*count);
    }
    if (parser.isSet(QStringLiteral("seconds"))) {
        const auto seconds = numberOption(parser, QStringLiteral("seconds"), 0.001, 1e9);
        if (!seconds)
            return tl::unexpected<Error>(seconds.error());
        limits.seconds = *seconds;
    }
    return limits;
}

bool printRow(RowPrinter& printer, Tracker& tracker, std::size_t number, const PacketRecord& record,
    ByteView bytes)
{
    const auto tracked = tracker.add(static_cast<std::uint32_t>(number), record, bytes);
    return printer.row(makeRow(number, record, bytes, tracked));
}

/// Takes packets until a limit, a signal, or the end of the capture; false when stdout takes no
/// more.
bool takePackets(PacketQueue& queue, const Limits& limits, RowPrinter& printer, PacketStore* store)
{
    std::size_t taken = 0;
    Tracker tracker;
    const auto until = PacketQueue::deadline(limits.seconds > 0 ? limits.seconds : 1e9);
    PacketBatch batch;
    while (queue.next(batch, until)) {
        PacketBatch kept;
        for (std::size_t i = 0; i < batch.size() && (limits.count == 0 || taken < limits.count);
             ++i) {
            ++taken;
            kept.append(batch.record(i), batch.bytes(i));
            if (!store && !printRow(printer, tracker, taken, batch.record(i), batch.bytes(i)))
                return false;
        }
        std::fflush(stdout);
        if (store)
            if (const auto result = store->append(kept); !result) {
                fail(result.error().message);
                return false;
            }
        if (limits.count != 0 && taken >= limits.count)
            break;
    }
    return true;
}

int finish(
    const QCommandLineParser& parser, PacketStore* store, const CaptureStatistics& statistics)
{
    const std::uint64_t missed
        = statistics.droppedByKernel + statistics.droppedByDevice + statistics.droppedByHelper;
    std::fprintf(stderr,
        "tcpw: %llu packets captured, %llu missed (%llu by the kernel, %llu by the device, %llu by "
        "the helper).\n",
        static_cast<unsigned long long>(statistics.delivered),
        static_cast<unsigned long long>(missed),
        static_cast<unsigned long long>(statistics.droppedByKernel),
        static_cast<unsigned long long>(statistics.droppedByDevice),
        static_cast<unsigned long long>(statistics.droppedByHelper));
    if (!store)
        return done;
    const QString path = parser.value(QStringLiteral("write"));
    const auto format
        = path.endsWith(QLatin1String(".pcap")) ? CaptureFormat::pcap : CaptureFormat::pcapng;
    const auto saved = saveCapture(*store, {}, QFile::encodeName(path).toStdString(), format);
    return saved ? done : fail(saved.error().message);
}

int run(const QCommandLineParser& parser)
{
    if (!parser.positionalArguments().isEmpty() || !parser.isSet(QStringLiteral("device")))
        return misuse("\"capture\" needs --device DEV and takes no other word.");
    const auto limits = readLimits(parser);
    auto printer = RowPrinter::make(parser, RowPrinter::Format::table);
    if (!limits || !printer)
        return misuse(!limits ? limits.error().message : printer.error().message);
    std::unique_ptr<PacketStore> store;
    if (parser.isSet(QStringLiteral("write"))) {
        auto made = PacketStore::create(spoolFolder());
        if (!made)
            return fail(made.error().message);
        store = std::move(*made);
    }
    PacketQueue queue;
    auto opened = openDevice(parser.value(QStringLiteral("device")), queue.events());
    if (!opened)
        return fail(opened.error().message);
    CaptureOptions options;
    options.device = opened->device.id;
    options.filter = parser.value(QStringLiteral("filter")).toStdString();
    if (!options.filter.empty())
        if (const auto checked = checkFilter(options.filter, opened->device.linkType); !checked)
            return fail(checked.error().message);
    const auto started = opened->backend->startCapture(options);
    if (!started)
        return fail(started.error().message);
    if (!started->warning.empty())
        std::fprintf(stderr, "tcpw: %s\n", started->warning.c_str());
    if (!store && !printer->header())
        return failed;
    std::fflush(stdout);
    bool whole = takePackets(queue, *limits, *printer, store.get());
    const auto statistics = opened->backend->stopCapture(options.number);
    const int code = finish(parser, store.get(), statistics.value_or(CaptureStatistics{}));
    if (const std::string problem = queue.problem(); !problem.empty())
        return fail(problem);
    return whole ? code : failed;
}

} // namespace

const Verb captureVerb{"capture",
    "capture --device DEV [--filter EXPRESSION] [--write FILE] [--count N] [--seconds S]",
    "Captures packets and prints or saves them, until a limit or Ctrl+C.", declare, run};

} // namespace tcpw
