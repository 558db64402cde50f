// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QList>

#include <unistd.h>

namespace tcpw {

/// The processes whose parent this one is and whose name is `name`.
inline QList<qint64> childrenNamed(const QByteArray& name)
{
    QList<qint64> found;
    for (const QString& entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile stat(QStringLiteral("/proc/") + entry + QStringLiteral("/stat"));
        if (entry.toLongLong() == 0 || !stat.open(QIODevice::ReadOnly))
            continue;
        const QByteArray line = stat.readAll();
        const auto open = line.indexOf('('), close = line.lastIndexOf(')');
        const auto words = line.mid(close + 2).split(' ');
        if (line.mid(open + 1, close - open - 1) == name && words.size() > 2
            && words[1].toLongLong() == getpid() && words[0] != "Z")
            found << entry.toLongLong();
    }
    return found;
}

} // namespace tcpw
