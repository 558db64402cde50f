// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "app/workbench/startoptions.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using Action = StartOptions::Action;

Q_DECLARE_METATYPE(tcpw::StartOptions::Action)

class StartOptionsTest : public QObject
{
    Q_OBJECT
private slots:
    void readsTheCommandLine_data();
    void readsTheCommandLine();
    void asksForADisplayOrAPlatform();
};

void StartOptionsTest::readsTheCommandLine_data()
{
    QTest::addColumn<std::vector<std::string>>("arguments");
    QTest::addColumn<Action>("action");
    QTest::addColumn<std::string>("file");
    using Arguments = std::vector<std::string>;
    const auto row = [](const char* name, const Arguments& arguments, Action action,
                         const std::string& file = {}) {
        QTest::newRow(name) << arguments << action << file;
    };
    row("nothing", {}, Action::openWindow);
    row("a file", {"a.pcap"}, Action::openWindow, "a.pcap");
    row("a file that looks like an option", {"--", "--send"}, Action::openWindow, "--send");
    row("help", {"--help"}, Action::printHelp);
    row("version beside others", {"-platform", "offscreen", "--version"}, Action::printVersion);
    row("Qt's option and a file", {"-platform", "offscreen", "x"}, Action::openWindow, "x");
    row("Qt's option in one", {"--platform=offscreen", "x"}, Action::openWindow, "x");
    row("unknown option", {"--send"}, Action::complain);
    row("two files", {"a", "b"}, Action::complain, "a");
}

void StartOptionsTest::readsTheCommandLine()
{
    QFETCH(std::vector<std::string>, arguments);
    QFETCH(Action, action);
    QFETCH(std::string, file);
    const StartOptions options = readStartOptions(arguments);
    QCOMPARE(options.action, action);
    QCOMPARE(options.file, file);
    QCOMPARE(options.problem.empty(), action != Action::complain);
}

void StartOptionsTest::asksForADisplayOrAPlatform()
{
    const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
    const QByteArray display = qgetenv("DISPLAY");
    const QByteArray wayland = qgetenv("WAYLAND_DISPLAY");
    for (const char* variable : {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"})
        qunsetenv(variable);
    const auto problem = displayProblem({});
    QVERIFY(problem && problem->find("tcpw") != std::string::npos);
    QVERIFY(!displayProblem({"-platform", "vnc"}));
    qputenv("DISPLAY", ":7");
    QVERIFY(!displayProblem({}));
    qunsetenv("DISPLAY");
    qputenv("QT_QPA_PLATFORM", platform);
    if (!display.isEmpty())
        qputenv("DISPLAY", display);
    if (!wayland.isEmpty())
        qputenv("WAYLAND_DISPLAY", wayland);
}

TCPW_TEST(StartOptionsTest);
#include "tst_startoptions.moc"
