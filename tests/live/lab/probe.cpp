// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "live/lab/probe.h"

#include "lab/lab.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <grp.h>
#include <unistd.h>

namespace tcpw {

namespace {

constexpr uid_t nobody = 65534;

#if defined(__SANITIZE_THREAD__)
constexpr bool hasThreadSanitizer = true;
#elif defined(__has_feature)
constexpr bool hasThreadSanitizer = __has_feature(thread_sanitizer);
#else
constexpr bool hasThreadSanitizer = false;
#endif

} // namespace

Probe::Probe()
    : m_path(m_folder.filePath(QStringLiteral("labprobe")))
{
    QFile::copy(QStringLiteral(TCPW_BINARY_DIR) + QStringLiteral("/tests/labprobe"), m_path);
    using P = QFileDevice;
    const auto forAll = P::ReadOwner | P::WriteOwner | P::ExeOwner | P::ReadOther | P::ExeOther;
    QFile::setPermissions(m_folder.path(), forAll);
    QFile::setPermissions(m_path, forAll);
}

QString Probe::obstacle()
{
    if (hasThreadSanitizer)
        return QStringLiteral(
            "ThreadSanitizer cannot follow QProcess, nor a forked child into a user namespace.");
    const auto obstacle = findLabObstacle();
    return obstacle ? QString::fromStdString(obstacle->cause) : QString();
}

void Probe::users()
{
    QTest::addColumn<bool>("ordinary");
    QTest::newRow("this user") << false;
    if (::geteuid() == 0)
        QTest::newRow("an ordinary user") << true;
}

void Probe::becomeOrdinary(QProcess& process)
{
    process.setChildProcessModifier([] {
        if (::setgroups(0, nullptr) != 0 || ::setresgid(nobody, nobody, nobody) != 0
            || ::setresuid(nobody, nobody, nobody) != 0)
            ::_exit(98);
    });
}

void Probe::start(QProcess& process, const QStringList& arguments, bool ordinary) const
{
    if (ordinary)
        becomeOrdinary(process);
    process.start(m_path, arguments);
}

Probe::Outcome Probe::run(const QStringList& arguments, bool ordinary) const
{
    QProcess process;
    start(process, arguments, ordinary);
    if (!process.waitForFinished(patience))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
        process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace tcpw
