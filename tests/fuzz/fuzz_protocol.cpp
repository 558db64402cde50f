// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/messagereader.h"
#include "helper/packetblock.h"

#include <cstdlib>

using namespace tcpw;

namespace {

/// What can be read is written again as the same bytes.
template <typename Message> void readAndWrite(ByteView fields)
{
    const auto message = decodeMessage<Message>(fields);
    if (!message)
        return;
    const Bytes again = encodeMessage(*message, 1);
    if (!std::ranges::equal(ByteView(again).subspan(messageHeaderSize), fields))
        std::abort();
}

void readAndWrite(const ReceivedMessage& message)
{
    switch (message.number) {
#define TCPW_READ(number, Name)                                                                    \
    case number:                                                                                   \
        return readAndWrite<Name>(message.fields);
        TCPW_HELPER_MESSAGES(TCPW_READ)
#undef TCPW_READ
    }
}

/// The bytes as a block of packets.
void readBlock(ByteView bytes)
{
    const auto packets = packetsIn(bytes);
    if (!packets)
        return;
    const PacketRange all{0, packets->size()};
    Bytes again(packetBlockSize(*packets, all));
    writePackets(again, *packets, all);
    if (!std::equal(bytes.begin(), bytes.end(), again.begin(), again.end()))
        std::abort();
}

/// The bytes as a stream, which comes in pieces.
void readStream(ByteView bytes, std::size_t pieceSize)
{
    MessageReader reader;
    while (!bytes.empty()) {
        const auto space = reader.space();
        const auto size = std::min({bytes.size(), pieceSize, space.size()});
        std::copy_n(bytes.begin(), size, space.begin());
        reader.filled(size);
        bytes = bytes.subspan(size);
        auto message = reader.next();
        for (; message && *message; message = reader.next())
            readAndWrite(**message);
        if (!message)
            return;
    }
}

} // namespace

/// First byte: a message's number, the rest its fields; or that of Packets, and the rest a block of
/// them; or, when no message has it, a stream that comes in pieces of about that size.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const ByteView rest(data + 1, size - 1);
    if (data[0] == messageNumber<Packets>)
        readBlock(rest);
    if (*messageName(data[0]) != '\0')
        readAndWrite(ReceivedMessage{data[0], 1, rest});
    else
        readStream(rest, std::size_t(data[0]) + 1);
    return 0;
}
