// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/client.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <unistd.h>

using namespace tcpw;

/// A program as a user's is, with a helper, a capture, a guard and something that it keeps sending;
/// made to be killed. Says "ready" once all that is going on, and ends by itself after half a
/// minute. usage: tcpw-victim HELPER --lab|--host PORT
namespace {

enum ExitCode
{
    Ended = 0,
    CouldNotBegin = 3,
    HelperLost = 5
};

int failed(const char* what, const Error& error)
{
    std::fprintf(stderr, "tcpw-victim: %s: %s\n", what, error.message.c_str());
    return CouldNotBegin;
}

/// A broadcast frame that no stack answers (a local experimental EtherType of IEEE 802).
Bytes frame()
{
    Bytes bytes(60, 0xff);
    bytes[12] = 0x88;
    bytes[13] = 0xb5;
    return bytes;
}

/// Sends a thousand frames a second until the helper is lost or time is up.
int keepSending(Backend& backend, const DeviceId& device, const std::atomic<bool>& lost)
{
    std::puts("ready");
    std::fflush(stdout);
    for (int i = 0; i < 30'000 && !lost; ++i) {
        if (!backend.send(device, {frame()}))
            return HelperLost;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return lost ? HelperLost : Ended;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 4)
        return 2;
    std::atomic<bool> lost = false;
    BackendEvents events;
    events.lost = [&lost](const Error&) {
        lost = true;
    };
    const auto backend = startHelper({argv[1], argv[2]}, events);
    if (!backend)
        return failed("start", backend.error());
    const auto devices = (*backend)->devices();
    if (!devices)
        return failed("devices", devices.error());
    CaptureOptions options;
    options.device = devices->front().id;
    if (const auto started = (*backend)->startCapture(options); !started)
        return failed("capture", started.error());
    const GuardRequest guard{labAddress::near4, std::uint16_t(std::stoi(argv[3])), 0};
    if (const auto armed = (*backend)->armGuard(guard); !armed)
        return failed("guard", armed.error());
    return keepSending(**backend, options.device, lost);
}
