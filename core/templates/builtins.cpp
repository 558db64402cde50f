// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "templates/builtins.h"

#include "templates/template.h"

#include <algorithm>
#include <cassert>

namespace tcpw {

const std::vector<Template>& builtinTemplates()
{
    static const std::vector<Template> templates = [] {
        std::vector<Template> read;
        for (const BuiltinFile& file : builtinFiles()) {
            auto one = parseTemplate(file.json);
            assert(one); // a test reads each of them
            one->id = file.id;
            read.push_back(std::move(*one));
        }
        return read;
    }();
    return templates;
}

const Template* findBuiltin(std::string_view id)
{
    const auto& all = builtinTemplates();
    const auto found = std::ranges::find(all, id, &Template::id);
    return found == all.end() ? nullptr : &*found;
}

} // namespace tcpw
