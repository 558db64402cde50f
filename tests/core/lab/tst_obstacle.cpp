// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/obstacle.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>

using namespace tcpw;

class ObstacleTest : public QObject
{
    Q_OBJECT
private slots:
    void isExplained_data();
    void isExplained();
    void readsTheSettings_data();
    void readsTheSettings();
    void readsNothingFromAnEmptyFolder();
    void tellsAChrootByItsMounts();
    void tellsASeccompFilter();
};

namespace {

void write(const QString& file, const QByteArray& text)
{
    QVERIFY(QDir().mkpath(QFileInfo(file).path()));
    QFile target(file);
    QVERIFY(target.open(QIODevice::WriteOnly));
    QCOMPARE(target.write(text), text.size());
}

/// A system on which everything works.
LabSettings good()
{
    LabSettings settings;
    settings.maxUserNamespaces = 30'000;
    settings.maxNetworkNamespaces = 30'000;
    settings.kernelRelease = "6.1.0-18-amd64";
    return settings;
}

LabSettings with(void (*change)(LabSettings&))
{
    LabSettings settings = good();
    change(settings);
    return settings;
}

} // namespace

Q_DECLARE_METATYPE(tcpw::LabSettings)

void ObstacleTest::isExplained_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<int>("error");
    QTest::addColumn<LabSettings>("settings");
    QTest::addColumn<QString>("cause"); // a part of it
    QTest::addColumn<QString>("command");
    const auto row = [](const char* name, LabStep step, int error, const LabSettings& settings,
                         const char* cause, const char* command) {
        QTest::newRow(name) << int(step) << error << settings << QString::fromLatin1(cause)
                            << QString::fromLatin1(command);
    };
    row("unprivileged_userns_clone", LabStep::userNamespace, EPERM,
        with([](LabSettings& s) { s.unprivilegedUserNamespaces = 0; }),
        "kernel.unprivileged_userns_clone is 0",
        "sudo sysctl -w kernel.unprivileged_userns_clone=1");
    row("no user namespaces", LabStep::userNamespace, ENOSPC,
        with([](LabSettings& s) { s.maxUserNamespaces = 0; }), "user.max_user_namespaces is 0",
        "sudo sysctl -w user.max_user_namespaces=15000");
    row("user namespaces used up", LabStep::userNamespace, ENOSPC, good(), "all the 30000 user",
        "sudo sysctl -w user.max_user_namespaces=60000");
    row("nested too deeply, before Linux 4.9", LabStep::userNamespace, EUSERS, good(),
        "nested too deeply", "sudo sysctl -w user.max_user_namespaces=60000");
    row("no network namespaces", LabStep::networkNamespace, ENOSPC,
        with([](LabSettings& s) { s.maxNetworkNamespaces = 0; }), "user.max_net_namespaces is 0",
        "sudo sysctl -w user.max_net_namespaces=15000");
    row("network namespaces used up", LabStep::networkNamespace, ENOSPC,
        with([](LabSettings& s) { s.maxNetworkNamespaces = 1; }), "all the 1 network",
        "sudo sysctl -w user.max_net_namespaces=2");
    for (const auto& [name, step, error] :
        {std::tuple("AppArmor at uid_map", LabStep::idMap, EPERM),
            std::tuple("AppArmor at uid_map, EACCES", LabStep::idMap, EACCES),
            std::tuple("AppArmor at the network namespace", LabStep::networkNamespace, EPERM),
            std::tuple("AppArmor at RTM_NEWLINK", LabStep::createPair, EPERM),
            std::tuple("AppArmor at RTM_NEWADDR", LabStep::addAddresses, EPERM)})
        row(name, step, error, with([](LabSettings& s) { s.appArmorRestricts = 1; }),
            "AppArmor takes the rights away", "sudo app/run --grant");
    row("chroot", LabStep::userNamespace, EPERM, with([](LabSettings& s) { s.chrooted = true; }),
        "runs in a chroot", "");
    row("container's seccomp", LabStep::userNamespace, EPERM,
        with([](LabSettings& s) { s.filtered = true; }), "a seccomp filter is in force",
        "docker run --security-opt seccomp=unconfined IMAGE");
    row("container's seccomp, privileged", LabStep::networkNamespace, EPERM,
        with([](LabSettings& s) { s.filtered = true; }), "forbids making a network namespace",
        "docker run --security-opt seccomp=unconfined IMAGE");
    row("no veth module", LabStep::createPair, EOPNOTSUPP, good(), "no veth module",
        "sudo modprobe veth");
    row("kernel updated, not restarted", LabStep::createPair, EOPNOTSUPP,
        with([](LabSettings& s) { s.modulesMatch = false; }), "(6.1.0-18-amd64) has no veth",
        "sudo systemctl reboot");
    row("no modules at all", LabStep::createPair, EOPNOTSUPP,
        with([](LabSettings& s) { s.modulesInstalled = s.modulesMatch = false; }),
        "the machine that runs the container", "sudo modprobe veth");
    row("WSL1", LabStep::userNamespace, EINVAL,
        with([](LabSettings& s) { s.kernelRelease = "4.4.0-19041-Microsoft"; }), "WSL1",
        "wsl.exe --set-version \"$WSL_DISTRO_NAME\" 2");
    row("WSL2 is no obstacle", LabStep::createPair, EOPNOTSUPP,
        with([](LabSettings& s) { s.kernelRelease = "5.15.90.1-microsoft-standard-WSL2"; }),
        "no veth module", "sudo modprobe veth");
    row("kernel without user namespaces", LabStep::userNamespace, EINVAL,
        with([](LabSettings& s) { s.maxUserNamespaces.reset(); }), "built without user namespaces",
        "");
    row("kernel without network namespaces", LabStep::networkNamespace, EINVAL, good(),
        "built without network namespaces", "");
    row("several threads", LabStep::userNamespace, EINVAL, good(), "several threads", "");
    row("unknown refusal", LabStep::userNamespace, EPERM, good(),
        "making a user namespace failed (Operation not permitted)", "");
    row("out of memory", LabStep::createPair, ENOMEM, good(),
        "making the pair of virtual Ethernet devices (veth) failed (Cannot allocate memory)", "");
    // A setting that is not the cause is not named.
    row("AppArmor is not to blame for a full table", LabStep::userNamespace, ENOSPC,
        with([](LabSettings& s) { s.appArmorRestricts = 1; }), "all the 30000 user",
        "sudo sysctl -w user.max_user_namespaces=60000");
}

void ObstacleTest::isExplained()
{
    QFETCH(int, step);
    QFETCH(int, error);
    QFETCH(LabSettings, settings);
    QFETCH(QString, cause);
    QFETCH(QString, command);
    const LabObstacle obstacle = explain({static_cast<LabStep>(step), error}, settings);
    const QString text = QString::fromStdString(obstacle.cause);
    QVERIFY2(text.contains(cause), obstacle.cause.c_str());
    QVERIFY(text.startsWith(QStringLiteral("The practice network cannot be made: ")));
    QVERIFY(text.endsWith(QLatin1Char('.')));
    QCOMPARE(QString::fromStdString(obstacle.command), command);
}

void ObstacleTest::readsTheSettings_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("which");
    QTest::newRow("clone") << QStringLiteral("sys/kernel/unprivileged_userns_clone") << 0;
    QTest::newRow("user") << QStringLiteral("sys/user/max_user_namespaces") << 1;
    QTest::newRow("network") << QStringLiteral("sys/user/max_net_namespaces") << 2;
    QTest::newRow("AppArmor") << QStringLiteral("sys/kernel/apparmor_restrict_unprivileged_userns")
                              << 3;
}

void ObstacleTest::readsTheSettings()
{
    QFETCH(QString, file);
    QFETCH(int, which);
    QTemporaryDir folder;
    write(folder.filePath(file), "17\n");
    write(folder.filePath(QStringLiteral("sys/kernel/osrelease")), "6.1.0-18-amd64\n");
    write(folder.filePath(QStringLiteral("modules/6.1.0-18-amd64/modules.dep")), "");
    const LabSettings settings = readLabSettings(
        folder.path().toStdString(), folder.filePath(QStringLiteral("modules")).toStdString());
    const std::optional<long> read[] = {settings.unprivilegedUserNamespaces,
        settings.maxUserNamespaces, settings.maxNetworkNamespaces, settings.appArmorRestricts};
    for (int i = 0; i < 4; ++i)
        QVERIFY(read[i] == (i == which ? std::optional<long>(17) : std::nullopt));
    QCOMPARE(settings.kernelRelease, std::string("6.1.0-18-amd64"));
    QVERIFY(settings.modulesInstalled && settings.modulesMatch);
}

void ObstacleTest::readsNothingFromAnEmptyFolder()
{
    QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    const LabSettings settings = readLabSettings(path, path + "/modules");
    QVERIFY(!settings.maxUserNamespaces && !settings.appArmorRestricts);
    QVERIFY(!settings.chrooted && !settings.filtered);
    QVERIFY(!settings.modulesInstalled && !settings.modulesMatch);
}

void ObstacleTest::tellsAChrootByItsMounts()
{
    QTemporaryDir folder;
    const QString mounts = folder.filePath(QStringLiteral("self/mountinfo"));
    write(mounts,
        "21 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n22 21 0:5 / /proc rw - proc p rw\n");
    QVERIFY(!readLabSettings(folder.path().toStdString()).chrooted);
    write(mounts, "22 21 0:5 / /proc rw,relatime - proc proc rw\n");
    QVERIFY(readLabSettings(folder.path().toStdString()).chrooted);
}

void ObstacleTest::tellsASeccompFilter()
{
    QTemporaryDir folder;
    const QString status = folder.filePath(QStringLiteral("self/status"));
    write(status, "Name:\tx2\nSeccomp:\t0\nSeccomp_filters:\t2\n");
    QVERIFY(!readLabSettings(folder.path().toStdString()).filtered);
    write(status, "Name:\tx\nSeccomp:\t2\nSeccomp_filters:\t1\n");
    QVERIFY(readLabSettings(folder.path().toStdString()).filtered);
}

TCPW_TEST(ObstacleTest);
#include "tst_obstacle.moc"
