// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "captureblob.h"
#include "store/capturefile.h"
#include "store/packetreader.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <fstream>
#include <numeric>
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
    void isReadWhileItIsDropped();
    void isSavedWhileItIsDropped();
    void memoryIsGivenBack();
    void beginsAnewAfterClear();
    void openedFilesAreLeftAlone();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_spools;
};

namespace {

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

} // namespace

void StoreLimitTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_spools = m_folder->path().toStdString();
}

void StoreLimitTest::packetsKeepTheirNumbers()
{
    const auto store = storeWith(m_spools, batchOf(100, 50, 0));
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
    QCOMPARE(messageOf(store->bytes(6)), sentence);
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
    QVERIFY(has(messageOf(store->bytes(109)), "Packet 110 is no longer kept"));
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
    const auto store = storeWith(m_spools, batchOf(2000, size, 0));
    QVERIFY(store);
    for (std::size_t first = step; first < 2000 + step; first += step) {
        QVERIFY(store->dropBefore(first));
        QCOMPARE(store->first(), std::min<std::size_t>(first, 2000));
        if (first / step % 100 == 1 || first + step >= 2000)
            QCOMPARE(differenceOfSpool(*store), std::string());
    }
    QCOMPARE(store->byteCount(), std::uint64_t(0));
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
    const auto created = storeWith(m_spools, batchOf(50'000, 50, 0));
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

void StoreLimitTest::beginsAnewAfterClear()
{
    const auto store = storeWith(m_spools, batchOf(5000, 300, 0));
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
