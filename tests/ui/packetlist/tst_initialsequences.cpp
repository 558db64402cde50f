// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/packetlist/initialsequences.h"
#include "ui/testpackets.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::test;

namespace {

Summary summaryOf(const Segment& segment)
{
    const Packet packet = segmentPacket(segment);
    return summarize(packet, encode(packet).size());
}

const Endpoint nearEnd{labAddress::near4, 40000};
const Endpoint farEnd{labAddress::far4, 8081};

} // namespace

class InitialSequencesTest : public QObject
{
    Q_OBJECT
private slots:
    void countsEachDirectionFromItsFirstSegment();
    void takesARepeatedSynForTheSameConnection();
    void beginsAnewWhereThePortIsUsedAgain();
    void knowsNothingBeforeTheFirstSegment();
    void passesOverWhatIsNoTcp();
    void staysBoundedPerDirection();
    void forgetsEverythingWhenCleared();
};

void InitialSequencesTest::countsEachDirectionFromItsFirstSegment()
{
    InitialSequences sequences;
    sequences.note(0, summaryOf({Origin::me, ControlBits::syn, 1000}));
    sequences.note(1, summaryOf({Origin::peer, ControlBits::syn | ControlBits::ack, 5000, 1001}));
    QCOMPARE(sequences.find(9, nearEnd, farEnd), std::optional(1000u));
    QCOMPARE(sequences.find(9, farEnd, nearEnd), std::optional(5000u));
}

void InitialSequencesTest::takesARepeatedSynForTheSameConnection()
{
    InitialSequences sequences;
    sequences.note(0, summaryOf({Origin::me, ControlBits::syn, 1000}));
    sequences.note(4, summaryOf({Origin::me, ControlBits::syn, 1000}));
    sequences.note(5, summaryOf({Origin::me, ControlBits::ack, 1001}));
    QCOMPARE(sequences.find(5, nearEnd, farEnd), std::optional(1000u));
}

void InitialSequencesTest::beginsAnewWhereThePortIsUsedAgain()
{
    InitialSequences sequences;
    sequences.note(0, summaryOf({Origin::me, ControlBits::syn, 1000}));
    sequences.note(7, summaryOf({Origin::me, ControlBits::syn, 90000}));
    QCOMPARE(sequences.find(6, nearEnd, farEnd), std::optional(1000u));
    QCOMPARE(sequences.find(7, nearEnd, farEnd), std::optional(90000u));
}

void InitialSequencesTest::knowsNothingBeforeTheFirstSegment()
{
    InitialSequences sequences;
    sequences.note(3, summaryOf({Origin::me, ControlBits::syn, 1000}));
    QCOMPARE(sequences.find(2, nearEnd, farEnd), std::nullopt);
    QCOMPARE(sequences.find(3, farEnd, nearEnd), std::nullopt);
}

void InitialSequencesTest::passesOverWhatIsNoTcp()
{
    InitialSequences sequences;
    Packet request;
    request.layers = {EthernetHeader{}, ArpPacket{}};
    sequences.note(0, summarize(request, 42));
    QCOMPARE(sequences.find(9, nearEnd, farEnd), std::nullopt);
}

void InitialSequencesTest::staysBoundedPerDirection()
{
    InitialSequences sequences;
    const std::uint32_t most = InitialSequences::maximumPerDirection;
    for (std::uint32_t row = 0; row < most + 10; ++row)
        sequences.note(row, summaryOf({Origin::me, ControlBits::syn, row * 7}));
    QCOMPARE(sequences.find(most + 9, nearEnd, farEnd), std::optional((most - 1) * 7));
}

void InitialSequencesTest::forgetsEverythingWhenCleared()
{
    InitialSequences sequences;
    sequences.note(0, summaryOf({Origin::me, ControlBits::syn, 1000}));
    sequences.clear();
    QCOMPARE(sequences.find(0, nearEnd, farEnd), std::nullopt);
}

TCPW_TEST(InitialSequencesTest);
#include "tst_initialsequences.moc"
