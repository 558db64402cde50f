// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "networks.h"
#include "verb.h"

#include <QCommandLineParser>

namespace tcpw {

namespace {

void declare(QCommandLineParser& parser)
{
    parser.addOption(
        {QStringLiteral("device"), QStringLiteral("The device to ask on."), QStringLiteral("DEV")});
}

int run(const QCommandLineParser& parser)
{
    const QStringList words = parser.positionalArguments();
    if (words.size() != 1 || !parser.isSet(QStringLiteral("device")))
        return misuse("\"check\" needs an address and --device DEV.");
    const auto address = parseIp(words.front().toStdString());
    if (!address)
        return misuse(address.error().message);
    auto opened = openDevice(parser.value(QStringLiteral("device")), {});
    if (!opened)
        return fail(opened.error().message);
    const auto result = opened->backend->checkReachability(opened->device.id, *address);
    if (!result)
        return fail(result.error().message);
    if (!print(result->words + "\n"))
        return failed;
    return result->neighbourAnswers || result->echoAnswers ? done : failed;
}

} // namespace

const Verb checkVerb{"check", "check ADDRESS --device DEV",
    "Tells whether an address can be reached: its neighbour's MAC address, ICMP echo.", declare,
    run};

} // namespace tcpw
