// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/client.h"
#include "orphans.h"
#include "support/caughtsignals.h"
#include "support/testcase.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <poll.h>
#include <random>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr char helper[] = TCPW_BINARY_DIR "/app/tcpw-helper";

/// Made before Qt starts threads: a namespace in which labs can be counted.
struct World
{
    bool counted = enterOwnUserNamespace();
};

const World world;

} // namespace

/// The window itself, killed at any moment from its start to a running capture.
class KilledWindowTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void leavesNothingButItsSpool();
    void isFollowedByOneThatRemovesTheSpool();
    void leavesNoNamespace();

private:
    void kill(int afterMilliseconds);
    bool start(QProcess& program);
    QStringList files() const;

    QTemporaryDir m_home;
    QTemporaryDir m_temporary; ///< where nothing is ever left
};

void KilledWindowTest::initTestCase()
{
    if (!world.counted)
        QSKIP("A user namespace cannot be made here, so that none can be looked for later.");
    adoptOrphans();
}

bool KilledWindowTest::start(QProcess& program)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    for (const QString& folder : {u"HOME"_s, u"XDG_STATE_HOME"_s, u"XDG_CONFIG_HOME"_s,
             u"XDG_DATA_HOME"_s, u"XDG_CACHE_HOME"_s, u"XDG_RUNTIME_DIR"_s})
        environment.insert(folder, m_home.path());
    environment.insert(u"TMPDIR"_s, m_temporary.path());
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(TCPW_BINARY_DIR "/app/tcp-workbench"), QStringList());
    return program.waitForStarted();
}

/// Every file below the window's folders.
QStringList KilledWindowTest::files() const
{
    QStringList found;
    QDirIterator all(
        m_home.path(), QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (all.hasNext())
        found << QDir(m_home.path()).relativeFilePath(all.next());
    return found;
}

/// Kills the window, or in every other round its helper and then the window.
void KilledWindowTest::kill(int afterMilliseconds)
{
    QProcess program;
    QVERIFY(start(program));
    const auto process = pid_t(program.processId());
    poll(nullptr, 0, afterMilliseconds);
    const auto helpers = childrenOf(process);
    if (afterMilliseconds % 2 == 0)
        for (const pid_t child : helpers)
            ::kill(child, SIGKILL);
    ::kill(process, SIGKILL);
    QVERIFY(program.waitForFinished(5000));
    QVERIFY2(everyoneEnds(), qPrintable(QString::number(afterMilliseconds)));
    for (const pid_t child : helpers)
        QVERIFY(::kill(child, 0) != 0);
}

void KilledWindowTest::leavesNothingButItsSpool()
{
    const int rounds = qEnvironmentVariableIsSet("TCPW_FULL") ? 200 : 8;
    std::mt19937 random(std::random_device{}());
    for (int round = 0; round < rounds; ++round) {
        kill(int(random() % 1500));
        if (QTest::currentTestFailed())
            return;
        for (const QString& file : files())
            QVERIFY2(file.endsWith(u".pcapng"_s), qPrintable(file));
        QVERIFY(QDir(m_temporary.path()).isEmpty());
    }
}

void KilledWindowTest::isFollowedByOneThatRemovesTheSpool()
{
    kill(1500); // a capture runs, and has no packet yet
    QProcess program;
    QVERIFY(start(program));
    QTRY_VERIFY_WITH_TIMEOUT(catchesSignal(program.processId(), SIGTERM), 20000);
    // What was never written to goes at once; the new one's own is there.
    QCOMPARE(files().filter(u".pcapng"_s).size(), 1);
    program.terminate();
    QVERIFY(program.waitForFinished(10000));
    QCOMPARE(files().filter(u".pcapng"_s), QStringList());
    QVERIFY(everyoneEnds());
}

void KilledWindowTest::leavesNoNamespace()
{
    // A lab takes two. The kernel takes them down some time after their last process.
    QVERIFY(limitNamespaces(2));
    bool room = false; // once is enough: the next lab would find the last one's namespaces
    QTRY_VERIFY_WITH_TIMEOUT(room = room || startHelper({helper, "--lab"}, {}), 20'000);
    QVERIFY(limitNamespaces(60));
}

TCPW_TEST(KilledWindowTest);
#include "tst_killedwindow.moc"
