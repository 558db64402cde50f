// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/ladder/laddertext.h"

#include <QTest>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

class LadderTextTest : public QObject
{
    Q_OBJECT
private slots:
    void leavesOutWhatMattersLeast_data();
    void leavesOutWhatMattersLeast();
    void callsAChallengeSo();
};

namespace {

StoryArrow arrow(std::uint16_t bits, std::uint32_t length = 0)
{
    StoryArrow arrow;
    arrow.controlBits.value = bits;
    arrow.relativeSequence = 1;
    arrow.relativeAcknowledgment = 6;
    arrow.dataLength = length;
    arrow.window = 1000;
    return arrow;
}

} // namespace

void LadderTextTest::leavesOutWhatMattersLeast_data()
{
    using Bits = ControlBits;
    QTest::addColumn<StoryArrow>("arrow");
    QTest::addColumn<QStringList>("labels");
    StoryArrow sack = arrow(Bits::ack);
    sack.relativeSack = SackBlock{11, 16};
    QTest::newRow("ACK with a block") << sack
                                      << QStringList{u"ACK seq 1 ack 6 SACK 11–16"_s,
                                             u"ACK ack 6 SACK 11–16"_s, u"ACK ack 6"_s, u"ACK"_s};
    QTest::newRow("data") << arrow(Bits::psh | Bits::ack, 5)
                          << QStringList{u"PSH,ACK seq 1 ack 6 len 5"_s, u"PSH,ACK seq 1 len 5"_s,
                                 u"PSH,ACK seq 1"_s, u"PSH,ACK"_s};
    QTest::newRow("SYN,ACK") << arrow(Bits::syn | Bits::ack)
                             << QStringList{u"SYN,ACK seq 1 ack 6"_s, u"SYN,ACK seq 1"_s,
                                    u"SYN,ACK seq 1"_s, u"SYN,ACK"_s};
    QTest::newRow("RST") << arrow(Bits::rst)
                         << QStringList{u"RST seq 1"_s, u"RST seq 1"_s, u"RST seq 1"_s, u"RST"_s};
}

void LadderTextTest::leavesOutWhatMattersLeast()
{
    QFETCH(StoryArrow, arrow);
    QTEST(LadderText::labels(arrow, {}), "labels");
}

/// To its names it is a duplicate.
void LadderTextTest::callsAChallengeSo()
{
    StoryArrow challenge = arrow(ControlBits::ack);
    challenge.tracked.names.add(AnalysisName::duplicateAck);
    QCOMPARE(LadderText::labels(challenge, {}).last(), u"ACK duplicate"_s);
    challenge.tracked.reason = Reason::challengeAck;
    QCOMPARE(LadderText::labels(challenge, {}).last(), u"ACK challenge"_s);
}

TCPW_TEST(LadderTextTest);
#include "tst_laddertext.moc"
