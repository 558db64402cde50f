// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "templates/safefile.h"
#include "templates/template.h"

namespace tcpw {

namespace {

/// "syn" of "/some/where/syn.json"
std::string stemOf(const std::string& path)
{
    std::string name = path.substr(path.rfind('/') + 1);
    constexpr std::string_view ending = ".json";
    if (name.size() > ending.size() && name.ends_with(ending))
        name.erase(name.size() - ending.size());
    return name;
}

} // namespace

Result<Template> loadTemplate(const std::string& path)
{
    const auto text = readSmallFile(path, maximumTemplateSize);
    if (!text)
        return tl::unexpected(text.error());
    auto loaded = parseTemplate(*text);
    if (!loaded)
        return failure(path + ", " + loaded.error().message);
    loaded->id = stemOf(path);
    if (loaded->name.empty())
        loaded->name = loaded->id;
    return loaded;
}

Result<void> saveTemplate(const Template& from, const std::string& path)
{
    const std::string text = writeTemplate(from);
    // What could not be opened again must not replace what can.
    if (const auto readBack = parseTemplate(text); !readBack)
        return failure("This template cannot be saved: " + readBack.error().message);
    return replaceFile(path, text);
}

std::string templateFileName(std::string_view name)
{
    constexpr std::size_t longest = 75; // bytes, without the ending
    std::string stem;
    for (const char character : name.substr(0, longest)) {
        const bool plain = (character >= 'a' && character <= 'z')
            || (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9')
            || character == '_' || character == '.' || character == ',' || character == ' ';
        stem += plain ? character : '-';
    }
    const auto begin = stem.find_first_not_of("-. ");
    if (begin == std::string::npos)
        return "template.json";
    stem.erase(0, begin);
    stem.erase(stem.find_last_not_of("-. ") + 1);
    return stem + ".json";
}

} // namespace tcpw
