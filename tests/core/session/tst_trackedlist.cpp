// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/trackedlist.h"
#include "support/testcase.h"

#include <QTest>

#include <atomic>
#include <cstring>
#include <fstream>
#include <string>
#include <thread>

using namespace tcpw;

/// The list of what the tracker said, of which the oldest may be dropped.
class TrackedListTest : public QObject
{
    Q_OBJECT
private slots:
    void keepsAllThatIsSaid();
    void keepsNumbersWhenTheOldestAreDropped();
    void beginsWithALaterPacket();
    void isReadWhileItIsDropped();
    void givesMemoryBack();
};

namespace {

/// Two in three refer to another packet.
TrackedPacket trackedOf(std::uint32_t number)
{
    TrackedPacket packet;
    packet.connection = number + 1;
    packet.refersTo = number % 3 ? ~number : 0;
    return packet;
}

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

void TrackedListTest::keepsAllThatIsSaid()
{
    const auto said = [](std::size_t number) {
        TrackedPacket packet;
        packet.connection = static_cast<std::uint32_t>(number * 3);
        packet.names.bits = static_cast<std::uint16_t>(number % 5 ? 0 : number & 0x7fff);
        packet.reason = Reason(number % (unsigned(Reason::dataWhileHalfClosed) + 1));
        packet.fromInitiator = number % 2;
        packet.states = static_cast<std::uint8_t>(number);
        packet.refersTo = number % 4 == 1 ? static_cast<std::uint32_t>(number / 2) : 0;
        packet.count = static_cast<std::uint16_t>(number % 4 == 2 ? number : 0);
        packet.elapsedCode = static_cast<std::uint16_t>(number % 8 == 3 ? number : 0);
        return packet;
    };
    TrackedList list;
    for (std::size_t i = 0; i < 70'000; ++i)
        QVERIFY(list.append(said(i)));
    for (const std::size_t first : {0, 1, 40'000}) {
        list.dropBefore(first);
        for (std::size_t i = first; i < list.size(); ++i) {
            const TrackedPacket kept = list.at(i), expected = said(i);
            QVERIFY(std::memcmp(&kept, &expected, sizeof kept) == 0);
        }
    }
}

void TrackedListTest::keepsNumbersWhenTheOldestAreDropped()
{
    TrackedList list;
    list.dropBefore(10); // of nothing
    QCOMPARE(list.first(), std::size_t(0));
    for (std::uint32_t i = 0; i < 300'000; ++i)
        QVERIFY(list.append(trackedOf(i)));
    for (const std::size_t first : {1, 255, 256, 257, 131'072, 131'073, 299'999}) {
        list.dropBefore(first);
        list.dropBefore(first - 1);
        QCOMPARE(list.first(), first);
        QVERIFY(!list.at(first - 1).isTcp());
        QVERIFY(!list.at(0).isTcp());
        for (std::size_t i = first; i < list.size(); i += 101)
            QCOMPARE(list.at(i).connection, std::uint32_t(i + 1));
    }
    list.dropBefore(400'000); // what is to come is not dropped
    QCOMPARE(list.first(), list.size());
    QVERIFY(list.append(trackedOf(300'000)));
    QCOMPARE(list.at(300'000).connection, 300'001u);
    list.clear();
    QCOMPARE(list.first() + list.size(), std::size_t(0));
    QVERIFY(list.append(trackedOf(0)));
    QCOMPARE(list.at(0).connection, 1u);
}

void TrackedListTest::beginsWithALaterPacket()
{
    constexpr std::size_t first = 100'000'000;
    [[maybe_unused]] const std::size_t before = anonymousMemory();
    TrackedList list;
    for (int round = 0; round < 2; ++round) { // the second time there is something to forget
        list.clear(first);
        QCOMPARE(list.size(), first);
        QCOMPARE(list.first(), first);
        for (std::uint32_t i = 0; i < 1'000'000; ++i)
            QVERIFY(list.append(trackedOf(i)));
        QVERIFY(!list.at(0).isTcp() && !list.at(first - 1).isTcp());
        QCOMPARE(list.at(first).connection, 1u);
        QCOMPARE(list.at(first + 999'999).connection, 1'000'000u);
        list.dropBefore(first + 1000);
        QVERIFY(!list.at(first + 999).isTcp() && list.at(first + 1000).isTcp());
    }
    list.clear();
#ifndef TCPW_SANITIZED
    QVERIFY(anonymousMemory() < before + 8'000'000);
#endif
}

void TrackedListTest::isReadWhileItIsDropped()
{
    TrackedList list;
    std::atomic<bool> ready = false;
    std::size_t wrong = 0;
    std::thread reading([&] {
        for (std::size_t i = 0; !ready; ++i) {
            const std::size_t size = list.size();
            const std::size_t index = list.first() + i % 700;
            if (index >= size)
                continue;
            const TrackedPacket packet = list.at(index);
            const auto number = static_cast<std::uint32_t>(index);
            wrong += packet.isTcp()
                ? packet.connection != number + 1 || packet.refersTo != trackedOf(number).refersTo
                : index >= list.first();
        }
    });
    bool appended = true;
    for (std::uint32_t i = 0; i < 2'000'000; ++i) {
        appended = appended && list.append(trackedOf(i));
        if (i % 100 == 0)
            list.dropBefore(i > 1000 ? i - 1000 : 0);
    }
    ready = true;
    reading.join();
    QVERIFY(appended);
    QCOMPARE(wrong, std::size_t(0));
}

void TrackedListTest::givesMemoryBack()
{
#ifdef TCPW_SANITIZED
    QSKIP("Sanitizers have memory of their own beside ours.");
#endif
    TrackedList list;
    for (std::uint32_t i = 0; i < 2'000'000; ++i)
        QVERIFY(list.append(trackedOf(i)));
    const std::size_t full = anonymousMemory();
    list.dropBefore(1'999'000);
    const std::size_t after = anonymousMemory();
    QVERIFY2(full > after + 31'000'000, qPrintable(QString::number(full - after)));
}

TCPW_TEST(TrackedListTest);
#include "tst_trackedlist.moc"
