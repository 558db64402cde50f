// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/farcodec.h"

#include "base/bytereader.h"
#include "base/bytewriter.h"

namespace tcpw {

namespace {

constexpr std::uint8_t version = 1;
constexpr std::uint8_t done = 0;
constexpr std::uint8_t refused = 1;

Error garbled(const char* what)
{
    return Error{std::string("The ") + what
        + " is garbled; the other side is perhaps another version of this program."};
}

void put(ByteWriter& writer, ByteView bytes)
{
    writer.u32(static_cast<std::uint32_t>(bytes.size()));
    writer.append(bytes);
}

void put(ByteWriter& writer, const std::string& text)
{
    writer.u32(static_cast<std::uint32_t>(text.size()));
    for (const char c : text)
        writer.u8(static_cast<std::uint8_t>(c));
}

void put(ByteWriter& writer, const IpAddress& address)
{
    if (const auto* v4 = std::get_if<Ipv4Address>(&address)) {
        writer.u8(4);
        writer.u32(v4->value);
    } else {
        writer.u8(6);
        writer.append(std::get<Ipv6Address>(address).octets);
    }
}

void putU64(ByteWriter& writer, std::uint64_t value)
{
    writer.u32(static_cast<std::uint32_t>(value >> 32));
    writer.u32(static_cast<std::uint32_t>(value));
}

std::string getText(ByteReader& reader)
{
    const ByteView bytes = reader.take(reader.u32());
    return {bytes.begin(), bytes.end()};
}

/// Gives nothing when the bytes begin no address.
std::optional<IpAddress> getAddress(ByteReader& reader)
{
    const std::uint8_t family = reader.u8();
    if (family == 4)
        return Ipv4Address{reader.u32()};
    const ByteView octets = reader.take(family == 6 ? 16 : 0);
    if (octets.size() != 16)
        return std::nullopt;
    Ipv6Address address;
    std::copy(octets.begin(), octets.end(), address.octets.begin());
    return address;
}

void put(ByteWriter& writer, const FarSocket& socket)
{
    writer.u32(socket.socket);
    put(writer, socket.service);
    put(writer, socket.state);
    put(writer, socket.localAddress);
    writer.u16(socket.localPort);
    put(writer, socket.remoteAddress);
    writer.u16(socket.remotePort);
    writer.u32(socket.retransmits);
    put(writer, socket.timer);
    for (const std::uint32_t number :
        {socket.timerMilliseconds, socket.retransmissionTimeout, socket.congestionWindow,
            socket.roundTripMicroseconds, socket.receiveQueue, socket.sendQueue})
        writer.u32(number);
    writer.u8(socket.reading);
}

bool get(ByteReader& reader, FarSocket& socket)
{
    socket.socket = reader.u32();
    socket.service = getText(reader);
    socket.state = getText(reader);
    const auto local = getAddress(reader);
    socket.localPort = reader.u16();
    const auto remote = getAddress(reader);
    socket.remotePort = reader.u16();
    socket.retransmits = reader.u32();
    socket.timer = getText(reader);
    for (std::uint32_t* number :
        {&socket.timerMilliseconds, &socket.retransmissionTimeout, &socket.congestionWindow,
            &socket.roundTripMicroseconds, &socket.receiveQueue, &socket.sendQueue})
        *number = reader.u32();
    socket.reading = reader.u8() != 0;
    if (reader.failed() || !local || !remote)
        return false;
    socket.localAddress = *local;
    socket.remoteAddress = *remote;
    return true;
}

bool get(ByteReader& reader, FarEvent& event)
{
    event.timestamp = static_cast<std::int64_t>(reader.u64());
    event.socket = reader.u32();
    event.text = getText(reader);
    return !reader.failed();
}

/// Grows the list as its members turn up, so a lie about their number costs nothing.
template <typename T> bool getList(ByteReader& reader, std::vector<T>& list)
{
    for (std::uint32_t left = reader.u32(); left > 0; --left) {
        if (!get(reader, list.emplace_back()))
            return false;
    }
    return !reader.failed();
}

} // namespace

Bytes encodeFarRequest(const FarRequest& request)
{
    ByteWriter writer(64 + request.data.size());
    writer.u8(version);
    writer.u8(static_cast<std::uint8_t>(request.verb));
    writer.u32(request.socket);
    put(writer, request.address);
    writer.u16(request.port);
    put(writer, ByteView(request.data));
    return writer.take();
}

Result<FarRequest> decodeFarRequest(ByteView bytes)
{
    ByteReader reader(bytes);
    const std::uint8_t theirVersion = reader.u8();
    const std::uint8_t verb = reader.u8();
    FarRequest request;
    request.socket = reader.u32();
    const auto address = getAddress(reader);
    request.port = reader.u16();
    const ByteView data = reader.take(reader.u32());
    if (reader.failed() || reader.remaining() > 0 || theirVersion != version || !address
        || verb > static_cast<std::uint8_t>(FarVerb::log) || data.size() > farDataLimit)
        return tl::unexpected(garbled("request to the far end"));
    request.verb = static_cast<FarVerb>(verb);
    request.address = *address;
    request.data.assign(data.begin(), data.end());
    return request;
}

Bytes encodeFarReply(const Result<FarReply>& reply)
{
    ByteWriter writer(256);
    writer.u8(version);
    writer.u8(reply ? done : refused);
    if (!reply) {
        put(writer, reply.error().message);
        return writer.take();
    }
    put(writer, reply->text);
    writer.u32(reply->socket);
    writer.u32(static_cast<std::uint32_t>(reply->sockets.size()));
    for (const FarSocket& socket : reply->sockets)
        put(writer, socket);
    writer.u32(static_cast<std::uint32_t>(reply->events.size()));
    for (const FarEvent& event : reply->events) {
        putU64(writer, static_cast<std::uint64_t>(event.timestamp));
        writer.u32(event.socket);
        put(writer, event.text);
    }
    return writer.take();
}

Result<FarReply> decodeFarReply(ByteView bytes)
{
    ByteReader reader(bytes);
    const std::uint8_t theirVersion = reader.u8();
    const std::uint8_t outcome = reader.u8();
    FarReply reply;
    reply.text = getText(reader);
    bool whole = theirVersion == version && !reader.failed();
    if (whole && outcome == refused && reader.remaining() == 0)
        return failure(reply.text);
    reply.socket = reader.u32();
    whole = whole && outcome == done && getList(reader, reply.sockets)
        && getList(reader, reply.events) && reader.remaining() == 0;
    if (!whole)
        return tl::unexpected(garbled("far end's reply"));
    return reply;
}

Bytes withLength(ByteView message)
{
    ByteWriter writer(farLengthSize + message.size());
    writer.u32(static_cast<std::uint32_t>(message.size()));
    writer.append(message);
    return writer.take();
}

std::optional<std::size_t> statedLength(ByteView bytes)
{
    if (bytes.size() < farLengthSize)
        return std::nullopt;
    return ByteReader(bytes).u32();
}

} // namespace tcpw
