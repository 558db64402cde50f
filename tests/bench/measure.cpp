// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "measure.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tcpw::bench {

namespace {

double secondsOf(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

template <typename Part> double medianOf(const std::vector<Cost>& costs, Part part)
{
    std::vector<double> values;
    for (const Cost& cost : costs)
        values.push_back(cost.*part);
    return median(std::move(values));
}

} // namespace

double cpuSeconds()
{
    return secondsOf(CLOCK_PROCESS_CPUTIME_ID);
}

double threadSeconds()
{
    return secondsOf(CLOCK_THREAD_CPUTIME_ID);
}

double wallSeconds()
{
    return secondsOf(CLOCK_MONOTONIC);
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

double medianWall(const std::vector<Cost>& costs)
{
    return medianOf(costs, &Cost::wall);
}

double medianCpu(const std::vector<Cost>& costs)
{
    return medianOf(costs, &Cost::cpu);
}

double anonymousBytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("RssAnon:"))
            return std::atof(line.c_str() + 8) * 1024;
    return 0;
}

bool isInstalled(const std::string& program)
{
    const char* const path = std::getenv("PATH");
    std::istringstream folders(path ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (access((folder + '/' + program).c_str(), X_OK) == 0)
            return true;
    return false;
}

double secondsOfProcess(pid_t process)
{
    double sum = 0;
    std::error_code problem;
    const std::string folder = "/proc/" + std::to_string(process) + "/task";
    for (const auto& thread : std::filesystem::directory_iterator(folder, problem)) {
        double nanoseconds = 0;
        std::ifstream(thread.path() / "schedstat") >> nanoseconds;
        sum += nanoseconds / 1e9;
    }
    return sum;
}

pid_t startProgram(const std::vector<std::string>& command, int output, int errors)
{
    std::vector<char*> words;
    for (const std::string& word : command)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    const pid_t child = fork();
    if (child != 0)
        return std::max(child, pid_t{0});
    const int nowhere = open("/dev/null", O_RDWR);
    dup2(nowhere, 0);
    dup2(output < 0 ? nowhere : output, 1);
    dup2(errors < 0 ? nowhere : errors, 2);
    execvp(words[0], words.data());
    _exit(127);
}

double awaitProgram(pid_t child)
{
    int status = -1;
    rusage used{};
    if (child <= 0 || wait4(child, &status, 0, &used) != child || status != 0)
        return -1;
    const auto seconds = [](const timeval& time) {
        return double(time.tv_sec) + double(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

Cost runProgram(const std::vector<std::string>& command)
{
    const double begin = wallSeconds();
    const double cpu = awaitProgram(startProgram(command));
    return {wallSeconds() - begin, cpu};
}

std::string outputOf(const std::vector<std::string>& command)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return {};
    const pid_t child = startProgram(command, ends[1]);
    close(ends[1]);
    std::string text;
    char part[4096];
    for (ssize_t got; (got = read(ends[0], part, sizeof part)) > 0;)
        text.append(part, std::size_t(got));
    close(ends[0]);
    awaitProgram(child);
    return text;
}

} // namespace tcpw::bench
