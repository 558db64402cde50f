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

using namespace tcpw;

namespace {

/// The same memory as a program and its helper see it.
struct Ring
{
    PacketRing program = *PacketRing::create();
    PacketRing helper = *PacketRing::attach(Descriptor(dup(program.descriptor())));
};

bool isFilledWith(std::optional<ByteView> bytes, std::uint8_t value)
{
    return bytes && std::all_of(bytes->begin(), bytes->end(), [value](std::uint8_t byte) {
        return byte == value;
    });
}

} // namespace

class PacketRingTest : public QObject
{
    Q_OBJECT
private slots:
    void keepsWhatWaits();
    void givesNoMoreThanThereIs();
    void beginsAgainWhenNothingWaits();
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
        if (const auto block = ring.helper.reserve(size)) {
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
    QVERIFY(!ring.helper.reserve(PacketRing::capacity + 1));
    std::uint64_t last = 0;
    std::size_t count = 0;
    for (auto block = ring.helper.reserve(1u << 20); block; block = ring.helper.reserve(1u << 20)) {
        last = block->end;
        ++count;
    }
    QCOMPARE(count, PacketRing::capacity >> 20);
    QVERIFY(!ring.helper.reserve(1));
    ring.program.release(last);
    QVERIFY(ring.helper.reserve(PacketRing::capacity));
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
    QVERIFY(ring.program.at(0, PacketRing::capacity));
    QVERIFY(!ring.program.at(1, PacketRing::capacity));
    QVERIFY(!ring.program.at(PacketRing::capacity, 1));
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
}

void PacketRingTest::hasNothingWithoutMemory()
{
    PacketRing ring;
    QVERIFY(!ring.reserve(1));
    QVERIFY(!ring.at(0, 1));
}

TCPW_TEST(PacketRingTest);

#include "tst_packetring.moc"
