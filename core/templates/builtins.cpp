// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "templates/builtins.h"

#include "templates/worksheet.h"

#include <algorithm>
#include <cassert>

namespace tcpw {

namespace {

bool isStep(std::string_view id)
{
    return id.find('/') != std::string_view::npos;
}

std::vector<Template> readBuiltins(bool steps)
{
    std::vector<Template> read;
    for (const BuiltinFile& file : builtinFiles()) {
        if (isStep(file.id) != steps)
            continue;
        auto one = parseTemplate(file.json);
        assert(one); // a test reads each of them
        one->id = file.id;
        read.push_back(std::move(*one));
    }
    return read;
}

std::vector<WorkSheet> readSheets()
{
    std::vector<WorkSheet> sheets;
    for (Template& step : readBuiltins(true)) {
        if (sheets.empty() || sheets.back().name != step.group)
            sheets.push_back({step.group, {}});
        sheets.back().steps.push_back(std::move(step));
    }
    return sheets;
}

} // namespace

const std::vector<Template>& builtinTemplates()
{
    static const std::vector<Template> templates = readBuiltins(false);
    return templates;
}

const std::vector<WorkSheet>& builtinSheets()
{
    static const std::vector<WorkSheet> sheets = readSheets();
    return sheets;
}

const Template* findBuiltin(std::string_view id)
{
    const auto find = [id](const std::vector<Template>& among) -> const Template* {
        const auto found = std::ranges::find(among, id, &Template::id);
        return found == among.end() ? nullptr : &*found;
    };
    if (!isStep(id))
        return find(builtinTemplates());
    for (const WorkSheet& sheet : builtinSheets())
        if (const Template* step = find(sheet.steps))
            return step;
    return nullptr;
}

} // namespace tcpw
