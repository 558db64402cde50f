// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "guard/guard.h"
#include "lab/far.h"
#include "link/capture.h"

#include <type_traits>

/// What a program and its helper say to each other, as plain structs. A request names its Reply;
/// any request may be answered by Failed instead.
namespace tcpw {

/// The first message of both sides.
struct Greeting
{
    std::uint32_t magic = 0x54435057; ///< "TCPW"
    std::uint16_t protocolVersion = 0;
    std::uint64_t fingerprint = 0; ///< of the fields of all messages, see protocolFingerprint()
    std::string programVersion;
    std::string problem; ///< a sentence why this helper can do nothing; "" when it is ready
    std::string command; ///< what helps against the problem, to be copied; "" when nothing does
    friend bool operator==(const Greeting&, const Greeting&) = default;
};

struct Failed
{
    std::string message; ///< whole sentences
    friend bool operator==(const Failed&, const Failed&) = default;
};

struct Done
{
    friend bool operator==(const Done&, const Done&) = default;
};

/// Captured packets, which lie in a block of the memory that both share: see PacketRing.
struct Packets
{
    std::uint32_t offset = 0;
    std::uint32_t size = 0; ///< in bytes
    std::uint64_t end = 0;
    friend bool operator==(const Packets&, const Packets&) = default;
};

struct DeviceList
{
    std::vector<Device> devices;
    friend bool operator==(const DeviceList&, const DeviceList&) = default;
};

struct NeighbourFound
{
    MacAddress address;
    friend bool operator==(const NeighbourFound&, const NeighbourFound&) = default;
};

struct PortFound
{
    std::uint16_t port = 0;
    friend bool operator==(const PortFound&, const PortFound&) = default;
};

struct ListDevices
{
    using Reply = DeviceList;
    friend bool operator==(const ListDevices&, const ListDevices&) = default;
};

struct StartCapture
{
    using Reply = CaptureStarted;
    CaptureOptions options;
    friend bool operator==(const StartCapture&, const StartCapture&) = default;
};

struct StopCapture
{
    using Reply = CaptureStatistics;
    std::uint8_t number = 0;
    friend bool operator==(const StopCapture&, const StopCapture&) = default;
};

struct ReadStatistics
{
    using Reply = CaptureStatistics;
    std::uint8_t number = 0;
    friend bool operator==(const ReadStatistics&, const ReadStatistics&) = default;
};

struct SendFrames
{
    using Reply = SendReport;
    DeviceId device;
    std::vector<Bytes> frames;
    friend bool operator==(const SendFrames&, const SendFrames&) = default;
};

struct FindNeighbour
{
    using Reply = NeighbourFound;
    DeviceId device;
    IpAddress destination;
    friend bool operator==(const FindNeighbour&, const FindNeighbour&) = default;
};

struct CheckReachability
{
    using Reply = Reachability;
    DeviceId device;
    IpAddress destination;
    friend bool operator==(const CheckReachability&, const CheckReachability&) = default;
};

struct NewPort
{
    using Reply = PortFound;
    friend bool operator==(const NewPort&, const NewPort&) = default;
};

struct ArmGuard
{
    using Reply = GuardState;
    GuardRequest request;
    friend bool operator==(const ArmGuard&, const ArmGuard&) = default;
};

struct ReleaseGuards
{
    using Reply = Done;
    friend bool operator==(const ReleaseGuards&, const ReleaseGuards&) = default;
};

struct AskFar
{
    using Reply = FarReply;
    FarRequest request;
    friend bool operator==(const AskFar&, const AskFar&) = default;
};

/// The one table of messages: number on the wire, name (that of the struct). Numbers are never used
/// again for something else.
// clang-format off
#define TCPW_HELPER_MESSAGES(X) \
    X(1, Greeting)              \
    X(2, Failed)                \
    X(3, Done)                  \
    X(4, Packets)               \
    X(5, CaptureNotice)         \
    X(6, FarEvent)              \
    X(16, ListDevices)          \
    X(17, DeviceList)           \
    X(18, StartCapture)         \
    X(19, CaptureStarted)       \
    X(20, StopCapture)          \
    X(21, ReadStatistics)       \
    X(22, CaptureStatistics)    \
    X(23, SendFrames)           \
    X(24, SendReport)           \
    X(25, FindNeighbour)        \
    X(26, NeighbourFound)       \
    X(27, CheckReachability)    \
    X(28, Reachability)         \
    X(29, NewPort)              \
    X(30, PortFound)            \
    X(31, ArmGuard)             \
    X(32, GuardState)           \
    X(33, ReleaseGuards)        \
    X(34, AskFar)               \
    X(35, FarReply)
// clang-format on

/// The number of a message's struct on the wire.
template <typename Message> inline constexpr std::uint8_t messageNumber = 0;
#define TCPW_MESSAGE_NUMBER(number, Name)                                                          \
    template <> inline constexpr std::uint8_t messageNumber<Name> = number;
TCPW_HELPER_MESSAGES(TCPW_MESSAGE_NUMBER)
#undef TCPW_MESSAGE_NUMBER

/// True for messages that ask for a reply.
template <typename Message>
concept HelperRequest = requires
{
    typename Message::Reply;
};

} // namespace tcpw
