// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"
#include "link/device.h"

#include <functional>
#include <string>

namespace tcpw {

/// How a device is to be captured on.
struct CaptureOptions
{
    DeviceId device;
    std::uint8_t number
        = 0; ///< written into each record; at most one capture has a number at a time
    std::string filter; ///< in tcpdump's words; "" for everything
    std::uint32_t snapshotLength = 262144; ///< in bytes
    std::uint32_t bufferSize = 64u << 20; ///< of the kernel's ring, in bytes
    bool promiscuous = true;
    friend bool operator==(const CaptureOptions&, const CaptureOptions&) = default;
};

/// What a started capture is like.
struct CaptureStarted
{
    LinkType linkType = LinkType::ethernet;
    std::string warning; ///< "not promiscuous: ...", a smaller buffer, ...; "" when all is as asked
    friend bool operator==(const CaptureStarted&, const CaptureStarted&) = default;
};

/// Counted since the capture's start; exact once it is stopped.
struct CaptureStatistics
{
    std::uint64_t delivered = 0; ///< packets handed on
    std::uint64_t droppedByKernel = 0; ///< the ring was full
    std::uint64_t droppedByDevice = 0;
    std::uint64_t droppedByHelper = 0; ///< nobody took them over from the helper in time

    std::uint64_t missed() const { return droppedByKernel + droppedByDevice + droppedByHelper; }
    CaptureStatistics& operator+=(const CaptureStatistics& other)
    {
        delivered += other.delivered;
        droppedByKernel += other.droppedByKernel;
        droppedByDevice += other.droppedByDevice;
        droppedByHelper += other.droppedByHelper;
        return *this;
    }
    friend bool operator==(const CaptureStatistics&, const CaptureStatistics&) = default;
};

/// What happened to a running capture.
struct CaptureNotice
{
    enum class Kind : std::uint8_t
    {
        linkDown, ///< goes on by itself
        linkUp,
        renamed, ///< goes on; the text has the new name
        stopped, ///< the capture ended by itself: the device is gone or failed
    };
    Kind kind = Kind::stopped;
    std::uint8_t number = 0; ///< of the capture
    std::string text; ///< a whole sentence
    friend bool operator==(const CaptureNotice&, const CaptureNotice&) = default;
};

/// Takes what a capture gives; called on the engine's worker thread, never after stop() returned.
struct CaptureSink
{
    std::function<void(PacketBatch&&)> packets;
    std::function<void(const CaptureNotice&)> notice;
};

/// What became of frames that were to be sent.
struct SendReport
{
    std::uint32_t sent = 0;
    std::uint32_t failed = 0;
    std::string firstProblem; ///< a sentence about the first frame that failed; "" when none did
    friend bool operator==(const SendReport&, const SendReport&) = default;
};

/// What Check found out about a destination.
struct Reachability
{
    bool onLink = false; ///< no router between
    bool neighbourAnswers = false; ///< the destination or, off link, the router has a MAC address
    MacAddress neighbour;
    IpAddress nextHop;
    bool echoAnswers = false;
    double roundTripMilliseconds = 0;
    std::string words; ///< whole sentences that say all of it
    friend bool operator==(const Reachability&, const Reachability&) = default;
};

} // namespace tcpw
