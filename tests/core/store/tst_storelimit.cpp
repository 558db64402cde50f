// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "captureblob.h"
#include "store/capturefile.h"
#include "store/captureformat.h"
#include "store/packetreader.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <numeric>
#include <sys/stat.h>
#include <thread>

using namespace tcpw;
using namespace tcpw::test;

/// A live capture that drops its oldest packets: they are gone from memory and disk, the others
/// stay as they are, in the store, in its spool, and for whoever reads at that moment.
class StoreLimitTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void packetsKeepTheirNumbers();
    void anyPartMayBeDropped_data();
    void anyPartMayBeDropped();
    void theSpoolHoldsWhatIsKept();
    void interfacesStayInTheSpool();
    void blocksAreNoLargerThanReadersTake();
    void isReadWhileItIsDropped();
    void isSavedWhileItIsDropped();
    void memoryIsGivenBack();
    void diskIsGivenBack();
    void aKillBetweenTwoWritesLosesNothing();
    void beginsAnewAfterClear();
    void openedFilesAreLeftAlone();

private:
    std::unique_ptr<PacketStore> storeWith(std::size_t count, std::size_t size);
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_spools;
};

namespace {

template <typename T> std::string reasonOf(const Result<T>& bytes)
{
    return bytes ? std::string() : bytes.error().message;
}

/// Compares what a reader makes of the spool with what the store keeps; "" when it is equal.
std::string differenceOfSpool(const PacketStore& store)
{
    const ReadResult spool = test::readAll(readFile(store.path()));
    if (!spool.failure.empty() || !spool.problem.empty())
        return spool.failure + spool.problem;
    if (spool.packets.size() != store.size() - store.first())
        return std::to_string(spool.packets.size()) + " packets are in the spool";
    for (std::size_t i = 0; i < spool.packets.size(); ++i) {
        const std::size_t number = store.first() + i;
        const auto bytes = store.bytes(number);
        const PacketRecord record = store.record(number);
        if (!bytes || *bytes != spool.packets[i])
            return "bytes of packet " + std::to_string(number + 1) + reasonOf(bytes);
        if (record.timestamp != spool.records[i].timestamp
            || record.device != spool.records[i].device
            || record.linkType != spool.records[i].linkType
            || record.origin != spool.records[i].origin)
            return "record of packet " + std::to_string(number + 1);
    }
    return {};
}

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

/// What the process has in memory that is of no file, in bytes.
std::size_t anonymousMemory()
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        std::size_t size = 0;
        if (word == "RssAnon:" && status >> size)
            return size * 1024;
    }
    return 0;
}

std::uint64_t sizeOnDisk(const std::string& path)
{
    struct stat status = {};
    return stat(path.c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_blocks) * 512
                                            : 0;
}

} // namespace

void StoreLimitTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_spools = m_folder->path().toStdString();
}

/// Packet number i has the time i, from 0.
std::unique_ptr<PacketStore> StoreLimitTest::storeWith(std::size_t count, std::size_t size)
{
    auto store = PacketStore::create(m_spools);
    if (!store || !(*store)->append(batchOf(count, size, 0)))
        return nullptr;
    return std::move(*store);
}

void StoreLimitTest::packetsKeepTheirNumbers()
{
    const auto store = storeWith(100, 50);
    QVERIFY(store);
    QCOMPARE(store->first(), std::size_t(0));
    QCOMPARE(store->byteCount(), std::uint64_t(5000));
    QVERIFY(store->dropBefore(0));
    QCOMPARE(store->first(), std::size_t(0));
    QVERIFY(store->dropBefore(7));
    QVERIFY(store->dropBefore(3)); // is dropped already
    QCOMPARE(store->first(), std::size_t(7));
    QCOMPARE(store->size(), std::size_t(100));
    QCOMPARE(store->byteCount(), std::uint64_t(93 * 50));

    const std::string sentence
        = "Packet 7 is no longer kept: the limit of this capture dropped it.";
    PacketReader reader(*store);
    QCOMPARE(reasonOf(store->bytes(6)), sentence);
    QCOMPARE(reader.bytes(6).error().message, sentence);
    QCOMPARE(store->record(6).capturedLength, 0u);
    QCOMPARE(*store->bytes(7), somePacket(50, 7));
    QVERIFY(reader.bytes(7));
    QCOMPARE(store->record(7).timestamp, std::int64_t(7));

    QVERIFY(store->append(batchOf(10, 50, 100)));
    QCOMPARE(store->record(105).timestamp, std::int64_t(105));
    QVERIFY(store->dropBefore(1000)); // all
    QCOMPARE(store->first(), std::size_t(110));
    QCOMPARE(store->size(), std::size_t(110));
    QCOMPARE(store->byteCount(), std::uint64_t(0));
    QVERIFY(has(reasonOf(store->bytes(109)), "Packet 110 is no longer kept"));
    QVERIFY(store->append(batchOf(3, 50, 110)));
    QCOMPARE(*store->bytes(112), somePacket(50, 2));
    QCOMPARE(differenceOfSpool(*store), std::string());
}

void StoreLimitTest::anyPartMayBeDropped_data()
{
    QTest::addColumn<std::size_t>("size");
    QTest::addColumn<std::size_t>("step");
    for (const std::size_t size : {0, 1, 60, 1514, 9000})
        for (const std::size_t step : {1, 3, 64, 700})
            QTest::addRow("%zu bytes by %zu", size, step) << size << step;
}

void StoreLimitTest::anyPartMayBeDropped()
{
    QFETCH(std::size_t, size);
    QFETCH(std::size_t, step);
    const auto store = storeWith(2000, size);
    QVERIFY(store);
    for (std::size_t first = step; first < 2000 + step; first += step) {
        QVERIFY(store->dropBefore(first));
        QCOMPARE(store->first(), std::min<std::size_t>(first, 2000));
        if (first / step % 100 == 1 || first + step >= 2000)
            QCOMPARE(differenceOfSpool(*store), std::string());
    }
    QCOMPARE(store->byteCount(), std::uint64_t(0));
}

void StoreLimitTest::theSpoolHoldsWhatIsKept()
{
    const auto store = storeWith(1, 50);
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
    QVERIFY2(partly, why(reasonOf(partly)));
    QCOMPARE(test::readAll(readFile(path)).packets.size(), std::size_t(1));
    QCOMPARE(*partly, std::size_t(2));
    QVERIFY(has(reasonOf(saveCapture(*store, {0, 1}, path, CaptureFormat::pcap)), "any more"));
    QCOMPARE(test::readAll(readFile(path)).packets.size(), std::size_t(1));
}

void StoreLimitTest::interfacesStayInTheSpool()
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

void StoreLimitTest::blocksAreNoLargerThanReadersTake()
{
    // All at once, and in steps that do not divide 16 MiB.
    for (const std::size_t step : {400, 37}) {
        const auto store = storeWith(400, 200'001); // 80 MB
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

/// Two readers, in order and not, while packets come and go.
void StoreLimitTest::isReadWhileItIsDropped()
{
    const auto created = PacketStore::create(m_spools);
    QVERIFY(created);
    PacketStore& store = **created;
    constexpr std::size_t count = 400'000;
    std::atomic<std::size_t> wrong = 0;
    std::atomic<std::size_t> read = 0;
    std::atomic<std::size_t> missed = 0;
    std::atomic<bool> ready = false;
    const auto check = [&](std::size_t index, const auto& bytes) {
        const PacketRecord record = store.record(index);
        const std::uint8_t first = somePacket(1, index % 500)[0];
        if (bytes) {
            ++read;
            wrong += bytes->size() != 50 || (*bytes)[0] != first;
        } else {
            ++missed;
            wrong += !has(bytes.error().message, "is no longer kept") || index >= store.first();
        }
        const bool isGone = record.capturedLength == 0 && index < store.first();
        wrong += !isGone && record.timestamp != static_cast<std::int64_t>(index);
    };
    const auto readOn = [&](bool inOrder) {
        PacketReader reader(store);
        // About the edge, where packets go at this moment.
        for (std::size_t i = 0, at = 0; !ready; ++i, ++at) {
            const std::size_t size = store.size();
            if (size == 0)
                continue;
            if (at >= size || i % 100 == 0)
                at = store.first();
            const std::size_t index = inOrder ? at : std::min(size - 1, at + i * 31 % 600);
            if (index < size && i % 2)
                check(index, reader.bytes(index));
            else if (index < size)
                check(index, store.bytes(index));
        }
    };
    std::thread ordered(readOn, true);
    std::thread unordered(readOn, false);
    bool done = true;
    for (std::size_t i = 0; i < count / 500; ++i) {
        done = done && store.append(batchOf(500, 50, static_cast<std::int64_t>(i * 500)));
        for (std::size_t part = 0; part < 10 && i > 2; ++part)
            done = done && store.dropBefore((i - 2) * 500 + part * 50);
    }
    ready = true;
    ordered.join();
    unordered.join();
    QVERIFY(done);
    QCOMPARE(wrong.load(), std::size_t(0));
    QVERIFY(read > 100 && missed > 0);
    qInfo("%zu packets read, %zu were gone", read.load(), missed.load());
}

void StoreLimitTest::isSavedWhileItIsDropped()
{
    const auto created = storeWith(50'000, 50);
    QVERIFY(created);
    PacketStore& store = *created;
    std::atomic<bool> ready = false;
    bool kept = true;
    std::thread dropping([&] {
        for (std::size_t first = 0; !ready && first < 49'000; first += 10)
            kept = kept && store.dropBefore(first).has_value();
    });
    std::string failed;
    const std::vector<std::size_t> all;
    std::vector<std::size_t> every(50'000);
    std::iota(every.begin(), every.end(), std::size_t(0));
    for (int i = 0; i < 20 && failed.empty(); ++i) {
        const std::string path = m_spools + "/saved";
        const auto& chosen = i % 2 ? every : all;
        const auto saved = saveCapture(store, chosen, path, CaptureFormat::pcapng);
        const ReadResult read = test::readAll(readFile(path));
        failed = saved ? read.problem : saved.error().message;
        if (read.packets.size() < 1000 || read.records.back().timestamp != 49'999)
            failed += " packets are missing";
        for (std::size_t at = 0; at < read.packets.size(); ++at) {
            const auto number = static_cast<unsigned>(read.records[at].timestamp);
            if (read.packets[at] != somePacket(50, number))
                failed += " a packet has another one's time";
        }
    }
    ready = true;
    dropping.join();
    QVERIFY(kept);
    QCOMPARE(failed, std::string());
}

void StoreLimitTest::memoryIsGivenBack()
{
#ifdef TCPW_SANITIZED
    QSKIP("Sanitizers have memory of their own beside ours.");
#endif
    const auto store = PacketStore::create(m_spools);
    QVERIFY(store);
    constexpr std::size_t rounds = 2000; // of 1000 packets: 48 MB of index
    const PacketBatch batch = batchOf(1000, 14, 0);
    for (std::size_t i = 0; i < rounds; ++i)
        QVERIFY((*store)->append(batch));
    const std::size_t full = anonymousMemory();
    QVERIFY((*store)->dropBefore((rounds - 1) * 1000));
    const std::size_t after = anonymousMemory();
    qInfo("%zu kB in memory with 2,000,000 packets, %zu kB with 1000", full / 1024, after / 1024);
    QVERIFY(full - after > 47'000'000);
    // And while it goes on: it needs no more than for what is kept.
    for (std::size_t i = 0; i < rounds; ++i) {
        QVERIFY((*store)->append(batch));
        QVERIFY((*store)->dropBefore((*store)->size() - 1000));
    }
    QVERIFY(anonymousMemory() < after + 1'000'000);
}

void StoreLimitTest::diskIsGivenBack()
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

void StoreLimitTest::aKillBetweenTwoWritesLosesNothing()
{
    const auto store = storeWith(1000, 100);
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

void StoreLimitTest::beginsAnewAfterClear()
{
    const auto store = storeWith(5000, 300);
    QVERIFY(store);
    PacketReader reader(*store);
    for (std::size_t round = 1; round < 4; ++round) {
        QVERIFY(store->dropBefore(4000));
        QVERIFY(reader.bytes(4500));
        QVERIFY(store->clear());
        QCOMPARE(store->first(), std::size_t(0));
        QCOMPARE(store->size(), std::size_t(0));
        QCOMPARE(store->byteCount(), std::uint64_t(0));
        QVERIFY(store->append(batchOf(5000, 300 + round, 0)));
        QVERIFY(store->dropBefore(3000));
        QCOMPARE(reader.bytes(4500)->size(), 300 + round);
        QCOMPARE(differenceOfSpool(*store), std::string());
    }
}

void StoreLimitTest::openedFilesAreLeftAlone()
{
    CaptureBlob file;
    file.pcapHeader().pcapRecord(1, 0, somePacket(40)).pcapRecord(2, 0, somePacket(50));
    writeFile(m_spools + "/file", file.bytes());
    const auto store = PacketStore::open(m_spools + "/file");
    QVERIFY(store);
    QCOMPARE((*store)->byteCount(), std::uint64_t(90));
    QVERIFY(!(*store)->dropBefore(1));
    QCOMPARE((*store)->first(), std::size_t(0));
    QVERIFY((*store)->bytes(0));
    QCOMPARE(readFile(m_spools + "/file"), file.bytes());
}

TCPW_TEST(StoreLimitTest);
#include "tst_storelimit.moc"
