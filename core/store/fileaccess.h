// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"
#include "store/filedescriptor.h"

#include <cstddef>
#include <span>
#include <string>

namespace tcpw {

/// How far a reading or writing came, and errno of what stopped it (0: nothing, or end of file).
struct Transfer
{
    std::size_t count = 0; ///< in bytes
    int error = 0;
};

/// Reads until `into` is full or the file ends; interrupted calls go on.
Transfer readAt(int file, std::uint64_t offset, std::span<std::uint8_t> into);

/// Writes all of `bytes`; interrupted and partial calls go on.
Transfer writeAt(int file, std::uint64_t offset, ByteView bytes);

/// What errno means, as the end of a sentence without its full stop: "the disk is full".
std::string systemReason(int error);

/// A path as a person may see it: in quotation marks, with control characters, bytes that are not
/// UTF-8 and marks that turn the direction of text written as \xNN.
std::string shownPath(const std::string& path);

/// Opens a regular file for reading. Directories, devices, pipes and sockets are refused without
/// being opened, so that nothing waits and nothing is set off.
Result<FileDescriptor> openRegularFile(const std::string& path);

/// Makes a folder and those above it that are missing, for their owner alone.
Result<void> makeFolder(const std::string& path);

} // namespace tcpw
