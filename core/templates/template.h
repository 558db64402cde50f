// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "templates/draft.h"

#include <string>
#include <vector>

namespace tcpw {

/// A packet to start from, with what it teaches.
struct Template
{
    std::string id; ///< "syn"; of a file: its name without ".json"
    std::string name; ///< "SYN"; text from outside
    std::string group; ///< "Connection", "Data", "Options", "Broken on purpose"; "" for one's own
    std::string before; ///< what to know and do before it is sent; of a work sheet's step
    std::string shows; ///< one sentence: what it shows
    std::string expects; ///< one sentence: what answer to expect
    Draft draft;
    std::vector<std::string> stated; ///< paths of the fields that the file gives
    std::string unknown; ///< members that this version does not know, as JSON text, kept on saving
    friend bool operator==(const Template&, const Template&) = default;
};

/// Limits of a template file.
inline constexpr std::size_t maximumTemplateSize = 1u << 20; ///< bytes
inline constexpr int maximumTemplateDepth = 32;

/// Reads a template (format 1, resources/templates/schema.json). Fails with line, column and field:
/// "line 7: tcp.window: 65536 does not fit: ...".
Result<Template> parseTemplate(std::string_view json);

/// Writes what is not automatic, in the shared notation, for people and for diffs; ends with a new
/// line.
std::string writeTemplate(const Template& from);

/// The draft that loading `from` over `current` gives: endpoints (MAC and IP addresses, ports) that
/// `current` has and `from` does not state are kept; everything else is the template's.
Draft applyTemplate(const Template& from, const Draft& current);

/// The built-in templates, in the order of their groups.
const std::vector<Template>& builtinTemplates();
/// One of them, or a step of a built-in work sheet: "syn", "tutorial/1-syn".
const Template* findBuiltin(std::string_view id);

/// Reads a file of at most maximumTemplateSize bytes; refuses what is not a regular file.
Result<Template> loadTemplate(const std::string& path);
/// Writes a temporary file beside it and renames; nothing is lost when it fails.
Result<void> saveTemplate(const Template& from, const std::string& path);

/// A file name made of a template's name, which may come from outside: "SYN,ACK" gives
/// "SYN,ACK.json". Never hidden, never with a slash, at most 80 bytes; "template.json" when nothing
/// is left.
std::string templateFileName(std::string_view name);

} // namespace tcpw
