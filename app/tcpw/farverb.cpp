// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/client.h"
#include "lab/lab.h"
#include "packet/fields.h"
#include "verb.h"

#include <QCommandLineParser>

#include <cstdio>

namespace tcpw {

namespace {

Result<std::uint16_t> parsePort(const QString& word)
{
    bool good = false;
    const uint port = word.toUInt(&good);
    if (!good || port < 1 || port > 65535)
        return failure("\"" + word.toStdString() + "\" is no port; ports are 1 to 65535.");
    return static_cast<std::uint16_t>(port);
}

/// PORT, ADDRESS:PORT or [ADDRESS]:PORT
Result<void> readTarget(const QString& word, FarRequest& request)
{
    const auto colon = word.lastIndexOf(QLatin1Char(':'));
    if (colon >= 0) {
        QString address = word.left(colon);
        if (address.startsWith(QLatin1Char('[')) && address.endsWith(QLatin1Char(']')))
            address = address.mid(1, address.size() - 2);
        const auto parsed = parseIp(address.toStdString());
        if (!parsed)
            return tl::unexpected<Error>(parsed.error());
        request.address = *parsed;
    }
    const auto port = parsePort(word.mid(colon + 1));
    if (!port)
        return tl::unexpected<Error>(port.error());
    request.port = *port;
    return {};
}

Result<void> readData(const QString& word, FarRequest& request)
{
    const LayerType* payload = findLayerType("payload");
    const Field* bytes = payload ? findField(*payload, "bytes") : nullptr;
    const bool prefixed
        = word.startsWith(QLatin1String("text:")) || word.startsWith(QLatin1String("hex:"));
    const auto value
        = parseValue(*bytes, (prefixed ? word : QLatin1String("text:") + word).toStdString());
    if (!value)
        return tl::unexpected<Error>(value.error());
    request.data = std::get<Bytes>(*value);
    return {};
}

Result<FarRequest> readRequest(const QStringList& words, const QString& socket)
{
    FarRequest request;
    const auto verb = parseFarVerb(words.front().toStdString());
    if (!verb)
        return tl::unexpected<Error>(verb.error());
    request.verb = *verb;
    const bool target = *verb == FarVerb::connect || *verb == FarVerb::listen;
    const bool data = *verb == FarVerb::send;
    if (words.size() != (target || data ? 2 : 1))
        return failure(target ? "Say to which port."
                : data        ? "Say what to send."
                              : "Too many words.");
    if (target)
        if (const auto result = readTarget(words[1], request); !result)
            return tl::unexpected<Error>(result.error());
    if (data)
        if (const auto result = readData(words[1], request); !result)
            return tl::unexpected<Error>(result.error());
    if (!socket.isEmpty()) {
        bool good = false;
        request.socket = socket.toUInt(&good);
        if (!good)
            return failure("--socket " + socket.toStdString() + " is no number.");
    }
    return request;
}

std::string endText(const IpAddress& address, std::uint16_t port)
{
    const std::string text = toText(address);
    const bool bracket = std::holds_alternative<Ipv6Address>(address);
    return (bracket ? "[" + text + "]:" : text + ":") + std::to_string(port);
}

std::string socketLine(const FarSocket& socket)
{
    char line[400];
    std::snprintf(line, sizeof line, "%6s  %-12s  %-28s  %-28s  %u retransmits%s",
        socket.socket != 0 ? std::to_string(socket.socket).c_str() : "", socket.state.c_str(),
        endText(socket.localAddress, socket.localPort).c_str(),
        socket.remotePort != 0 ? endText(socket.remoteAddress, socket.remotePort).c_str() : "",
        socket.retransmits,
        socket.timer.empty()
            ? ""
            : (", " + socket.timer + " timer " + std::to_string(socket.timerMilliseconds) + " ms")
                  .c_str());
    std::string text = line;
    if (socket.retransmissionTimeout != 0)
        text += ", RTO " + std::to_string(socket.retransmissionTimeout) + " ms";
    if (socket.congestionWindow != 0)
        text += ", cwnd " + std::to_string(socket.congestionWindow);
    return text + "  " + socket.service + (socket.reading ? "" : ", not reading") + "\n";
}

Result<FarReply> ask(const FarRequest& request)
{
    if (insideLab())
        return askFar(request);
    const auto backend = openBackend(BackendKind::lab, {});
    if (!backend)
        return tl::unexpected<Error>(backend.error());
    std::fputs("tcpw: This practice network is new and ends with this command; \"tcpw lab -- "
               "bash\" keeps one.\n",
        stderr);
    return (*backend)->far(request);
}

void declare(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("socket"),
        QStringLiteral("Which socket, as \"state\" numbers them; without it the newest that fits."),
        QStringLiteral("NUMBER")});
}

int run(const QCommandLineParser& parser)
{
    const QStringList words = parser.positionalArguments();
    if (words.isEmpty())
        return misuse("Say what the far end is to do.");
    const auto request = readRequest(words, parser.value(QStringLiteral("socket")));
    if (!request)
        return misuse(request.error().message);
    const auto reply = ask(*request);
    if (!reply)
        return fail(reply.error().message);
    std::string text;
    for (const FarSocket& socket : reply->sockets)
        text += socketLine(socket);
    for (const FarEvent& event : reply->events)
        text += event.text + "\n";
    if (text.empty() || !reply->text.empty())
        text += reply->text + "\n";
    return print(text) ? done : failed;
}

} // namespace

const Verb farVerb{"far",
    "far connect [ADDRESS:]PORT | listen PORT | send TEXT | shutdown | close | abort | "
    "stop-reading | "
    "resume-reading | state | log | patient | real-timers [--socket NUMBER]",
    "Does something at the far end of the practice network.", declare, run};

} // namespace tcpw
