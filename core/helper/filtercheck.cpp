// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/childprocess.h"
#include "helper/client.h"
#include "helper/descriptor.h"
#include "link/filter.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tcpw {

namespace {

constexpr char takesTooLong[]
    = "This filter takes too long to compile. Use fewer terms, or ranges such as portrange 1-1000.";

/// What the checking child says, until it ends or time is up.
std::string readWords(int stream, std::chrono::steady_clock::time_point end)
{
    std::string words;
    while (words.size() < 65536) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            end - std::chrono::steady_clock::now());
        pollfd waited{stream, POLLIN, 0};
        const int ready = left.count() > 0 ? poll(&waited, 1, int(left.count())) : 0;
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            break;
        std::array<char, 4096> part;
        const auto count = recv(stream, part.data(), part.size(), 0);
        if (count <= 0)
            break;
        words.append(part.data(), std::size_t(count));
    }
    return words;
}

Result<void> judge(const std::optional<int>& status, const std::string& words)
{
    if (!status || WIFSIGNALED(*status))
        return failure(takesTooLong);
    if (WEXITSTATUS(*status) == 0)
        return {};
    if (!words.empty())
        return failure(words);
    return failure("The filter could not be checked: the program that does it ended with exit code "
        + std::to_string(WEXITSTATUS(*status)) + ".");
}

} // namespace

Result<void> checkFilter(const std::string& filter, LinkType linkType, int milliseconds)
{
    if (filter.size() > maximumFilterLength)
        return failure("This filter has " + std::to_string(filter.size()) + " bytes; at most "
            + std::to_string(maximumFilterLength) + " are allowed.");
    const std::string path = helperPath();
    if (access(path.c_str(), F_OK) != 0)
        return failure("The filter cannot be checked: there is no program " + path
            + ". Build the program again, or install it again.");
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return failure(std::string("The filter cannot be checked: ") + std::strerror(errno) + ".");
    const Descriptor ours(ends[0]);
    Descriptor theirs(ends[1]);
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    const auto child
        = startChild({{path, "--check-filter", std::to_string(std::uint16_t(linkType))},
            {{theirs.get(), STDIN_FILENO}, {theirs.get(), STDOUT_FILENO}}});
    if (!child)
        return tl::unexpected(child.error());
    theirs.reset();
    send(ours.get(), filter.data(), filter.size(), MSG_NOSIGNAL); // fits the socket's buffer
    shutdown(ours.get(), SHUT_WR);
    const std::string words = readWords(ours.get(), end);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    auto status = waitForChild(*child, std::max(0, int(left.count())));
    if (!status) {
        kill(*child, SIGKILL);
        waitForChild(*child, 1000);
    }
    return judge(status, words);
}

} // namespace tcpw
