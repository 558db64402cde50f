// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/connectionstreams.h"

#include "base/bytes.h"

#include <algorithm>
#include <cstdio>

namespace tcpw {

namespace {

bool isPrintable(std::uint8_t byte)
{
    return byte >= 0x20 && byte < 0x7f;
}

} // namespace

ConnectionStreams::ConnectionStreams(Sink sink)
    : m_sink(std::move(sink))
    , m_ofInitiator([this](const auto& piece) { m_sink(true, piece); })
    , m_ofResponder([this](const auto& piece) { m_sink(false, piece); })
{
}

void ConnectionStreams::add(
    bool fromInitiator, std::uint32_t number, const SegmentFacts& segment, ByteView bytes)
{
    StreamAssembler& from = fromInitiator ? m_ofInitiator : m_ofResponder;
    StreamAssembler& to = fromInitiator ? m_ofResponder : m_ofInitiator;
    if (segment.has(ControlBits::ack))
        to.acknowledged(segment.acknowledgmentNumber);
    from.add(number, segment, bytes);
}

void ConnectionStreams::finish()
{
    m_ofInitiator.finish();
    m_ofResponder.finish();
}

std::string streamText(ByteView data)
{
    std::string text;
    text.reserve(data.size());
    for (const std::uint8_t byte : data)
        if (byte != '\r')
            text += byte == '\n' || byte == '\t' || isPrintable(byte) ? static_cast<char>(byte)
                                                                      : '.';
    return text;
}

std::string streamHex(std::uint64_t offset, ByteView data, std::size_t width)
{
    std::string text;
    for (std::size_t i = 0; i < data.size(); i += width) {
        const ByteView part = data.subspan(i, std::min(width, data.size() - i));
        char place[24];
        std::snprintf(place, sizeof place, "%08llx", static_cast<unsigned long long>(offset + i));
        std::string digits, characters;
        for (const std::uint8_t byte : part) {
            digits += " " + toHex(ByteView(&byte, 1));
            characters += isPrintable(byte) ? static_cast<char>(byte) : '.';
        }
        digits.resize(width * 3, ' ');
        text += place + digits + "  " + characters + "\n";
    }
    return text;
}

} // namespace tcpw
