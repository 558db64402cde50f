// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>

#include <map>
#include <string>

namespace tcpw {

constexpr int patience = 30000; // ms; a busy machine is slow

/// `tcpw`, running in this program's network.
class TcpwProcess : public QProcess
{
public:
    /// `before` is a shell command that ends in what runs the program: "ulimit -f 8; exec".
    explicit TcpwProcess(const QString& words, const QString& before = QStringLiteral("exec"));
    ~TcpwProcess() override;

    /// Waits for the line of column names, which is printed when the capture runs.
    bool begun();
    void interrupt(); ///< Ctrl+C
    /// Its exit code; -1 when it did not end in time, or by a signal.
    int ended();
    bool isRunning() const { return state() == QProcess::Running; }

    QByteArray output() const { return m_output; }
    QByteArray errors() const { return m_errors; }
    /// How many rows of tab-separated values have each value in that column.
    std::map<QString, int> count(const char* column) const;

private:
    void read();

    QByteArray m_output, m_errors;
};

} // namespace tcpw
