// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/labcommand.h"

#include "lab/capabilities.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>

namespace tcpw {

namespace {

std::atomic<pid_t> runningChild{0}; // a signal handler reads it

/// A key press reaches the whole foreground group, the command too; the rest is passed on.
void forward(int signal, siginfo_t* info, void*)
{
    const int error = errno;
    const bool fromTerminal = (signal == SIGINT || signal == SIGQUIT) && info->si_code > 0;
    if (const pid_t child = runningChild.load(); child > 0 && !fromTerminal)
        ::kill(child, signal);
    errno = error;
}

/// While it lives, signals that would end this process go to the command instead.
class SignalForwarding
{
public:
    SignalForwarding()
    {
        sigset_t forwarded;
        sigemptyset(&forwarded);
        for (const int signal : signals)
            sigaddset(&forwarded, signal);
        ::pthread_sigmask(SIG_BLOCK, &forwarded, &m_oldMask);
        struct sigaction action = {};
        action.sa_sigaction = forward;
        action.sa_flags = SA_SIGINFO | SA_RESTART;
        for (std::size_t i = 0; i < signals.size(); ++i)
            ::sigaction(signals[i], &action, &m_old[i]);
    }
    ~SignalForwarding()
    {
        runningChild = 0;
        restore();
    }

    void to(pid_t child)
    {
        runningChild = child;
        ::pthread_sigmask(SIG_SETMASK, &m_oldMask, nullptr);
    }

    /// Signals as they were before. Safe between fork() and execve().
    void restore()
    {
        for (std::size_t i = 0; i < signals.size(); ++i)
            ::sigaction(signals[i], &m_old[i], nullptr);
        ::pthread_sigmask(SIG_SETMASK, &m_oldMask, nullptr);
    }

private:
    static constexpr std::array<int, 4> signals{SIGINT, SIGQUIT, SIGTERM, SIGHUP};
    std::array<struct sigaction, 4> m_old{};
    sigset_t m_oldMask;
};

/// True when the calling thread is in that network namespace already.
bool isInside(const OwnedFd& networkNamespace)
{
    struct stat own = {};
    struct stat wanted = {};
    return ::stat("/proc/thread-self/ns/net", &own) == 0
        && ::fstat(networkNamespace.get(), &wanted) == 0 && own.st_ino == wanted.st_ino
        && own.st_dev == wanted.st_dev;
}

[[noreturn]] void giveUp(const char* what, int error)
{
    const char* const parts[] = {"tcpw: cannot run ", what, ": ", ::strerrordesc_np(error), ".\n"};
    for (const char* part : parts)
        static_cast<void>(!::write(STDERR_FILENO, part, std::strlen(part)));
    ::_exit(error == ENOENT ? 127 : 126);
}

/// What the child does; only what is safe after fork() in a process with threads.
[[noreturn]] void become(char* const* arguments, const OwnedFd* enter, pid_t parent)
{
    ::prctl(PR_SET_PDEATHSIG, SIGHUP);
    if (::getppid() != parent)
        ::_exit(129); // it died before it could be told of
    if (enter != nullptr && ::setns(enter->get(), CLONE_NEWNET) != 0)
        giveUp("a command in the practice network", errno);
    if (const int error = raiseAmbientCapabilities())
        giveUp("a command with the practice network's rights", error);
    ::execvp(arguments[0], arguments);
    giveUp(arguments[0], errno);
}

int statusOf(const siginfo_t& info)
{
    return info.si_code == CLD_EXITED ? info.si_status : 128 + info.si_status;
}

} // namespace

Result<int> runInNamespace(const OwnedFd& networkNamespace, const std::vector<std::string>& command)
{
    if (command.empty())
        return failure("There is no command to run in the practice network.");
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const OwnedFd* const enter = isInside(networkNamespace) ? nullptr : &networkNamespace;

    SignalForwarding forwarding;
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child < 0)
        return failure(
            "The command could not be started (" + std::string(std::strerror(errno)) + ").");
    if (child == 0) {
        forwarding.restore();
        become(arguments.data(), enter, parent);
    }
    forwarding.to(child);
    siginfo_t info = {};
    // The child stays a zombie until no signal can be passed on to its number any more.
    while (::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) != 0) {
        if (errno != EINTR)
            return failure("The command was lost (" + std::string(std::strerror(errno)) + ").");
    }
    runningChild = 0;
    ::waitpid(child, nullptr, 0);
    return statusOf(info);
}

} // namespace tcpw
