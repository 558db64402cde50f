// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "captureblob.h"
#include "store/packetreader.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace tcpw;
using namespace tcpw::test;

/// The store of a live capture: its spool, its index, and what is left when its program dies.
class LiveStoreTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void givesBackWhatWasAppended();
    void keepsDevicesAndLinkTypesApart();
    void growsBeyondOneChunk();
    void cutsPacketsThatAreTooLong();
    void isReadWhileItIsWritten();
    void isEmptyAfterClear();
    void spoolsPrivately();
    void removesItsSpoolOnlyItself();
    void survivesItsProgram();
    void removesUnusedSpools();
    void doesNotOfferWhatIsInUse();
    void findsLeftSpoolsByTheirAge();
    void namesTheFolder();
    void saysWhyThereIsNoFolder();

private:
    QStringList files() const;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_spools;
};

namespace {

std::string failureOf(const Result<std::unique_ptr<PacketStore>>& store)
{
    return store ? std::string() : store.error().message;
}

/// In a forked process: a store that gets a batch for each byte it reads, until it is killed.
struct Program
{
    pid_t process = -1;
    int orders = -1;
    int answers = -1;

    explicit Program(const std::string& folder)
    {
        int down[2];
        int up[2];
        if (pipe(down) != 0 || pipe(up) != 0)
            return;
        process = fork();
        if (process == 0) {
            close(down[1]);
            _exit(run(folder, down[0], up[1]));
        }
        close(down[0]);
        close(up[1]);
        orders = down[1];
        answers = up[0];
        awaitAnswer();
    }
    static int run(const std::string& folder, int from, int to)
    {
        auto store = PacketStore::create(folder);
        std::int64_t time = 0;
        for (char byte = 'b'; store && write(to, &byte, 1) == 1 && read(from, &byte, 1) == 1;) {
            if (!(*store)->append(batchOf(100, 80, time)))
                return 1;
            time += 100;
        }
        return store ? 0 : 1;
    }
    bool awaitAnswer() const
    {
        char byte = 0;
        return read(answers, &byte, 1) == 1;
    }
    bool append() const { return write(orders, "a", 1) == 1 && awaitAnswer(); }
    /// Ends it by a signal, or with 0 by itself.
    void end(int signal)
    {
        if (signal != 0)
            kill(process, signal);
        close(orders);
        int status = 0;
        waitpid(process, &status, 0);
        close(answers);
    }
};

} // namespace

void LiveStoreTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_spools = m_folder->path().toStdString() + "/a/b";
}

QStringList LiveStoreTest::files() const
{
    return QDir(QString::fromStdString(m_spools))
        .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

void LiveStoreTest::givesBackWhatWasAppended()
{
    const auto store = PacketStore::create(m_spools);
    QVERIFY2(store, why(failureOf(store)));
    QCOMPARE((*store)->size(), std::size_t(0));
    std::size_t expected = 0;
    for (std::size_t round = 0; round < 20; ++round) {
        const PacketBatch batch = batchOf(round * 13, 41 + round * 97);
        QVERIFY((*store)->append(batch));
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const PacketRecord record = (*store)->record(expected + i);
            QCOMPARE(record.timestamp, batch.record(i).timestamp);
            QCOMPARE(record.origin, batch.record(i).origin);
            const auto bytes = (*store)->bytes(expected + i);
            QVERIFY(bytes);
            QCOMPARE(*bytes, Bytes(batch.bytes(i).begin(), batch.bytes(i).end()));
        }
        expected += batch.size();
        QCOMPARE((*store)->size(), expected);
    }
    QCOMPARE((*store)->problem(), std::string());
}

void LiveStoreTest::keepsDevicesAndLinkTypesApart()
{
    const auto store = PacketStore::create(m_spools);
    QVERIFY(store);
    PacketBatch batch;
    for (unsigned i = 0; i < 100; ++i) {
        PacketRecord record;
        record.device = static_cast<std::uint8_t>(i % 3 * 5);
        record.linkType = i % 2 ? LinkType::ethernet : LinkType::linuxCooked2;
        record.originalLength = 2000;
        batch.append(record, somePacket(30, i));
    }
    QVERIFY((*store)->append(batch));
    // The spool says all of it.
    const ReadResult read = test::readAll(readFile((*store)->path()));
    QCOMPARE(read.problem, std::string());
    QCOMPARE(read.records.size(), std::size_t(100));
    for (unsigned i = 0; i < 100; ++i) {
        const PacketRecord record = (*store)->record(i);
        QCOMPARE(unsigned(record.device), i % 3 * 5);
        QCOMPARE(record.linkType, i % 2 ? LinkType::ethernet : LinkType::linuxCooked2);
        QCOMPARE(read.records[i].device, record.device);
        QCOMPARE(read.records[i].linkType, record.linkType);
        QCOMPARE(read.records[i].originalLength, 2000u);
        QCOMPARE(read.packets[i], somePacket(30, i));
    }
}

void LiveStoreTest::growsBeyondOneChunk()
{
    const auto store = PacketStore::create(m_spools);
    QVERIFY(store);
    constexpr std::size_t count = 300'000; // more than two chunks of the index
    for (std::size_t i = 0; i < count / 1000; ++i)
        QVERIFY((*store)->append(batchOf(1000, 14, static_cast<std::int64_t>(i * 1000))));
    QCOMPARE((*store)->size(), count);
    PacketReader reader(**store);
    for (std::size_t i = 0; i < count; ++i) {
        if ((*store)->record(i).timestamp != static_cast<std::int64_t>(i))
            QFAIL("a packet has another one's time");
        const auto bytes = reader.bytes(i);
        if (!bytes || bytes->size() != 14 || (*bytes)[0] != somePacket(1, i % 1000)[0])
            QFAIL("a packet has another one's bytes");
    }
}

void LiveStoreTest::cutsPacketsThatAreTooLong()
{
    const auto store = PacketStore::create(m_spools);
    QVERIFY(store);
    QVERIFY((*store)->append(batchOf(7, 400'000)));
    QCOMPARE((*store)->record(6).capturedLength, 262144u);
    QCOMPARE((*store)->record(6).originalLength, 400'000u);
    const Bytes whole = somePacket(400'000, 6);
    QCOMPARE(*(*store)->bytes(6), Bytes(whole.begin(), whole.begin() + 262144));
    QCOMPARE(test::readAll(readFile((*store)->path())).packets.size(), std::size_t(7));
}

void LiveStoreTest::isReadWhileItIsWritten()
{
    const auto created = PacketStore::create(m_spools);
    QVERIFY(created);
    PacketStore& store = **created;
    constexpr std::size_t count = 200'000;
    std::atomic<std::size_t> wrong = 0;
    const auto readToTheEnd = [&store, &wrong](bool inOrder) {
        PacketReader reader(store);
        for (std::size_t next = 0; next < count;) {
            const std::size_t size = store.size();
            for (; next < size; ++next) {
                const std::size_t index = inOrder ? next : next * 31 % size;
                const auto bytes = reader.bytes(index);
                const auto single = inOrder ? Result<Bytes>(Bytes()) : store.bytes(index);
                const std::uint8_t first = somePacket(1, index % 500)[0];
                wrong += store.record(index).timestamp != static_cast<std::int64_t>(index);
                wrong += !bytes || bytes->size() != 50 || (*bytes)[0] != first || !single;
            }
        }
    };
    std::thread ordered(readToTheEnd, true);
    std::thread unordered(readToTheEnd, false);
    bool appended = true;
    for (std::size_t i = 0; i < count / 500; ++i)
        appended = appended
            && store.append(batchOf(500, 50, static_cast<std::int64_t>(i * 500))).has_value();
    ordered.join();
    unordered.join();
    QVERIFY(appended);
    QCOMPARE(wrong.load(), std::size_t(0));
}

void LiveStoreTest::isEmptyAfterClear()
{
    const auto store = PacketStore::create(m_spools);
    QVERIFY(store);
    PacketReader reader(**store);
    for (std::size_t round = 1; round < 4; ++round) {
        QVERIFY((*store)->append(batchOf(1000, 60 * round)));
        QCOMPARE(reader.bytes(500)->size(), 60 * round);
        QCOMPARE(test::readAll(readFile((*store)->path())).packets.size(), std::size_t(1000));
        QVERIFY((*store)->clear());
        QCOMPARE((*store)->size(), std::size_t(0));
        QVERIFY(!(*store)->bytes(0));
        QVERIFY(!reader.bytes(0));
        QCOMPARE(test::readAll(readFile((*store)->path())).packets.size(), std::size_t(0));
    }
}

void LiveStoreTest::spoolsPrivately()
{
    const mode_t before = umask(0);
    const auto store = PacketStore::create(m_spools);
    umask(before);
    QVERIFY(store);
    struct stat status = {};
    QCOMPARE(stat((*store)->path().c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777u, 0600u);
    for (const std::string& folder : {m_spools, m_folder->path().toStdString() + "/a"}) {
        QCOMPARE(stat(folder.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 07777u, 0700u);
    }
}

void LiveStoreTest::removesItsSpoolOnlyItself()
{
    {
        auto store = PacketStore::create(m_spools);
        QVERIFY(store);
        QVERIFY((*store)->append(batchOf(10, 60)));
        QCOMPARE(files().size(), 1);
        QVERIFY(findLeftSpools(m_spools).empty());
        // A forked process that ends by the book does not take it away.
        QCOMPARE(inChild([&store] {
            store->reset();
            return 0;
        }),
            0);
        QCOMPARE(files().size(), 1);
    }
    QCOMPARE(files(), QStringList());
}

void LiveStoreTest::survivesItsProgram()
{
    Program program(m_spools);
    int answered = 0;
    for (int i = 0; i < 120; ++i)
        answered += program.append();
    QCOMPARE(answered, 120);
    QVERIFY(findLeftSpools(m_spools).empty()); // it lives
    QVERIFY(write(program.orders, "aaaaaaaaaa", 10) == 10); // killed at work
    program.end(SIGKILL);

    const auto left = findLeftSpools(m_spools);
    QCOMPARE(left.size(), std::size_t(1));
    const auto store = PacketStore::open(left[0]);
    QVERIFY2(store, why(failureOf(store)));
    QVERIFY((*store)->size() >= 12000);
    const ReadResult read = test::readAll(**store);
    QCOMPARE(read.failure, std::string());
    for (std::size_t i = 0; i < read.packets.size(); ++i) {
        QCOMPARE(read.records[i].timestamp, static_cast<std::int64_t>(i));
        QCOMPARE(read.records[i].origin, static_cast<Origin>(i % 4));
        QCOMPARE(read.packets[i], somePacket(80, i % 100));
    }
}

void LiveStoreTest::removesUnusedSpools()
{
    Program ended(m_spools);
    QVERIFY(ended.append());
    ended.end(0);
    QCOMPARE(files(), QStringList());
    Program killed(m_spools);
    killed.end(SIGKILL); // before it had a packet
    QCOMPARE(files().size(), 1);
    QVERIFY(findLeftSpools(m_spools).empty());
    QCOMPARE(files(), QStringList());
}

void LiveStoreTest::doesNotOfferWhatIsInUse()
{
    Program program(m_spools);
    QVERIFY(program.append());
    program.end(SIGKILL);
    const auto left = findLeftSpools(m_spools);
    QCOMPARE(left.size(), std::size_t(1));
    {
        const auto restored = PacketStore::open(left[0]);
        QVERIFY(restored);
        QCOMPARE((*restored)->size(), std::size_t(100));
        QVERIFY(findLeftSpools(m_spools).empty());
    }
    QCOMPARE(findLeftSpools(m_spools), left);
}

void LiveStoreTest::findsLeftSpoolsByTheirAge()
{
    std::vector<std::string> expected;
    for (int i = 0; i < 3; ++i) {
        Program program(m_spools);
        QVERIFY(program.append());
        program.end(SIGKILL);
        for (const QString& name : files()) {
            const std::string path = m_spools + '/' + name.toStdString();
            if (std::find(expected.begin(), expected.end(), path) == expected.end())
                expected.push_back(path);
        }
        const timespec times[2] = {{1000 + i, 0}, {1000 + i, 0}};
        QCOMPARE(utimensat(AT_FDCWD, expected.back().c_str(), times, 0), 0);
    }
    writeFile(m_spools + "/notes.pcapng", somePacket(100));
    mkdir((m_spools + "/spool-1-folder.pcapng").c_str(), 0700);
    QCOMPARE(mkfifo((m_spools + "/spool-2-pipe.pcapng").c_str(), 0600), 0);
    QCOMPARE(findLeftSpools(m_spools), expected);
    QVERIFY(findLeftSpools(m_spools + "/nowhere").empty());
}

void LiveStoreTest::namesTheFolder()
{
    const QByteArray state = qgetenv("XDG_STATE_HOME");
    const QByteArray home = qgetenv("HOME");
    qputenv("XDG_STATE_HOME", "/var/x");
    QCOMPARE(spoolFolder(), std::string("/var/x/tcp-workbench"));
    qputenv("XDG_STATE_HOME", "not/absolute");
    qputenv("HOME", "/home/h");
    QCOMPARE(spoolFolder(), std::string("/home/h/.local/state/tcp-workbench"));
    qunsetenv("XDG_STATE_HOME");
    QCOMPARE(spoolFolder(), std::string("/home/h/.local/state/tcp-workbench"));
    qunsetenv("HOME");
    QCOMPARE(spoolFolder().front(), '/');
    qputenv("HOME", home);
    qputenv("XDG_STATE_HOME", state);
}

void LiveStoreTest::saysWhyThereIsNoFolder()
{
    writeFile(m_folder->path().toStdString() + "/a", {});
    const auto store = PacketStore::create(m_spools);
    QVERIFY(!store);
    QVERIFY2(store.error().message.find(m_spools) != std::string::npos, why(failureOf(store)));
    const auto none = PacketStore::create("/proc/none");
    QVERIFY(!none);
    QVERIFY2(none.error().message.find("/proc/none") != std::string::npos, why(failureOf(none)));
}

TCPW_TEST(LiveStoreTest);
#include "tst_livestore.moc"
