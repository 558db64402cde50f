// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/filedescriptor.h"

#include <cerrno>
#include <unistd.h>

namespace tcpw {

int FileDescriptor::close()
{
    if (m_number < 0)
        return 0;
    // After EINTR the descriptor is closed on Linux; closing it again could hit another one.
    const int status = ::close(std::exchange(m_number, -1));
    return status == 0 || errno == EINTR ? 0 : errno;
}

} // namespace tcpw
