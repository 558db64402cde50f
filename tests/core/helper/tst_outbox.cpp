// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/messagereader.h"
#include "helper/outbox.h"
#include "support/testcase.h"

#include <QElapsedTimer>
#include <QTest>

#include <sys/socket.h>

using namespace tcpw;

namespace {

/// Both ends of a stream, and of the memory beside it.
struct Stream
{
    Stream()
        : theirRing(*PacketRing::create(64u << 20))
        , ourRing(*PacketRing::attach(Descriptor(dup(theirRing.descriptor()))))
    {
        int ends[2] = {-1, -1};
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
        ours = Descriptor(ends[0]);
        theirs = Descriptor(ends[1]);
    }
    Descriptor ours, theirs;
    PacketRing theirRing, ourRing;
};

PacketBatch batchOf(std::size_t count, std::size_t length)
{
    PacketBatch batch;
    for (std::size_t i = 0; i < count; ++i)
        batch.append({}, Bytes(length, 1));
    return batch;
}

/// What a peer got: how many packets, and the text of every Failed message in order.
struct Got
{
    std::size_t packets = 0;
    std::vector<std::string> texts;
};

/// Reads until a message says "end".
Got readToEnd(Stream& stream)
{
    Got got;
    MessageReader reader;
    while (got.texts.empty() || got.texts.back() != "end") {
        const auto space = reader.space();
        const auto count = recv(stream.theirs.get(), space.data(), space.size(), 0);
        if (count <= 0)
            break;
        reader.filled(std::size_t(count));
        for (auto message = reader.next(); message && *message; message = reader.next()) {
            if (const auto failed = (*message)->number == messageNumber<Failed>
                    ? decodeMessage<Failed>((*message)->fields)
                    : std::nullopt)
                got.texts.push_back(failed->message);
            else if (const auto packets = decodeMessage<Packets>((*message)->fields)) {
                const auto block = stream.theirRing.at(packets->offset, packets->size);
                const auto batch = block ? packetsIn(*block) : std::nullopt;
                got.packets += batch ? batch->size() : 0;
                stream.theirRing.release(packets->end);
            }
        }
    }
    return got;
}

Bytes text(const std::string& words)
{
    return encodeMessage(Failed{words}, 0);
}

} // namespace

class OutboxTest : public QObject
{
    Q_OBJECT
private slots:
    void writesInTheOrderOfPosting();
    void dropsPacketsButNothingElseWhileNobodyReads();
    void dropsNothingWhileSomebodyReads();
    void waitsForAPeerThatIsLate();
    void waitsOnceForAPeerThatDoesNotRead();
    void dropsEventsOnlyWhenMuchWaits();
    void makesTheServerWaitWhenRepliesPileUp();
    void tellsAtOnceThatThePeerIsGone();
    void endsWithThingsWaiting();
};

void OutboxTest::writesInTheOrderOfPosting()
{
    Stream stream;
    Outbox outbox(stream.ours.get(), std::move(stream.ourRing), {});
    std::vector<std::string> expected;
    Got got;
    std::thread reader([&] { got = readToEnd(stream); });
    for (int i = 0; i < 1000; ++i) {
        // Together more than the stream takes at once: what is left waits, and the next behind it.
        expected.push_back(std::to_string(i) + std::string(i % 2 ? 60'000 : 0, 'x'));
        outbox.post(text(expected.back()));
        outbox.postPackets(batchOf(1, 10));
    }
    outbox.post(text("end"));
    expected.push_back("end");
    reader.join();
    QVERIFY(got.texts == expected);
    QCOMPARE(got.packets, 1000u);
}

void OutboxTest::dropsPacketsButNothingElseWhileNobodyReads()
{
    Stream stream;
    Outbox outbox(stream.ours.get(), std::move(stream.ourRing), {});
    constexpr std::size_t rounds = 120, packets = 700, length = 1000;
    std::size_t dropped = 0;
    for (std::size_t i = 0; i < rounds; ++i) {
        dropped += outbox.postPackets(batchOf(packets, length));
        outbox.post(text(std::to_string(i)));
    }
    QVERIFY(dropped > 0);
    QVERIFY((rounds * packets - dropped) * length < stream.theirRing.capacity());
    outbox.post(text("end"));
    const Got got = readToEnd(stream);
    QCOMPARE(got.packets + dropped, rounds * packets);
    QCOMPARE(got.texts.size(), rounds + 1);
    // Read empty, it takes packets again.
    QCOMPARE(outbox.postPackets(batchOf(packets, length)), 0u);
}

void OutboxTest::dropsNothingWhileSomebodyReads()
{
    Stream stream;
    Outbox outbox(stream.ours.get(), std::move(stream.ourRing), {});
    std::size_t dropped = 0;
    std::thread poster([&] {
        for (int i = 0; i < 400; ++i) {
            dropped += outbox.postPackets(batchOf(1000, 60));
            outbox.flush(10'000);
        }
        outbox.post(text("end"));
    });
    const Got got = readToEnd(stream);
    poster.join();
    QCOMPARE(got.packets, 400'000u);
    QCOMPARE(dropped, 0u);
}

void OutboxTest::waitsForAPeerThatIsLate()
{
    std::size_t least = 1;
    for (int attempt = 0; attempt < 5 && least > 0; ++attempt) { // on a busy machine it is too late
        Stream stream;
        Outbox outbox(stream.ours.get(), std::move(stream.ourRing), {});
        QCOMPARE(outbox.postPackets(batchOf(60'000, 1000)), 0u); // nearly what there is room for
        const PacketBatch more = batchOf(20'000, 1000);
        Got got;
        std::thread late([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
            got = readToEnd(stream);
        });
        least = outbox.postPackets(more);
        outbox.post(text("end"));
        late.join();
        QCOMPARE(got.packets + least, 80'000u);
    }
    QCOMPARE(least, 0u);
}

void OutboxTest::waitsOnceForAPeerThatDoesNotRead()
{
    Stream stream;
    Outbox outbox(stream.ours.get(), std::move(stream.ourRing), {});
    QElapsedTimer timer;
    timer.start();
    std::size_t dropped = 0;
    for (int i = 0; i < 1000; ++i)
        dropped += outbox.postPackets(batchOf(100, 1000));
    QVERIFY(dropped > 0);
    // Once for each would be ten seconds and more.
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

void OutboxTest::dropsEventsOnlyWhenMuchWaits()
{
    Stream stream;
    Outbox outbox(stream.ours.get(), std::move(stream.ourRing), {});
    std::size_t posted = 0;
    while (posted < 10'000 && outbox.postEvent(text(std::string(4000, 'x'))))
        ++posted;
    QVERIFY(posted >= Outbox::maximumBytes / 5000);
    QVERIFY(posted < 10'000);
    outbox.post(text("end")); // a reply is kept all the same
    QCOMPARE(readToEnd(stream).texts.size(), posted + 1);
    QVERIFY(outbox.postEvent(text("again")));
}

void OutboxTest::makesTheServerWaitWhenRepliesPileUp()
{
    Stream stream;
    Outbox outbox(stream.ours.get(), std::move(stream.ourRing), {});
    QVERIFY(outbox.waitForRoom());
    for (int i = 0; i < 3000; ++i)
        outbox.post(text(std::string(4000, 'x')));
    std::atomic<bool> room = false;
    std::thread server([&] { room = outbox.waitForRoom(); });
    outbox.post(text("end"));
    QVERIFY(!room);
    readToEnd(stream);
    server.join();
    QVERIFY(room);
}

void OutboxTest::tellsAtOnceThatThePeerIsGone()
{
    for (const bool busy : {false, true}) {
        Stream stream;
        std::atomic<int> gone = 0;
        Outbox outbox(stream.ours.get(), std::move(stream.ourRing), [&] { ++gone; });
        if (busy)
            outbox.postPackets(batchOf(5000, 1000));
        stream.theirs.reset();
        QTRY_COMPARE(gone.load(), 1);
        QVERIFY(!outbox.waitForRoom());
        outbox.post(text("into the void"));
        outbox.flush(10'000); // returns at once
    }
}

void OutboxTest::endsWithThingsWaiting()
{
    Stream stream;
    Outbox outbox(stream.ours.get(), std::move(stream.ourRing), {});
    outbox.postPackets(batchOf(20'000, 1000));
}

TCPW_TEST(OutboxTest);

#include "tst_outbox.moc"
