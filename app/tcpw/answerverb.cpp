// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/answer.h"
#include "drafts.h"
#include "session/sender.h"
#include "store/packetstore.h"
#include "verb.h"

#include <QCommandLineParser>
#include <QFile>

namespace tcpw {

namespace {

void declare(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("with"),
        QStringLiteral("ACK, data, FIN, RST or SYN,ACK; without it what most people want next."),
        QStringLiteral("KIND")});
    parser.addOption({QStringLiteral("data"), QStringLiteral("What \"--with data\" carries."),
        QStringLiteral("TEXT"), QStringLiteral("hello")});
    parser.addOption({QStringLiteral("format"), QStringLiteral("hex or json (a template)."),
        QStringLiteral("FORMAT"), QStringLiteral("hex")});
}

Result<Packet> packetOfFile(const QString& path, std::size_t number)
{
    const auto store = PacketStore::open(QFile::encodeName(path).toStdString());
    if (!store)
        return tl::unexpected<Error>(store.error());
    if (number < 1 || number > (*store)->size())
        return failure("The file has packets 1 to " + std::to_string((*store)->size()) + ".");
    const auto bytes = (*store)->bytes(number - 1);
    if (!bytes)
        return tl::unexpected<Error>(bytes.error());
    return decode(*bytes, (*store)->record(number - 1).linkType);
}

Result<Packet> makeAnswer(const QCommandLineParser& parser, const Packet& received)
{
    std::optional<AnswerKind> kind = usualAnswer(received);
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
    return answer(received, *kind, bytes, AnswerContext{newSequenceNumber()});
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
        return misuse(
            "--with " + with.toStdString() + ": there are ACK, data, FIN, RST and SYN,ACK.");
    const auto received = packetOfFile(words.front(), number);
    if (!received)
        return fail(received.error().message);
    const auto packet = makeAnswer(parser, *received);
    if (!packet)
        return fail(packet.error().message);
    if (format == QLatin1String("hex"))
        return print(toHex(encode(*packet)) + "\n") ? done : failed;
    Template made;
    made.name = "Answer";
    made.draft.packet = *packet;
    return print(writeTemplate(made)) ? done : failed;
}

} // namespace

const Verb answerVerb{"answer",
    "answer FILE NUMBER [--with ACK|data|FIN|RST|SYN,ACK] [--data TEXT]",
    "Makes the segment that answers a captured one, with the right numbers.", declare, run};

} // namespace tcpw
