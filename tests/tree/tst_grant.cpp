// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QVersionNumber>

namespace {

const QString repository = QStringLiteral(TCPW_SOURCE_DIR);

struct Run
{
    int exitCode = -1;
    QByteArray text;
};

Run run(const QString& program, const QStringList& words, const QStringList& environment = {})
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setEnvironment(QProcess::systemEnvironment() + environment);
    process.start(program, words);
    if (!process.waitForFinished(60000))
        return {};
    return {process.exitCode(), process.readAll()};
}

QStringList filesBelow(const QString& folder)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext())
        found << QDir(folder).relativeFilePath(files.next());
    found.sort();
    return found;
}

void write(const QString& path, const QByteArray& content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("A test file cannot be written.");
}

} // namespace

/// `app/run --grant` and `--revoke`, in a folder that stands for the system.
class GrantTest : public QObject
{
    Q_OBJECT
private slots:
    void installsAndRemovesItsFiles_data();
    void installsAndRemovesItsFiles();
    void needsRootOnTheRealSystem();
    void appArmorTakesTheProfile();
    void scriptsAreWellFormed();
};

void GrantTest::installsAndRemovesItsFiles_data()
{
    QTest::addColumn<QByteArray>("restriction");
    QTest::addColumn<QStringList>("files");
    const QString helper = QStringLiteral("usr/local/libexec/tcp-workbench/tcpw-helper");
    QTest::newRow("Debian") << QByteArray() << QStringList(helper);
    QTest::newRow("unrestricted") << QByteArray("0\n") << QStringList(helper);
    QTest::newRow("Ubuntu 24.04")
        << QByteArray("1\n")
        << QStringList({QStringLiteral("etc/apparmor.d/tcp-workbench-lab"), helper,
               QStringLiteral("usr/local/libexec/tcp-workbench/tcpw-lab-helper")});
}

void GrantTest::installsAndRemovesItsFiles()
{
    QFETCH(QByteArray, restriction);
    QFETCH(QStringList, files);
    QTemporaryDir system, build;
    const QString setting = QStringLiteral("proc/sys/kernel/apparmor_restrict_unprivileged_userns");
    if (!restriction.isEmpty())
        write(system.filePath(setting), restriction);
    write(build.filePath(QStringLiteral("app/tcpw-helper")), "#!/bin/sh\n");
    QFile(build.filePath(QStringLiteral("app/tcpw-helper")))
        .setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    const QStringList environment{
        QStringLiteral("TCPW_ROOT=") + system.path(), QStringLiteral("BUILD_DIR=") + build.path()};
    const QStringList before = filesBelow(system.path());

    for (int twice = 0; twice < 2; ++twice) {
        const auto granted = run(
            repository + QStringLiteral("/app/run"), {QStringLiteral("--grant")}, environment);
        QVERIFY2(granted.exitCode == 0, granted.text.constData());
        QStringList expected = files + before;
        expected.sort();
        QCOMPARE(filesBelow(system.path()), expected);
    }
    const auto mode = QFile::permissions(
        system.filePath(QStringLiteral("usr/local/libexec/tcp-workbench/tcpw-helper")));
    QVERIFY(!(mode & (QFile::ReadOther | QFile::ExeOther | QFile::WriteGroup)));
    for (int twice = 0; twice < 2; ++twice) {
        const auto revoked = run(
            repository + QStringLiteral("/app/run"), {QStringLiteral("--revoke")}, environment);
        QVERIFY2(revoked.exitCode == 0, revoked.text.constData());
        QCOMPARE(filesBelow(system.path()), before);
    }
}

void GrantTest::needsRootOnTheRealSystem()
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("setpriv"));
    if (program.isEmpty())
        QSKIP("setpriv is missing.");
    const auto refused = run(program,
        {QStringLiteral("--reuid=65534"), QStringLiteral("--regid=65534"),
            QStringLiteral("--clear-groups"), repository + QStringLiteral("/app/run"),
            QStringLiteral("--revoke")});
    if (refused.exitCode == 126 || refused.exitCode == 127 || refused.text.contains("setpriv:"))
        QSKIP("Another user cannot start the script from here.");
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.text.contains("sudo app/run --revoke"), refused.text.constData());
}

void GrantTest::appArmorTakesTheProfile()
{
    QString parser = QStandardPaths::findExecutable(QStringLiteral("apparmor_parser"));
    if (parser.isEmpty())
        parser = QStandardPaths::findExecutable(
            QStringLiteral("apparmor_parser"), {QStringLiteral("/usr/sbin")});
    if (parser.isEmpty())
        QSKIP("apparmor_parser is missing.");
    QFile file(repository + QStringLiteral("/resources/apparmor/tcp-workbench-lab"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray profile = file.readAll();
    QVERIFY(profile.contains("\n  userns,\n"));
    const QByteArray version = run(parser, {QStringLiteral("--version")}).text;
    const auto number = QVersionNumber::fromString(
        QString::fromLatin1(version.mid(version.lastIndexOf(' ', version.indexOf('\n')) + 1)));
    // The rule came with AppArmor 4; an older parser can hold all other lines to its grammar.
    if (number < QVersionNumber(4))
        profile.replace("\n  userns,\n", "\n").replace("abi <abi/4.0>,\n", "");
    QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("profile")), profile);
    const auto parsed = run(parser,
        {QStringLiteral("-Q"), QStringLiteral("-K"), folder.filePath(QStringLiteral("profile"))});
    QVERIFY2(parsed.exitCode == 0, parsed.text.constData());
    write(folder.filePath(QStringLiteral("broken")), profile.replace("flags=", "flag="));
    QVERIFY(
        run(parser,
            {QStringLiteral("-Q"), QStringLiteral("-K"), folder.filePath(QStringLiteral("broken"))})
            .exitCode
        != 0);
}

void GrantTest::scriptsAreWellFormed()
{
    for (const auto& script : {"app/run", "app/grant", "app/packages.sh", "tests/run", ".ci/run"}) {
        const auto checked = run(QStringLiteral("bash"),
            {QStringLiteral("-n"), repository + QLatin1Char('/') + QLatin1String(script)});
        QVERIFY2(checked.exitCode == 0, checked.text.constData());
    }
    QCOMPARE(run(repository + QStringLiteral("/app/run"), {QStringLiteral("--help")}).exitCode, 0);
    QCOMPARE(run(repository + QStringLiteral("/app/run"), {QStringLiteral("--fly")}).exitCode, 2);
}

TCPW_TEST(GrantTest);
#include "tst_grant.moc"
