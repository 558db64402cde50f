// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "templates/template.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tcpw {

/// A folder of numbered templates that leads its reader from one to the next. A step without layers
/// leaves the packet that is worked on as it is: its text says what to do with it.
struct WorkSheet
{
    std::string name; ///< text from outside
    std::vector<Template> steps; ///< in the order of their numbers
};

/// The number that the name of a step's file begins with: 2 for "2 answer.json" and "02-answer";
/// empty where it begins with none, or with one of more than four digits.
std::optional<unsigned> stepNumber(std::string_view fileName);

/// The built-in ones.
const std::vector<WorkSheet>& builtinSheets();

} // namespace tcpw
