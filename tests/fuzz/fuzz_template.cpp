// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "templates/template.h"

#include <cstdlib>

/// Any bytes either are refused with a sentence or make a template that is written and read again
/// without a change.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace tcpw;
    const std::string json(reinterpret_cast<const char*>(data), size);
    const auto read = parseTemplate(json);
    if (!read) {
        if (read.error().message.empty() || read.error().message.back() != '.')
            std::abort();
        return 0;
    }
    const std::string written = writeTemplate(*read);
    const auto again = parseTemplate(written);
    if (written.size() <= maximumTemplateSize && (!again || !(again->draft == read->draft)))
        std::abort();
    encode(read->draft.packet);
    return 0;
}
