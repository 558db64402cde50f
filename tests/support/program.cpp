// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/program.h"

#include <QDir>
#include <QFile>
#include <QProcess>

#include <grp.h>
#include <unistd.h>

namespace tcpw {

namespace {

constexpr uid_t nobody = 65534;

} // namespace

QList<QHash<QString, QString>> ProgramRun::rows() const
{
    QList<QHash<QString, QString>> rows;
    QStringList names;
    for (const QString& line :
        QString::fromUtf8(output).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const QStringList cells = line.split(QLatin1Char('\t'));
        if (names.isEmpty()) {
            names = cells;
            continue;
        }
        QHash<QString, QString> row;
        for (qsizetype i = 0; i < cells.size() && i < names.size(); ++i)
            row[names[i]] = cells[i];
        rows << row;
    }
    return rows;
}

OrdinaryUser::OrdinaryUser()
{
    // The build folder may be where an ordinary user cannot look; copies in a public one serve.
    for (const auto& name : {QStringLiteral("tcpw"), QStringLiteral("tcpw-helper")})
        QFile::copy(QStringLiteral(TCPW_BINARY_DIR "/app/") + name, m_programs.filePath(name));
    const auto everybody = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadGroup
        | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
    QFile::setPermissions(m_programs.path(), everybody);
    if (geteuid() == 0 && chown(QFile::encodeName(m_home.path()).constData(), nobody, nobody) != 0)
        qFatal("The ordinary user's folder cannot be given to them.");
}

void OrdinaryUser::prepare(QProcess& process) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), m_home.path());
    environment.insert(QStringLiteral("XDG_STATE_HOME"), m_home.filePath(QStringLiteral("state")));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_home.path());
    process.setChildProcessModifier([] {
        if (geteuid() == 0
            && (setgroups(0, nullptr) != 0 || setresgid(nobody, nobody, nobody) != 0
                || setresuid(nobody, nobody, nobody) != 0))
            _exit(126);
    });
}

ProgramRun OrdinaryUser::tcpw(const QStringList& words, const QByteArray& input, int milliseconds)
{
    QProcess process;
    prepare(process);
    process.start(m_programs.filePath(QStringLiteral("tcpw")), words);
    process.write(input);
    process.closeWriteChannel();
    ProgramRun run;
    if (!process.waitForFinished(milliseconds)) {
        process.kill();
        process.waitForFinished();
        run.errors = "killed: it did not end in time\n";
    }
    run.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : 137;
    run.output = process.readAllStandardOutput();
    run.errors += process.readAllStandardError();
    return run;
}

} // namespace tcpw
