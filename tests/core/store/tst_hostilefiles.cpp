// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "captureblob.h"
#include "store/capturefile.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <sys/resource.h>
#include <unistd.h>

using namespace tcpw;
using namespace tcpw::test;

/// Files that are made to take all memory, time or disk, each opened in a process that has little
/// of it; and a file that must not be saved over.
class HostileFilesTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void aFileThatAsksForFourGigabytesGetsNothing();
    void aBombOfFourGigabytesIsStopped();
    void theSpoolOfACaptureIsNoTarget();

private:
    std::string path(const char* name) const { return m_folder->path().toStdString() + '/' + name; }
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

/// A line of /proc/self/status, in bytes.
[[maybe_unused]] std::size_t statusOf(const std::string& name)
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        std::size_t size = 0;
        if (word == name && status >> size)
            return size * 1024;
    }
    return 0;
}

/// In a child: opens a file with only so much more memory; gives how much more it had at most, in
/// bytes of memory, and prints it. Not under sanitizers, which need their own.
bool opensWithin(
    const std::string& file, [[maybe_unused]] std::size_t allowed, const std::string& sentence)
{
    QElapsedTimer timer;
    timer.start();
#ifndef TCPW_SANITIZED
    std::ofstream("/proc/self/clear_refs") << 5; // the highest mark begins anew
    const std::size_t before = statusOf("VmHWM:");
    const rlimit limit = {statusOf("VmSize:") + 8 * 1024 * 1024 + allowed, RLIM_INFINITY};
    setrlimit(RLIMIT_AS, &limit);
    alarm(10);
#endif
    const auto store = PacketStore::open(file);
    const std::string said = store ? (*store)->problem() : store.error().message;
    if (!has(said, sentence))
        std::fprintf(stderr, "%s\n", said.c_str());
#ifndef TCPW_SANITIZED
    const std::size_t more = statusOf("VmHWM:") - before;
    std::fprintf(stderr, "%zu kB of memory, %lld ms\n", more / 1024,
        static_cast<long long>(timer.elapsed()));
    return has(said, sentence) && more <= allowed && timer.elapsed() < 8000;
#else
    return has(said, sentence);
#endif
}

} // namespace

void HostileFilesTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    qputenv("XDG_STATE_HOME", m_folder->path().toUtf8() + "/state");
}

void HostileFilesTest::aFileThatAsksForFourGigabytesGetsNothing()
{
    CaptureBlob file;
    file.section().interface();
    file.block(6, CaptureBlob().u32(0).u32(0).u32(0).u32(0xffffffff).u32(0xffffffff).bytes());
    QCOMPARE(file.size(), 80u);
    writeFile(path("asks"), file.bytes());
    QVERIFY(inChild([this] {
        return opensWithin(path("asks"), 1024 * 1024, "it claims to have 4294967295 bytes") ? 0 : 1;
    }) == 0);
}

/// 4 GiB of zeros behind a header, in members of 4 MiB; the disk is asked for what a file of this
/// size may unpack to.
void HostileFilesTest::aBombOfFourGigabytesIsStopped()
{
    CaptureBlob header;
    header.pcapHeader().pcapRecord(1, 0, somePacket(60));
    Bytes bomb = gzipped(header.bytes());
    const Bytes zeros = gzipped(Bytes(4 << 20));
    for (int i = 0; i < 1024; ++i)
        bomb.insert(bomb.end(), zeros.begin(), zeros.end());
    writeFile(path("bomb.gz"), bomb);
    QVERIFY(inChild([this] {
        return opensWithin(path("bomb.gz"), 4 * 1024 * 1024, "unpacks to more than") ? 0 : 1;
    }) == 0);
}

void HostileFilesTest::theSpoolOfACaptureIsNoTarget()
{
    auto store = PacketStore::create(m_folder->path().toStdString());
    QVERIFY(store);
    QVERIFY((*store)->append(batchOf(10, 60)));
    const std::string spool = (*store)->path();
    const Bytes before = readFile(spool);
    QCOMPARE(symlink(spool.c_str(), path("link").c_str()), 0);
    for (const std::string& target : {spool, path("link")}) {
        const auto saved = saveCapture(**store, {}, target, CaptureFormat::pcapng);
        QVERIFY(!saved);
        QVERIFY2(has(saved.error().message, "capturing to it"), why(saved.error().message));
        QCOMPARE(readFile(spool), before);
    }
    QVERIFY((*store)->append(batchOf(10, 60)));
    QCOMPARE((*store)->size(), std::size_t(20));
    QVERIFY((*store)->bytes(19));
}

TCPW_TEST(HostileFilesTest);
#include "tst_hostilefiles.moc"
