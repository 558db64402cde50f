// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"
#include "store/fileaccess.h"

namespace tcpw {

/// Where a capture is read from: bytes at offsets.
class ByteSource
{
public:
    virtual ~ByteSource() = default;

    /// In bytes, when last asked of the system.
    virtual std::uint64_t size() const = 0;
    /// Reads until `into` is full; fewer bytes at the end of the source or when reading fails.
    virtual Transfer read(std::uint64_t offset, std::span<std::uint8_t> into) = 0;
};

/// A regular file. The descriptor must outlive it.
class FileSource : public ByteSource
{
public:
    explicit FileSource(int file);

    std::uint64_t size() const override { return m_size; }
    Transfer read(std::uint64_t offset, std::span<std::uint8_t> into) override;
    /// Asks for the size anew: the file may have grown.
    void refresh();

private:
    int m_file;
    std::uint64_t m_size = 0;
};

/// Bytes in memory, which must outlive it.
class MemorySource : public ByteSource
{
public:
    explicit MemorySource(ByteView bytes)
        : m_bytes(bytes)
    {
    }

    std::uint64_t size() const override { return m_bytes.size(); }
    Transfer read(std::uint64_t offset, std::span<std::uint8_t> into) override;

private:
    ByteView m_bytes;
};

} // namespace tcpw
