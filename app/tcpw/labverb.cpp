// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/lab.h"
#include "verb.h"

#include <QCommandLineParser>

namespace tcpw {

namespace {

constexpr char contents[]
    = "The practice network is a private network inside this program; nothing leaves this "
      "computer.\n"
      "  near end  lab0, 192.168.56.101 and fd00:56::101, MAC 0a:00:00:00:00:01: you\n"
      "  far end   192.168.56.102 and fd00:56::102, MAC 0a:00:00:00:00:02: a real Linux TCP\n"
      "Ports at the far end:\n"
      "  8081  the tutorial's server: accepts, receives up to 100 bytes, logs them, closes\n"
      "     7  echo\n"
      "     9  discard\n"
      "    19  chargen\n"
      "  8082  listens and never accepts\n"
      "  8083  accepts and never reads\n"
      "  8084  accepts and stays open\n"
      "Every other port is closed. \"tcpw lab -- bash\" opens a shell at the near end, in which "
      "several\n"
      "commands share one network; \"tcpw far\" does something at the far end.\n";

void declare(QCommandLineParser&) { }

int run(const QCommandLineParser& parser)
{
    const QStringList words = parser.positionalArguments();
    if (words.isEmpty()) {
        std::string text = contents;
        text += insideLab() ? "You are in one now.\n" : "None is running here now.\n";
        if (const auto obstacle = insideLab() ? std::nullopt : findLabObstacle())
            return fail("No practice network can be made here. " + obstacle->cause
                + (obstacle->command.empty() ? "" : " This helps: " + obstacle->command));
        return print(text) ? done : failed;
    }
    if (insideLab())
        return fail(
            "You are in a practice network already; leave it first, or just run the command.");
    const auto lab = Lab::start();
    if (!lab) {
        const auto obstacle = findLabObstacle();
        return fail(lab.error().message
            + (obstacle && !obstacle->command.empty() ? " This helps: " + obstacle->command : ""));
    }
    if (const auto served = (*lab)->serveNamespace(); !served)
        return fail(served.error().message);
    std::vector<std::string> command;
    for (const QString& word : words)
        command.push_back(word.toStdString());
    const auto status = (*lab)->run(command);
    return status ? *status : fail(status.error().message);
}

} // namespace

const Verb labVerb{"lab", "lab [-- COMMAND...]",
    "Runs a command at the near end of the practice network; without one, says what is in it.",
    declare, run};

} // namespace tcpw
