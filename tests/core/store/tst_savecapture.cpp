// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "captureblob.h"
#include "store/capturefile.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <limits>
#include <unistd.h>

using namespace tcpw;
using namespace tcpw::test;

/// Saved files: equal to what was captured, and never half there.
class SaveCaptureTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void pcapngKeepsEverything();
    void pcapKeepsPacketsAndNanoseconds();
    void chosenPacketsAreSavedInTheirOrder();
    void timesBefore1970AreKept();
    void pcapRefusesWhatItCannotHold();
    void nothingIsACaptureToo();
    void manyLargePacketsFit();
    void cancellingChangesNothing();
    void aChangedSourceChangesNothing();

private:
    std::string path(const char* name) const { return m_folder->path().toStdString() + '/' + name; }
    QStringList files() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
    std::string spools() const { return m_spools->path().toStdString(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QTemporaryDir> m_spools;
};

namespace {

PacketBatch variedBatch(std::size_t count)
{
    PacketBatch batch;
    for (std::size_t i = 0; i < count; ++i) {
        PacketRecord record;
        record.timestamp = 1'700'000'000'123'456'789 + static_cast<std::int64_t>(i);
        record.originalLength = static_cast<std::uint32_t>(i % 5 ? i % 1500 : 9000);
        record.origin = static_cast<Origin>(i % 4);
        record.device = static_cast<std::uint8_t>(i % 7 == 3 ? 200 : i % 2);
        record.linkType = i % 11 == 5 ? LinkType::raw : LinkType::ethernet;
        batch.append(record, somePacket(i % 1500, static_cast<unsigned>(i)));
    }
    return batch;
}

bool sameRecord(const PacketRecord& a, const PacketRecord& b)
{
    return a.timestamp == b.timestamp && a.capturedLength == b.capturedLength
        && a.originalLength == b.originalLength && a.linkType == b.linkType && a.device == b.device
        && a.origin == b.origin;
}

} // namespace

void SaveCaptureTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_spools = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid() && m_spools->isValid());
}

void SaveCaptureTest::pcapngKeepsEverything()
{
    const PacketBatch batch = variedBatch(5000);
    const auto store = storeWith(spools(), batch);
    QVERIFY(store);
    const auto saved = saveCapture(*store, {}, path("all.pcapng"), CaptureFormat::pcapng);
    QVERIFY2(saved, why(messageOf(saved)));

    const auto opened = PacketStore::open(path("all.pcapng"));
    QVERIFY(opened);
    const ReadResult read = test::readAll(**opened);
    QCOMPARE(read.problem, std::string());
    QCOMPARE(read.records.size(), batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        QVERIFY(sameRecord(read.records[i], batch.record(i)));
        QCOMPARE(read.packets[i], Bytes(batch.bytes(i).begin(), batch.bytes(i).end()));
    }
    // And from the opened file again: the same file, byte for byte.
    QVERIFY(saveCapture(**opened, {}, path("again.pcapng"), CaptureFormat::pcapng));
    QCOMPARE(readFile(path("again.pcapng")), readFile(path("all.pcapng")));
    QCOMPARE(files().size(), 2);
}

void SaveCaptureTest::pcapKeepsPacketsAndNanoseconds()
{
    const auto store = storeWith(spools(), batchOf(3000, 77, 1'700'000'000'999'999'000));
    QVERIFY(store);
    const auto saved = saveCapture(*store, {}, path("all.pcap"), CaptureFormat::pcap);
    QVERIFY2(saved, why(messageOf(saved)));
    const Bytes file = readFile(path("all.pcap"));
    QCOMPARE(file.size(), std::size_t(24 + 3000 * (16 + 77)));
    const ReadResult read = test::readAll(file);
    QCOMPARE(read.problem, std::string());
    QCOMPARE(read.packets, test::readAll(*store).packets);
    for (std::size_t i = 0; i < 3000; ++i)
        QCOMPARE(read.records[i].timestamp, 1'700'000'000'999'999'000 + std::int64_t(i));
}

void SaveCaptureTest::chosenPacketsAreSavedInTheirOrder()
{
    const auto store = storeWith(spools(), batchOf(100, 40));
    QVERIFY(store);
    const std::vector<std::size_t> numbers = {99, 3, 3, 50};
    for (const CaptureFormat format : {CaptureFormat::pcap, CaptureFormat::pcapng}) {
        QVERIFY(saveCapture(*store, numbers, path("some"), format));
        const ReadResult read = test::readAll(readFile(path("some")));
        QCOMPARE(read.packets,
            (std::vector<Bytes>{
                somePacket(40, 99), somePacket(40, 3), somePacket(40, 3), somePacket(40, 50)}));
    }
    const auto none = saveCapture(*store, {100}, path("some"), CaptureFormat::pcap);
    QVERIFY2(has(messageOf(none), "packet 101"), why(messageOf(none)));
}

void SaveCaptureTest::timesBefore1970AreKept()
{
    for (const std::int64_t first : {std::int64_t{-1}, std::int64_t{-1'000'000'000},
             std::int64_t{-5'123'456'789}, -latestTime}) {
        PacketBatch batch;
        for (const std::int64_t time :
            {first, first + 3, std::int64_t{1'700'000'000'000'000'001}}) {
            PacketRecord record;
            record.timestamp = time;
            batch.append(record, somePacket(20));
        }
        const auto store = storeWith(spools(), batch);
        QVERIFY(store);
        QVERIFY(saveCapture(*store, {}, path("old"), CaptureFormat::pcapng));
        const ReadResult read = test::readAll(readFile(path("old")));
        QCOMPARE(read.records.size(), std::size_t(3));
        for (std::size_t i = 0; i < 3; ++i)
            QCOMPARE(read.records[i].timestamp, batch.record(i).timestamp);
    }
}

void SaveCaptureTest::pcapRefusesWhatItCannotHold()
{
    writeFile(path("kept"), somePacket(50));
    auto saved
        = saveCapture(*storeWith(spools(), variedBatch(20)), {}, path("kept"), CaptureFormat::pcap);
    QVERIFY2(has(messageOf(saved), "Ethernet") && has(messageOf(saved), "Raw IP"),
        why(messageOf(saved)));
    saved = saveCapture(
        *storeWith(spools(), batchOf(1, 20, -1)), {}, path("kept"), CaptureFormat::pcap);
    QVERIFY2(has(messageOf(saved), "1970"), why(messageOf(saved)));
    saved = saveCapture(*storeWith(spools(), batchOf(1, 20, 4'294'967'296'000'000'000)), {},
        path("kept"), CaptureFormat::pcap);
    QVERIFY2(has(messageOf(saved), "2106"), why(messageOf(saved)));
    QCOMPARE(readFile(path("kept")), somePacket(50));
}

void SaveCaptureTest::nothingIsACaptureToo()
{
    const auto store = storeWith(spools(), {});
    QVERIFY(store);
    for (const CaptureFormat format : {CaptureFormat::pcap, CaptureFormat::pcapng}) {
        QVERIFY(saveCapture(*store, {}, path("none"), format));
        const auto opened = PacketStore::open(path("none"));
        QVERIFY(opened);
        QCOMPARE((*opened)->size(), std::size_t(0));
        QCOMPARE((*opened)->problem(), std::string());
    }
}

void SaveCaptureTest::manyLargePacketsFit()
{
    const auto store = storeWith(spools(), batchOf(30, 262144));
    QVERIFY(store);
    for (const CaptureFormat format : {CaptureFormat::pcap, CaptureFormat::pcapng}) {
        double last = -1;
        QVERIFY(saveCapture(*store, {}, path("large"), format, [&last](double share) {
            last = share;
            return share >= 0 && share <= 1;
        }));
        QVERIFY(last >= 0);
        QCOMPARE(test::readAll(readFile(path("large"))).packets, test::readAll(*store).packets);
    }
}

void SaveCaptureTest::cancellingChangesNothing()
{
    const auto store = storeWith(spools(), batchOf(20000, 60));
    writeFile(path("kept"), somePacket(50));
    const auto saved = saveCapture(
        *store, {}, path("kept"), CaptureFormat::pcapng, [](double share) { return share < 0.5; });
    QVERIFY2(has(messageOf(saved), "cancelled"), why(messageOf(saved)));
    QCOMPARE(readFile(path("kept")), somePacket(50));
    QCOMPARE(files().size(), 1);
}

void SaveCaptureTest::aChangedSourceChangesNothing()
{
    CaptureBlob file;
    file.pcapHeader();
    for (unsigned i = 0; i < 1000; ++i)
        file.pcapRecord(1, i, somePacket(100, i));
    writeFile(path("source"), file.bytes());
    const auto store = PacketStore::open(path("source"));
    QVERIFY(store);
    QCOMPARE(truncate(path("source").c_str(), 5000), 0);
    writeFile(path("kept"), somePacket(50));
    const auto saved = saveCapture(**store, {}, path("kept"), CaptureFormat::pcapng);
    QVERIFY2(has(messageOf(saved), "changed on disk"), why(messageOf(saved)));
    QCOMPARE(readFile(path("kept")), somePacket(50));
}

TCPW_TEST(SaveCaptureTest);
#include "tst_savecapture.moc"
