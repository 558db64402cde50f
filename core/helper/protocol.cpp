// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/protocol.h"

#include "helper/archive.h"

namespace tcpw {

namespace {

/// Begins a message; its length is put in by finished().
ByteWriter begun(std::uint8_t number, std::uint32_t request, std::size_t expectedSize)
{
    ByteWriter writer(messageHeaderSize + expectedSize);
    writer.zeros(sizeof(std::uint32_t));
    writer.u8(number);
    writer.u32(request);
    return writer;
}

Bytes finished(ByteWriter writer)
{
    const auto length = static_cast<std::uint32_t>(writer.size() - sizeof(std::uint32_t));
    writer.putU16(0, static_cast<std::uint16_t>(length >> 16));
    writer.putU16(2, static_cast<std::uint16_t>(length));
    return writer.take();
}

} // namespace

template <typename Message> Bytes encodeMessage(const Message& message, std::uint32_t request)
{
    ByteWriter writer = begun(messageNumber<Message>, request, 64);
    WritingArchive archive(writer);
    fields(archive, message);
    return finished(std::move(writer));
}

template <typename Message> std::optional<Message> decodeMessage(ByteView bytes)
{
    ByteReader reader(bytes);
    ReadingArchive archive(reader);
    std::optional<Message> message(std::in_place);
    fields(archive, *message);
    if (archive.failed() || reader.remaining() != 0)
        message.reset();
    return message;
}

#define TCPW_INSTANTIATE(number, Name)                                                             \
    template Bytes encodeMessage<Name>(const Name&, std::uint32_t);                                \
    template std::optional<Name> decodeMessage<Name>(ByteView);
TCPW_HELPER_MESSAGES(TCPW_INSTANTIATE)
#undef TCPW_INSTANTIATE

bool fitsProtocol(const Bytes& message)
{
    return message.size() - sizeof(std::uint32_t) <= maximumMessageLength;
}

const char* messageName(std::uint8_t number)
{
    switch (number) {
#define TCPW_NAME_CASE(number, Name)                                                               \
    case number:                                                                                   \
        return #Name;
        TCPW_HELPER_MESSAGES(TCPW_NAME_CASE)
#undef TCPW_NAME_CASE
    }
    return "";
}

std::uint64_t protocolFingerprint()
{
    ShapeArchive archive;
#define TCPW_MIX(number, Name)                                                                     \
    archive.mix(number);                                                                           \
    archive(Name{});
    TCPW_HELPER_MESSAGES(TCPW_MIX)
#undef TCPW_MIX
    return archive.shape();
}

Greeting ourGreeting()
{
    Greeting greeting;
    greeting.protocolVersion = helperProtocolVersion;
    greeting.fingerprint = protocolFingerprint();
    greeting.programVersion = TCPW_VERSION;
    return greeting;
}

bool speaksOurLanguage(const Greeting& greeting)
{
    return greeting.protocolVersion == helperProtocolVersion
        && greeting.fingerprint == protocolFingerprint();
}

} // namespace tcpw
