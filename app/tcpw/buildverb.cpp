// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "drafts.h"
#include "packet/scapytext.h"
#include "verb.h"

#include <QCommandLineParser>

namespace tcpw {

namespace {

void declare(QCommandLineParser& parser)
{
    declareSet(parser);
    parser.addOption({QStringLiteral("format"),
        QStringLiteral("hex, bytes, json (a template), or scapy (an expression)."),
        QStringLiteral("FORMAT"), QStringLiteral("hex")});
}

int run(const QCommandLineParser& parser)
{
    const QStringList words = parser.positionalArguments();
    if (words.size() != 1)
        return misuse("\"build\" needs one template.");
    const QString format = parser.value(QStringLiteral("format"));
    const QStringList formats{QStringLiteral("hex"), QStringLiteral("bytes"),
        QStringLiteral("json"), QStringLiteral("scapy")};
    if (!formats.contains(format))
        return misuse(
            "--format " + format.toStdString() + ": there are hex, bytes, json and scapy.");
    auto draft = makeDraft(words.front());
    if (!draft)
        return fail(draft.error().message);
    if (const auto set = setFields(*draft, parser.values(QStringLiteral("set"))); !set)
        return misuse(set.error().message);
    const auto packet = resolveOffline(*draft);
    if (!packet)
        return fail(packet.error().message);
    if (format == QLatin1String("json")) {
        Template built;
        built.name = words.front().toStdString();
        built.draft.packet = *packet;
        return print(writeTemplate(built)) ? done : failed;
    }
    if (format == QLatin1String("scapy"))
        return print(scapyText(*packet) + "\n") ? done : failed;
    const Bytes bytes = encode(*packet);
    if (format == QLatin1String("hex"))
        return print(toHex(bytes) + "\n") ? done : failed;
    return print(std::string(bytes.begin(), bytes.end())) ? done : failed;
}

} // namespace

const Verb buildVerb{"build",
    "build TEMPLATE [--set FIELD=VALUE]... [--format hex|bytes|json|scapy]",
    "Builds a packet without sending it; addresses are the practice network's unless set. "
    "TEMPLATE is a built-in's name, a template file, or CAPTURE#5 for packet 5 of a capture file.",
    declare, run};

} // namespace tcpw
