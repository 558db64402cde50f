// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "app/tcpw/packetqueue.h"
#include "support/testcase.h"

#include <QTest>

#include <atomic>
#include <functional>
#include <thread>

using namespace tcpw;

/// Where the command line's packets wait, with a thread in the place of a backend.
class PacketQueueTest : public QObject
{
    Q_OBJECT
private slots:
    void takesAllWhileCapturesAreStarted();
    void letsTheBackendWaitOnceItIsBounded();

private:
    static constexpr int batches = 6;
    /// Hands over that many batches of 32 MiB, and counts them.
    static std::thread backend(PacketQueue& queue, std::atomic<int>& handed);
};

std::thread PacketQueueTest::backend(PacketQueue& queue, std::atomic<int>& handed)
{
    return std::thread([packets = queue.events().packets, &handed] {
        const Bytes bytes(std::size_t{32} << 20);
        for (int i = 0; i < batches; ++i, ++handed) {
            PacketBatch batch;
            batch.append(PacketRecord(), bytes);
            packets(std::move(batch));
        }
    });
}

/// Nobody takes them yet, and a device that is busy must not keep the next from being started.
void PacketQueueTest::takesAllWhileCapturesAreStarted()
{
    PacketQueue queue;
    queue.followCaptures(2);
    std::atomic<int> handed = 0;
    std::thread busy = backend(queue, handed);
    const bool all = QTest::qWaitFor([&] { return handed == batches; }, 20000);
    queue.openWide();
    busy.join();
    QVERIFY(all);
}

void PacketQueueTest::letsTheBackendWaitOnceItIsBounded()
{
    PacketQueue queue;
    queue.followCaptures(1);
    queue.setBounded();
    std::atomic<int> handed = 0;
    std::thread busy = backend(queue, handed);
    const bool waits = QTest::qWaitFor([&] { return handed == 2; }, 20000)
        && !QTest::qWaitFor([&] { return handed > 2; }, 200);
    PacketBatch batch;
    std::size_t taken = 0;
    while (taken < batches && queue.next(batch, PacketQueue::deadline(20)))
        taken += batch.size();
    queue.openWide();
    busy.join();
    QVERIFY(waits);
    QCOMPARE(taken, std::size_t(batches));
}

TCPW_TEST(PacketQueueTest);
#include "tst_packetqueue.moc"
