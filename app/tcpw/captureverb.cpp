// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "capturerun.h"
#include "capturewriter.h"
#include "connection/tracker.h"
#include "packetqueue.h"
#include "rows.h"
#include "verb.h"

#include <QCommandLineParser>

#include <cstdio>
#include <optional>

namespace tcpw {

namespace {

void declare(QCommandLineParser& parser)
{
    const auto option = [&](const char* name, const char* words, const char* value) {
        parser.addOption(
            {QString::fromLatin1(name), QString::fromLatin1(words), QString::fromLatin1(value)});
    };
    option("device", "A device to capture on; may be given several times.", "DEV");
    option("filter", "What to capture, in tcpdump's words.", "EXPRESSION");
    option("write", "Save the packets instead: .pcap is classic pcap, all else pcapng, - stdout.",
        "FILE");
    option("count", "End after this many packets.", "N");
    option("seconds", "End after this time.", "S");
    RowPrinter::declareOptions(parser, QStringLiteral("table"));
}

struct Limits
{
    std::size_t count = 0; ///< 0: none
    double seconds = 0; ///< 0: none

    bool reached(std::size_t taken) const { return count != 0 && taken >= count; }
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

/// Where the packets go: into a file, or as rows to stdout.
class Output
{
public:
    Output(RowPrinter printer, std::optional<CaptureWriter> writer, const Limits& limits)
        : m_printer(std::move(printer))
        , m_writer(std::move(writer))
        , m_limits(limits)
    {
    }

    Result<void> begin(const CaptureRun& run)
    {
        if (!m_writer) {
            m_printer.nameDevices(
                [&run](std::uint8_t number) { return run.name(number); }, run.size() > 1);
            m_open = m_printer.header() && std::fflush(stdout) == 0;
            return {};
        }
        std::vector<CaptureWriter::Device> devices;
        for (std::size_t i = 0; i < run.size(); ++i)
            devices.push_back({run.name(i), run.linkType(i)});
        return m_writer->begin(devices);
    }

    /// False when it takes no more, or not more than was asked for.
    bool take(const PacketBatch& batch)
    {
        PacketBatch kept;
        for (std::size_t i = 0; i < batch.size() && m_open && !m_limits.reached(m_taken); ++i) {
            ++m_taken;
            if (m_writer)
                kept.append(batch.record(i), batch.bytes(i));
            else
                m_open = print(batch.record(i), batch.bytes(i));
        }
        if (!m_writer)
            m_open = std::fflush(stdout) == 0 && m_open;
        else if (const auto written = m_writer->append(kept); !written && m_open)
            m_open = fail(written.error().message) == done;
        return m_open && !m_limits.reached(m_taken);
    }

    bool open() const { return m_open; } ///< all could be written so far
    std::uint64_t count() const { return m_writer ? m_writer->count() : m_taken; }
    const char* verb() const { return m_writer ? "written" : "printed"; }
    Result<void> finish() { return m_writer ? m_writer->finish() : Result<void>(); }

private:
    bool print(const PacketRecord& record, ByteView bytes)
    {
        const auto tracked = m_tracker.add(static_cast<std::uint32_t>(m_taken), record, bytes);
        return m_printer.row(m_taken, record, bytes, tracked);
    }

    RowPrinter m_printer;
    std::optional<CaptureWriter> m_writer;
    Limits m_limits;
    Tracker m_tracker;
    std::size_t m_taken = 0;
    bool m_open = true;
};

Result<std::optional<CaptureWriter>> makeWriter(
    const QCommandLineParser& parser, CaptureFormat format)
{
    if (!parser.isSet(QStringLiteral("write")))
        return std::optional<CaptureWriter>();
    auto writer = CaptureWriter::create(parser.value(QStringLiteral("write")), format);
    if (!writer)
        return tl::unexpected<Error>(writer.error());
    return std::optional<CaptureWriter>(std::move(*writer));
}

void tellStatistics(const std::string& start, const CaptureStatistics& counted, const char* end)
{
    const auto number = [](std::uint64_t value) {
        return static_cast<unsigned long long>(value);
    };
    std::fprintf(stderr,
        "tcpw: %s%llu packets captured, %llu missed (%llu by the kernel, %llu by the device, %llu "
        "by the helper).%s\n",
        start.c_str(), number(counted.delivered), number(counted.missed()),
        number(counted.droppedByKernel), number(counted.droppedByDevice),
        number(counted.droppedByHelper), end);
}

/// Says what was captured, missed, and printed or written.
void tellCounts(const CaptureRun& run, const Output& output)
{
    for (std::size_t i = 0; run.size() > 1 && i < run.size(); ++i)
        tellStatistics(run.name(i) + ": ", run.statistics(i), "");
    const CaptureStatistics all = run.statistics();
    const std::string kept = output.count() == all.delivered
        ? std::string()
        : " " + std::to_string(output.count()) + " of them were " + output.verb() + ".";
    tellStatistics("", all, kept.c_str());
}

/// Takes packets until a limit, a signal, or the end of the captures, and then what was on its way.
void takePackets(PacketQueue& queue, CaptureRun& run, Output& output, double seconds)
{
    const auto until = PacketQueue::deadline(seconds > 0 ? seconds : 1e9);
    PacketBatch batch;
    // Asked each time: where packets come without a pause the queue is never found empty.
    while (!PacketQueue::isInterrupted() && PacketQueue::Clock::now() < until && output.open()
        && queue.next(batch, until) && output.take(batch)) { }
    queue.openWide();
    run.stop();
    while (output.open() && queue.next(batch, PacketQueue::Clock::now()) && output.take(batch)) { }
}

int capture(
    CaptureRun& run, PacketQueue& queue, Output& output, const std::string& filter, double seconds)
{
    queue.followCaptures(run.size());
    if (const auto started = run.start(filter); !started)
        return fail(started.error().message);
    if (const auto begun = output.begin(run); !begun) {
        run.stop();
        return fail(begun.error().message);
    }
    queue.setBounded();
    takePackets(queue, run, output, seconds);
    tellCounts(run, output);
    if (const auto finished = output.finish(); !finished)
        return fail(finished.error().message);
    if (const std::string problem = queue.problem(); !problem.empty())
        return fail(problem);
    return output.open() && queue.endedCaptures() == 0 ? done : failed;
}

Result<QStringList> deviceNames(const QCommandLineParser& parser)
{
    QStringList names = parser.values(QStringLiteral("device"));
    if (!parser.positionalArguments().isEmpty() || names.isEmpty())
        return failure("\"capture\" needs --device DEV and takes no other word.");
    if (names.removeDuplicates() > 0)
        return failure("A device was given twice.");
    if (names.size() > 255)
        return failure("At most 255 devices can be captured on at once.");
    return names;
}

int run(const QCommandLineParser& parser)
{
    const auto names = deviceNames(parser);
    const auto limits = readLimits(parser);
    const auto format = CaptureWriter::formatOf(parser.value(QStringLiteral("write")));
    auto printer = RowPrinter::make(parser, RowPrinter::Format::table);
    if (!names || !limits || !printer)
        return misuse(!names ? names.error().message
                : !limits    ? limits.error().message
                             : printer.error().message);
    if (!format)
        return misuse(format.error().message);
    auto writer = makeWriter(parser, *format);
    if (!writer)
        return fail(writer.error().message);
    PacketQueue queue;
    auto opened = CaptureRun::open(*names, queue.events());
    if (!opened)
        return fail(opened.error().message);
    Output output(std::move(*printer), std::move(*writer), *limits);
    return capture(*opened, queue, output, parser.value(QStringLiteral("filter")).toStdString(),
        limits->seconds);
}

} // namespace

const Verb captureVerb{"capture",
    "capture --device DEV... [--filter EXPRESSION] [--write FILE] [--count N] [--seconds S]",
    "Captures packets and prints or saves them, until a limit or Ctrl+C.", declare, run};

} // namespace tcpw
