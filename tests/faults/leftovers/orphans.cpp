// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "orphans.h"

#include "helper/descriptor.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <string>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tcpw {

namespace {

bool write(const char* path, const std::string& text)
{
    const Descriptor file(open(path, O_WRONLY | O_CLOEXEC));
    return ::write(file.get(), text.data(), text.size()) == ssize_t(text.size());
}

} // namespace

bool enterOwnUserNamespace()
{
    const std::string user = std::to_string(getuid()), group = std::to_string(getgid());
    return unshare(CLONE_NEWUSER) == 0 && write("/proc/self/setgroups", "deny")
        && write("/proc/self/uid_map", user + " " + user + " 1")
        && write("/proc/self/gid_map", group + " " + group + " 1");
}

bool limitNamespaces(int count)
{
    return write("/proc/sys/user/max_net_namespaces", std::to_string(count));
}

void adoptOrphans()
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

bool everyoneEnds()
{
    for (int i = 0; i < 500; ++i) {
        const pid_t ended = waitpid(-1, nullptr, WNOHANG);
        if (ended < 0 && errno == ECHILD)
            return true;
        if (ended == 0)
            poll(nullptr, 0, 2);
    }
    return false;
}

std::vector<pid_t> childrenOf(pid_t parent)
{
    std::vector<pid_t> children;
    for (const QString& name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile file(QStringLiteral("/proc/%1/stat").arg(name));
        if (name[0].isDigit() && file.open(QIODevice::ReadOnly)) {
            const auto fields = file.readAll();
            const auto after = fields.mid(fields.lastIndexOf(')') + 2).split(' ');
            if (after.value(1).toInt() == parent)
                children.push_back(name.toInt());
        }
    }
    return children;
}

} // namespace tcpw
