// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <sys/types.h>
#include <vector>

namespace tcpw::bench {

/// CPU seconds of this process, all its threads together.
double cpuSeconds();
/// CPU seconds of the calling thread.
double threadSeconds();
/// CPU seconds of all threads of a process that runs.
double secondsOfProcess(pid_t process);
/// Seconds of a clock that goes on.
double wallSeconds();

/// What something took, in seconds.
struct Cost
{
    double wall = 0;
    double cpu = 0;
};

template <typename Work> Cost costOf(const Work& work)
{
    const double wall = wallSeconds();
    const double cpu = cpuSeconds();
    work();
    return {wallSeconds() - wall, cpuSeconds() - cpu};
}

double median(std::vector<double> values);
double medianWall(const std::vector<Cost>& costs);
double medianCpu(const std::vector<Cost>& costs);

/// Anonymous memory of this process that is resident (RssAnon of proc(5)), in bytes.
double anonymousBytes();

/// Whether a program can be started by that name.
bool isInstalled(const std::string& program);
/// Starts a program that is found in PATH, in the calling thread's network namespace; what it
/// prints goes to these descriptors (-1: nowhere). 0 on failure.
pid_t startProgram(const std::vector<std::string>& command, int output = -1, int errors = -1);
/// Waits for its end; gives its CPU seconds with those of its children. Negative when it failed.
double awaitProgram(pid_t child);
/// Both; the CPU time is negative when it failed.
Cost runProgram(const std::vector<std::string>& command);
/// Runs a program and gives what it printed.
std::string outputOf(const std::vector<std::string>& command);

} // namespace tcpw::bench
