// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "tcpwprocess.h"

#include <QTest>

#include <csignal>

namespace tcpw {

TcpwProcess::TcpwProcess(const QString& words, const QString& before)
{
    connect(this, &QProcess::readyRead, this, &TcpwProcess::read);
    connect(this, &QProcess::readyReadStandardError, this, &TcpwProcess::read);
    setReadChannel(StandardOutput);
    start(QStringLiteral("sh"),
        {QStringLiteral("-c"), before + QStringLiteral(" \"$0\" ") + words,
            QStringLiteral(TCPW_BINARY_DIR "/app/tcpw")});
    waitForStarted(patience);
}

TcpwProcess::~TcpwProcess()
{
    if (state() != NotRunning) {
        kill();
        waitForFinished(patience);
    }
}

void TcpwProcess::read()
{
    m_output += readAllStandardOutput();
    m_errors += readAllStandardError();
}

bool TcpwProcess::begun()
{
    return QTest::qWaitFor([this] { return m_output.contains('\n'); }, patience);
}

void TcpwProcess::interrupt()
{
    ::kill(pid_t(processId()), SIGINT);
}

int TcpwProcess::ended()
{
    if (!QTest::qWaitFor([this] { return state() == NotRunning; }, patience))
        return -1;
    read();
    return exitStatus() == NormalExit ? exitCode() : -1;
}

std::map<QString, int> TcpwProcess::count(const char* column) const
{
    std::map<QString, int> counts;
    const QStringList lines
        = QString::fromUtf8(m_output).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    const auto place = lines.value(0).split(QLatin1Char('\t')).indexOf(QString::fromLatin1(column));
    for (const QString& line : lines.mid(1))
        ++counts[line.split(QLatin1Char('\t')).value(place)];
    return counts;
}

} // namespace tcpw
