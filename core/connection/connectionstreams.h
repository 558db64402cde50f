// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/streamassembler.h"

namespace tcpw {

/// What both ends of one connection said, each direction in order (StreamAssembler). Belongs to
/// one thread; stays where it was made.
class ConnectionStreams
{
public:
    using Sink = std::function<void(bool fromInitiator, const StreamAssembler::Piece&)>;

    explicit ConnectionStreams(Sink sink);
    ConnectionStreams(const ConnectionStreams&) = delete;
    ConnectionStreams& operator=(const ConnectionStreams&) = delete;

    /// Takes the connection's next segment; `bytes` are the packet's.
    void add(bool fromInitiator, std::uint32_t number, const SegmentFacts& segment, ByteView bytes);
    /// Gives what waits, with the gaps before it.
    void finish();
    /// Bytes of both directions that wait for what is missing before them.
    std::size_t waitingBytes() const
    {
        return m_ofInitiator.waitingBytes() + m_ofResponder.waitingBytes();
    }

private:
    Sink m_sink;
    StreamAssembler m_ofInitiator;
    StreamAssembler m_ofResponder;
};

/// Bytes as a person reads them: printable ASCII, tabs and ends of lines; what else would steer a
/// terminal, or is no text, is a dot.
std::string streamText(ByteView data);

/// `width` bytes a line: offset, hexadecimal digits, characters; each line ends with a newline.
std::string streamHex(std::uint64_t offset, ByteView data, std::size_t width = 16);

} // namespace tcpw
