// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <tl/expected.hpp>

#include <string>

namespace tcpw {

/// What went wrong, as one or more whole sentences for the user: what, why, and what to do.
struct Error
{
    std::string message;
};

/// A value, or the reason why there is none.
template <typename T> using Result = tl::expected<T, Error>;

/// Makes the failed case of any Result.
inline tl::unexpected<Error> failure(std::string message)
{
    return tl::unexpected<Error>(Error{std::move(message)});
}

} // namespace tcpw
