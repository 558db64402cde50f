// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/packetlist/packetlistpane.h"
#include "ui/testpackets.h"
#include "ui/window/windowfixture.h"

class QAction;

namespace tcpw::test {

/// A window, and a capture of ten packets to open in it.
class CaptureFixture
{
protected:
    /// Once, before the first: a handshake, a request that is lost and repeated, a wrong checksum,
    /// a reset.
    void makeCapture();
    void begin();

    QAction* action(const QString& text) const;
    void saveBy(const QString& text, const QString& path);
    void open(const QString& path, int rows);
    void capture(int count);
    void dropBefore(int packet);
    qsizetype packetsIn(const QString& path) const;
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    PacketListModel* model() const { return m_all->packets()->model(); }

    QTemporaryDir m_folder;
    QString m_capture;
    std::unique_ptr<WindowFixture> m_all;
};

} // namespace tcpw::test
