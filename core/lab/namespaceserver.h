// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/far.h"
#include "lab/farloop.h"

#include <map>

namespace tcpw {

/// Answers the far requests of other processes of this user on a Unix socket. Lives on the loop's
/// thread.
class NamespaceServer
{
public:
    using Answer = std::function<Result<FarReply>(const FarRequest&)>;

    NamespaceServer(FarLoop& loop, Answer answer)
        : m_loop(loop)
        , m_answer(std::move(answer))
    {
    }
    ~NamespaceServer();

    /// `socket` is a non-blocking Unix socket of the near network namespace, not bound yet.
    Result<void> listen(OwnedFd socket);

private:
    struct Client
    {
        OwnedFd socket;
        Bytes input;
        Bytes output;
        std::size_t sent = 0; ///< of output
    };

    void accept();
    void handle(std::uint64_t client, std::uint32_t events);
    bool read(Client& client);
    bool answerWhole(Client& client);
    bool write(Client& client);
    void drop(std::uint64_t client);

    FarLoop& m_loop;
    Answer m_answer;
    OwnedFd m_socket;
    std::uint64_t m_watch = 0;
    std::map<std::uint64_t, Client> m_clients; ///< by the loop's number of their watch
};

} // namespace tcpw
