// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "captureblob.h"
#include "store/capturefile.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace tcpw;
using namespace tcpw::test;

/// A disk that is full at any byte: it is said, what was there stays, and what was captured is
/// kept.
class FullDiskTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void aSaveLeavesTheEarlierFile();
    void aCaptureKeepsWhatFitted();
    void aCaptureGoesOnWhenThereIsSpaceAgain();
    void droppingTheOldestMakesSpace();
    void droppingNeedsNoHoles();
    void aLimitForFilesIsTheSame();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

namespace {

constexpr std::size_t sweep = 100; ///< sizes of disk that are tried

/// In a child: says what is wrong, where the test's output is, and gives the code for it.
int wrong(const std::string& what)
{
    std::fprintf(stderr, "%s\n", what.c_str());
    return 1;
}

/// Saves to a full disk once for each size of it.
int saveToSmallDisks(const std::string& folder, const std::string& disk)
{
    auto store = PacketStore::create(folder);
    if (!store || !(*store)->append(batchOf(1000, 250)))
        return wrong("no store");
    if (const std::string none = mountSmallDisk(disk, std::size_t{1} << 20); !none.empty())
        return cannotTry;
    const std::string target = disk + "/saved";
    const std::string filler = disk + "/filler";
    const Bytes older = somePacket(5000);
    std::size_t failures = 0;
    for (std::size_t i = 0; i < sweep; ++i) {
        std::filesystem::remove(filler);
        writeFile(target, older);
        // From nothing to spare to more than the file needs.
        writeFile(filler, Bytes((std::size_t{1} << 20) - 8192 - i * 4096));
        const auto saved = saveCapture(**store, {}, target, CaptureFormat::pcapng);
        if (saved && test::readAll(readFile(target)).packets.size() != 1000)
            return wrong("a file that was said to be saved is not whole");
        if (!saved && !has(saved.error().message, "the disk is full"))
            return wrong(saved.error().message);
        if (!saved && readFile(target) != older)
            return wrong("the earlier file is gone");
        failures += !saved;
        std::size_t files = 0;
        for (const auto& entry : std::filesystem::directory_iterator(disk))
            files += entry.exists();
        if (files != 2)
            return wrong("a file was left behind");
        if ((*store)->size() != 1000 || !(*store)->bytes(999))
            return wrong("captured packets are lost");
    }
    std::fprintf(
        stderr, "Saved to %zu sizes of disk: full and said so %zu times\n", sweep, failures);
    return failures > 40 && failures < sweep ? 0 : wrong("the sizes do not fit the test");
}

/// Captures until the disk is full, then says whether all is there that was accepted.
int captureToSmallDisk(const std::string& disk, std::size_t size, bool goOn)
{
    if (const std::string none = mountSmallDisk(disk, size); !none.empty())
        return cannotTry;
    auto store = PacketStore::create(disk);
    if (!store)
        return has(store.error().message, "the disk is full") && size < 8192
            ? 0
            : wrong(store.error().message);
    Result<void> appended;
    std::int64_t time = 0;
    for (; appended && time < 100000; time += 97)
        appended = (*store)->append(batchOf(97, 133, time));
    if (appended)
        return wrong("the disk did not get full");
    if (!has(appended.error().message, "the disk is full"))
        return wrong(appended.error().message);
    const ReadResult read = test::readAll(**store);
    const ReadResult spool = test::readAll(readFile((*store)->path()));
    if (!read.failure.empty() || !spool.problem.empty() || spool.packets != read.packets)
        return wrong("the spool is not what was accepted: " + read.failure + spool.problem);
    if (read.packets.empty() || read.packets.size() * 200 < size / 2)
        return wrong("much less was kept than fits");
    if (!goOn)
        return 0;
    if (!(*store)->clear() || !(*store)->append(batchOf(97, 133)))
        return wrong("nothing can be captured although there is space again");
    return test::readAll(readFile((*store)->path())).packets.size() == 97
        ? 0
        : wrong("the spool is broken afterwards");
}

} // namespace

void FullDiskTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_path = m_folder->path().toStdString();
}

void FullDiskTest::aSaveLeavesTheEarlierFile()
{
    const std::string disk = m_path + "/disk";
    std::filesystem::create_directory(disk);
    const int code = inChild([this, &disk] { return saveToSmallDisks(m_path, disk); });
    if (code == cannotTry)
        QSKIP("No file system of our own can be mounted here.");
    QCOMPARE(code, 0);
}

void FullDiskTest::aCaptureKeepsWhatFitted()
{
    for (std::size_t pages = 2; pages < 2 + sweep; ++pages) {
        const int code
            = inChild([this, pages] { return captureToSmallDisk(m_path, pages * 4096, false); });
        if (code == cannotTry)
            QSKIP("No file system of our own can be mounted here.");
        QVERIFY2(code == 0, qPrintable(QStringLiteral("%1 pages").arg(pages)));
    }
    qInfo("Captured to %zu sizes of disk until it was full: said so and kept what fitted each time",
        sweep);
}

void FullDiskTest::aCaptureGoesOnWhenThereIsSpaceAgain()
{
    const int code = inChild([this] { return captureToSmallDisk(m_path, 300000, true); });
    if (code == cannotTry)
        QSKIP("No file system of our own can be mounted here.");
    QCOMPARE(code, 0);
}

void FullDiskTest::droppingTheOldestMakesSpace()
{
    const int code = inChild([this] {
        if (!mountSmallDisk(m_path, 300'000).empty())
            return cannotTry;
        auto store = PacketStore::create(m_path);
        for (int round = 0; round < 50; ++round) {
            while (store && (*store)->append(batchOf(97, 133))) { }
            const std::size_t size = store ? (*store)->size() : 0;
            if (!store || !(*store)->dropBefore(size - 100))
                return wrong("nothing can be dropped when the disk is full");
            if (!(*store)->append(batchOf(97, 133)) || !(*store)->bytes(size - 100))
                return wrong("dropping made no space");
            const ReadResult spool = test::readAll(readFile((*store)->path()));
            if (!spool.problem.empty() || spool.packets.size() != 197)
                return wrong("the spool is not what was kept: " + spool.problem);
        }
        return 0;
    });
    if (code == cannotTry)
        QSKIP("No file system of our own can be mounted here.");
    QCOMPARE(code, 0);
}

/// ramfs makes no holes: the spool is as right, and keeps its size.
void FullDiskTest::droppingNeedsNoHoles()
{
    const int code = inChild([this] {
        if (!mountSmallDisk(m_path, 300'000).empty()
            || mount("none", m_path.c_str(), "ramfs", 0, nullptr) != 0)
            return cannotTry;
        auto store = PacketStore::create(m_path);
        const FileDescriptor file(open((*store)->path().c_str(), O_RDWR));
        if (fallocate(file.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 4096) == 0)
            return cannotTry;
        for (std::int64_t round = 0; round < 100; ++round)
            if (!(*store)->append(batchOf(97, 133, round * 97))
                || !(*store)->dropBefore(std::size_t(round) * 97))
                return wrong("dropping failed");
        const ReadResult spool = test::readAll(readFile((*store)->path()));
        if (!spool.problem.empty() || spool.packets.size() != 97
            || spool.packets[96] != somePacket(133, 96))
            return wrong("the spool is not what was kept: " + spool.problem);
        return 0;
    });
    if (code == cannotTry)
        QSKIP("No file system of our own can be mounted here.");
    QCOMPARE(code, 0);
}

void FullDiskTest::aLimitForFilesIsTheSame()
{
    const int code = inChild([this] {
        signal(SIGXFSZ, SIG_IGN);
        auto store = PacketStore::create(m_path);
        if (!store)
            return wrong(store.error().message);
        const rlimit limit = {50000, 50000};
        setrlimit(RLIMIT_FSIZE, &limit);
        const auto appended = (*store)->append(batchOf(1000, 100));
        if (appended || !has(appended.error().message, "limit for files"))
            return wrong("the limit was not said");
        const ReadResult spool = test::readAll(readFile((*store)->path()));
        const std::size_t count = (*store)->size();
        if (count < 300 || count > 400 || spool.packets.size() != count || !spool.problem.empty())
            return wrong("what fitted was not kept");
        writeFile(m_path + "/older", somePacket(10));
        const auto saved = saveCapture(**store, {}, m_path + "/older", CaptureFormat::pcapng);
        if (!saved || test::readAll(readFile(m_path + "/older")).packets.size() != count)
            return wrong("what was kept cannot be saved");
        const Bytes older = readFile(m_path + "/older");
        const rlimit less = {20000, 20000};
        setrlimit(RLIMIT_FSIZE, &less);
        const auto refused = saveCapture(**store, {}, m_path + "/older", CaptureFormat::pcap);
        if (refused || !has(refused.error().message, "limit for files"))
            return wrong("the limit was not said when saving");
        if (readFile(m_path + "/older") != older)
            return wrong("the earlier file is gone");
        return 0;
    });
    QCOMPARE(code, 0);
}

TCPW_TEST(FullDiskTest);
#include "tst_fulldisk.moc"
