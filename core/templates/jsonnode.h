// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tcpw {

/// A JSON value that knows where in its text it stands; members keep their order.
struct JsonNode
{
    enum class Kind
    {
        null,
        boolean,
        number,
        string,
        array,
        object,
    };

    Kind kind = Kind::null;
    bool boolean = false;
    std::optional<std::uint64_t> whole; ///< of a number that is whole and not negative
    std::string string;
    std::vector<JsonNode> items; ///< the elements of an array, the members of an object
    std::string key; ///< of an object's member
    std::size_t keyBegin = 0; ///< offset of the key's opening quote
    std::size_t begin = 0; ///< offset of the value's first byte
    std::size_t end = 0; ///< offset behind its last byte

    /// The member of that name, or null.
    const JsonNode* member(std::string_view name) const;
};

/// Reads one JSON value in UTF-8 within the limits of a template; fails with a sentence that names
/// line and column. A key that stands twice in one object is an error.
Result<JsonNode> parseJson(std::string_view text);

/// "line 3, column 5" for an offset in the text, both counted from 1, columns in characters.
std::string jsonPlace(std::string_view text, std::size_t offset);

/// The text as a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD.
std::string jsonQuoted(std::string_view text);

} // namespace tcpw
