// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/connectionstreams.h"
#include "rows.h"
#include "trackedfile.h"
#include "verb.h"

#include <QCommandLineParser>
#include <QSaveFile>

#include <array>

namespace tcpw {

namespace {

void declare(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("format"), QStringLiteral("text or hex."),
        QStringLiteral("FORMAT"), QStringLiteral("text")});
    parser.addOption({QStringLiteral("write"),
        QStringLiteral("Write the bytes of both directions, in their order, to a file as well."),
        QStringLiteral("FILE")});
}

/// Prints the pieces of both directions as they come, with a line where the direction changes.
class Printer
{
public:
    Printer(bool hex, QSaveFile* file)
        : m_hex(hex)
        , m_file(file)
    {
    }

    bool isGood() const { return m_good; }
    void takeEnds(const Endpoint& initiator, const Endpoint& responder)
    {
        m_ends = {endpointText(initiator), endpointText(responder)};
    }
    void take(bool fromInitiator, const StreamAssembler::Piece& piece);

private:
    bool m_hex;
    QSaveFile* m_file;
    std::array<std::string, 2> m_ends;
    int m_last = -1;
    bool m_good = true;
};

void Printer::take(bool fromInitiator, const StreamAssembler::Piece& piece)
{
    const int side = fromInitiator ? 0 : 1;
    std::string text;
    if (side != m_last)
        text = (m_last < 0 ? "--- " : "\n--- ") + m_ends[side] + " to " + m_ends[1 - side] + "\n";
    m_last = side;
    if (piece.missing > 0)
        text += "\n[" + std::to_string(piece.missing) + " bytes are not in the capture]\n";
    text += m_hex ? streamHex(piece.offset, piece.data) : streamText(piece.data);
    m_good = m_good && print(text);
    if (m_file && !piece.data.empty())
        m_good = m_good
            && m_file->write(reinterpret_cast<const char*>(piece.data.data()),
                   static_cast<qint64>(piece.data.size()))
                == static_cast<qint64>(piece.data.size());
}

/// Feeds both directions of connection `number` to the printer; false when there is none.
Result<bool> follow(const PacketStore& store, std::uint32_t number, Printer& printer)
{
    bool found = false;
    ConnectionStreams streams([&](bool out, const auto& piece) { printer.take(out, piece); });
    const auto visit = [&](std::size_t index, const PacketRecord& record, ByteView bytes,
                           const TrackedPacket& tracked) {
        if (tracked.connection != number)
            return true;
        const auto segment = readSegment(bytes, record.linkType, record.originalLength);
        if (!segment)
            return true;
        const bool out = tracked.fromInitiator;
        if (!found)
            printer.takeEnds(out ? segment->source : segment->destination,
                out ? segment->destination : segment->source);
        found = true;
        streams.add(out, static_cast<std::uint32_t>(index + 1), *segment, bytes);
        return printer.isGood();
    };
    Tracker tracker;
    if (const auto visited = visitTracked(store, tracker, visit); !visited)
        return tl::unexpected<Error>(visited.error());
    streams.finish();
    return found;
}

int run(const QCommandLineParser& parser)
{
    const QStringList words = parser.positionalArguments();
    const QString format = parser.value(QStringLiteral("format"));
    bool isNumber = false;
    const uint number = words.size() == 2 ? words[1].toUInt(&isNumber) : 0;
    if (!isNumber)
        return misuse("\"follow\" needs a capture file and the number of a connection in it.");
    if (format != QLatin1String("text") && format != QLatin1String("hex"))
        return misuse("--format " + format.toStdString() + ": there are text and hex.");
    const auto store = openCapture(words.front());
    if (!store)
        return fail(store.error().message);
    QSaveFile file(parser.value(QStringLiteral("write")));
    const bool writes = parser.isSet(QStringLiteral("write"));
    if (writes && !file.open(QIODevice::WriteOnly))
        return fail("The file cannot be written: " + file.errorString().toStdString());
    Printer printer(format == QLatin1String("hex"), writes ? &file : nullptr);
    const auto found = follow(**store, number, printer);
    if (!found)
        return fail(found.error().message);
    if (!*found)
        return fail("The file has no connection " + std::to_string(number)
            + "; \"tcpw connections\" lists those it has, from 0.");
    if (!printer.isGood() || !print("\n"))
        return failed;
    if (writes && !file.commit())
        return fail("The file could not be written: " + file.errorString().toStdString());
    return done;
}

} // namespace

const Verb followVerb{"follow", "follow FILE NUMBER [--format text|hex] [--write FILE]",
    "Prints what both ends of a connection said: data in order, repeated bytes once, gaps named.",
    declare, run};

} // namespace tcpw
