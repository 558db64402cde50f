// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/messagereader.h"

#include "base/bytereader.h"

namespace tcpw {

namespace {

constexpr std::size_t smallestSpace = 64u << 10;

} // namespace

std::span<std::uint8_t> MessageReader::space()
{
    if (m_buffer.size() - m_end < smallestSpace && m_begin > 0) {
        std::copy(m_buffer.begin() + std::ptrdiff_t(m_begin),
            m_buffer.begin() + std::ptrdiff_t(m_end), m_buffer.begin());
        m_end -= m_begin;
        m_begin = 0;
    }
    if (m_buffer.size() - m_end < smallestSpace)
        m_buffer.resize(std::max(m_buffer.size() * 2, 4 * smallestSpace));
    return std::span(m_buffer).subspan(m_end);
}

Result<std::optional<ReceivedMessage>> MessageReader::next()
{
    ByteReader reader(ByteView(m_buffer).subspan(m_begin, m_end - m_begin));
    if (reader.remaining() < messageHeaderSize)
        return std::nullopt;
    const std::size_t length = reader.u32();
    if (length < messageHeaderSize - sizeof(std::uint32_t) || length > maximumMessageLength)
        return failure(
            "A message claims a length of " + std::to_string(length) + " bytes, which none has.");
    ReceivedMessage message{reader.u8(), reader.u32(), {}};
    if (*messageName(message.number) == '\0')
        return failure("No message has the number " + std::to_string(message.number) + ".");
    const std::size_t fieldsLength = length + sizeof(std::uint32_t) - messageHeaderSize;
    if (reader.remaining() < fieldsLength)
        return std::nullopt;
    message.fields = reader.take(fieldsLength);
    m_begin += messageHeaderSize + fieldsLength;
    return message;
}

} // namespace tcpw
