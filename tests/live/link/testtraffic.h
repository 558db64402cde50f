// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/capture.h"
#include "support/network.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace tcpw {

/// A packet that a capture gave.
struct Captured
{
    PacketRecord record;
    Bytes bytes;
};

/// Keeps what a capture gives. Used by two threads: m_mutex guards the private members.
class Recorder
{
public:
    CaptureSink sink();

    std::size_t count() const;
    std::vector<Captured> packets() const;
    std::vector<CaptureNotice> notices() const;
    bool hasNotice(CaptureNotice::Kind kind) const;
    /// The packets that carry our test's UDP payload, in order of arrival.
    std::vector<Captured> tests() const;
    std::size_t testCount() const;
    void clear();

    /// Keep only the number of packets, not their bytes.
    std::atomic<bool> countOnly = false;
    /// The time the sink takes for each batch.
    std::atomic<int> slownessMilliseconds = 0;

private:
    mutable std::mutex m_mutex;
    std::vector<Captured> m_packets;
    std::vector<CaptureNotice> m_notices;
    std::size_t m_count = 0;
};

/// The device of that name in this thread's namespace; its index is 0 when there is none.
DeviceId deviceNamed(const std::string& name);

/// For that device, under a number of its own.
CaptureOptions optionsFor(const std::string& name);

/// A UDP frame from near0 to far0 (or the other way round) with this payload.
Bytes udpFrame(const std::string& payload, bool fromNear = true);

/// The payload of such a frame, "" of any other.
std::string payloadOf(const Captured& packet);

/// Makes a UDP socket of the kernel's in this thread's namespace send these payloads from near0 to
/// far0; the same ports as udpFrame().
bool sendByKernel(const std::vector<std::string>& payloads, bool fromNear = true);

/// Sends frames on a device by a packet socket that is none of the engine's; the number sent.
std::size_t sendByOtherProgram(const std::string& device, const std::vector<Bytes>& frames);

/// Makes near0 and far0 know each other's MAC address, so that nobody has to ask.
bool knowNeighbours(const NetworkNamespace& far);

/// In this thread and those it starts, from now on: SO_MARK is refused, as on older kernels.
bool forbidMarks();

/// In the same way: SO_ATTACH_FILTER is refused.
bool forbidFilters();

/// The frames that a device of this thread's namespace has received, by its own counter.
std::uint64_t receivedFrames(const std::string& device);

/// Two ends of a cable, near0 in this thread's namespace and far0 in another, and what is heard.
class LinkFixture
{
protected:
    /// Ends say their neighbours' addresses beforehand, so that no ARP is in the way.
    void makePair();
    void endPair();

    std::unique_ptr<NetworkNamespace> m_far;
    std::unique_ptr<VethPair> m_pair;
    Recorder m_recorder;
};

} // namespace tcpw
