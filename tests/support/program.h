// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

class QProcess;

namespace tcpw {

/// What a finished program left.
struct ProgramRun
{
    int exitCode = -1; ///< 128 + the signal's number when a signal ended it
    QByteArray output;
    QByteArray errors;

    /// The rows of tab-separated output, by the names in its first line.
    QList<QHash<QString, QString>> rows() const;
};

/// The project's programs in a folder of their own, run as an ordinary user without any capability,
/// whoever runs the tests.
class OrdinaryUser
{
public:
    OrdinaryUser();

    /// Runs `tcpw` with these words; killed after `milliseconds`.
    ProgramRun tcpw(
        const QStringList& words, const QByteArray& input = {}, int milliseconds = 20000);

    /// Makes a process that is yet to be started this user's.
    void prepare(QProcess& process) const;

    /// The path of `tcpw` as this user finds it.
    QString program() const { return m_programs.filePath(QStringLiteral("tcpw")); }

    /// A folder that this user may write to.
    QString folder() const { return m_home.path(); }

private:
    QTemporaryDir m_programs;
    QTemporaryDir m_home;
};

} // namespace tcpw
