// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"
#include "lab/farlog.h"
#include "lab/farservices.h"
#include "lab/farsockets.h"

#include <chrono>

namespace tcpw {

/// A TCP connection of the far end, accepted or made: what its server does with it, and what the
/// log says of it. Never blocks; holds at most 1 MiB that waits to be sent.
class FarConnection
{
public:
    FarConnection(std::uint32_t number, OwnedFd socket, const FarService& service,
        const FarEndpoint& remote, bool connected, FarLog& log);

    std::uint32_t number() const { return m_number; }
    const OwnedFd& socket() const { return m_socket; }
    const char* service() const { return m_service; }
    bool maySend() const { return m_connected && !m_endSent && !m_endWaits && !m_closeWaits; }
    bool reading() const { return m_reading; }
    bool peerEnded() const { return m_peerEnded; }
    bool over() const { return m_over; } ///< to be dropped; the log says why

    std::uint32_t interest() const; ///< the epoll events it waits for
    void handle(std::uint32_t events);
    void tick(); ///< logs what was held back
    bool wantsTick() const { return m_heldBackBytes > 0; }

    Result<std::string> send(ByteView bytes);
    std::string shutdown(); ///< at once, or when all is sent
    std::string close(); ///< likewise
    std::string abort();
    std::string setReading(bool reading);

private:
    void finishConnecting();
    void readSome();
    void received(ByteView bytes);
    void receivedEnd();
    void writeSome();
    void generate();
    void sendEnd();
    void closeNow();
    void fail(int error);
    void end(const std::string& text);
    void say(const std::string& text) { m_log.add(m_number, m_service + (": " + text)); }
    void report(ByteView bytes);
    std::size_t waiting() const { return m_output.size() - m_sent; }

    std::uint32_t m_number;
    OwnedFd m_socket;
    const char* m_service;
    FarBehaviour m_behaviour;
    FarEndpoint m_remote;
    FarLog& m_log;

    bool m_connected;
    bool m_reading;
    bool m_peerEnded = false; ///< its FIN is here
    bool m_allRead = false; ///< ... and everything before it was read
    bool m_endWaits = false; ///< our FIN follows what waits to be sent
    bool m_endSent = false;
    bool m_closeWaits = false;
    bool m_over = false;

    Bytes m_output;
    std::size_t m_sent = 0; ///< of m_output
    std::uint64_t m_generated = 0; ///< bytes of chargen

    // A fast peer must not flood the log: after some lines in a second the rest is summed up.
    std::chrono::steady_clock::time_point m_reportsSince;
    int m_reports = 0;
    std::uint64_t m_heldBackBytes = 0;
};

} // namespace tcpw
