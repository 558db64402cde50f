// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/childprocess.h"

#include "helper/descriptor.h"

#include <array>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tcpw {

namespace {

constexpr std::size_t maximumDescriptors = 4;
constexpr int aboveTheirs = 10; // no child asks for a descriptor with this number or a higher one

/// What the child needs between fork and exec, where nothing may be allocated.
struct Prepared
{
    std::vector<char*> arguments;
    std::array<std::pair<int, int>, maximumDescriptors> descriptors{};
    std::size_t descriptorCount = 0;
    int problemPipe = -1; ///< takes errno when the program cannot be run
    pid_t parent = 0;
};

void closeAllOnExec()
{
#ifdef CLOSE_RANGE_CLOEXEC
    if (syscall(SYS_close_range, 3u, ~0u, CLOSE_RANGE_CLOEXEC) == 0)
        return;
#endif
    const long limit = sysconf(_SC_OPEN_MAX);
    for (int number = 3; number < limit; ++number)
        fcntl(number, F_SETFD, FD_CLOEXEC);
}

void restoreSignals()
{
    for (int number = 1; number < NSIG; ++number)
        signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, nullptr);
}

bool placeDescriptors(const Prepared& prepared)
{
    std::array<int, maximumDescriptors> copies{};
    for (std::size_t i = 0; i < prepared.descriptorCount; ++i) {
        copies[i] = fcntl(prepared.descriptors[i].first, F_DUPFD_CLOEXEC, aboveTheirs);
        if (copies[i] < 0)
            return false;
    }
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0)
        return false;
    for (std::size_t i = 0; i < prepared.descriptorCount; ++i)
        if (dup2(copies[i], prepared.descriptors[i].second) < 0)
            return false;
    return true;
}

/// The child's way from fork to exec; only what is safe there (signal-safety(7)).
[[noreturn]] void becomeProgram(const Prepared& prepared)
{
    const int problemPipe = fcntl(prepared.problemPipe, F_DUPFD_CLOEXEC, aboveTheirs);
    closeAllOnExec();
    restoreSignals();
    setsid();
    if (problemPipe >= 0 && placeDescriptors(prepared)) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != prepared.parent)
            _exit(0); // the parent went before that held
        execv(prepared.arguments[0], prepared.arguments.data());
    }
    const int problem = errno;
    if (write(problemPipe, &problem, sizeof(problem)) < 0)
        _exit(126);
    _exit(127);
}

/// What the child says of its start: an errno, or 0 when the program runs.
int startProblem(const Descriptor& pipe)
{
    int problem = 0;
    ssize_t count = 0;
    do
        count = read(pipe.get(), &problem, sizeof(problem));
    while (count < 0 && errno == EINTR);
    return count == sizeof(problem) ? problem : 0;
}

} // namespace

Result<pid_t> startChild(const ChildCommand& child)
{
    assert(!child.command.empty() && child.descriptors.size() <= maximumDescriptors);
    const auto cannot = [&child](int problem) {
        return failure("The program " + child.command[0]
            + " cannot be started: " + std::strerror(problem) + ".");
    };
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return cannot(errno);
    const Descriptor readEnd(ends[0]);
    Descriptor writeEnd(ends[1]);

    Prepared prepared;
    for (const std::string& argument : child.command)
        prepared.arguments.push_back(const_cast<char*>(argument.c_str()));
    prepared.arguments.push_back(nullptr);
    std::copy(child.descriptors.begin(), child.descriptors.end(), prepared.descriptors.begin());
    prepared.descriptorCount = child.descriptors.size();
    prepared.problemPipe = writeEnd.get();
    prepared.parent = getpid();

    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); // no handler of ours may run in the child
    const pid_t pid = fork();
    const int forkProblem = errno;
    if (pid == 0)
        becomeProgram(prepared);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0)
        return cannot(forkProblem);
    writeEnd.reset();
    if (const int problem = startProblem(readEnd); problem != 0) {
        waitpid(pid, nullptr, 0);
        return cannot(problem);
    }
    return pid;
}

std::optional<int> waitForChild(pid_t child, int milliseconds)
{
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::milliseconds(milliseconds);
    while (true) {
        int status = 0;
        const pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child)
            return status;
        if (ended < 0 && errno != EINTR)
            return 0; // somebody else took it over: it is gone, that is all we know
        if (Clock::now() >= end)
            return std::nullopt;
        poll(nullptr, 0, 2);
    }
}

std::string endInWords(int status)
{
    if (WIFSIGNALED(status)) {
        const char* name = sigdescr_np(WTERMSIG(status));
        return "it was killed by signal " + std::to_string(WTERMSIG(status)) + " ("
            + (name ? name : "unknown") + ")";
    }
    return "it ended with exit code " + std::to_string(WEXITSTATUS(status));
}

} // namespace tcpw
