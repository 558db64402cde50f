// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/filesession.h"

#include <QTemporaryDir>

namespace tcpw {

/// So many packets of 60 bytes, from the peer.
PacketBatch batchOf(int count);

/// A session without devices, and a folder for its files.
class SessionFixture
{
protected:
    /// Once, before the first.
    void prepare();
    void begin();

    void capture(int count);
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QString savedFile(const char* name, int packets);
    void save(const QString& path, std::vector<std::size_t> packets = {});
    std::size_t size() const { return m_session->store().size(); }

    QTemporaryDir m_folder;
    std::unique_ptr<FileSession> m_session;
};

} // namespace tcpw
