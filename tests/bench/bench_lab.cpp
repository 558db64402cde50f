// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/client.h"
#include "lab/lab.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <dirent.h>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

/// How long the practice network takes to come up, and what capturing nothing costs.
namespace {

using Clock = std::chrono::steady_clock;
using namespace tcpw;

double milliseconds(Clock::duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

/// The time of Lab::start() in a process of its own, in ms; negative when it failed.
double labStart()
{
    int ends[2];
    if (pipe(ends) != 0)
        return -1;
    if (const pid_t child = fork(); child > 0) {
        double result = -1;
        close(ends[1]);
        if (read(ends[0], &result, sizeof result) != ssize_t(sizeof result))
            result = -1;
        close(ends[0]);
        waitpid(child, nullptr, 0);
        return result;
    }
    const auto begin = Clock::now();
    const auto lab = Lab::start();
    const double took = lab ? milliseconds(Clock::now() - begin) : -1;
    _exit(write(ends[1], &took, sizeof took) == ssize_t(sizeof took) ? 0 : 1);
}

/// CPU time of a process and its threads so far, in ms.
double cpuTime(const std::string& process)
{
    std::ifstream stat("/proc/" + process + "/stat");
    std::stringstream text;
    text << stat.rdbuf();
    const std::string line = text.str();
    const auto close = line.rfind(')');
    if (close == std::string::npos)
        return 0;
    std::istringstream words(line.substr(close + 2));
    std::vector<std::string> fields;
    for (std::string word; words >> word;)
        fields.push_back(word);
    const double ticks = std::stod(fields.at(11)) + std::stod(fields.at(12));
    return ticks * 1000 / double(sysconf(_SC_CLK_TCK));
}

std::vector<std::string> children()
{
    std::vector<std::string> found;
    const std::string list = "/proc/self/task/" + std::to_string(getpid()) + "/children";
    std::ifstream file(list);
    for (std::string word; file >> word;)
        found.push_back(word);
    return found;
}

void reportIdle(Backend& backend)
{
    const auto devices = backend.devices();
    CaptureOptions options;
    for (const Device& device : *devices)
        if (device.lab)
            options.device = device.id;
    if (const auto started = backend.startCapture(options); !started) {
        std::printf("idle CPU: not measured: %s\n", started.error().message.c_str());
        return;
    }
    const auto total = [] {
        double sum = cpuTime("self");
        for (const std::string& child : children())
            sum += cpuTime(child);
        return sum;
    };
    const double before = total();
    const auto begin = Clock::now();
    std::this_thread::sleep_for(std::chrono::seconds(10));
    const double share = (total() - before) / milliseconds(Clock::now() - begin) * 100;
    std::printf(
        "idle CPU while capturing nothing: %.2f %% of one core (goal: at most 1 %%)\n", share);
}

} // namespace

int main()
{
    setHelperPath(TCPW_BINARY_DIR "/app/tcpw-helper");
    std::vector<double> starts, helpers;
    for (int i = 0; i < 21; ++i)
        starts.push_back(labStart());
    if (*std::min_element(starts.begin(), starts.end()) < 0) {
        std::printf("No practice network can be made here.\n");
        return 1;
    }
    std::unique_ptr<Backend> backend;
    for (int i = 0; i < 21; ++i) {
        backend.reset();
        const auto begin = Clock::now();
        auto opened = openBackend(BackendKind::lab, {});
        if (!opened) {
            std::printf("%s\n", opened.error().message.c_str());
            return 1;
        }
        backend = std::move(*opened);
        helpers.push_back(milliseconds(Clock::now() - begin));
    }
    std::printf("practice network up: median %.1f ms in this process, %.1f ms through the helper "
                "(goal: at most 50 ms)\n",
        median(starts), median(helpers));
    reportIdle(*backend);
    return 0;
}
