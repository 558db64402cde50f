// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "rows.h"

#include "connection/reasontext.h"
#include "packet/tcpoptions.h"
#include "verb.h"

#include <QCommandLineParser>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace tcpw {

namespace {

// The names of `read --format tsv`, in their order, and two that must be asked for; --columns takes
// any of them.
const std::array<const char*, 20> columnNames{"number", "time", "length", "origin", "source",
    "destination", "source_port", "destination_port", "protocol", "flags", "seq", "ack", "window",
    "payload_length", "checksum", "options", "connection", "analysis", "device", "info"};

std::vector<std::string> usualColumns()
{
    return {columnNames.begin(), columnNames.end() - 2};
}

std::string checksumText(const Summary& summary)
{
    return summary.isTcp ? checksumStateName(summary.checksum) : "";
}

/// Tabs and new lines would break the table of values.
std::string oneLine(std::string text)
{
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20)
            c = ' ';
    return text;
}

std::string endText(
    const std::optional<IpAddress>& address, const Summary& summary, std::uint16_t port)
{
    if (!address)
        return "";
    return summary.hasPorts ? endpointText({*address, port}) : toText(*address);
}

std::string padded(std::string text, std::size_t width)
{
    if (text.size() < width)
        text.append(width - text.size(), ' ');
    return text;
}

} // namespace

std::string secondsText(std::int64_t nanoseconds, int decimals)
{
    const bool negative = nanoseconds < 0;
    const auto whole = negative ? 0 - static_cast<std::uint64_t>(nanoseconds)
                                : static_cast<std::uint64_t>(nanoseconds);
    std::string fraction = std::to_string(1'000'000'000 + whole % 1'000'000'000).substr(1);
    fraction.resize(static_cast<std::size_t>(decimals));
    return (negative ? "-" : "") + std::to_string(whole / 1'000'000'000) + "." + fraction;
}

std::string endpointText(const Endpoint& endpoint)
{
    const std::string text = toText(endpoint.address);
    const bool bracket = std::holds_alternative<Ipv6Address>(endpoint.address);
    return (bracket ? "[" + text + "]" : text) + ":" + std::to_string(endpoint.port);
}

void RowPrinter::declareOptions(QCommandLineParser& parser, const QString& usual)
{
    parser.addOption(
        {QStringLiteral("format"), QStringLiteral("table, tsv, or json (one object a line)."),
            QStringLiteral("FORMAT"), usual});
    parser.addOption({QStringLiteral("columns"),
        QStringLiteral(
            "Columns of tsv and json, joined by commas: number, time, length, origin, ..., device, "
            "info."),
        QStringLiteral("NAMES")});
}

Result<RowPrinter> RowPrinter::make(const QCommandLineParser& parser, Format usual)
{
    RowPrinter printer;
    printer.m_format = usual;
    const QString format = parser.value(QStringLiteral("format"));
    if (format == QLatin1String("table"))
        printer.m_format = Format::table;
    else if (format == QLatin1String("tsv"))
        printer.m_format = Format::tsv;
    else if (format == QLatin1String("json"))
        printer.m_format = Format::json;
    else
        return failure("--format " + format.toStdString() + ": there are table, tsv and json.");
    printer.m_columns = usualColumns();
    if (parser.isSet(QStringLiteral("columns"))) {
        printer.m_columns.clear();
        printer.m_usual = false;
        for (const QString& name :
            parser.value(QStringLiteral("columns")).split(QLatin1Char(','))) {
            if (std::find(columnNames.begin(), columnNames.end(), name.toStdString())
                == columnNames.end())
                return failure("There is no column \"" + name.toStdString() + "\".");
            printer.m_columns.push_back(name.toStdString());
        }
        if (printer.m_format == Format::table)
            printer.m_format = Format::tsv;
    }
    return printer;
}

void RowPrinter::nameDevices(std::function<std::string(std::uint8_t)> nameOf, bool shown)
{
    m_nameOf = std::move(nameOf);
    m_showDevices = shown;
    if (shown && m_usual)
        m_columns.insert(std::find(m_columns.begin(), m_columns.end(), "source"), "device");
}

std::string RowPrinter::deviceText(std::uint8_t number) const
{
    const std::string name = m_nameOf ? m_nameOf(number) : std::string();
    return oneLine(name.empty() ? std::to_string(number) : name);
}

bool RowPrinter::header()
{
    if (m_format == Format::json)
        return true;
    if (m_format == Format::table)
        return print("  No.        Time  From    "
            + std::string(m_showDevices ? "Device      " : "")
            + "Source                 Destination            Flags       "
              "Seq (relative)  Ack         Win    Len    Info\n");
    std::string line;
    for (const std::string& column : m_columns)
        line += (line.empty() ? "" : "\t") + column;
    return print(line + "\n");
}

Row RowPrinter::makeRow(
    std::size_t number, const PacketRecord& record, ByteView bytes, const TrackedPacket& tracked)
{
    decode(bytes, record.linkType, m_packet);
    Row row{number, record, summarize(m_packet, record.originalLength),
        describe(m_packet, record.originalLength), tracked};
    if (tracked.reason != Reason::none)
        if (const auto segment = readSegment(bytes, record.linkType, record.originalLength))
            row.info = reasonText(tracked, *segment);
    return row;
}

bool RowPrinter::row(
    std::size_t number, const PacketRecord& record, ByteView bytes, const TrackedPacket& tracked)
{
    const Row row = makeRow(number, record, bytes, tracked);
    if (m_first)
        m_firstTime = row.record.timestamp;
    m_first = false;
    if (m_format == Format::table)
        return print(tableLine(row));
    if (m_format == Format::json)
        return print(jsonLine(row));
    std::string line;
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        line += (i == 0 ? "" : "\t") + oneLine(cell(row, m_columns[i]));
    return print(line + "\n");
}

std::string RowPrinter::cell(const Row& row, const std::string& column)
{
    const Summary& s = row.summary;
    const auto ofTcp = [&](std::uint64_t value) {
        return s.isTcp && s.headerWhole ? std::to_string(value) : std::string();
    };
    if (column == "number")
        return std::to_string(row.number);
    if (column == "time")
        return secondsText(row.record.timestamp, 9);
    if (column == "length")
        return std::to_string(row.record.shownLength());
    if (column == "origin")
        return originName(row.record.origin);
    if (column == "device")
        return deviceText(row.record.device);
    if (column == "source")
        return s.source ? toText(*s.source) : "";
    if (column == "destination")
        return s.destination ? toText(*s.destination) : "";
    if (column == "source_port")
        return s.hasPorts ? std::to_string(s.sourcePort) : "";
    if (column == "destination_port")
        return s.hasPorts ? std::to_string(s.destinationPort) : "";
    if (column == "protocol")
        return s.protocol;
    if (column == "flags")
        return s.isTcp ? toText(s.controlBits) : "";
    if (column == "seq")
        return s.isTcp ? std::to_string(s.sequenceNumber) : "";
    if (column == "ack")
        return s.isTcp ? std::to_string(s.acknowledgmentNumber) : "";
    if (column == "window")
        return s.isTcp ? std::to_string(s.window) : "";
    if (column == "payload_length")
        return s.isFragment ? "" : ofTcp(s.payloadLength); // the other fragments have the rest
    if (column == "checksum")
        return checksumText(s);
    if (column == "options")
        return s.isTcp ? toHex(s.optionBytes) : "";
    if (column == "info")
        return row.info;
    if (column == "connection")
        return row.tracked.isTcp() ? std::to_string(row.tracked.connection) : "";
    return toText(row.tracked.names); // analysis
}

std::string RowPrinter::relative(const Row& row, bool acknowledgment)
{
    const Summary& s = row.summary;
    if (!s.isTcp || !s.source || !s.destination
        || (acknowledgment && !s.controlBits.has(ControlBits::ack)))
        return "";
    const Endpoint from{*s.source, s.sourcePort};
    const Endpoint to{*s.destination, s.destinationPort};
    if (!acknowledgment) {
        const bool syn = s.controlBits.has(ControlBits::syn);
        const auto initial = m_initial.try_emplace({from, to}, s.sequenceNumber).first;
        if (syn)
            initial->second = s.sequenceNumber;
        return std::to_string(s.sequenceNumber - initial->second);
    }
    // Before the first segment from there, the number it must have begun with is one less.
    const auto initial = m_initial.try_emplace({to, from}, s.acknowledgmentNumber - 1).first;
    return std::to_string(s.acknowledgmentNumber - initial->second);
}

std::string RowPrinter::tableLine(const Row& row)
{
    const Summary& s = row.summary;
    std::string line = padded(std::to_string(row.number), 0);
    line.insert(0, line.size() < 5 ? 5 - line.size() : 0, ' ');
    std::string time = secondsText(row.record.timestamp - m_firstTime, 6);
    line += "  " + std::string(time.size() < 10 ? 10 - time.size() : 0, ' ') + time;
    line += "  " + padded(originName(row.record.origin), 6);
    if (m_showDevices)
        line += "  " + padded(deviceText(row.record.device), 10);
    line += "  " + padded(endText(s.source, s, s.sourcePort), 21);
    line += "  " + padded(endText(s.destination, s, s.destinationPort), 21);
    line += "  " + padded(s.isTcp ? toText(s.controlBits) : s.protocol, 10);
    line += "  " + padded(relative(row, false), 14);
    line += "  " + padded(relative(row, true), 10);
    line += "  " + padded(s.isTcp ? std::to_string(s.window) : "", 5);
    line += "  " + padded(std::to_string(s.isTcp ? s.payloadLength : row.record.shownLength()), 5);
    return line + "  " + oneLine(row.info) + "\n";
}

std::string RowPrinter::jsonLine(const Row& row)
{
    nlohmann::ordered_json object;
    for (const std::string& column : m_columns) {
        const std::string value = cell(row, column);
        const bool number = !value.empty() && column != "time" && column != "options"
            && column != "device" && value.find_first_not_of("0123456789") == std::string::npos;
        if (number)
            object[column] = std::stoull(value);
        else if (!value.empty())
            object[column] = value;
    }
    return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace tcpw
