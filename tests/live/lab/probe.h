// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QByteArray>
#include <QProcess>
#include <QTemporaryDir>

namespace tcpw {

/// Runs labprobe in processes of their own, as this user or as an ordinary one (uid 65534, for
/// which this process must be root's).
class Probe
{
public:
    struct Outcome
    {
        int status = -1; ///< -1: it crashed or hung
        QByteArray output;
        QByteArray errors;
    };

    static constexpr int patience = 60'000; ///< ms; sanitizers and busy machines are slow

    Probe(); ///< copies it to where everybody can reach it

    /// Why these tests cannot run here; "" when they can.
    static QString obstacle();
    /// Test data: a column "ordinary", with a row for each user there is.
    static void users();
    /// To be called before the process is started.
    static void becomeOrdinary(QProcess& process);

    QString path() const { return m_path; }
    QString folder() const { return m_folder.path(); }
    void start(QProcess& process, const QStringList& arguments, bool ordinary = false) const;
    Outcome run(const QStringList& arguments, bool ordinary = false) const;

private:
    QTemporaryDir m_folder;
    QString m_path;
};

} // namespace tcpw
