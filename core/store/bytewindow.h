// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/bytesource.h"

#include <memory>

namespace tcpw {

/// A buffer of fixed size that moves forward over a source, so that small pieces of it are cheap.
class ByteWindow
{
public:
    static constexpr std::size_t capacity = 256 * 1024;

    explicit ByteWindow(ByteSource& source);

    /// The bytes at `offset`: `count` of them (at most `capacity`), or fewer at the end of the
    /// source and where it cannot be read. Valid until the next call.
    ByteView at(std::uint64_t offset, std::size_t count);

    std::uint64_t size() const { return m_source.size(); }
    /// errno where the bytes that at() gave are fewer because reading failed, else 0.
    int error() const { return m_error; }
    /// Forgets what it read of a source that has grown.
    void refresh();

private:
    void fill(std::uint64_t offset, std::size_t count);

    ByteSource& m_source;
    std::unique_ptr<std::uint8_t[]> m_buffer;
    std::uint64_t m_start = 0;
    std::size_t m_count = 0;
    int m_error = 0;
};

} // namespace tcpw
