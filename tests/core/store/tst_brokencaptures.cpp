// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "captureblob.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QTest>

#include <algorithm>
#include <cerrno>
#include <sys/resource.h>

using namespace tcpw;
using namespace tcpw::test;

/// Files that are cut, patched or made to do harm: what is whole is shown, and a sentence says the
/// rest.
class BrokenCapturesTest : public QObject
{
    Q_OBJECT
private slots:
    void everyCutIsTold_data();
    void everyCutIsTold();
    void otherFilesAreNamed_data();
    void otherFilesAreNamed();
    void unknownVersionsAreNamed();
    void lengthsOfClassicPacketsAreChecked_data();
    void lengthsOfClassicPacketsAreChecked();
    void theSnapshotLengthIsNoLimit_data();
    void theSnapshotLengthIsNoLimit();
    void blockLengthsAreChecked_data();
    void blockLengthsAreChecked();
    void aLaterSectionMayBeBroken();
    void aFileThatAsksForFourGigabytesGetsNothing();
    void packetsThatCannotBeAreLeftOut();
    void zerosAreNoPackets();
    void everyPatchedByteIsSurvived_data();
    void everyPatchedByteIsSurvived();
    void interfacesAreLimited();
    void aDiskErrorIsNotTheEnd();
};

namespace {

CaptureBlob classicFile()
{
    CaptureBlob file;
    file.pcapHeader();
    for (unsigned i = 0; i < 5; ++i)
        file.pcapRecord(1700000000 + i, i, somePacket(20 + i, i));
    return file;
}

CaptureBlob modernFile(ByteOrder order = ByteOrder::little)
{
    CaptureBlob file(order);
    file.section().interface(1, 0, CaptureBlob(order).option(2, "lab0").bytes());
    file.enhancedPacket(0, 1, somePacket(21, 1), CaptureBlob(order).option(1, "hello").bytes());
    file.obsoletePacket(0, 1, somePacket(22, 2)).simplePacket(9, somePacket(9, 3));
    file.block(5, somePacket(8));
    return file;
}

/// Where records or blocks begin, and whether a packet begins there.
std::vector<std::pair<std::size_t, bool>> boundaries(const Bytes& file, bool modern)
{
    std::vector<std::pair<std::size_t, bool>> found;
    std::size_t position = modern ? 0 : 24;
    while (position < file.size()) {
        FieldReader reader(ByteView(file).subspan(position), ByteOrder::little);
        const std::uint32_t first = reader.u32();
        if (!modern)
            reader.skip(4);
        const std::uint32_t length = reader.u32();
        found.emplace_back(position, !modern || first == 6 || first == 2 || first == 3);
        position += modern ? length : length + 16;
    }
    return found;
}

} // namespace

void BrokenCapturesTest::everyCutIsTold_data()
{
    QTest::addColumn<bool>("modern");
    QTest::newRow("pcap") << false;
    QTest::newRow("pcapng") << true;
}

void BrokenCapturesTest::everyCutIsTold()
{
    QFETCH(bool, modern);
    const Bytes file = modern ? modernFile().bytes() : classicFile().bytes();
    const auto places = boundaries(file, modern);
    QVERIFY(file.size() > 200);
    const std::size_t headerSize = modern ? 28 : 24;
    for (std::size_t size = 0; size <= file.size(); ++size) {
        const ReadResult read = readAll(ByteView(file).first(size));
        QCOMPARE(read.failure.empty(), size >= headerSize);
        if (size < headerSize) {
            QVERIFY(has(read.failure, size == 0 ? "empty" : "not a capture file")
                || has(read.failure, "ends in the middle"));
            continue;
        }
        std::size_t whole = 0;
        bool clean = size == file.size() || size == headerSize;
        for (std::size_t i = 0; i < places.size(); ++i) {
            const std::size_t end = i + 1 < places.size() ? places[i + 1].first : file.size();
            whole += places[i].second && end <= size;
            clean = clean || end == size;
        }
        QCOMPARE(read.packets.size(), whole);
        QCOMPARE(read.problem.empty(), clean);
        const std::string name = "The file ends in the middle of packet "
            + std::to_string(whole + 1) + ", which begins at offset ";
        if (!clean && !modern)
            QVERIFY2(has(read.problem, name), why(read.problem));
        if (!clean)
            QVERIFY2(has(read.problem, "The file ends in the middle of "), why(read.problem));
    }
}

void BrokenCapturesTest::otherFilesAreNamed_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("text") << QByteArray("hello world, this is text") << QByteArray("neither");
    QTest::newRow("zstd") << QByteArray("\x28\xb5\x2f\xfd....") << QByteArray("Zstandard");
    QTest::newRow("lz4") << QByteArray("\x04\x22\x4d\x18....") << QByteArray("LZ4");
    QTest::newRow("zip") << QByteArray("PK\x03\x04....") << QByteArray("zip");
    QTest::newRow("xz") << QByteArray("\xfd\x37zXZ\0....", 10) << QByteArray("xz");
    QTest::newRow("bzip2") << QByteArray("BZh91AY&SY") << QByteArray("bzip2");
    QTest::newRow("gzip") << QByteArray("\x1f\x8b\x08....") << QByteArray("gunzip");
    QTest::newRow("section without byte order")
        << QByteArray("\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b\x2b........", 20)
        << QByteArray("not a capture file");
}

void BrokenCapturesTest::otherFilesAreNamed()
{
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, word);
    const ReadResult read = readAll(Bytes(start.begin(), start.end()));
    QVERIFY2(has(read.failure, word.toStdString()), why(read.failure));
}

void BrokenCapturesTest::unknownVersionsAreNamed()
{
    CaptureBlob old;
    old.pcapHeader(0xa1b2c3d4, 1, 65535, 1, 2).pcapRecord(1, 1, somePacket(20));
    QVERIFY(has(readAll(old.bytes()).failure, "version 1.2"));
    CaptureBlob later;
    later.pcapHeader(0xa1b2c3d4, 1, 65535, 2, 5).pcapRecord(1, 1, somePacket(20));
    QCOMPARE(readAll(later.bytes()).packets.size(), 1u);
    QVERIFY(has(readAll(later.bytes()).problem, "version 2.5"));
    CaptureBlob reserved;
    reserved.pcapHeader(0xa1b2c3d4, 0x00300001);
    QVERIFY(has(readAll(reserved.bytes()).failure, "link type"));
    CaptureBlob modern;
    modern.section(1, 1).interface().enhancedPacket(0, 1, somePacket(20));
    QVERIFY(has(readAll(modern.bytes()).failure, "version 1.1"));
}

void BrokenCapturesTest::lengthsOfClassicPacketsAreChecked_data()
{
    QTest::addColumn<quint32>("length");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("4 GiB") << 0xffffffffu << "Reading stopped at packet 3, which begins at offset";
    QTest::newRow("2 GiB") << 0x80000000u << "Reading stopped at packet 3";
    QTest::newRow("just above the limit") << 262145u << "it claims to have 262145 bytes";
    QTest::newRow("the limit") << 262144u << "The file ends in the middle of packet 3";
    QTest::newRow("beyond the end") << 5000u << "The file ends in the middle of packet 3";
}

void BrokenCapturesTest::lengthsOfClassicPacketsAreChecked()
{
    QFETCH(quint32, length);
    QFETCH(QString, sentence);
    CaptureBlob file = classicFile();
    file.patch32(boundaries(file.bytes(), false)[2].first + 8, length);
    const ReadResult read = readAll(file.bytes());
    QCOMPARE(read.packets.size(), 2u);
    QVERIFY2(has(read.problem, stdString(sentence)), why(read.problem));
}

void BrokenCapturesTest::theSnapshotLengthIsNoLimit_data()
{
    QTest::addColumn<quint32>("snapshotLength");
    for (const quint32 value : {0u, 1u, 0x7fffffffu, 0x80000000u, 0xffffffffu})
        QTest::addRow("%u", value) << value;
}

void BrokenCapturesTest::theSnapshotLengthIsNoLimit()
{
    QFETCH(quint32, snapshotLength);
    CaptureBlob classic;
    classic.pcapHeader(0xa1b2c3d4, 1, snapshotLength).pcapRecord(1, 1, somePacket(200000));
    CaptureBlob modern;
    modern.section().interface(1, snapshotLength).enhancedPacket(0, 1, somePacket(200000));
    for (const Bytes& file : {classic.bytes(), modern.bytes()}) {
        const ReadResult read = readAll(file);
        QCOMPARE(read.packets, std::vector<Bytes>{somePacket(200000)});
        QCOMPARE(read.problem, std::string());
    }
}

void BrokenCapturesTest::blockLengthsAreChecked_data()
{
    QTest::addColumn<quint32>("length");
    for (const quint32 value :
        {0u, 4u, 8u, 11u, 12u, 33u, 34u, 0x01000004u, 0xfffffffcu, 0xffffffffu})
        QTest::addRow("%u", value) << value;
}

void BrokenCapturesTest::blockLengthsAreChecked()
{
    QFETCH(quint32, length);
    const Bytes whole = modernFile().bytes();
    const auto places = boundaries(whole, true);
    for (std::size_t block = 1; block < places.size(); ++block) {
        CaptureBlob file = modernFile();
        file.patch32(places[block].first + 4, length);
        const ReadResult read = readAll(file.bytes());
        std::size_t before = 0;
        for (std::size_t i = 0; i < block; ++i)
            before += places[i].second;
        QCOMPARE(read.packets.size(), before);
        QVERIFY2(has(read.problem, "at offset " + std::to_string(places[block].first)),
            why(read.problem));
    }
    // The other copy of the length, at the block's end.
    CaptureBlob file = modernFile();
    file.patch32(places[3].first - 4, length);
    const ReadResult read = readAll(file.bytes());
    QCOMPARE(read.packets.size(), 0u);
    QVERIFY2(has(read.problem, "at its end"), why(read.problem));
}

void BrokenCapturesTest::aLaterSectionMayBeBroken()
{
    CaptureBlob version = modernFile();
    version.section(3, 7).interface().enhancedPacket(0, 1, somePacket(20));
    ReadResult read = readAll(version.bytes());
    QCOMPARE(read.packets.size(), 3u);
    QVERIFY2(has(read.problem, "version 3.7"), why(read.problem));

    CaptureBlob magic = modernFile();
    const std::size_t position = magic.size();
    magic.section().interface().enhancedPacket(0, 1, somePacket(20));
    magic.patch32(position + 8, 0x11223344);
    read = readAll(magic.bytes());
    QCOMPARE(read.packets.size(), 3u);
    QVERIFY2(has(read.problem, "byte order is not known"), why(read.problem));

    // An interface of the section before is none of this one's.
    CaptureBlob orphan = modernFile();
    orphan.section().enhancedPacket(0, 1, somePacket(20));
    read = readAll(orphan.bytes());
    QCOMPARE(read.packets.size(), 3u);
    QVERIFY2(has(read.problem, "interface 0"), why(read.problem));
}

void BrokenCapturesTest::aFileThatAsksForFourGigabytesGetsNothing()
{
    CaptureBlob file;
    file.section().interface();
    file.block(6, CaptureBlob().u32(0).u32(0).u32(0).u32(0xffffffff).u32(0xffffffff).bytes());
    QCOMPARE(file.size(), 80u);
    rusage before = {};
    rusage after = {};
    getrusage(RUSAGE_SELF, &before);
    const ReadResult read = readAll(file.bytes());
    getrusage(RUSAGE_SELF, &after);
    QCOMPARE(read.packets.size(), 0u);
    QVERIFY2(has(read.problem, "4294967295"), why(read.problem));
#ifndef TCPW_SANITIZED
    QVERIFY(after.ru_maxrss - before.ru_maxrss < 1024); // in KiB
#endif
}

void BrokenCapturesTest::packetsThatCannotBeAreLeftOut()
{
    CaptureBlob file;
    file.section().enhancedPacket(0, 1, somePacket(20)).simplePacket(20, somePacket(20));
    file.interface().enhancedPacket(0, 1, somePacket(21)).enhancedPacket(7, 1, somePacket(22));
    file.block(6, CaptureBlob().u32(0).u32(0).u32(0).u32(10).u32(10).raw(somePacket(4)).bytes());
    file.enhancedPacket(0, 1, somePacket(300000)).enhancedPacket(0, 1, somePacket(23));
    const ReadResult read = readAll(file.bytes());
    QCOMPARE(read.packets, (std::vector<Bytes>{somePacket(21), somePacket(23)}));
    QVERIFY2(has(read.problem, "at offset 28"), why(read.problem));
    QVERIFY2(has(read.problem, "In all 5 such packets were left out."), why(read.problem));
}

void BrokenCapturesTest::zerosAreNoPackets()
{
    CaptureBlob file = classicFile();
    const std::size_t end = file.size();
    file.raw(Bytes(100000));
    const ReadResult read = readAll(file.bytes());
    QCOMPARE(read.packets.size(), 5u);
    QVERIFY2(has(read.problem, "at offset " + std::to_string(end)), why(read.problem));
}

void BrokenCapturesTest::everyPatchedByteIsSurvived_data()
{
    QTest::addColumn<QByteArray>("file");
    const auto add = [](const char* name, const Bytes& bytes) {
        QTest::newRow(name) << QByteArray(
            reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    };
    add("pcap", classicFile().bytes());
    add("pcapng", modernFile().bytes());
    add("pcapng, big endian", modernFile(ByteOrder::big).bytes());
}

void BrokenCapturesTest::everyPatchedByteIsSurvived()
{
    QFETCH(QByteArray, file);
    const Bytes original(file.begin(), file.end());
    for (std::size_t i = 0; i < original.size(); ++i) {
        for (const std::uint8_t value : {0x00, 0x01, 0x7f, 0x80, 0xff}) {
            Bytes patched = original;
            patched[i] = value;
            const ReadResult read = readAll(patched);
            QVERIFY(read.packets.size() <= 6);
            if (patched == original)
                QCOMPARE(read.problem, std::string());
        }
    }
}

void BrokenCapturesTest::interfacesAreLimited()
{
    CaptureBlob file;
    file.section().interface().enhancedPacket(0, 1, somePacket(20));
    for (unsigned i = 0; i < 65536; ++i)
        file.interface();
    const ReadResult read = readAll(file.bytes());
    QCOMPARE(read.packets.size(), 1u);
    QVERIFY2(has(read.problem, "65536 interfaces"), why(read.problem));
}

void BrokenCapturesTest::aDiskErrorIsNotTheEnd()
{
    /// A file on a disk that has a bad place.
    class BadDisk : public MemorySource
    {
    public:
        BadDisk(ByteView bytes, std::size_t badPlace)
            : MemorySource(bytes)
            , m_badPlace(badPlace)
        {
        }
        Transfer read(std::uint64_t offset, std::span<std::uint8_t> into) override
        {
            if (offset + into.size() <= m_badPlace)
                return MemorySource::read(offset, into);
            const auto good = m_badPlace - std::min<std::uint64_t>(offset, m_badPlace);
            return {MemorySource::read(offset, into.first(good)).count, EIO};
        }

    private:
        std::size_t m_badPlace;
    };

    for (const bool modern : {false, true}) {
        const Bytes file = modern ? modernFile().bytes() : classicFile().bytes();
        const std::size_t start = modern ? 28 : 24;
        for (std::size_t badPlace = 0; badPlace < file.size(); ++badPlace) {
            BadDisk disk(file, badPlace);
            auto reader = CaptureReader::create(disk);
            if (!reader) {
                QVERIFY(badPlace < start);
                continue;
            }
            FoundPacket packet;
            std::size_t end = start;
            for (auto step = CaptureReader::Step::nothing; step != CaptureReader::Step::end;
                 step = (*reader)->next(packet))
                end = static_cast<std::size_t>((*reader)->position());
            const std::string problem = (*reader)->problem();
            // Packets' bytes are not read here, so the last one's may lie in the bad place.
            if (end < file.size())
                QVERIFY2(has(problem, "input or output error"), why(problem));
            else
                QCOMPARE(problem, std::string());
        }
    }
}

TCPW_TEST(BrokenCapturesTest);
#include "tst_brokencaptures.moc"
