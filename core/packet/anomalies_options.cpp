// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/anomalyfinder.h"
#include "packet/meanings.h"
#include "packet/words.h"

#include <algorithm>

namespace tcpw {

namespace {

constexpr std::size_t mostOptionBytes = 40;
constexpr std::uint8_t endOfList = 0;
constexpr std::uint8_t noOperation = 1;

} // namespace

/// What is wrong with the space of the options as a whole, in TCP and in IPv4 alike.
void AnomalyFinder::optionSpace(const Options& options)
{
    const std::size_t size = encodedSize(options);
    if (size > mostOptionBytes)
        add("options",
            "options of " + std::to_string(size) + " bytes: a header has room for 40 at most");
    else if (size % 4 != 0 && wireSize() <= m_walk.covered())
        add("options",
            "options of " + std::to_string(size) + " bytes: their end is no multiple of 4");
    if (!options.tail || options.tail->empty())
        return;
    const bool zeros
        = std::ranges::all_of(*options.tail, [](std::uint8_t byte) { return byte == 0; });
    const bool ended = !options.list.empty() && options.list.back().kind == endOfList;
    const bool broken = !options.list.empty() && options.list.back().kind > noOperation
        && !hasTrueLength(options.list.back());
    if (ended && !zeros)
        add("options",
            countOf(options.tail->size(), "byte")
                + " behind the end of the option list, not all zero");
    else if (!ended && !broken && !zeros && wireSize() <= m_walk.covered())
        add("options", "the last option has no length byte");
}

void AnomalyFinder::ipv4OptionLengths(const Options& options)
{
    optionSpace(options);
    const bool cut = wireSize() > m_walk.covered();
    for (const Option& option : options.list) {
        const bool last = &option == &options.list.back();
        if (option.kind > noOperation && !hasTrueLength(option) && !(cut && last))
            add("options", ipv4OptionWords(option));
    }
}

} // namespace tcpw
