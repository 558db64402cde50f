// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <string>

namespace tcpw {

/// True when the user of this process is listed in that group, which need not hold for a session
/// that began before.
bool isListedInGroup(const std::string& group);

} // namespace tcpw
