// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/lab.h"

#include <QString>

namespace tcpw {

/// The lab in whose near namespace this program's tests run; it was started before main(), while
/// there was one thread only. nullptr where none can be made.
Lab* theLab();

/// Why there is none, with what helps.
QString whyNoLab();

/// Does one thing at the far end; fails the test, and gives an empty reply, when it is refused.
FarReply ask(const FarRequest& request);
FarReply ask(FarVerb verb, std::uint32_t socket = 0, const QByteArray& data = {});
FarReply connectFar(std::uint16_t port, const IpAddress& address = Ipv4Address{});

/// The sentence with which the far end refuses; fails the test, and gives "", when it does not.
QString refusal(const FarRequest& request);

/// True when the far end's log has such a text, of that socket (0: of any).
bool hasLogged(const char* text, std::uint32_t socket = 0);

/// The number of the newest socket that the far end's log tells this of; 0 if there is none.
std::uint32_t newestSocketThat(const QString& text);

/// The far end's sockets in a state, of a local port (0: of any).
std::vector<FarSocket> socketsIn(const char* state, std::uint16_t localPort = 0);

} // namespace tcpw
