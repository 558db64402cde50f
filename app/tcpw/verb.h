// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/result.h"

#include <QStringList>

#include <string>

class QCommandLineParser;

namespace tcpw {

/// How a verb ended; the numbers are the program's exit codes.
enum ExitCode
{
    done = 0,
    failed = 1, ///< one line on stderr says what and what to do
    wrongUsage = 2,
};

/// A verb of the command line: its name, what `tcpw help` says of it, and what it does.
struct Verb
{
    const char* name;
    const char* usage; ///< "send TEMPLATE... --device DEV"
    const char* summary; ///< one line
    void (*declare)(QCommandLineParser& parser); ///< its options
    int (*run)(const QCommandLineParser& parser); ///< gives the exit code
};

extern const Verb devicesVerb, checkVerb, sendVerb, captureVerb, readVerb, buildVerb, dissectVerb,
    answerVerb, labVerb, farVerb, connectionsVerb, followVerb, handshakeVerb;

/// Prints "tcpw: MESSAGE" on stderr, control characters escaped; gives `failed`.
int fail(const std::string& message);
/// The same for a wrong command line, with a hint to --help; gives `wrongUsage`.
int misuse(const std::string& message);

/// The number in an option, between the bounds; the sentence names the option.
Result<double> numberOption(
    const QCommandLineParser& parser, const QString& option, double least, double most);

/// Writes to stdout and tells whether all of it could be written (a pipe may be closed).
bool print(const std::string& text);
/// The same for what is still to be written.
bool flushOutput();
/// After either said no: says why, unless whoever read it has just gone; gives `failed`.
int failToPrint();

} // namespace tcpw
