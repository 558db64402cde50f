// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "verb.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <array>
#include <csignal>
#include <cstdio>

namespace tcpw {

namespace {

const std::array<const Verb*, 13> verbs{&devicesVerb, &checkVerb, &sendVerb, &handshakeVerb,
    &captureVerb, &readVerb, &connectionsVerb, &followVerb, &buildVerb, &dissectVerb, &answerVerb,
    &labVerb, &farVerb};

std::string overview()
{
    std::string text = "tcpw builds, sends, captures and reads TCP packets; TCP Workbench without "
                       "its window.\n\n";
    for (const Verb* verb : verbs)
        text += "  tcpw " + std::string(verb->usage) + "\n      " + verb->summary + "\n";
    text += "\n\"tcpw VERB --help\" says what options a verb has. lab0 as DEV is the practice "
            "network, a\n"
            "private network inside the program; nothing of it leaves this computer.\n"
            "Exit codes: 0 done, 1 failed, 2 wrong usage.\n";
    return text;
}

/// A word that begins with '-' but is an argument by its place must come after "--".
int runVerb(const Verb& verb, const QStringList& words)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QString::fromUtf8(verb.summary));
    parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsOptions);
    const auto help = parser.addHelpOption();
    verb.declare(parser);
    if (!parser.parse(words))
        return misuse(parser.errorText().toStdString());
    if (parser.isSet(help)) {
        std::string text = "usage: tcpw " + std::string(verb.usage) + "\n";
        const std::string options = parser.helpText().toStdString();
        const auto begin = options.find('\n');
        return print(text + (begin == std::string::npos ? "" : options.substr(begin + 1))) ? done
                                                                                           : failed;
    }
    return verb.run(parser);
}

int run(QStringList words)
{
    if (words.size() < 2)
        return misuse("Say what to do.");
    const QString name = words.takeAt(1);
    if (name == QLatin1String("--version") || name == QLatin1String("-v"))
        return print("tcpw " TCPW_VERSION "\n") ? done : failed;
    if (name == QLatin1String("--help") || name == QLatin1String("-h")
        || name == QLatin1String("help"))
        return print(overview()) ? done : failed;
    for (const Verb* verb : verbs)
        if (name == QLatin1String(verb->name))
            return runVerb(*verb, words);
    return misuse("There is no verb \"" + name.toStdString() + "\".");
}

} // namespace

} // namespace tcpw

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN); // a closed pipe is told by write()
    std::signal(SIGXFSZ, SIG_IGN); // a file that may not grow, too
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("tcpw"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TCPW_VERSION));
    const int code = tcpw::run(application.arguments());
    if (std::fflush(stdout) != 0 && code == tcpw::done)
        return tcpw::failed;
    return code;
}
