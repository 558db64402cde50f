// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/connectionfollower.h"
#include "session/segmentsahead.h"
#include "support/testcase.h"
#include "ui/testfile.h"
#include "ui/testpackets.h"

#include <QDir>
#include <QTest>

#include <thread>

using namespace tcpw;
using namespace tcpw::test;

/// Reading ahead gives what reading gives, and tracking with it says what tracking says.
class SegmentsAheadTest : public QObject
{
    Q_OBJECT
private slots:
    void readsEachPacketInItsOrder();
    void goesOnWithWhatTheStoreGets();
    void endsInTheMiddle();
    void hasNothingToReadAtTheEnd();
    void tracksAFileAsItTracksEachPacket();
    void tracksAFileThatIsStillRead();
    void tracksAFileThatGrowsBehindTheReader();
    void tracksAFileThatBecameShorter();
    void readsAFileAheadAndNothingLive();
};

namespace {

constexpr int handshakes = 4000; // more than are read ahead at once

bool isSame(const ReadPacket& a, const ReadPacket& b)
{
    if (a.timestamp != b.timestamp || a.origin != b.origin || !a.segment != !b.segment)
        return false;
    return !a.segment
        || (a.segment->source == b.segment->source
            && a.segment->sequenceNumber == b.segment->sequenceNumber
            && a.segment->controlBits.value == b.segment->controlBits.value);
}

bool isSame(const TrackedPacket& a, const TrackedPacket& b)
{
    return a.connection == b.connection && a.names.bits == b.names.bits && a.reason == b.reason
        && a.refersTo == b.refersTo && a.count == b.count && a.elapsedCode == b.elapsedCode
        && a.fromInitiator == b.fromInitiator && a.states == b.states;
}

/// Handshakes with other packets between them.
void fill(TestStore& packets, int count = handshakes)
{
    for (int i = 0; i < count; ++i) {
        packets.addRefusedHandshake(std::uint16_t(i % 997 + 1));
        if (i % 7 == 0)
            packets.add(Packet{LinkType::ethernet, {EthernetHeader{}}}, Origin::peer);
    }
}

/// How many of the packets from `first` on are not what reading says they are; -1 when there are
/// too few or too many.
qsizetype differences(SegmentsAhead& ahead, const PacketStore& store, std::size_t first)
{
    PacketReader reader(store);
    qsizetype others = 0;
    std::size_t at = first;
    for (auto packets = ahead.take(); !packets.empty(); packets = ahead.take())
        for (const ReadPacket& packet : packets)
            others += isSame(packet, readPacket(reader, at++)) ? 0 : 1;
    return at == store.size() ? others : -1;
}

/// How many packets of a store a follower's tracking and a tracker do not agree on.
qsizetype differences(const ConnectionFollower& follower, const PacketStore& store)
{
    PacketReader reader(store);
    Tracker tracker;
    qsizetype others = 0;
    for (std::size_t i = 0; i < store.size(); ++i) {
        const TrackedPacket wanted = tracker.add(std::uint32_t(i + 1), readPacket(reader, i));
        others += isSame(follower.tracked().at(i), wanted) ? 0 : 1;
    }
    return others;
}

/// Of this process. One that has ended may be listed for a moment more.
int threads()
{
    const QDir tasks(QStringLiteral("/proc/self/task"));
    qsizetype fewest = std::numeric_limits<int>::max();
    for (int i = 0; i < 20; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        fewest = std::min(fewest, tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot).size());
    }
    return int(fewest);
}

} // namespace

void SegmentsAheadTest::readsEachPacketInItsOrder()
{
    TestStore packets;
    fill(packets);
    for (const std::size_t first : {std::size_t{0}, std::size_t{1}, std::size_t{5000}}) {
        const auto ahead = SegmentsAhead::start(packets.store(), first);
        QVERIFY(ahead);
        QCOMPARE(differences(*ahead, packets.store(), first), 0);
        QVERIFY(ahead->take().empty());
    }
}

void SegmentsAheadTest::goesOnWithWhatTheStoreGets()
{
    TestStore packets;
    fill(packets);
    const auto ahead = SegmentsAhead::start(packets.store(), 0);
    QVERIFY(ahead);
    std::size_t count = ahead->take().size();
    QVERIFY(count > 0); // the rest is more than it reads before that is taken
    fill(packets, 10);
    for (auto more = ahead->take(); !more.empty(); more = ahead->take())
        count += more.size();
    QCOMPARE(count, packets.store().size());
}

void SegmentsAheadTest::endsInTheMiddle()
{
    TestStore packets;
    fill(packets);
    for (int taken = 0; taken < 30; ++taken) {
        const auto ahead = SegmentsAhead::start(packets.store(), 0);
        QVERIFY(ahead);
        for (int i = 0; i < taken; ++i)
            QVERIFY(!ahead->take().empty());
    }
}

void SegmentsAheadTest::hasNothingToReadAtTheEnd()
{
    TestStore packets;
    packets.addRefusedHandshake();
    QVERIFY(SegmentsAhead::start(packets.store(), 3)->take().empty());
    QVERIFY(SegmentsAhead::start(packets.store(), 4)->take().empty());
    QCOMPARE(SegmentsAhead::start(packets.store(), 2)->take().size(), std::size_t{1});
}

void SegmentsAheadTest::tracksAFileAsItTracksEachPacket()
{
    TestStore packets;
    fill(packets);
    const auto file = TestFile(packets.store()).open();
    ConnectionFollower follower;
    for (const unsigned stopAfter : {1u, 37u, 100000u}) {
        follower.setStore(file.get());
        while (follower.tracked().size() < file->size())
            QVERIFY(
                follower.track([asked = 0u, stopAfter]() mutable { return asked++ == stopAfter; }));
        QCOMPARE(differences(follower, *file), 0);
        QCOMPARE(follower.connection(0)->firstPacket, 1u);
    }
    follower.setStore(file.get());
    QVERIFY(follower.track([asked = 0]() mutable { return asked++ == 3; })); // it reads ahead
    follower.setStore(&packets.store());
    QVERIFY(follower.track([] { return false; }));
    QCOMPARE(differences(follower, packets.store()), 0);
}

void SegmentsAheadTest::tracksAFileThatIsStillRead()
{
    TestStore packets;
    fill(packets);
    const auto file = TestFile(packets.store()).open(5000);
    QCOMPARE(file->size(), std::size_t{5000});
    ConnectionFollower follower;
    follower.setStore(file.get());
    const std::jthread indexing([&file] { file->readOn(); });
    while (follower.tracked().size() < packets.store().size())
        QVERIFY(follower.track([] { return false; }));
    QCOMPARE(differences(follower, *file), 0);
}

/// The reader ahead has come to the end when more is there to be read: another one goes on.
void SegmentsAheadTest::tracksAFileThatGrowsBehindTheReader()
{
    TestStore packets;
    fill(packets);
    const auto file = TestFile(packets.store()).open(5000);
    ConnectionFollower follower;
    follower.setStore(file.get());
    QVERIFY(follower.track([&] {
        if (follower.tracked().size() >= 4990 && file->size() == 5000) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            file->readOn();
        }
        return false;
    }));
    QCOMPARE(follower.tracked().size(), std::size_t{5000});
    QVERIFY(follower.track([] { return false; }));
    QCOMPARE(follower.tracked().size(), packets.store().size());
    QCOMPARE(differences(follower, *file), 0);
}

void SegmentsAheadTest::tracksAFileThatBecameShorter()
{
    TestStore packets;
    fill(packets);
    const TestFile saved(packets.store());
    const auto file = saved.open();
    QVERIFY(QFile::resize(saved.path(), QFileInfo(saved.path()).size() / 2));
    ConnectionFollower follower;
    follower.setStore(file.get());
    QVERIFY(follower.track([] { return false; }));
    QCOMPARE(follower.tracked().size(), packets.store().size());
    QCOMPARE(differences(follower, *file), 0);
    QCOMPARE(follower.tracked().at(0).connection, 0u);
    QCOMPARE(follower.tracked().at(file->size() - 1).connection, TrackedPacket::noConnection);
}

void SegmentsAheadTest::readsAFileAheadAndNothingLive()
{
    TestStore packets;
    fill(packets);
    const auto file = TestFile(packets.store()).open();
    ConnectionFollower follower;
    const int before = threads();
    follower.setStore(&packets.store());
    QVERIFY(follower.track([asked = 0]() mutable { return asked++ == 3; }));
    QCOMPARE(threads(), before);
    follower.setStore(file.get());
    QVERIFY(follower.track([asked = 0]() mutable { return asked++ == 3; }));
    QCOMPARE(threads(), before + 1);
    QVERIFY(follower.track([] { return false; }));
    QCOMPARE(threads(), before);
}

TCPW_TEST(SegmentsAheadTest);
#include "tst_segmentsahead.moc"
