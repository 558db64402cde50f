// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace tcpw {

/// The whole content of a regular file of at most `limit` bytes. A link, a folder, a pipe or a
/// device is refused without waiting for it.
Result<std::string> readSmallFile(const std::string& path, std::size_t limit);

/// Gives the file this content or leaves it as it was: writes a temporary file beside it, checks
/// every step, renames. Mode and owner of a file that was there are kept.
Result<void> replaceFile(const std::string& path, std::string_view content);

} // namespace tcpw
