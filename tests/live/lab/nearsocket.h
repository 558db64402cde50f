// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QByteArray>

#include <cstdint>

namespace tcpw {

/// An ordinary TCP socket of the near end's kernel; waits at most three seconds for anything.
class NearSocket
{
public:
    explicit NearSocket(bool ipv6 = false);
    ~NearSocket();
    NearSocket(NearSocket&& other) noexcept;
    NearSocket(const NearSocket&) = delete;
    NearSocket& operator=(const NearSocket&) = delete;
    NearSocket& operator=(NearSocket&&) = delete;

    int connectToFar(std::uint16_t port); ///< gives 0 or errno
    std::uint16_t listen(); ///< gives the port
    NearSocket accept();

    bool send(const QByteArray& bytes);
    /// At least `least` bytes, or what came before the end or an error.
    QByteArray receive(int least);
    int receiveEnd(); ///< gives 0 for the other side's FIN, else errno of what came instead
    void shutdown();
    void close();
    void reset(); ///< closes with RST

    std::uint16_t port() const;
    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor = -1;
    bool m_ipv6 = false;
};

} // namespace tcpw
