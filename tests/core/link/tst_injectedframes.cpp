// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/injectedframes.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

class InjectedFramesTest : public QObject
{
    Q_OBJECT
private slots:
    void knowsEachFrameOnce();
    void knowsEqualFramesAsOftenAsTheyWereSent();
    void knowsAFrameByItsBeginningAndLengthWhenSnapped();
    void forgetsWhatWasNotSent();
    void forgetsTheOld();
    void keepsAnEqualYoungFrameWhenTheOldOneWasTaken();
    void isBounded();
};

void InjectedFramesTest::knowsEachFrameOnce()
{
    InjectedFrames frames;
    const Bytes frame{1, 2, 3};
    QVERIFY(!frames.take(frame, 3));
    frames.add(frame);
    QVERIFY(!frames.take(Bytes{1, 2, 4}, 3));
    QVERIFY(frames.take(frame, 3));
    QVERIFY(!frames.take(frame, 3));
}

void InjectedFramesTest::knowsEqualFramesAsOftenAsTheyWereSent()
{
    InjectedFrames frames;
    const Bytes frame(60, 7);
    for (int i = 0; i < 3; ++i)
        frames.add(frame);
    int taken = 0;
    for (int i = 0; i < 10; ++i)
        taken += frames.take(frame, frame.size());
    QCOMPARE(taken, 3);
}

void InjectedFramesTest::knowsAFrameByItsBeginningAndLengthWhenSnapped()
{
    InjectedFrames frames;
    frames.reset(20);
    Bytes frame(100, 1);
    frame[50] = 9;
    frames.add(frame);
    const ByteView snapped = ByteView(frame).first(20);
    QVERIFY(!frames.take(snapped, 99));
    QVERIFY(frames.take(snapped, 100));
}

void InjectedFramesTest::forgetsWhatWasNotSent()
{
    InjectedFrames frames;
    const Bytes frame{1, 2, 3};
    frames.add(frame);
    frames.remove(frame);
    QVERIFY(!frames.take(frame, 3));
}

void InjectedFramesTest::forgetsTheOld()
{
    InjectedFrames frames;
    const auto now = InjectedFrames::Clock::now();
    frames.add(Bytes{1}, now);
    frames.add(Bytes{2}, now + std::chrono::seconds(3));
    const auto later = now + InjectedFrames::maximumAge + std::chrono::seconds(1);
    QVERIFY(!frames.take(Bytes{1}, 1, later));
    QVERIFY(frames.take(Bytes{2}, 1, later));
}

void InjectedFramesTest::keepsAnEqualYoungFrameWhenTheOldOneWasTaken()
{
    InjectedFrames frames;
    const auto now = InjectedFrames::Clock::now();
    frames.add(Bytes{1}, now);
    QVERIFY(frames.take(Bytes{1}, 1, now));
    frames.add(Bytes{1}, now + std::chrono::seconds(4));
    QVERIFY(frames.take(Bytes{1}, 1, now + std::chrono::seconds(6)));
}

void InjectedFramesTest::isBounded()
{
    InjectedFrames frames;
    const auto now = InjectedFrames::Clock::now();
    const Bytes first{0, 0, 0, 0};
    frames.add(first, now);
    for (std::size_t i = 1; i <= InjectedFrames::maximumCount; ++i)
        frames.add(Bytes{static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8),
                       static_cast<std::uint8_t>(i >> 16), 1},
            now);
    QVERIFY(!frames.take(first, 4, now));
    QVERIFY(frames.take(Bytes{0xff, 0xff, 0, 1}, 4, now));
}

TCPW_TEST(InjectedFramesTest);

#include "tst_injectedframes.moc"
