// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"
#include "base/result.h"
#include "connection/conversation.h"
#include "connection/trackedpacket.h"
#include "packet/summary.h"

#include <QString>

#include <functional>
#include <map>
#include <string>
#include <vector>

class QCommandLineParser;

namespace tcpw {

/// A captured packet with what its row says.
struct Row
{
    std::size_t number = 0; ///< from 1
    PacketRecord record;
    Summary summary;
    std::string info;
    TrackedPacket tracked;
};

/// "192.168.56.101:40000", "[fd00::1]:80".
std::string endpointText(const Endpoint& endpoint);
/// Seconds with so many decimals, at most nine; the wall clock may be before 1970.
std::string secondsText(std::int64_t nanoseconds, int decimals);

/// Prints rows as a table for people, as tab-separated values, or as one JSON object a line.
class RowPrinter
{
public:
    enum class Format
    {
        table,
        tsv,
        json
    };

    /// Takes --format and --columns of a verb; `usual` is the format without --format.
    static Result<RowPrinter> make(const QCommandLineParser& parser, Format usual);
    static void declareOptions(QCommandLineParser& parser, const QString& usual);

    /// What the devices are called, by their numbers; told before header(). With `shown` there is a
    /// column for it without being asked for.
    void nameDevices(std::function<std::string(std::uint8_t)> nameOf, bool shown);

    /// False when stdout takes no more.
    bool header();
    /// The same; `number` counts from 1, `tracked` is what the tracker said of the packet.
    bool row(std::size_t number, const PacketRecord& record, ByteView bytes,
        const TrackedPacket& tracked);

private:
    Row makeRow(std::size_t number, const PacketRecord& record, ByteView bytes,
        const TrackedPacket& tracked);
    std::string cell(const Row& row, const std::string& column);
    std::string deviceText(std::uint8_t number) const;
    std::string relative(const Row& row, bool acknowledgment);
    std::string tableLine(const Row& row);
    std::string jsonLine(const Row& row);

    Format m_format = Format::table;
    std::vector<std::string> m_columns;
    bool m_usual = true; ///< the columns are not the user's
    std::function<std::string(std::uint8_t)> m_nameOf;
    bool m_showDevices = false;
    std::int64_t m_firstTime = 0;
    bool m_first = true;
    Packet m_packet; ///< the row's, kept for the memory that it has
    std::map<std::pair<Endpoint, Endpoint>, std::uint32_t> m_initial; ///< by direction
};

} // namespace tcpw
