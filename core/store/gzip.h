// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/bytesource.h"

#include <functional>

namespace tcpw {

/// Told the share that is done; false cancels.
using Progress = std::function<bool(double)>;

/// What a compressed capture held: a file without a name, gone when it is closed.
struct UnpackedFile
{
    FileDescriptor file;
    std::string problem; ///< a sentence when not everything could be unpacked; else ""
};

bool isGzip(ByteView start);

/// Unpacks a gzip file (RFC 1952, also of several members) into a file in `folder`. Stops as soon
/// as it shows that there is no capture inside, and at a size that a file made to fill the disk
/// reaches and a capture does not.
Result<UnpackedFile> unpackGzip(
    ByteSource& source, const std::string& folder, const Progress& progress = {});

/// How many bytes may come out of so many compressed ones.
constexpr std::uint64_t unpackedLimit(std::uint64_t compressed)
{
    constexpr std::uint64_t always = std::uint64_t{256} << 20;
    return always + compressed * 32;
}

} // namespace tcpw
