// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/tracker.h"
#include "rows.h"
#include "session/displayfilter.h"
#include "store/packetreader.h"
#include "verb.h"

#include <QCommandLineParser>
#include <QFile>

namespace tcpw {

namespace {

void declare(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("filter"),
        QStringLiteral(
            "Print only packets that match: tcpdump's words, and from me|kernel|peer, flags "
            "SYN,ACK, option mss."),
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
    const auto store = PacketStore::open(QFile::encodeName(words.front()).toStdString());
    if (!store)
        return fail(store.error().message);
    const std::size_t count = (*store)->size();
    const LinkType linkType = count > 0 ? (*store)->record(0).linkType : LinkType::ethernet;
    const auto filter
        = DisplayFilter::parse(parser.value(QStringLiteral("filter")).toStdString(), linkType);
    if (!filter)
        return fail(filter.error().message);
    if (!printer->header())
        return failed;
    PacketReader reader(**store);
    Tracker tracker; // also of what the filter leaves out
    for (std::size_t i = 0; i < count; ++i) {
        const auto bytes = reader.bytes(i);
        if (!bytes)
            return fail(bytes.error().message);
        const PacketRecord record = (*store)->record(i);
        const TrackedPacket tracked
            = tracker.add(static_cast<std::uint32_t>(i + 1), record, *bytes);
        if (filter->matches(record, *bytes)
            && !printer->row(makeRow(i + 1, record, *bytes, tracked)))
            return failed;
    }
    if (const std::string problem = (*store)->problem(); !problem.empty())
        return fail(problem);
    return done;
}

} // namespace

const Verb readVerb{"read",
    "read FILE [--filter EXPRESSION] [--columns a,b,c] [--format table|tsv|json]",
    "Prints the packets of a capture file.", declare, run};

} // namespace tcpw
