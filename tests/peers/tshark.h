// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"

#include <QStringList>
#include <QTemporaryDir>

namespace tcpw {

/// Runs tshark on packets of ours, with the protocols below the application alone and every
/// checksum verified, so that no guess about a payload changes the result.
class Tshark
{
public:
    /// Prepares the list of protocols that are not wanted; false when tshark is not installed.
    bool start();

    /// One row of cells for each packet, in the order of `fields`; several values in one cell are
    /// joined by ','. Empty when tshark failed (error() tells).
    QList<QStringList> read(
        const QList<Bytes>& packets, LinkType linkType, const QStringList& fields);

    QString error() const { return m_error; }

private:
    QByteArray run(const QStringList& arguments);

    QTemporaryDir m_folder;
    QString m_error;
};

} // namespace tcpw
