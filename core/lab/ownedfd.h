// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <unistd.h>
#include <utility>

namespace tcpw {

/// A file descriptor that is closed with its owner; the lab opens all of them with CLOEXEC.
class OwnedFd
{
public:
    OwnedFd() = default;
    explicit OwnedFd(int number)
        : m_number(number)
    {
    }
    OwnedFd(OwnedFd&& other) noexcept
        : m_number(std::exchange(other.m_number, -1))
    {
    }
    OwnedFd& operator=(OwnedFd&& other) noexcept
    {
        std::swap(m_number, other.m_number);
        return *this;
    }
    ~OwnedFd() { reset(); }

    explicit operator bool() const { return m_number >= 0; }
    int get() const { return m_number; }
    void reset()
    {
        if (m_number >= 0)
            ::close(std::exchange(m_number, -1));
    }

private:
    int m_number = -1;
};

} // namespace tcpw
