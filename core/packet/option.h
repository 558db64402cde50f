// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/optionlist.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tcpw {

/// The options of a header, and what stands behind them up to the header's end.
struct Options
{
    OptionList list;
    std::optional<Bytes> tail; ///< empty: zeros up to the next multiple of four bytes
    friend bool operator==(const Options&, const Options&) = default;
};

/// The size of one option in bytes, as it is sent.
std::size_t encodedSize(const Option& option);
/// The size of all options and their tail in bytes, as they are sent.
std::size_t encodedSize(const Options& options);

/// The length byte that is sent with an option of kind 2 or more; when it is empty, 255 at most.
std::uint8_t writtenLength(const Option& option);
/// True when the length byte that is sent is the option's real size.
bool hasTrueLength(const Option& option);
/// True when the tail is empty, or the zeros that are written anyway.
bool hasAutomaticTail(const Options& options);

class ByteWriter;
void encodeOptions(const Options& options, ByteWriter& writer);
/// Fills in `room`: as many zeros as encodedSize() says.
void encodeOptions(const Options& options, std::span<std::uint8_t> room);

/// Reads a header's whole option space. An option whose length is under 2 or leads past the end is
/// kept with that length and ends the list; what follows it is the tail.
Options decodeOptions(ByteView space);
/// The same into options that are still empty, where they are.
void decodeOptions(ByteView space, Options& options);

} // namespace tcpw
