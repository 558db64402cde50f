// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <span>
#include <string_view>

namespace tcpw {

/// A template file of resources/templates, as the build put it into the program.
struct BuiltinFile
{
    const char* id; ///< its path in that folder without ".json": "syn", "tutorial/1-syn"
    std::string_view json;
};

/// The files in the order of core/templates/CMakeLists.txt; the source is made by the build.
std::span<const BuiltinFile> builtinFiles();

} // namespace tcpw
