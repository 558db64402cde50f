// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "rows.h"
#include "trackedfile.h"
#include "verb.h"

#include <QCommandLineParser>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace tcpw {

namespace {

/// One column of the list; the JSON name is the tsv's.
struct Column
{
    const char* name;
    const char* title; ///< in the table
    int width; ///< in the table
    std::string (*text)(const ConnectionInfo&);
};

std::string losses(const EndInfo& end)
{
    return std::to_string(end.retransmissions) + "+" + std::to_string(end.gaps);
}

const std::array columns{
    Column{"number", "Connection", 10,
        [](const ConnectionInfo& c) {
            return std::to_string(c.number);
        }},
    Column{"initiator", "Initiator", 21,
        [](const ConnectionInfo& c) {
            return endpointText(c.initiator.endpoint);
        }},
    Column{"responder", "Responder", 21,
        [](const ConnectionInfo& c) {
            return endpointText(c.responder.endpoint);
        }},
    Column{"packets_sent", "Packets >", 9,
        [](const ConnectionInfo& c) {
            return std::to_string(c.initiator.packets);
        }},
    Column{"packets_received", "Packets <", 9,
        [](const ConnectionInfo& c) {
            return std::to_string(c.responder.packets);
        }},
    Column{"bytes_sent", "Bytes >", 9,
        [](const ConnectionInfo& c) {
            return std::to_string(c.initiator.dataBytes);
        }},
    Column{"bytes_received", "Bytes <", 9,
        [](const ConnectionInfo& c) {
            return std::to_string(c.responder.dataBytes);
        }},
    Column{"initiator_state", "State of it", 12,
        [](const ConnectionInfo& c) {
            return std::string(tcpStateName(c.initiator.state));
        }},
    Column{"responder_state", "of the other", 12,
        [](const ConnectionInfo& c) {
            return std::string(tcpStateName(c.responder.state));
        }},
    Column{"ending", "Ended", 24,
        [](const ConnectionInfo& c) {
            return std::string(endingName(c.ending));
        }},
    Column{"duration", "Duration", 12,
        [](const ConnectionInfo& c) {
            return secondsText(c.lastTime - c.firstTime, 6);
        }},
    Column{"losses_sent", "Losses >", 9,
        [](const ConnectionInfo& c) {
            return losses(c.initiator);
        }},
    Column{"losses_received", "Losses <", 9,
        [](const ConnectionInfo& c) {
            return losses(c.responder);
        }},
};

void declare(QCommandLineParser& parser)
{
    parser.addOption(
        {QStringLiteral("format"), QStringLiteral("table, tsv, or json (one object a line)."),
            QStringLiteral("FORMAT"), QStringLiteral("table")});
}

std::string lineOf(const QString& format, const std::function<std::string(const Column&)>& text)
{
    std::string line;
    for (const Column& column : columns) {
        std::string cell = text(column);
        if (format == QLatin1String("table"))
            cell.resize(std::max(cell.size(), static_cast<std::size_t>(column.width)), ' ');
        const char* const between = format == QLatin1String("table") ? "  " : "\t";
        line += (line.empty() ? "" : between) + cell;
    }
    return line + "\n";
}

std::string jsonLine(const ConnectionInfo& info)
{
    nlohmann::ordered_json object;
    for (const Column& column : columns) {
        const std::string text = column.text(info);
        const bool isNumber = text.find_first_not_of("0123456789") == std::string::npos;
        if (isNumber)
            object[column.name] = std::stoull(text);
        else
            object[column.name] = text;
    }
    return object.dump() + "\n";
}

bool printConnections(const Tracker& tracker, const QString& format)
{
    if (format == QLatin1String("table")
        && !print(lineOf(format, [](const Column& column) { return std::string(column.title); })))
        return false;
    if (format == QLatin1String("tsv")
        && !print(lineOf(format, [](const Column& column) { return std::string(column.name); })))
        return false;
    for (std::uint32_t i = 0; i < tracker.connectionCount(); ++i) {
        const ConnectionInfo info = tracker.connection(i);
        const auto text = [&](const Column& column) {
            return column.text(info);
        };
        if (!print(format == QLatin1String("json") ? jsonLine(info) : lineOf(format, text)))
            return false;
    }
    return true;
}

int run(const QCommandLineParser& parser)
{
    const QStringList words = parser.positionalArguments();
    const QString format = parser.value(QStringLiteral("format"));
    if (words.size() != 1)
        return misuse("\"connections\" needs one capture file.");
    if (format != QLatin1String("table") && format != QLatin1String("tsv")
        && format != QLatin1String("json"))
        return misuse("--format " + format.toStdString() + ": there are table, tsv and json.");
    const auto store = openCapture(words.front());
    if (!store)
        return fail(store.error().message);
    Tracker tracker;
    const auto all = [](std::size_t, const PacketRecord&, ByteView, const TrackedPacket&) {
        return true;
    };
    if (const auto visited = visitTracked(**store, tracker, all); !visited)
        return fail(visited.error().message);
    if (!printConnections(tracker, format))
        return failed;
    if (const std::string problem = (*store)->problem(); !problem.empty())
        return fail(problem);
    return done;
}

} // namespace

const Verb connectionsVerb{"connections", "connections FILE [--format table|tsv|json]",
    "Lists the TCP connections of a capture file: ends, packets, bytes, states, how each ended.",
    declare, run};

} // namespace tcpw
