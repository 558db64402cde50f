// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QFile>

namespace tcpw {

/// Whether a process has a handler for this signal; a signal before would end it by itself.
inline bool catchesSignal(qint64 process, int number)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = file.readAll();
    const QByteArray caught = text.mid(text.indexOf("SigCgt:") + 7, 17).trimmed();
    return (caught.toULongLong(nullptr, 16) >> (number - 1) & 1) != 0;
}

} // namespace tcpw
