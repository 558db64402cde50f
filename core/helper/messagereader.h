// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/result.h"
#include "helper/protocol.h"

#include <span>

namespace tcpw {

/// Cuts a byte stream into messages. Its memory grows with the bytes that really came, not with
/// what a length claims.
class MessageReader
{
public:
    /// Where the next bytes of the stream are to be put; never empty. Ends the life of messages
    /// that next() gave.
    std::span<std::uint8_t> space();
    /// Tells that this many bytes were put there.
    void filled(std::size_t count) { m_end += count; }

    /// The next whole message, or nothing yet. Fails for good when the stream is none of ours.
    Result<std::optional<ReceivedMessage>> next();

private:
    Bytes m_buffer;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

} // namespace tcpw
