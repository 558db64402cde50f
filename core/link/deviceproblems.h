// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/device.h"
#include "link/linkquery.h"

namespace tcpw {

/// Why the device cannot be captured on, as a sentence; "" when it can.
std::string captureProblem(const LinkInfo& link, bool permitted);

/// Why nothing can be sent on the device, as a sentence; "" when it can.
std::string injectProblem(const LinkInfo& link, bool permitted);

/// What is said where CAP_NET_RAW is missing.
std::string rightsSentence();

/// What is said of a device that is down, with the command that helps.
std::string downSentence(const std::string& name);

/// What is said of a device that is no more.
std::string goneSentence(const std::string& name);

/// Why nothing is sent on the device `any`.
std::string anyInjectSentence();

/// Why nothing is sent on lo.
std::string loopbackInjectSentence(const std::string& name);

/// Why nothing is sent on a device without Ethernet headers.
std::string notEthernetSentence(const std::string& name);

} // namespace tcpw
