// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/farconnection.h"
#include "lab/fardiagnosis.h"
#include "lab/farloop.h"
#include "lab/fartimers.h"

#include <map>
#include <memory>

namespace tcpw {

/// The far end: its servers, and the verbs by which it is told what to do. Lives on the loop's
/// thread.
class FarServer
{
public:
    FarServer(FarLoop& loop, FarLog& log)
        : m_loop(loop)
        , m_log(log)
    {
    }
    ~FarServer();

    /// Starts the servers in the calling thread's network namespace.
    Result<void> start();

    Result<FarReply> answer(const FarRequest& request);

private:
    struct Listener
    {
        OwnedFd socket;
        FarService service;
        std::uint64_t watch = 0;
    };
    struct Watched
    {
        std::unique_ptr<FarConnection> connection;
        std::uint64_t watch = 0;
    };
    using Wanted = bool (*)(const FarConnection&);

    // farserver.cpp
    Result<std::uint32_t> addListener(const FarService& service);
    void accept(std::uint32_t listener);
    void pauseAccepting(std::uint64_t watch, int error);
    void tick();
    void add(std::unique_ptr<FarConnection> connection);
    void makeRoom();
    void handle(std::uint32_t number, std::uint32_t events);
    void settle(std::uint32_t number);

    // farverbs.cpp
    Result<FarReply> connect(const FarRequest& request);
    Result<FarReply> listen(std::uint16_t port);
    Result<FarReply> send(const FarRequest& request);
    Result<FarReply> shutdown(std::uint32_t number);
    Result<FarReply> close(std::uint32_t number, bool abort);
    Result<FarReply> closeListener(std::uint32_t number);
    Result<FarReply> setReading(std::uint32_t number, bool reading);
    Result<FarReply> setPatient(bool patient);
    Result<FarReply> state();
    Result<FarReply> log() const;
    Result<FarConnection*> find(std::uint32_t number, Wanted wanted, const char* what);
    FarReply done(std::uint32_t number, const std::string& text);
    std::map<std::uint32_t, std::uint32_t> numbersByInode() const;
    void name(FarSocket& socket) const;

    FarLoop& m_loop;
    FarLog& m_log;
    FarTimers m_timers;
    FarDiagnosis m_diagnosis;
    std::map<std::uint32_t, Listener> m_listeners;
    std::map<std::uint32_t, Watched> m_connections; ///< the newest last
    std::uint32_t m_lastNumber = 0;
};

} // namespace tcpw
