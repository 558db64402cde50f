// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "templates/template.h"

#include <QStringList>

class QCommandLineParser;

namespace tcpw {

/// The draft of a template that is a built-in's id, a file or "CAPTURE#5", packet 5 of a capture
/// file.
Result<Draft> makeDraft(const QString& name);

/// Declares --set.
void declareSet(QCommandLineParser& parser);

/// Does each "field=value" of --set; the sentence names the first that cannot be.
Result<void> setFields(Draft& draft, const QStringList& settings);

/// The packet of a draft without a device: addresses of the practice network, a random port and
/// sequence number.
Result<Packet> resolveOffline(const Draft& draft);

} // namespace tcpw
