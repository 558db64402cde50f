// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/labend.h"
#include "lab/labsteps.h"
#include "lab/ownedfd.h"

namespace tcpw {

/// The two network namespaces of a lab; each end's sockets are open in its own.
struct LabNamespaces
{
    OwnedFd nearNamespace;
    OwnedFd farNamespace;
    LabEnd nearEnd;
    LabEnd farEnd;
};

/// Makes both namespaces and leaves the calling thread in the near one. Without privileges it
/// enters a user namespace first, in which the caller's ids are what they were.
LabResult<LabNamespaces> enterLabNamespaces();

/// Joins the two by the veth pair, with addresses, up, and silent.
LabResult<void> joinLabEnds(LabNamespaces& namespaces);

} // namespace tcpw
