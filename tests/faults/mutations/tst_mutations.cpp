// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/tracker.h"
#include "mutation.h"
#include "packet/packet.h"
#include "store/capturereader.h"
#include "store/packetreader.h"
#include "support/testcase.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tcpw;

/// Every capture of a collection that is not part of the project (TCPW_CORPUS, or shared/corpus
/// beside the repository), changed at random ten times, and all of it read: opened, decoded, and
/// followed by the tracker. Nothing crashes, and nothing takes more than 2 s and 300 MB. Every 8th
/// capture, for at most 20 s; all with TCPW_FULL=1. TCPW_SEED=N makes other changes.
class MutationsTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void everyMutationIsSurvived();

private:
    QStringList captures() const;

    QString m_corpus;
    QTemporaryDir m_folder;
    bool m_full = qEnvironmentVariableIsSet("TCPW_FULL");
};

namespace {

constexpr std::uint32_t mutationsOfEach = 10;
constexpr qint64 largestFile = 20 * 1024 * 1024; ///< in bytes; what is behind is cut off
constexpr qint64 longestTime = 2000; ///< in milliseconds
constexpr std::size_t largestMemory = 300'000'000; ///< in bytes

/// Reads all of a file, as the program does. Gives whether it could be opened.
bool readThrough(const std::string& path)
{
    const auto store = PacketStore::open(path);
    if (!store)
        return false;
    Tracker tracker;
    PacketReader reader(**store);
    for (std::size_t i = 0; i < (*store)->size(); ++i) {
        const PacketRecord record = (*store)->record(i);
        const auto bytes = reader.bytes(i);
        if (!bytes)
            std::abort(); // what was found a moment ago
        decode(*bytes, record.linkType);
        tracker.add(static_cast<std::uint32_t>(i + 1), record, *bytes);
        (*store)->comments(i);
    }
    for (std::size_t i = 0; i < tracker.connectionCount(); ++i)
        tracker.connection(static_cast<std::uint32_t>(i));
    return true;
}

/// What reading a file took.
struct Cost
{
    int status = 0; ///< as of waitpid(): 0 opened, 256 refused, else a crash
    qint64 milliseconds = 0;
    std::size_t memory = 0; ///< in bytes, at most at any time
};

#ifdef TCPW_SANITIZED

/// In this process, which the sanitizer ends at the first find.
Cost costOf(const std::string& path)
{
    Cost cost;
    QElapsedTimer timer;
    timer.start();
    cost.status = readThrough(path) ? 0 : 256;
    cost.milliseconds = timer.elapsed() / 10; // instrumented code is that much slower
    return cost;
}

#else

/// The process's address space, in bytes.
std::size_t addressSpace()
{
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

/// In a child, which can have so much memory and time.
Cost costOf(const std::string& path)
{
    QElapsedTimer timer;
    timer.start();
    const pid_t child = fork();
    if (child == 0) {
        const rlimit memory = {addressSpace() + largestMemory, RLIM_INFINITY};
        const rlimit cores = {0, 0};
        setrlimit(RLIMIT_AS, &memory);
        setrlimit(RLIMIT_CORE, &cores);
        for (const int number : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL})
            signal(number, SIG_DFL); // Qt Test's would write a page about each
        alarm(longestTime / 1000 * 5);
        _exit(readThrough(path) ? 0 : 1);
    }
    Cost cost;
    rusage used = {};
    while (wait4(child, &cost.status, 0, &used) < 0 && errno == EINTR) { }
    cost.milliseconds = timer.elapsed();
    cost.memory = static_cast<std::size_t>(used.ru_maxrss) * 1024;
    return cost;
}

#endif

/// The worst of all, and how many there were.
struct Summary
{
    int count = 0;
    int opened = 0;
    int refused = 0;
    QStringList crashes; ///< and what took too long
    Cost slowest;
    QString slowestName;
    Cost largest;
    QString largestName;

    void add(const QString& name, const Cost& cost)
    {
        ++count;
        opened += cost.status == 0;
        refused += cost.status == 256;
        if ((cost.status != 0 && cost.status != 256) || cost.milliseconds > longestTime
            || cost.memory > largestMemory)
            crashes << QStringLiteral("%1: status %2, %3 ms, %4 MB")
                           .arg(name)
                           .arg(cost.status)
                           .arg(cost.milliseconds)
                           .arg(cost.memory / 1'000'000);
        if (slowestName.isEmpty() || cost.milliseconds > slowest.milliseconds) {
            slowest = cost;
            slowestName = name;
        }
        if (largestName.isEmpty() || cost.memory > largest.memory) {
            largest = cost;
            largestName = name;
        }
    }
};

Bytes contentsOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.read(largestFile);
    return Bytes(bytes.begin(), bytes.end());
}

/// Whether it begins as captures do, be it that it is refused, or unpacks to one.
bool isCapture(const QString& path)
{
    const Bytes file = contentsOf(path);
    const auto start = ByteView(file).first(std::min<std::size_t>(file.size(), 4));
    return CaptureReader::isCapture(start) || PacketStore::open(path.toStdString());
}

} // namespace

void MutationsTest::initTestCase()
{
    m_corpus
        = qEnvironmentVariable("TCPW_CORPUS", QStringLiteral(TCPW_SOURCE_DIR "/../shared/corpus"));
    if (!QFileInfo::exists(m_corpus + QStringLiteral("/MANIFEST.tsv")))
        QSKIP("There is no collection of captures here (TCPW_CORPUS).");
    qputenv("XDG_STATE_HOME", m_folder.path().toUtf8());
}

QStringList MutationsTest::captures() const
{
    QStringList paths;
    QDirIterator files(m_corpus, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (isCapture(path))
            paths << path;
    }
    paths.sort(); // the same ones in each run
    return paths;
}

void MutationsTest::everyMutationIsSurvived()
{
    const QStringList paths = captures();
    const auto seed = static_cast<std::uint32_t>(qEnvironmentVariableIntValue("TCPW_SEED"));
    const std::string target = m_folder.filePath(QStringLiteral("mutated")).toStdString();
    Summary summary;
    qsizetype read = 0;
    QElapsedTimer timer;
    timer.start();
    for (qsizetype i = 0; i < paths.size() && (m_full || !timer.hasExpired(20'000));
         i += m_full ? 1 : 8, ++read) {
        const Bytes file = contentsOf(paths[i]);
        for (std::uint32_t number = 0; number < mutationsOfEach; ++number) {
            const Bytes other
                = test::mutated(file, seed * 1'000'003 + std::uint32_t(i) * 16 + number);
            std::ofstream(target, std::ios::binary | std::ios::trunc)
                .write(reinterpret_cast<const char*>(other.data()),
                    static_cast<std::streamsize>(other.size()));
            const QString name = QDir(m_corpus).relativeFilePath(paths[i])
                + QStringLiteral(" (change %1)").arg(number);
            summary.add(name, costOf(target));
        }
    }
    qInfo("%lld of %lld captures, %d mutations in %.0f s: %d opened, %d refused, %d crashed or "
          "took too much",
        static_cast<long long>(read), static_cast<long long>(paths.size()), summary.count,
        double(timer.elapsed()) / 1000, summary.opened, summary.refused,
        int(summary.crashes.size()));
    qInfo("The slowest took %lld ms: %s", static_cast<long long>(summary.slowest.milliseconds),
        qUtf8Printable(summary.slowestName));
    qInfo("The largest took %zu MB: %s", summary.largest.memory / 1'000'000,
        qUtf8Printable(summary.largestName));
    QVERIFY2(summary.crashes.isEmpty(), qPrintable(summary.crashes.mid(0, 20).join(u'\n')));
    QVERIFY(summary.opened > 0 && summary.refused > 0);
}

TCPW_TEST(MutationsTest);
#include "tst_mutations.moc"
