// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/namespaces.h"

#include "lab/capabilities.h"
#include "lab/lab.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

namespace tcpw {

namespace {

int writeFile(const char* file, const std::string& text)
{
    const OwnedFd descriptor(::open(file, O_WRONLY | O_CLOEXEC));
    if (!descriptor)
        return errno;
    const ssize_t written = ::write(descriptor.get(), text.data(), text.size());
    return written == static_cast<ssize_t>(text.size()) ? 0 : errno;
}

std::string toItself(unsigned id)
{
    return std::to_string(id) + " " + std::to_string(id) + " 1";
}

/// A user namespace in which this process has every capability and the ids it had.
LabResult<void> enterUserNamespace()
{
    const std::string user = toItself(::geteuid());
    const std::string group = toItself(::getegid());
    if (::unshare(CLONE_NEWUSER) != 0)
        return labFailure(LabStep::userNamespace, errno);
    for (const auto& [file, text] : {std::pair("/proc/self/setgroups", std::string("deny")),
             std::pair("/proc/self/uid_map", user), std::pair("/proc/self/gid_map", group)}) {
        if (const int error = writeFile(file, text))
            return labFailure(LabStep::idMap, error);
    }
    return {};
}

/// A network namespace for this thread; `end` gets its sockets there.
LabResult<OwnedFd> enterNetworkNamespace(LabEnd& end)
{
    if (::unshare(CLONE_NEWNET) != 0)
        return labFailure(LabStep::networkNamespace, errno);
    OwnedFd descriptor(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC));
    if (!descriptor)
        return labFailure(LabStep::networkNamespace, errno);
    if (const auto opened = end.open(); !opened)
        return tl::unexpected(opened.error());
    return descriptor;
}

} // namespace

LabResult<LabNamespaces> enterLabNamespaces()
{
    using namespace labAddress;
    if (!mayMakeNetworkNamespaces()) {
        if (const auto entered = enterUserNamespace(); !entered)
            return tl::unexpected(entered.error());
    }
    LabNamespaces made{
        {}, {}, LabEnd("lab0", nearMac, near4, near6), LabEnd("far0", farMac, far4, far6)};
    auto farNamespace = enterNetworkNamespace(made.farEnd);
    if (!farNamespace)
        return tl::unexpected(farNamespace.error());
    auto nearNamespace = enterNetworkNamespace(made.nearEnd);
    if (!nearNamespace)
        return tl::unexpected(nearNamespace.error());
    made.farNamespace = std::move(*farNamespace);
    made.nearNamespace = std::move(*nearNamespace);
    return made;
}

LabResult<void> joinLabEnds(LabNamespaces& namespaces)
{
    LabEnd& near = namespaces.nearEnd;
    LabEnd& far = namespaces.farEnd;
    if (const auto made = near.createPair(far, namespaces.farNamespace); !made)
        return made;
    for (LabEnd* end : {&near, &far}) {
        if (const auto up = end->bringUp(); !up)
            return up;
    }
    for (LabEnd* end : {&near, &far}) {
        if (const auto up = end->awaitLink(); !up)
            return up;
    }
    for (LabEnd* end : {&near, &far}) {
        if (const auto added = end->addAddresses(); !added)
            return added;
    }
    near.silenceOther();
    far.silenceOther();
    return {};
}

} // namespace tcpw
