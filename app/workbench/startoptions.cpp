// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "startoptions.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <sys/auxv.h>

namespace tcpw {

namespace {

/// Options of QApplication that take a value in the next argument.
constexpr std::array qtOptionsWithValue{"-platform", "-platformpluginpath", "-platformtheme",
    "-plugin", "-qwindowgeometry", "-qwindowicon", "-qwindowtitle", "-session", "-display",
    "-geometry", "-style", "-stylesheet", "-fontengine", "-dialogs"};

/// Options of QApplication that stand alone.
constexpr std::array qtOptions{"-reverse", "-nograb", "-dograb", "-sync", "-widgetcount"};

std::string withoutSecondDash(const std::string& argument)
{
    return argument.starts_with("--") ? argument.substr(1) : argument;
}

template <std::size_t N>
bool contains(const std::array<const char*, N>& names, const std::string& name)
{
    return std::ranges::find(names, name) != names.end();
}

bool isSet(const char* variable)
{
    const char* value = std::getenv(variable);
    return value && *value;
}

void takeFile(StartOptions& options, const std::string& file)
{
    if (options.file.empty()) {
        options.file = file;
        return;
    }
    options.action = StartOptions::Action::complain;
    options.problem = "Only one file can be opened.";
}

} // namespace

StartOptions readStartOptions(const std::vector<std::string>& arguments)
{
    StartOptions options;
    bool filesOnly = false;
    for (std::size_t at = 0; at < arguments.size(); ++at) {
        const std::string& argument = arguments[at];
        const std::string qtName = withoutSecondDash(argument.substr(0, argument.find('=')));
        if (filesOnly || !argument.starts_with('-') || argument == "-") {
            takeFile(options, argument);
        } else if (argument == "--") {
            filesOnly = true;
        } else if (argument == "--help" || argument == "-h") {
            options.action = StartOptions::Action::printHelp;
            return options;
        } else if (argument == "--version") {
            options.action = StartOptions::Action::printVersion;
            return options;
        } else if (contains(qtOptionsWithValue, qtName)) {
            at += argument.find('=') == std::string::npos ? 1 : 0;
        } else if (!contains(qtOptions, qtName)) {
            options.action = StartOptions::Action::complain;
            options.problem = "There is no option " + argument + ".";
            return options;
        }
    }
    return options;
}

std::string helpText()
{
    return "usage: tcp-workbench [FILE]\n"
           "\n"
           "Opens the window; with FILE in it, which is a capture (pcap, pcapng) or a template\n"
           "(.json). Opening a file never sends anything.\n"
           "\n"
           "  --help      shows this\n"
           "  --version   shows the version\n"
           "\n"
           "Without a display, tcpw does the same in a terminal: tcpw help\n";
}

std::optional<std::string> displayProblem(const std::vector<std::string>& arguments)
{
    const bool named = std::ranges::any_of(arguments, [](const std::string& argument) {
        return withoutSecondDash(argument).starts_with("-platform");
    });
    if (named || isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("QT_QPA_PLATFORM"))
        return {};
    return "tcp-workbench: there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), "
           "so no window can be opened. tcpw does the same in a terminal: tcpw help";
}

std::optional<std::string> rightsProblem()
{
    // Set by the kernel for setuid, setgid and file capabilities alike.
    if (getauxval(AT_SECURE) == 0)
        return {};
    return "tcp-workbench: this program was given the rights of another user or capabilities of "
           "its own (setuid, setgid or setcap), and refuses to run with them, because a window "
           "loads plugins. Take them away (chmod u-s,g-s or setcap -r); real devices are allowed "
           "by: sudo app/run --grant";
}

} // namespace tcpw
