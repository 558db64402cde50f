// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <optional>
#include <string>
#include <vector>

namespace tcpw {

/// What was asked for on the command line of the window.
struct StartOptions
{
    enum class Action
    {
        openWindow,
        printHelp,
        printVersion,
        complain, ///< wrong usage: problem says why
    };
    Action action = Action::openWindow;
    std::string file; ///< to open; "" for none
    std::string problem; ///< a sentence
};

/// Reads the command line. Qt's own options (-platform, -style, ...) are passed over; after "--" an
/// argument is a file, whatever it looks like.
StartOptions readStartOptions(const std::vector<std::string>& arguments);

std::string helpText();

/// Why no window can be opened here, as sentences that say what to do instead; empty when one can.
std::optional<std::string> displayProblem(const std::vector<std::string>& arguments);

/// Why this program must not run as it was started (with the rights of another user); empty when it
/// may.
std::optional<std::string> rightsProblem();

} // namespace tcpw
