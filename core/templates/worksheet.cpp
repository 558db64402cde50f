// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "templates/worksheet.h"

#include <algorithm>

namespace tcpw {

std::optional<unsigned> stepNumber(std::string_view fileName)
{
    constexpr std::size_t mostDigits = 4;
    const std::size_t digits = std::min(fileName.find_first_not_of("0123456789"), fileName.size());
    if (digits == 0 || digits > mostDigits)
        return {};
    return static_cast<unsigned>(std::stoul(std::string(fileName.substr(0, digits))));
}

} // namespace tcpw
