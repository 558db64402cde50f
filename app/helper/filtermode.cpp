// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "filtermode.h"

#include "link/filter.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

namespace tcpw {

namespace {

constexpr rlim_t cpuSeconds = 2;
[[maybe_unused]] constexpr rlim_t memoryBytes = 512u << 20;

void limitItself()
{
    const rlimit cpu{cpuSeconds, cpuSeconds + 1};
    setrlimit(RLIMIT_CPU, &cpu);
#ifndef TCPW_SANITIZED // sanitizers reserve terabytes of address space
    const rlimit memory{memoryBytes, memoryBytes};
    setrlimit(RLIMIT_AS, &memory);
#endif
    // Best effort: the filter compiler refuses names anyway, which are what it would ask for.
    if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0 && unshare(CLONE_NEWNET) != 0)
        return;
}

/// The text on standard input, one byte more than is allowed at most.
std::string readFilter()
{
    std::string text;
    std::array<char, 4096> part;
    while (text.size() <= maximumFilterLength) {
        const auto count = read(STDIN_FILENO, part.data(), part.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        text.append(part.data(), std::size_t(count));
    }
    return text;
}

} // namespace

int runFilterCheck(const std::string& linkType)
{
    std::uint16_t number = 0;
    const char* end = linkType.data() + linkType.size();
    const auto [parsed, problem] = std::from_chars(linkType.data(), end, number);
    if (problem != std::errc() || parsed != end) {
        std::fputs("tcpw-helper: --check-filter takes the number of a link type.\n", stderr);
        return 2;
    }
    limitItself();
    const std::string filter = readFilter();
    const auto compiled = filter.size() > maximumFilterLength
        ? Result<void>(failure("This filter is too long; at most "
            + std::to_string(maximumFilterLength) + " bytes are allowed."))
        : compileFilter(filter, LinkType{number});
    if (compiled)
        return 0;
    std::fputs(compiled.error().message.c_str(), stdout);
    return 1;
}

} // namespace tcpw
