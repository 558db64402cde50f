// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/worker.h"
#include "support/testcase.h"

#include <QTest>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <memory>
#include <sys/resource.h>

using namespace tcpw;

class WorkerTest : public QObject
{
    Q_OBJECT
private slots:
    void doesJobsInOrderAndCompletesInTheOwnersThread();
    void dropsWhatHasNotBegun();
    void doesAtTheEndWhatIsNotToBeDropped();
    void worksInTheBackgroundIfAskedTo();
};

void WorkerTest::doesJobsInOrderAndCompletesInTheOwnersThread()
{
    QObject owner;
    Worker worker(&owner);
    QList<int> completed;
    bool elsewhere = false;
    for (int i = 0; i < 100; ++i)
        worker.post([&, i, here = QThread::currentThread()]() -> Worker::Completion {
            const bool otherThread = QThread::currentThread() != here;
            return [&completed, &elsewhere, i, otherThread, here] {
                elsewhere = elsewhere || !otherThread || QThread::currentThread() != here;
                completed << i;
            };
        });
    QTRY_COMPARE(completed.size(), 100);
    QVERIFY(!elsewhere);
    QVERIFY(std::is_sorted(completed.begin(), completed.end()));
}

void WorkerTest::dropsWhatHasNotBegun()
{
    QObject owner;
    std::atomic<int> begun = 0;
    {
        Worker worker(&owner);
        for (int i = 0; i < 1000; ++i)
            worker.post([&]() -> Worker::Completion {
                ++begun;
                QThread::msleep(1);
                return {};
            });
        QTRY_VERIFY(begun > 0);
    }
    QVERIFY(begun < 1000);
}

void WorkerTest::doesAtTheEndWhatIsNotToBeDropped()
{
    QObject owner;
    std::atomic<int> dropped = 0, done = 0;
    {
        Worker worker(&owner);
        auto token = std::make_shared<int>();
        worker.post([&, waiting = std::weak_ptr(token)]() -> Worker::Completion {
            while (!waiting.expired()) // until the end has begun
                QThread::msleep(1);
            worker.post([&]() -> Worker::Completion { // as one does that goes on in another job
                ++dropped;
                return {};
            });
            return {};
        });
        for (int i = 0; i < 10; ++i) {
            worker.post([&, token]() -> Worker::Completion {
                ++dropped;
                return {};
            });
            worker.post(
                [&]() -> Worker::Completion {
                    ++done;
                    return {};
                },
                Worker::AtEnd::done);
        }
        token.reset();
    }
    QCOMPARE(done.load(), 10);
    QCOMPARE(dropped.load(), 0);
}

/// Its thread alone goes behind others.
void WorkerTest::worksInTheBackgroundIfAskedTo()
{
    QObject owner;
    const int usual = getpriority(PRIO_PROCESS, 0);
    constexpr int last = 19; // behind all others
    for (const bool background : {false, true}) {
        std::atomic<int> found = -100;
        Worker worker(&owner, background ? Worker::Priority::background : Worker::Priority::usual);
        worker.post([&found]() -> Worker::Completion {
            found = getpriority(PRIO_PROCESS, 0);
            return {};
        });
        QTRY_VERIFY(found != -100);
        QCOMPARE(found.load(), background ? std::min(usual + 5, last) : usual);
    }
    QCOMPARE(getpriority(PRIO_PROCESS, 0), usual);
}

TCPW_TEST(WorkerTest);
#include "tst_worker.moc"
