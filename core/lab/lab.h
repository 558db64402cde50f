// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/far.h"

#include <functional>
#include <memory>
#include <optional>

namespace tcpw {

/// The lab's addresses; the device's name at the near end is "lab0".
namespace labAddress {
inline constexpr Ipv4Address near4{0xc0a83865}; ///< 192.168.56.101
inline constexpr Ipv4Address far4{0xc0a83866}; ///< 192.168.56.102
inline constexpr Ipv6Address near6{
    {0xfd, 0, 0, 0x56, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1}}; ///< fd00:56::101
inline constexpr Ipv6Address far6{
    {0xfd, 0, 0, 0x56, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2}}; ///< fd00:56::102
inline constexpr MacAddress nearMac{{0x0a, 0, 0, 0, 0, 1}};
inline constexpr MacAddress farMac{{0x0a, 0, 0, 0, 0, 2}};
} // namespace labAddress

/// Why a lab cannot be made here: what stands in the way, and the one command that helps.
struct LabObstacle
{
    std::string cause; ///< a sentence
    std::string command; ///< to be copied, "" when none helps
};

/// A private network with a real TCP stack at its far end, inside this process: two network
/// namespaces and a veth pair that vanish with it.
class Lab
{
public:
    /// Moves the calling thread into a new user namespace (unless it may make network namespaces
    /// already) and a new network namespace, in which lab0 is then; builds the far end in another
    /// one and starts its servers on a thread of their own. Without privileges the process must
    /// have one thread only. The caller's user id stays what it is.
    /// When it fails, the message is the cause that `obstacle` gets as well, beside its command. A
    /// thread that was moved into a user namespace stays there.
    static Result<std::unique_ptr<Lab>> start(LabObstacle* obstacle = nullptr);

    ~Lab(); ///< ends the servers; the namespaces end with their last thread

    /// Does one thing at the far end. May be called by any thread.
    Result<FarReply> far(const FarRequest& request);

    /// Called on the lab's thread for each event from then on; empty: no more.
    void setLog(std::function<void(const FarEvent&)> log);

    /// Answers far requests of other processes in the near network namespace on the abstract Unix
    /// socket `farSocketName`, which nobody outside that namespace can reach.
    Result<void> serveNamespace();

    /// Runs a command in the near namespace with this terminal, ambient capabilities kept; gives
    /// its exit status as a shell does.
    Result<int> run(const std::vector<std::string>& command);

private:
    Lab();
    class Private;
    std::unique_ptr<Private> d;
};

inline constexpr char farSocketName[] = "tcp-workbench-lab";

/// Asks the far end of the lab that this process is in the near namespace of.
Result<FarReply> askFar(const FarRequest& request);

/// True when this thread's network namespace has a lab0 that is the near end of a lab.
bool insideLab();

/// Makes and drops a lab in a throw-away child; empty when it works. Tells the causes apart by
/// what failed and by reading the system's settings.
std::optional<LabObstacle> findLabObstacle();

} // namespace tcpw
