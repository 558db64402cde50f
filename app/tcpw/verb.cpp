// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "verb.h"

#include "store/fileaccess.h"

#include <QCommandLineParser>

#include <cerrno>
#include <cstdio>

namespace tcpw {

namespace {

int printError = 0; ///< errno of what print() or flushOutput() could not write

/// A terminal must not be steered by text from outside.
std::string harmless(const std::string& text)
{
    std::string safe;
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if ((code < 0x20 && c != '\n') || code == 0x7f) {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\x%02x", code);
            safe += escaped;
        } else {
            safe += c;
        }
    }
    return safe;
}

} // namespace

int fail(const std::string& message)
{
    std::fprintf(stderr, "tcpw: %s\n", harmless(message).c_str());
    return failed;
}

int misuse(const std::string& message)
{
    std::fprintf(stderr, "tcpw: %s Try \"tcpw help\".\n", harmless(message).c_str());
    return wrongUsage;
}

Result<double> numberOption(
    const QCommandLineParser& parser, const QString& option, double least, double most)
{
    bool good = false;
    const double value = parser.value(option).toDouble(&good);
    if (!good || !(value >= least && value <= most))
        return failure("--" + option.toStdString() + " " + parser.value(option).toStdString()
            + " is not a number from " + QString::number(least).toStdString() + " to "
            + QString::number(most).toStdString() + ".");
    return value;
}

bool print(const std::string& text)
{
    errno = 0;
    const bool whole = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    printError = whole ? 0 : errno;
    return whole;
}

bool flushOutput()
{
    errno = 0;
    const bool whole = std::fflush(stdout) == 0;
    printError = whole ? 0 : errno;
    return whole;
}

int failToPrint()
{
    if (printError == EPIPE)
        return failed;
    return fail(
        "Not everything could be written to standard output: " + systemReason(printError) + ".");
}

} // namespace tcpw
