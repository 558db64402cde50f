// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/packetring.h"
#include "support/testcase.h"

#include <QTest>

#include <cstring>
#include <deque>
#include <fcntl.h>
#include <random>
#include <sys/mman.h>
#include <sys/stat.h>

using namespace tcpw;

namespace {

constexpr std::size_t capacity = 64u << 20;

/// The same memory as a program and its helper see it.
struct Ring
{
    PacketRing program = *PacketRing::create(capacity);
    PacketRing helper = *PacketRing::attach(Descriptor(dup(program.descriptor())));
};

std::optional<PacketRing::Block> reserveMost(PacketRing& ring, std::size_t size)
{
    auto block = ring.reserve(size);
    while (!block && ring.grow())
        block = ring.reserve(size);
    return block;
}

/// How many bytes of a ring's file have memory.
std::size_t memoryOf(const PacketRing& ring)
{
    struct stat status
    {
    };
    return fstat(ring.descriptor(), &status) == 0 ? std::size_t(status.st_blocks) * 512 : 0;
}

bool isFilledWith(std::optional<ByteView> bytes, std::uint8_t value)
{
    return bytes && bytes->front() == value
        && std::memcmp(bytes->data(), bytes->data() + 1, bytes->size() - 1) == 0;
}

} // namespace

class PacketRingTest : public QObject
{
    Q_OBJECT
private slots:
    void keepsWhatWaits();
    void givesNoMoreThanThereIs();
    void beginsAgainWhenNothingWaits();
    void givesMemoryBackAfterAFlood();
    void staysWithinItsMemoryWhateverTheProgramClaims();
    void findsNoBlockOutsideItsMemory();
    void takesNoFileThatCanBeCutOff();
    void hasNothingWithoutMemory();
};

/// Random blocks, read now and then: none is overwritten while it waits.
void PacketRingTest::keepsWhatWaits()
{
    struct Waiting
    {
        std::size_t offset, size;
        std::uint64_t end;
        std::uint8_t value;
    };
    Ring ring;
    std::mt19937 random(5);
    std::deque<Waiting> waiting;
    int refused = 0;
    for (int i = 0; i < 3000; ++i) {
        const std::size_t size = 1 + random() % (512u << 10);
        if (const auto block = reserveMost(ring.helper, size)) {
            QCOMPARE(block->bytes.size(), size);
            const auto value = std::uint8_t(random());
            std::fill(block->bytes.begin(), block->bytes.end(), value);
            waiting.push_back({block->offset, size, block->end, value});
        } else {
            ++refused;
        }
        // More comes than is read, or less, in turns.
        const bool slow = i / 700 % 2 == 0;
        for (unsigned reads = random() % (slow ? 2 : 4); reads > 0 && !waiting.empty(); --reads) {
            const Waiting oldest = waiting.front();
            QVERIFY(isFilledWith(ring.program.at(oldest.offset, oldest.size), oldest.value));
            ring.program.release(oldest.end);
            waiting.pop_front();
        }
    }
    QVERIFY(refused > 0);
}

void PacketRingTest::givesNoMoreThanThereIs()
{
    Ring ring;
    QVERIFY(!reserveMost(ring.helper, capacity + 1));
    ring = {};
    QVERIFY(!ring.helper.reserve(PacketRing::usualCapacity + 1)); // it does not grow by itself
    std::uint64_t last = 0;
    std::size_t count = 0;
    for (auto block = reserveMost(ring.helper, 1u << 20); block;
         block = reserveMost(ring.helper, 1u << 20)) {
        last = block->end;
        ++count;
    }
    QCOMPARE(count, capacity >> 20);
    QVERIFY(!reserveMost(ring.helper, 1));
    ring.program.release(last);
    QVERIFY(ring.helper.reserve(capacity));
}

void PacketRingTest::beginsAgainWhenNothingWaits()
{
    Ring ring;
    std::uint8_t* first = nullptr;
    for (int i = 0; i < 1000; ++i) {
        const auto block = ring.helper.reserve(100'000);
        QVERIFY(block);
        first = first ? first : block->bytes.data();
        QCOMPARE(block->bytes.data(), first);
        ring.program.release(block->end);
    }
}

void PacketRingTest::givesMemoryBackAfterAFlood()
{
    Ring ring;
    std::uint64_t last = 0;
    for (auto block = reserveMost(ring.helper, 1u << 20); block;
         block = reserveMost(ring.helper, 1u << 20)) {
        std::ranges::fill(block->bytes, 1);
        last = block->end;
    }
    ring.program.release(last);
    QCOMPARE(ring.helper.reserve(1)->offset, std::size_t{0}); // it may go on as before
    QVERIFY(memoryOf(ring.program) > capacity);
    QTest::qWait(1500);
    ring.program.release(ring.helper.reserve(1)->end); // the one before was not read yet
    const auto block = ring.helper.reserve(1000);
    QVERIFY(block && block->offset == 0);
    QVERIFY(memoryOf(ring.program) < PacketRing::usualCapacity + (1u << 20));
    std::ranges::fill(block->bytes, 7);
    QVERIFY(isFilledWith(ring.program.at(block->offset, 1000), 7));
    for (int i = 1; i < 64; ++i) // and it grows again
        QVERIFY(reserveMost(ring.helper, (1u << 20) - 1024));
}

void PacketRingTest::staysWithinItsMemoryWhateverTheProgramClaims()
{
    for (const std::uint64_t claim :
        {std::uint64_t(5000), std::uint64_t(1) << 40, ~std::uint64_t(0) - 2000}) {
        Ring ring;
        const auto block = ring.helper.reserve(1000);
        QVERIFY(block);
        ring.program.release(claim);
        QVERIFY(!ring.helper.reserve(1000)); // it claims to have read what was not written
        ring.program.release(0);
        QVERIFY(ring.helper.reserve(1000));
    }
}

void PacketRingTest::findsNoBlockOutsideItsMemory()
{
    Ring ring;
    QVERIFY(ring.program.at(0, capacity));
    QVERIFY(!ring.program.at(1, capacity));
    QVERIFY(!ring.program.at(capacity, 1));
    QVERIFY(!ring.program.at(~std::size_t(0), 2));
}

void PacketRingTest::takesNoFileThatCanBeCutOff()
{
    const PacketRing ring = *PacketRing::create();
    QVERIFY(ftruncate(ring.descriptor(), 0) != 0);
    QVERIFY(!PacketRing::attach(Descriptor(-1)));
    QVERIFY(!PacketRing::attach(Descriptor(open("/dev/null", O_RDWR | O_CLOEXEC))));
    const int unsealed = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    QCOMPARE(ftruncate(unsealed, lseek(ring.descriptor(), 0, SEEK_END)), 0);
    QVERIFY(!PacketRing::attach(Descriptor(unsealed)));
    const int tooLarge = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    QCOMPARE(ftruncate(tooLarge, off_t(2 * PacketRing::largestCapacity)), 0);
    QCOMPARE(fcntl(tooLarge, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL), 0);
    QVERIFY(!PacketRing::attach(Descriptor(tooLarge)));
}

void PacketRingTest::hasNothingWithoutMemory()
{
    PacketRing ring;
    QVERIFY(!ring.reserve(1));
    QVERIFY(!ring.at(0, 1));
    QCOMPARE(ring.capacity(), std::size_t{0});
}

TCPW_TEST(PacketRingTest);

#include "tst_packetring.moc"
