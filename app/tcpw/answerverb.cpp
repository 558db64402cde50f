// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/answer.h"
#include "connection/answersuggestions.h"
#include "drafts.h"
#include "session/sender.h"
#include "trackedfile.h"
#include "verb.h"

#include <QCommandLineParser>

namespace tcpw {

namespace {

void declare(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("with"),
        QString::fromStdString(answerKindNames() + "; without it what most people want next."),
        QStringLiteral("KIND")});
    parser.addOption({QStringLiteral("data"), QStringLiteral("What \"--with data\" carries."),
        QStringLiteral("TEXT"), QStringLiteral("hello")});
    parser.addOption({QStringLiteral("format"), QStringLiteral("hex or json (a template)."),
        QStringLiteral("FORMAT"), QStringLiteral("hex")});
    parser.addOption({QStringLiteral("list"),
        QStringLiteral("Say which answers make sense now, why, and where their numbers come "
                       "from; make none.")});
}

/// A packet of a file and what is known of its connection at the file's end.
struct Received
{
    Packet packet;
    std::optional<ConnectionInfo> connection;
};

Result<Received> packetOfFile(const QString& path, std::size_t number)
{
    const auto store = openCapture(path);
    if (!store)
        return tl::unexpected<Error>(store.error());
    if (number < 1 || number > (*store)->size())
        return failure("The file has packets 1 to " + std::to_string((*store)->size()) + ".");
    Received received;
    std::uint32_t connection = TrackedPacket::noConnection;
    Tracker tracker;
    const auto visit = [&](std::size_t index, const PacketRecord& record, ByteView bytes,
                           const TrackedPacket& tracked) {
        if (index + 1 == number) {
            received.packet = decode(bytes, record.linkType);
            connection = tracked.connection;
        }
        return true;
    };
    if (const auto visited = visitTracked(**store, tracker, visit); !visited)
        return tl::unexpected<Error>(visited.error());
    if (connection != TrackedPacket::noConnection)
        received.connection = tracker.connection(connection);
    return received;
}

Result<Packet> makeAnswer(const QCommandLineParser& parser, const Received& received)
{
    std::optional<AnswerKind> kind = usualAnswer(received.packet);
    if (parser.isSet(QStringLiteral("with"))) {
        const auto asked = parseAnswerKind(parser.value(QStringLiteral("with")).toStdString());
        if (!asked)
            return tl::unexpected<Error>(asked.error());
        kind = *asked;
    }
    if (!kind)
        return failure("Nothing is answered to this packet; choose with --with if you want to.");
    const std::string data = parser.value(QStringLiteral("data")).toStdString();
    const Bytes bytes(data.begin(), data.end());
    AnswerContext context{newSequenceNumber()};
    if (received.connection)
        context = answerContext(received.packet, *received.connection, newSequenceNumber());
    return answer(received.packet, *kind, bytes, context);
}

/// A block for each suggestion: kind, why, numbers.
int list(const Received& received)
{
    const auto suggestions = suggestAnswers(received.packet, received.connection);
    if (suggestions.empty()) {
        const std::string obstacle = answerObstacle(received.packet, AnswerKind::ack);
        return print((obstacle.empty() ? "Nothing makes sense as an answer: this is a RST, or the "
                                         "connection is over."
                                       : obstacle)
                   + "\n")
            ? done
            : failed;
    }
    std::string text;
    for (const AnswerSuggestion& suggestion : suggestions)
        text += std::string(answerKindName(suggestion.kind)) + "\n    " + suggestion.why + "\n    "
            + suggestion.numbers + "\n";
    return print(text) ? done : failed;
}

int printAnswer(const Packet& packet, const QString& format)
{
    if (format == QLatin1String("hex"))
        return print(toHex(encode(packet)) + "\n") ? done : failed;
    Template made;
    made.name = "Answer";
    made.draft.packet = packet;
    return print(writeTemplate(made)) ? done : failed;
}

int run(const QCommandLineParser& parser)
{
    const QStringList words = parser.positionalArguments();
    bool isNumber = false;
    const qulonglong number = words.size() == 2 ? words[1].toULongLong(&isNumber) : 0;
    if (!isNumber)
        return misuse("\"answer\" needs a capture file and the number of a packet in it.");
    const QString format = parser.value(QStringLiteral("format"));
    if (format != QLatin1String("hex") && format != QLatin1String("json"))
        return misuse("--format " + format.toStdString() + ": there are hex and json.");
    const QString with = parser.value(QStringLiteral("with"));
    if (!with.isEmpty() && !parseAnswerKind(with.toStdString()))
        return misuse("--with " + with.toStdString() + ": there are " + answerKindNames() + ".");
    const auto received = packetOfFile(words.front(), number);
    if (!received)
        return fail(received.error().message);
    if (parser.isSet(QStringLiteral("list")))
        return list(*received);
    const auto packet = makeAnswer(parser, *received);
    return packet ? printAnswer(*packet, format) : fail(packet.error().message);
}

} // namespace

const Verb answerVerb{"answer", "answer FILE NUMBER [--with KIND] [--data TEXT] [--list]",
    "Makes the segment that answers a captured one, with the right numbers; --list says which "
    "answers make sense.",
    declare, run};

} // namespace tcpw
