// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "captureblob.h"
#include "store/capturefile.h"
#include "store/captureformat.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <cstring>
#include <sys/stat.h>

using namespace tcpw;
using namespace tcpw::test;

/// The spool of a capture that drops its oldest packets: a capture file at any moment, with what is
/// kept and no more, that gives its room back.
class SpoolLimitTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void theSpoolHoldsWhatIsKept();
    void interfacesStayInTheSpool();
    void blocksAreNoLargerThanReadersTake();
    void diskIsGivenBack();
    void aKillBetweenTwoWritesLosesNothing();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_spools;
};

namespace {

struct Block
{
    std::size_t offset;
    std::uint32_t type;
    std::uint32_t length;
};

/// The blocks of a spool, each with its length at both ends; none when that is not so.
std::vector<Block> blocksOf(const PacketStore& store)
{
    const Bytes file = readFile(store.path());
    std::vector<Block> blocks;
    for (std::size_t at = 0; at + 12 <= file.size(); at += blocks.back().length) {
        Block block = {at, 0, 0};
        std::memcpy(&block.type, file.data() + at, 4);
        std::memcpy(&block.length, file.data() + at + 4, 4);
        std::uint32_t repeated = 0;
        if (block.length >= 12 && block.length <= file.size() - at)
            std::memcpy(&repeated, file.data() + at + block.length - 4, 4);
        if (repeated != block.length)
            return {};
        blocks.push_back(block);
    }
    return blocks;
}

/// The first block of this type; 0 when there is none.
std::size_t offsetOfFirst(std::uint32_t type, const PacketStore& store)
{
    for (const Block& block : blocksOf(store))
        if (block.type == type)
            return block.offset;
    return 0;
}

std::uint64_t sizeOnDisk(const std::string& path)
{
    struct stat status = {};
    return stat(path.c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_blocks) * 512
                                            : 0;
}

} // namespace

void SpoolLimitTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_spools = m_folder->path().toStdString();
}

void SpoolLimitTest::theSpoolHoldsWhatIsKept()
{
    const auto store = storeWith(m_spools, batchOf(1, 50, 0));
    QVERIFY(store);
    std::size_t dropped = 0;
    for (std::int64_t round = 1; round < 60; ++round) {
        QVERIFY(store->append(batchOf(500, 40 + std::size_t(round) * 20, round * 500)));
        dropped += std::size_t(round) * 17 % 700;
        QVERIFY(store->dropBefore(dropped));
        QCOMPARE(differenceOfSpool(*store), std::string());
    }
    // Another process that opens it while it is in use sees the same, and saves the same.
    const auto opened = PacketStore::open(store->path());
    QVERIFY(opened);
    QCOMPARE((*opened)->size(), store->size() - store->first());
    QCOMPARE((*opened)->byteCount(), store->byteCount());
    const std::string path = m_spools + "/saved";
    for (const CaptureFormat format : {CaptureFormat::pcap, CaptureFormat::pcapng}) {
        QVERIFY(saveCapture(*store, {}, path, format));
        QCOMPARE(
            test::readAll(readFile(path)).packets, test::readAll(readFile(store->path())).packets);
    }
    const auto partly = saveCapture(*store, {0, 1, store->size() - 1}, path, CaptureFormat::pcap);
    QVERIFY2(partly, why(messageOf(partly)));
    QCOMPARE(test::readAll(readFile(path)).packets.size(), std::size_t(1));
    QCOMPARE(*partly, std::size_t(2));
    QVERIFY(has(messageOf(saveCapture(*store, {0, 1}, path, CaptureFormat::pcap)), "any more"));
    QCOMPARE(test::readAll(readFile(path)).packets.size(), std::size_t(1));
}

void SpoolLimitTest::interfacesStayInTheSpool()
{
    auto store = PacketStore::create(m_spools);
    QVERIFY(store);
    for (unsigned i = 0; i < 900; ++i) {
        PacketBatch batch;
        PacketRecord record;
        // New devices come at the beginning, between packets, and one after another.
        record.device = static_cast<std::uint8_t>(i / 90 * 3 + (i % 90 < 3 ? i % 3 : 0));
        record.linkType = i % 2 ? LinkType::ethernet : LinkType::raw;
        record.timestamp = i;
        batch.append(record, somePacket(70, i));
        QVERIFY((*store)->append(batch));
        if (i % 7 == 0)
            QVERIFY((*store)->dropBefore(i * 2 / 3));
        if (i % 50 == 0)
            QCOMPARE(differenceOfSpool(**store), std::string());
    }
    for (std::size_t first = 600; first <= 900; ++first) {
        QVERIFY((*store)->dropBefore(first));
        QCOMPARE(differenceOfSpool(**store), std::string());
    }
}

void SpoolLimitTest::blocksAreNoLargerThanReadersTake()
{
    // All at once, and in steps that do not divide 16 MiB.
    for (const std::size_t step : {400, 37}) {
        const auto store = storeWith(m_spools, batchOf(400, 200'001, 0)); // 80 MB
        QVERIFY(store);
        for (std::size_t first = step; first < 400 - 5; first += step)
            QVERIFY(store->dropBefore(first));
        QVERIFY(store->dropBefore(395));
        QCOMPARE(differenceOfSpool(*store), std::string());
        std::size_t blocks = 0;
        std::uint32_t longest = 0;
        for (const Block& block : blocksOf(*store)) {
            const bool isDropped = block.type == captureformat::ours::droppedBlock;
            blocks += isDropped;
            longest = std::max(longest, isDropped ? block.length : 0);
        }
        QCOMPARE(blocks, std::size_t(5));
        QVERIFY(longest <= captureformat::maximumBlockLength);
        QVERIFY(longest > captureformat::maximumBlockLength - 300'000);
    }
}

void SpoolLimitTest::diskIsGivenBack()
{
    // In a file system that makes holes, and with 4 MiB of it for 60 MB that go through.
    const int code = inChild([this] {
        if (!mountSmallDisk(m_spools, std::size_t{4} << 20).empty())
            return cannotTry;
        auto store = PacketStore::create(m_spools);
        std::uint64_t most = 0;
        for (std::int64_t round = 0; round < 600; ++round) {
            if (!store || !(*store)->append(batchOf(100, 1000, round * 100)))
                return 2;
            if (!(*store)->dropBefore(std::max<std::size_t>((*store)->size(), 1000) - 1000))
                return 3;
            most = std::max(most, sizeOnDisk((*store)->path()));
        }
        std::fprintf(stderr, "At most %llu kB on the disk for 1000 kB of packets that are kept\n",
            static_cast<unsigned long long>(most / 1024));
        if ((*store)->byteCount() != 1'000'000 || most > 1'400'000)
            return 4;
        return differenceOfSpool(**store).empty() ? 0 : 5;
    });
    if (code == cannotTry)
        QSKIP("No file system of our own can be mounted here.");
    QCOMPARE(code, 0);
}

void SpoolLimitTest::aKillBetweenTwoWritesLosesNothing()
{
    const auto store = storeWith(m_spools, batchOf(1000, 100, 0));
    QVERIFY(store);
    const std::size_t begin = offsetOfFirst(captureformat::pcapng::enhancedPacket, *store);
    QVERIFY(begin > 0);
    for (std::size_t first = 100; first <= 1000; first += 100) {
        Bytes torn = readFile(store->path());
        QVERIFY(store->dropBefore(first));
        const Bytes now = readFile(store->path());
        QCOMPARE(offsetOfFirst(captureformat::ours::droppedBlock, *store), begin);
        // The type alone, when the beginning lies in two pages; then the length; its repetition at
        // the end is missing.
        for (const std::size_t size : {4, 8}) {
            std::copy_n(
                now.begin() + std::ptrdiff_t(begin), size, torn.begin() + std::ptrdiff_t(begin));
            const ReadResult read = test::readAll(torn);
            QCOMPARE(read.problem, std::string());
            QVERIFY(read.packets.size() >= 1000 - first);
            if (first < 1000)
                QCOMPARE(read.packets.back(), somePacket(100, 999));
        }
    }
}

TCPW_TEST(SpoolLimitTest);
#include "tst_spoollimit.moc"
