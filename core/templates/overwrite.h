// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "templates/draft.h"

namespace tcpw {

/// The draft after the bytes that it makes were typed over. `resolved` is what it makes now, with a
/// value for every placeholder; `bytes` are wanted instead, and may be more or fewer.
///
/// What keeps its value also keeps whose it is: automatic, the user's, or a placeholder's. An
/// automatic checksum therefore follows; apart from those, the result encodes to `bytes`. Never
/// fails: bytes that make no sense become a Rest that says why.
Draft overwritten(const Draft& draft, const Packet& resolved, ByteView bytes);

} // namespace tcpw
