// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

namespace tcpw {

/// Cuts the process off from what its starter could have left to it: environment, descriptors above
/// the stream's, signals that are meant for its parent. No program that is executed later can gain
/// rights.
void leaveInheritanceBehind();

/// Has this process killed when the thread that started it ends; it ends by the closed stream too,
/// so this is a second belt. Changes of credentials undo it.
void dieWithParent();

/// Gives up all capabilities but those that capturing, sending and guarding low ports need, for
/// this thread and those it starts; no program that is executed can gain any.
void keepNetworkRightsOnly();

/// Keeps other processes of the same user from looking into this one.
void hideFromOthers();

/// True when the program was installed setuid or setgid, which it must not be.
bool runsWithForeignId();

} // namespace tcpw
