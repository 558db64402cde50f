// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "rows.h"
#include "session/displayfilter.h"
#include "trackedfile.h"
#include "verb.h"

#include <QCommandLineParser>

namespace tcpw {

namespace {

bool hasSeveralDevices(const PacketStore& store)
{
    for (std::size_t i = 1; i < store.size(); ++i)
        if (store.record(i).device != store.record(0).device)
            return true;
    return false;
}

void declare(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("filter"),
        QStringLiteral(
            "Print only packets that match: tcpdump's words, and from me|kernel|peer, flags "
            "SYN,ACK, option mss, problem retransmission, checksum bad, connection N, seq N, ack "
            "N, window N, payload N, device N."),
        QStringLiteral("EXPRESSION")});
    RowPrinter::declareOptions(parser, QStringLiteral("table"));
}

int run(const QCommandLineParser& parser)
{
    const QStringList words = parser.positionalArguments();
    if (words.size() != 1)
        return misuse("\"read\" needs one capture file.");
    auto printer = RowPrinter::make(parser, RowPrinter::Format::table);
    if (!printer)
        return misuse(printer.error().message);
    const auto store = openCapture(words.front());
    if (!store)
        return fail(store.error().message);
    const std::size_t count = (*store)->size();
    const LinkType linkType = count > 0 ? (*store)->record(0).linkType : LinkType::ethernet;
    const auto filter
        = DisplayFilter::parse(parser.value(QStringLiteral("filter")).toStdString(), linkType);
    if (!filter)
        return misuse(filter.error().message);
    printer->nameDevices([&store](std::uint8_t number) { return (*store)->deviceName(number); },
        hasSeveralDevices(**store));
    if (!printer->header())
        return failToPrint();
    bool printed = true;
    const auto printRow = [&](std::size_t index, const PacketRecord& record, ByteView bytes,
                              const TrackedPacket& tracked) {
        if (filter->matches(record, bytes, tracked))
            printed = printer->row(index + 1, record, bytes, tracked);
        return printed;
    };
    Tracker tracker; // also of what the filter leaves out
    if (const auto visited = visitTracked(**store, tracker, printRow); !visited)
        return fail(visited.error().message);
    if (!printed || !flushOutput()) // the rows come before what is said of the file
        return failToPrint();
    if (const std::string problem = (*store)->problem(); !problem.empty())
        return fail(problem);
    return done;
}

} // namespace

const Verb readVerb{"read",
    "read FILE [--filter EXPRESSION] [--columns a,b,c] [--format table|tsv|json]",
    "Prints the packets of a capture file.", declare, run};

} // namespace tcpw
