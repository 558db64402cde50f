// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"

#include <QString>

namespace tcpw {

/// Bytes as a person types text: line breaks stand for 0x0a, \r \t \0 \\ and \xNN for what has
/// no key or is no UTF-8. bytesFromText(textFromBytes(b)) == b.
QString textFromBytes(ByteView bytes);
/// Fails with a sentence on a backslash that means nothing; \n is 0x0a too.
Result<Bytes> bytesFromText(const QString& text);

/// Pairs of digits, a space between bytes.
QString hexFromBytes(ByteView bytes);

/// True when all of it is UTF-8 that can be seen, or white space.
bool isPrintable(ByteView bytes);

} // namespace tcpw
