// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "endsignals.h"

#include <QSocketNotifier>

#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace tcpw {

namespace {

int pipeEnds[2] = {-1, -1};
std::atomic<bool> alreadyAsked = false;

void handle(int number)
{
    if (alreadyAsked.exchange(true))
        _exit(128 + number);
    const char byte = 1;
    // Nothing can be done here where it fails; the second signal ends the program.
    [[maybe_unused]] const auto written = write(pipeEnds[1], &byte, 1);
}

void install(int number, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigaction(number, &action, nullptr);
}

} // namespace

EndSignals::EndSignals(QObject* parent)
    : QObject(parent)
{
    install(SIGPIPE, SIG_IGN);
    install(SIGXFSZ, SIG_IGN);
    if (pipe2(pipeEnds, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // the signals then end the program as ever
    m_notifier = new QSocketNotifier(pipeEnds[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (read(pipeEnds[0], &byte, 1) == 1)
            emit received();
    });
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        install(number, handle);
}

EndSignals::~EndSignals()
{
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        install(number, SIG_DFL);
    delete m_notifier;
    for (int& end : pipeEnds)
        if (end >= 0)
            close(std::exchange(end, -1));
}

} // namespace tcpw
