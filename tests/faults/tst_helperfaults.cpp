// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/childprocess.h"
#include "helper/client.h"
#include "helper/helperclient.h"
#include "support/testcase.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <fstream>
#include <functional>
#include <grp.h>
#include <mutex>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tcpw;

namespace {

constexpr char realHelper[] = TCPW_BINARY_DIR "/app/tcpw-helper";
constexpr char fakeHelper[] = TCPW_BINARY_DIR "/tests/tcpw-fake-helper";

/// Keeps what a backend tells of its loss.
class Losses
{
public:
    BackendEvents events()
    {
        BackendEvents events;
        events.lost = [this](const Error& error) {
            const std::lock_guard lock(m_mutex);
            m_words << QString::fromStdString(error.message);
        };
        return events;
    }
    QStringList words()
    {
        const std::lock_guard lock(m_mutex);
        return m_words;
    }

private:
    std::mutex m_mutex; ///< guards the words
    QStringList m_words;
};

template <typename T> QString problem(const Result<T>& result)
{
    return result ? QString() : QString::fromStdString(result.error().message);
}

pid_t processOf(Backend& backend)
{
    return static_cast<HelperClient&>(backend).processId();
}

/// Runs something in a child that has no rights, as an ordinary user's program has none; gives what
/// it gives.
QString withoutRights(const std::function<QString()>& work)
{
    int ends[2] = {-1, -1};
    if (pipe(ends) != 0)
        return {};
    const pid_t child = fork();
    if (child == 0) {
        const bool dropped = getuid() != 0
            || (setgroups(0, nullptr) == 0 && setresgid(65534, 65534, 65534) == 0
                && setresuid(65534, 65534, 65534) == 0);
        const QByteArray words = dropped ? work().toUtf8() : QByteArray();
        _exit(write(ends[1], words.data(), size_t(words.size())) != words.size());
    }
    close(ends[1]);
    QByteArray words(4096, '\0');
    words.truncate(qMax(0, int(read(ends[0], words.data(), size_t(words.size())))));
    close(ends[0]);
    waitpid(child, nullptr, 0);
    return QString::fromUtf8(words);
}

/// What opening this machine's devices fails with for an ordinary user; "" when it works.
QString hostProblem(LabObstacle* obstacle = nullptr)
{
    return problem(openBackend(BackendKind::host, {}, obstacle));
}

bool hasChildren()
{
    return waitpid(-1, nullptr, WNOHANG) != -1 || errno != ECHILD;
}

} // namespace

class HelperFaultsTest : public QObject
{
    Q_OBJECT
private slots:
    void init() { setHelperPath(realHelper); }
    void cleanup();
    void saysWhyAHelperCannotBeUsed_data();
    void saysWhyAHelperCannotBeUsed();
    void waitsThreeSecondsForAGreeting();
    void noticesALaterFault_data();
    void noticesALaterFault();
    void endsAHungHelperAfterThreeSeconds();
    void blamesNoHelperForItsOwnSlowness();
    void blamesNoHelperWhenItWasStoppedItself();
    void saysWhichSignalKilledAHelper();
    void failsAtOnceAfterTheLoss();
    void saysThatAHelperIsMissing();
    void saysThatAHelperMayNotBeExecuted();
    void handsOnTheObstacleOfALab();
    void saysHowToGetRightsForRealDevices();
    void saysThatAGrantedHelperHasNoRights();
    void saysThatAGrantedHelperIsForAGroup();
    void prefersTheLabCopyUnlessItIsOfAnotherVersion();
    void endsTheHelperWithItsBackend();
};

void HelperFaultsTest::cleanup()
{
    setGrantedFolder({});
    QVERIFY(!hasChildren());
}

void HelperFaultsTest::saysWhyAHelperCannotBeUsed_data()
{
    QTest::addColumn<QString>("words");
    const auto row = [](const char* how, const char* words) {
        QTest::newRow(how) << QString::fromLatin1(words);
    };
    row("exit 3", "is gone: it ended with exit code 3");
    row("rubbish", "does not speak as a helper does");
    row("text", "does not speak as a helper does");
    row("huge length", "claims a length of 4294967295 bytes");
    row("no greeting", "sent what no helper sends");
    row("half a greeting", "is gone: it ended with exit code 0");
    row("other magic", "sent what no helper sends");
    row("other version", "is of another version (9.8.7) than this program (" TCPW_VERSION ")");
    row("other fields", "is of another version");
    row("problem", "The moon is full. This command helps: sudo wait");
}

void HelperFaultsTest::saysWhyAHelperCannotBeUsed()
{
    QFETCH(QString, words);
    Losses losses;
    const auto backend = startHelper({fakeHelper, QTest::currentDataTag()}, losses.events());
    QVERIFY2(problem(backend).contains(words), qPrintable(problem(backend)));
    QVERIFY(losses.words().isEmpty()); // told once, by the call
}

void HelperFaultsTest::waitsThreeSecondsForAGreeting()
{
    QElapsedTimer timer;
    timer.start();
    const auto backend = startHelper({fakeHelper, "silent"}, {});
    QVERIFY2(problem(backend).contains(QStringLiteral("The helper does not answer")),
        qPrintable(problem(backend)));
    QVERIFY(timer.elapsed() >= 2900);
    QVERIFY(timer.elapsed() < 6000);
}

void HelperFaultsTest::noticesALaterFault_data()
{
    QTest::addColumn<QString>("words");
    const auto row = [](const char* how, const char* words) {
        QTest::newRow(how) << QString::fromLatin1(words);
    };
    row("later dies", "it was killed by signal 9 (Killed)");
    row("later closes", "it ended with exit code 0");
    row("later rubbish", "does not speak as a helper does");
    row("later other reply", "answer was not understood");
    row("later broken reply", "answer was not understood");
    row("later other request", "sent what no helper sends");
    row("later request", "sent what no helper sends");
    row("later packets outside the memory", "sent what no helper sends");
    row("later packets that are none", "sent what no helper sends");
}

void HelperFaultsTest::noticesALaterFault()
{
    QFETCH(QString, words);
    Losses losses;
    const auto backend = startHelper({fakeHelper, QTest::currentDataTag()}, losses.events());
    QVERIFY2(backend, qPrintable(problem(backend)));
    const auto port = (*backend)->newPort();
    QVERIFY2(problem(port).contains(words), qPrintable(problem(port)));
    QTRY_COMPARE(losses.words().size(), 1);
    QVERIFY2(losses.words()[0].contains(words), qPrintable(losses.words()[0]));
}

void HelperFaultsTest::endsAHungHelperAfterThreeSeconds()
{
    Losses losses;
    const auto backend = startHelper({fakeHelper, "later silent"}, losses.events());
    QVERIFY2(backend, qPrintable(problem(backend)));
    kill(processOf(**backend), SIGSTOP);
    QElapsedTimer timer;
    timer.start();
    const auto port = (*backend)->newPort();
    QVERIFY(problem(port).contains(QStringLiteral("The helper does not answer")));
    QVERIFY(timer.elapsed() >= 2900);
    QVERIFY(timer.elapsed() < 6000);
    QTRY_COMPARE(losses.words().size(), 1);
    QCOMPARE(processOf(**backend), 0);
}

void HelperFaultsTest::blamesNoHelperForItsOwnSlowness()
{
    BackendEvents events;
    events.packets = [](const PacketBatch&) {
        QThread::msleep(4000);
    }; // longer than a helper may take
    const auto backend = startHelper({fakeHelper, "later packets, then the reply"}, events);
    QVERIFY2(backend, qPrintable(problem(backend)));
    const auto port = (*backend)->newPort();
    QVERIFY2(port, qPrintable(problem(port)));
    QCOMPARE(*port, std::uint16_t(4321));
}

void HelperFaultsTest::blamesNoHelperWhenItWasStoppedItself()
{
    // A child asks a helper that answers after a second, and is stopped for four meanwhile.
    const pid_t child = fork();
    if (child == 0) {
        const auto backend = startHelper({fakeHelper, "later slow"}, {});
        _exit(backend && (*backend)->newPort() ? 0 : 1);
    }
    QThread::msleep(250);
    kill(child, SIGSTOP);
    QThread::msleep(4000);
    kill(child, SIGCONT);
    const auto status = waitForChild(child, 10'000);
    QVERIFY(status && WIFEXITED(*status));
    QCOMPARE(WEXITSTATUS(*status), 0);
}

void HelperFaultsTest::saysWhichSignalKilledAHelper()
{
    Losses losses;
    const auto backend = startHelper({fakeHelper, "later silent"}, losses.events());
    QVERIFY2(backend, qPrintable(problem(backend)));
    kill(processOf(**backend), SIGTERM);
    QTRY_COMPARE(losses.words().size(), 1); // without being asked anything
    QVERIFY(losses.words()[0].contains(QStringLiteral("killed by signal 15 (Terminated)")));
}

void HelperFaultsTest::failsAtOnceAfterTheLoss()
{
    const auto backend = startHelper({fakeHelper, "later closes"}, {});
    QVERIFY2(backend, qPrintable(problem(backend)));
    const QString first = problem((*backend)->newPort());
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 100; ++i)
        QCOMPARE(problem((*backend)->devices()), first);
    QVERIFY(timer.elapsed() < 1000);
}

void HelperFaultsTest::saysThatAHelperIsMissing()
{
    const auto backend = startHelper({"/nonexistent/tcpw-helper", "--lab"}, {});
    QVERIFY(problem(backend).contains(QStringLiteral("The helper is missing")));
    setHelperPath("/nonexistent/tcpw-helper");
    setGrantedFolder("/nonexistent");
    LabObstacle obstacle;
    const auto opened = openBackend(BackendKind::lab, {}, &obstacle);
    QVERIFY(problem(opened).contains(QStringLiteral("/nonexistent/tcpw-helper")));
    QVERIFY(QString::fromStdString(obstacle.cause).contains(QStringLiteral("missing")));
    const auto filter = checkFilter("tcp", LinkType::ethernet);
    QVERIFY(problem(filter).contains(QStringLiteral("there is no program /nonexistent")));
}

void HelperFaultsTest::saysThatAHelperMayNotBeExecuted()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("tcpw-helper"));
    std::ofstream(path.toStdString()) << "no program";
    const auto backend = startHelper({path.toStdString(), "--lab"}, {});
    QVERIFY2(problem(backend).contains(QStringLiteral("cannot be started: Permission denied")),
        qPrintable(problem(backend)));
}

void HelperFaultsTest::handsOnTheObstacleOfALab()
{
    LabObstacle obstacle;
    const auto backend = startHelper({fakeHelper, "problem"}, {}, &obstacle);
    QVERIFY(!backend);
    QCOMPARE(QString::fromStdString(obstacle.cause), QStringLiteral("The moon is full."));
    QCOMPARE(QString::fromStdString(obstacle.command), QStringLiteral("sudo wait"));
}

void HelperFaultsTest::saysHowToGetRightsForRealDevices()
{
    setGrantedFolder("/nonexistent");
    const QString words = withoutRights([]() -> QString {
        LabObstacle obstacle;
        const QString words = hostProblem(&obstacle);
        return words + u'|' + QString::fromStdString(obstacle.command);
    });
    QVERIFY2(words.contains(QStringLiteral("can be installed once")), qPrintable(words));
    QVERIFY2(words.endsWith(QStringLiteral("|sudo app/run --grant")), qPrintable(words));
}

void HelperFaultsTest::saysThatAGrantedHelperHasNoRights()
{
    QTemporaryDir folder;
    QVERIFY(chmod(folder.path().toLocal8Bit(), 0755) == 0);
    const QString copy = folder.filePath(QStringLiteral("tcpw-helper"));
    QVERIFY(QFile::copy(QString::fromLatin1(realHelper), copy));
    QVERIFY(chmod(copy.toLocal8Bit(), 0755) == 0); // and no file capabilities
    setGrantedFolder(folder.path().toStdString());
    const QString words = withoutRights([] { return hostProblem(); });
    QVERIFY2(words.contains(QStringLiteral("has no right to capture")), qPrintable(words));
}

void HelperFaultsTest::saysThatAGrantedHelperIsForAGroup()
{
    QTemporaryDir folder;
    QVERIFY(chmod(folder.path().toLocal8Bit(), 0755) == 0);
    const QString copy = folder.filePath(QStringLiteral("tcpw-helper"));
    QVERIFY(QFile::copy(QString::fromLatin1(realHelper), copy));
    QVERIFY(chmod(copy.toLocal8Bit(), 0640) == 0);
    setGrantedFolder(folder.path().toStdString());
    const QString words = withoutRights([] { return hostProblem(); });
    QVERIFY2(words.contains(QStringLiteral("group tcpw")), qPrintable(words));
}

void HelperFaultsTest::prefersTheLabCopyUnlessItIsOfAnotherVersion()
{
    QTemporaryDir folder;
    QVERIFY(QFile::copy(
        QString::fromLatin1(fakeHelper), folder.filePath(QStringLiteral("tcpw-lab-helper"))));
    setGrantedFolder(folder.path().toStdString());
    // The copy is a program that greets with nothing at all when it is called with --lab, so that
    // its silence shows that it was asked first.
    QElapsedTimer timer;
    timer.start();
    const auto backend = openBackend(BackendKind::lab, {});
    if (!backend && problem(backend).contains(QStringLiteral("practice network cannot be made")))
        QSKIP(qPrintable(problem(backend)));
    QVERIFY2(backend, qPrintable(problem(backend)));
    QVERIFY(timer.elapsed() >= 2900);
}

void HelperFaultsTest::endsTheHelperWithItsBackend()
{
    auto backend = startHelper({fakeHelper, "later silent"}, {});
    QVERIFY2(backend, qPrintable(problem(backend)));
    const pid_t helper = processOf(**backend);
    QVERIFY(kill(helper, 0) == 0);
    backend->reset();
    QVERIFY(kill(helper, 0) != 0);
}

TCPW_TEST(HelperFaultsTest);

#include "tst_helperfaults.moc"
