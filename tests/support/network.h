// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <functional>
#include <string>

namespace tcpw {

/// Moves this process into a network namespace of its own, with lo up; without privileges into a
/// user namespace first, for which the process must have one thread only. To be called before
/// main(), by TCPW_OWN_NETWORK.
bool enterOwnNetwork();

/// Why this process has no network namespace of its own: what QSKIP says. "" when it has one.
const std::string& ownNetworkProblem();

/// Whether what a command complains of is to be seen.
enum class Quiet
{
    no,
    yes,
};

/// Runs `ip` with these arguments, separated by spaces, in the calling thread's network namespace;
/// true when it succeeded.
bool ip(const std::string& arguments, Quiet quiet = Quiet::no);

/// Sets a setting below /proc/sys in the calling thread's network namespace.
bool setSysctl(const std::string& path, const std::string& value);

/// Another network namespace, which ends with this object and its last socket.
class NetworkNamespace
{
public:
    NetworkNamespace();
    ~NetworkNamespace();
    NetworkNamespace(const NetworkNamespace&) = delete;
    NetworkNamespace& operator=(const NetworkNamespace&) = delete;

    bool valid() const { return m_file >= 0; }
    std::string path() const; ///< as ip("link set ... netns ...") takes it

    /// Calls the function on a thread that is in this namespace, and waits for it.
    void run(const std::function<void()>& function) const;
    bool ip(const std::string& arguments) const;

private:
    int m_file = -1;
};

/// Two Ethernet devices that are joined by a cable: near0 (10.9.0.1, fd09::1, fe80::1,
/// 02:00:00:00:00:01) in this thread's namespace, far0 (10.9.0.2, fd09::2, fe80::2,
/// 02:00:00:00:00:02) in the other. Both up; the kernel sends nothing by itself but what it must.
class VethPair
{
public:
    explicit VethPair(const NetworkNamespace& far);
    ~VethPair();
    VethPair(const VethPair&) = delete;
    VethPair& operator=(const VethPair&) = delete;

    bool valid() const { return m_valid; }

private:
    bool m_valid = false;
};

} // namespace tcpw

/// Stands once in a file of a live test's executable: all its tests are in a namespace of their
/// own.
#define TCPW_OWN_NETWORK static const bool ownNetworkEntered = tcpw::enterOwnNetwork()

/// Stands at the beginning of initTestCase().
#define TCPW_NEED_OWN_NETWORK                                                                      \
    if (!tcpw::ownNetworkProblem().empty())                                                        \
    QSKIP(tcpw::ownNetworkProblem().c_str())
