// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/capturefile.h"
#include "store/packetstore.h"

#include <QFile>
#include <QTemporaryDir>

#include <limits>

namespace tcpw::test {

/// The packets of a store as a file.
class TestFile
{
public:
    explicit TestFile(const PacketStore& store)
    {
        if (!saveCapture(store, {}, localPath(), CaptureFormat::pcapng))
            qFatal("the test's file is not saved");
    }

    QString path() const { return m_folder.filePath(QStringLiteral("a.pcapng")); }

    /// Opens it, up to `most` packets.
    std::unique_ptr<PacketStore> open(
        std::size_t most = std::numeric_limits<std::size_t>::max()) const
    {
        auto file = PacketStore::open(localPath(), {}, most);
        if (!file)
            qFatal("the test's file is not opened");
        return std::move(*file);
    }

private:
    std::string localPath() const { return QFile::encodeName(path()).toStdString(); }

    QTemporaryDir m_folder;
};

} // namespace tcpw::test
