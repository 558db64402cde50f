// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/messages.h"

#include <optional>

/// The language of a program and its helper: a 32-bit length of what follows, a message's number, a
/// 32-bit number that a reply has from its request (0: nobody asked), then the message's fields.
namespace tcpw {

inline constexpr std::uint16_t helperProtocolVersion = 2;

/// The most bytes that may follow a length; who says more is not one of us.
inline constexpr std::size_t maximumMessageLength = 4u << 20;

/// The descriptors that a helper inherits: the stream, and the memory of the PacketRing.
inline constexpr int helperStream = 3;
inline constexpr int helperMemory = 4;

/// The bytes of a length, a message's number and the request's.
inline constexpr std::size_t messageHeaderSize = 9;

/// A message that was received, its fields not read yet.
struct ReceivedMessage
{
    std::uint8_t number = 0;
    std::uint32_t request = 0;
    ByteView fields;
};

/// A message as it goes over the stream. It may be longer than the peer takes: see fitsProtocol().
template <typename Message> Bytes encodeMessage(const Message& message, std::uint32_t request);

/// The fields of a message; nothing when they are not exactly what this message has.
template <typename Message> std::optional<Message> decodeMessage(ByteView fields);

bool fitsProtocol(const Bytes& message);

/// The name of a message's struct; "" for a number that no message has.
const char* messageName(std::uint8_t number);

/// A number that differs when any message has other fields.
std::uint64_t protocolFingerprint();

/// What this program says first.
Greeting ourGreeting();
/// False when the peer speaks another language than this program.
bool speaksOurLanguage(const Greeting& greeting);

} // namespace tcpw
