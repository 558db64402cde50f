// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/messages.h"

#include <concepts>

/// The fields of each struct that messages are made of, in the order of the wire. One function a
/// struct serves reading, writing and the fingerprint.
namespace tcpw {

template <typename T, typename Struct>
concept Is = std::same_as<std::remove_const_t<T>, Struct>;

// The highest value of each enumeration; a greater one on the wire is an error.
template <typename Enumeration> inline constexpr Enumeration lastValue{};
template <> inline constexpr LinkType lastValue<LinkType>{0xffff};
template <> inline constexpr Origin lastValue<Origin> = Origin::peer;
template <> inline constexpr FarVerb lastValue<FarVerb> = FarVerb::log;
template <>
inline constexpr CaptureNotice::Kind lastValue<CaptureNotice::Kind> = CaptureNotice::Kind::stopped;

template <typename Archive> void fields(Archive& archive, Is<Greeting> auto& value)
{
    archive(value.magic, value.protocolVersion, value.fingerprint, value.programVersion,
        value.problem, value.command);
}

template <typename Archive> void fields(Archive& archive, Is<Failed> auto& value)
{
    archive(value.message);
}

template <typename Archive> void fields(Archive&, Is<Done> auto&) { }

template <typename Archive> void fields(Archive& archive, Is<Packets> auto& value)
{
    archive(value.offset, value.size, value.end);
}

template <typename Archive> void fields(Archive& archive, Is<DeviceId> auto& value)
{
    archive(value.index, value.name, value.networkNamespace);
}

template <typename Archive> void fields(Archive& archive, Is<DeviceAddress> auto& value)
{
    archive(value.address, value.prefixLength);
}

template <typename Archive> void fields(Archive& archive, Is<Device> auto& value)
{
    archive(value.id, value.description, value.addresses, value.mac, value.linkType, value.mtu,
        value.up, value.running, value.loopback, value.wireless, value.lab, value.captureProblem,
        value.injectProblem);
}

template <typename Archive> void fields(Archive& archive, Is<CaptureOptions> auto& value)
{
    archive(value.device, value.number, value.filter, value.snapshotLength, value.bufferSize,
        value.promiscuous);
}

template <typename Archive> void fields(Archive& archive, Is<CaptureStarted> auto& value)
{
    archive(value.linkType, value.warning);
}

template <typename Archive> void fields(Archive& archive, Is<CaptureStatistics> auto& value)
{
    archive(value.delivered, value.droppedByKernel, value.droppedByDevice, value.droppedByHelper);
}

template <typename Archive> void fields(Archive& archive, Is<CaptureNotice> auto& value)
{
    archive(value.kind, value.number, value.text);
}

template <typename Archive> void fields(Archive& archive, Is<SendReport> auto& value)
{
    archive(value.sent, value.failed, value.firstProblem);
}

template <typename Archive> void fields(Archive& archive, Is<Reachability> auto& value)
{
    archive(value.onLink, value.neighbourAnswers, value.neighbour, value.nextHop, value.echoAnswers,
        value.roundTripMilliseconds, value.words);
}

template <typename Archive> void fields(Archive& archive, Is<GuardRequest> auto& value)
{
    archive(value.address, value.port, value.deviceIndex);
}

template <typename Archive> void fields(Archive& archive, Is<GuardState> auto& value)
{
    archive(value.needed, value.dropsAll, value.minimumTtl, value.note);
}

template <typename Archive> void fields(Archive& archive, Is<FarRequest> auto& value)
{
    archive(value.verb, value.socket, value.address, value.port, value.data);
}

template <typename Archive> void fields(Archive& archive, Is<FarSocket> auto& value)
{
    archive(value.socket, value.service, value.state, value.localAddress, value.localPort,
        value.remoteAddress, value.remotePort, value.retransmits, value.timer,
        value.timerMilliseconds, value.retransmissionTimeout, value.congestionWindow,
        value.roundTripMicroseconds, value.receiveQueue, value.sendQueue, value.reading);
}

template <typename Archive> void fields(Archive& archive, Is<FarEvent> auto& value)
{
    archive(value.timestamp, value.socket, value.text);
}

template <typename Archive> void fields(Archive& archive, Is<FarReply> auto& value)
{
    archive(value.text, value.socket, value.sockets, value.events);
}

template <typename Archive> void fields(Archive& archive, Is<DeviceList> auto& value)
{
    archive(value.devices);
}

template <typename Archive> void fields(Archive& archive, Is<NeighbourFound> auto& value)
{
    archive(value.address);
}

template <typename Archive> void fields(Archive& archive, Is<PortFound> auto& value)
{
    archive(value.port);
}

template <typename Archive> void fields(Archive&, Is<ListDevices> auto&) { }

template <typename Archive> void fields(Archive& archive, Is<StartCapture> auto& value)
{
    archive(value.options);
}

template <typename Archive> void fields(Archive& archive, Is<StopCapture> auto& value)
{
    archive(value.number);
}

template <typename Archive> void fields(Archive& archive, Is<ReadStatistics> auto& value)
{
    archive(value.number);
}

template <typename Archive> void fields(Archive& archive, Is<SendFrames> auto& value)
{
    archive(value.device, value.frames);
}

template <typename Archive> void fields(Archive& archive, Is<FindNeighbour> auto& value)
{
    archive(value.device, value.destination);
}

template <typename Archive> void fields(Archive& archive, Is<CheckReachability> auto& value)
{
    archive(value.device, value.destination);
}

template <typename Archive> void fields(Archive&, Is<NewPort> auto&) { }

template <typename Archive> void fields(Archive& archive, Is<ArmGuard> auto& value)
{
    archive(value.request);
}

template <typename Archive> void fields(Archive&, Is<ReleaseGuards> auto&) { }

template <typename Archive> void fields(Archive& archive, Is<AskFar> auto& value)
{
    archive(value.request);
}

} // namespace tcpw
