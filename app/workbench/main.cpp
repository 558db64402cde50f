// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "endsignals.h"
#include "startoptions.h"
#include "ui/fields/plaintext.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QFile>
#include <QIcon>
#include <QStyleFactory>

#include <cstdio>
#include <unistd.h>

namespace {

using namespace tcpw;

/// Until the window system is there, Qt ends the program by abort() when it finds none; a sentence
/// and exit status 1 serve better.
void sayWhyThereIsNoWindow(QtMsgType type, const QMessageLogContext&, const QString& message)
{
    if (type != QtFatalMsg) {
        std::fprintf(stderr, "%s\n", qPrintable(message));
        return;
    }
    std::fprintf(stderr,
        "tcp-workbench: no window can be opened here. tcpw does the same in a terminal: tcpw "
        "help\n%s\n",
        qPrintable(message));
    _exit(1);
}

/// Does what needs no window; the exit status, or nothing when the window is wanted.
std::optional<int> runWithoutWindow(
    const StartOptions& options, const std::vector<std::string>& arguments)
{
    switch (options.action) {
    case StartOptions::Action::printHelp:
        std::fputs(helpText().c_str(), stdout);
        return 0;
    case StartOptions::Action::printVersion:
        std::puts("tcp-workbench " TCPW_VERSION);
        return 0;
    case StartOptions::Action::complain:
        std::fprintf(stderr, "tcp-workbench: %s\n%s", options.problem.c_str(), helpText().c_str());
        return 2;
    case StartOptions::Action::openWindow:
        break;
    }
    auto problem = rightsProblem();
    if (!problem)
        problem = displayProblem(arguments);
    if (!problem)
        return {};
    std::fprintf(stderr, "%s\n", problem->c_str());
    return 1;
}

void hintAtRoot(MainWindow& window)
{
    if (geteuid() != 0)
        return;
    Notice notice;
    notice.text = QCoreApplication::translate("main",
        "This program runs as root and does not need to: the practice network works for every "
        "user, and real devices after sudo app/run --grant.");
    window.show(notice);
}

int runWindow(QApplication& application, const StartOptions& options)
{
    LiveSession session;
    SendService sender(session);
    LabService lab(session);
    WindowSettings settings;
    MainWindow window(session, sender, lab, settings);
    EndSignals endSignals;
    QObject::connect(&endSignals, &EndSignals::received, &window, &QWidget::close);
    window.begin();
    hintAtRoot(window);
    window.show();
    session.begin();
    if (!options.file.empty())
        window.openFile(QFile::decodeName(options.file.c_str()));
    return application.exec();
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
    const StartOptions options = readStartOptions(arguments);
    if (const auto status = runWithoutWindow(options, arguments))
        return *status;

    qInstallMessageHandler(sayWhyThereIsNoWindow);
    QApplication application(argc, argv);
    qInstallMessageHandler(nullptr);
    QApplication::setApplicationName(QStringLiteral("tcp-workbench"));
    QApplication::setApplicationVersion(QStringLiteral(TCPW_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("tcp-workbench"));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    return runWindow(application, options);
}
