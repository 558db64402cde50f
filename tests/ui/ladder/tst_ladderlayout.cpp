// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/conversations.h"
#include "ui/ladder/ladderlayout.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::test;

class LadderLayoutTest : public QObject
{
    Q_OBJECT
private slots:
    void takesOneStepAPacket();
    void givesTimeItsRoom();
    void compressesLongGaps();
    void tiesRetransmissionsToWhatTheyRepeat();
    void saysOfAPeersPacketNeverThatItIsLost();
    void saysOfMinesThatItIsLostUnlessAcknowledged();
    void keepsTiesApart();
    void findsRowsByHeightAndNumber();
    void fitsAHeight();
    void growsAsWhenPlacedAtOnce();

private:
    static LadderLayout laidOut(const QString& name);
};

LadderLayout LadderLayoutTest::laidOut(const QString& name)
{
    TestStore store;
    play(store, name);
    LadderLayout layout;
    layout.extend(told(store.store()).arrows);
    return layout;
}

void LadderLayoutTest::takesOneStepAPacket()
{
    LadderLayout layout = laidOut(QStringLiteral("guarded"));
    layout.setAxis(LadderLayout::Axis::steps);
    layout.setRowHeight(30);
    QCOMPARE(layout.rowCount(), 5);
    for (qsizetype row = 1; row < layout.rowCount(); ++row)
        QCOMPARE(layout.row(row).y - layout.row(row - 1).y, 30);
}

void LadderLayoutTest::givesTimeItsRoom()
{
    const LadderLayout layout = laidOut(QStringLiteral("guarded"));
    const int first = layout.row(2).y - layout.row(1).y;
    const int second = layout.row(3).y - layout.row(2).y;
    QCOMPARE(first, layout.step() + 61);
    QCOMPARE(second, layout.step() + 121);
    QVERIFY(layout.row(1).y - layout.row(0).y >= layout.step());
}

void LadderLayoutTest::compressesLongGaps()
{
    LadderLayout layout = laidOut(QStringLiteral("guarded"));
    QVERIFY(!layout.row(3).isCompressed);
    QVERIFY(layout.row(4).isCompressed);
    layout.setZoom(1000);
    QVERIFY(layout.row(2).isCompressed);
    QCOMPARE(layout.row(3).y - layout.row(2).y, layout.row(4).y - layout.row(3).y);
}

void LadderLayoutTest::tiesRetransmissionsToWhatTheyRepeat()
{
    const LadderLayout layout = laidOut(QStringLiteral("guarded"));
    QCOMPARE(layout.ties().size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(layout.ties()[i].from, qsizetype(i + 1));
        QCOMPARE(layout.ties()[i].to, qsizetype(i + 2));
        QVERIFY(!layout.ties()[i].ofInitiator);
    }
    QCOMPARE(layout.ties()[1].duration, 2'020'000'000);
}

void LadderLayoutTest::saysOfAPeersPacketNeverThatItIsLost()
{
    const LadderLayout layout = laidOut(QStringLiteral("guarded"));
    for (qsizetype row = 0; row < layout.rowCount(); ++row)
        QVERIFY(!layout.row(row).isLost);
}

void LadderLayoutTest::saysOfMinesThatItIsLostUnlessAcknowledged()
{
    const LadderLayout layout = laidOut(QStringLiteral("out-of-order"));
    QCOMPARE(layout.ties().size(), 1u);
    QVERIFY(layout.row(layout.ties()[0].from).isLost);
    QVERIFY(!layout.row(layout.ties()[0].to).isLost);

    TestStore store;
    Conversationalist say(store);
    say.handshake();
    say.mine(psh | ack, 1, 1, Bytes(5, 'a'));
    say.theirs(ack, 1, 6);
    say.wait(0.5);
    say.mine(psh | ack, 1, 1, Bytes(5, 'a'));
    LadderLayout arrived;
    arrived.extend(told(store.store()).arrows);
    for (qsizetype row = 0; row < arrived.rowCount(); ++row)
        QVERIFY(!arrived.row(row).isLost);
}

void LadderLayoutTest::keepsTiesApart()
{
    TestStore store;
    Conversationalist say(store);
    say.handshake();
    for (const double pause : {0.3, 0.6}) {
        for (std::uint32_t sequence : {1u, 6u, 11u, 16u})
            say.mine(psh | ack, sequence, 1, Bytes(5, 'a'));
        say.wait(pause);
    }
    LadderLayout layout;
    layout.extend(told(store.store()).arrows);
    QCOMPARE(layout.ties().size(), 4u);
    QCOMPARE(layout.ties()[0].lane, 0);
    QCOMPARE(layout.ties()[1].lane, 1);
    QCOMPARE(layout.ties()[2].lane, 2);
    QCOMPARE(layout.longestTie(), 4);
}

void LadderLayoutTest::findsRowsByHeightAndNumber()
{
    const LadderLayout layout = laidOut(QStringLiteral("orderly"));
    for (qsizetype row = 0; row < layout.rowCount(); ++row) {
        QCOMPARE(layout.rowAt(layout.row(row).y), row);
        QCOMPARE(layout.rowOf(layout.row(row).number), row);
    }
    QCOMPARE(layout.rowAt(-1000), 0);
    QCOMPARE(layout.rowAt(1'000'000), layout.rowCount() - 1);
    QCOMPARE(layout.rowOf(4711), -1);
    QCOMPARE(LadderLayout().rowAt(5), -1);
    const auto [first, last] = layout.rowsBetween(layout.row(3).y, layout.row(4).y);
    QVERIFY(first <= 3 && first >= 2);
    QVERIFY(last >= 5 && last <= 6);
}

void LadderLayoutTest::fitsAHeight()
{
    LadderLayout layout = laidOut(QStringLiteral("guarded"));
    for (const int height : {150, 300, 600}) {
        layout.setZoom(layout.zoomToFit(height));
        QVERIFY(layout.height() <= height);
        QVERIFY2(layout.height() > height * 3 / 4, qPrintable(QString::number(layout.height())));
    }
}

void LadderLayoutTest::growsAsWhenPlacedAtOnce()
{
    TestStore store;
    play(store, QStringLiteral("out-of-order"));
    const std::vector<StoryArrow> arrows = told(store.store()).arrows;
    LadderLayout whole;
    LadderLayout grown;
    whole.extend(arrows);
    for (std::size_t count = 1; count <= arrows.size(); ++count)
        grown.extend({arrows.begin(), arrows.begin() + std::ptrdiff_t(count)});
    QCOMPARE(grown.rowCount(), whole.rowCount());
    QCOMPARE(grown.ties().size(), whole.ties().size());
    for (qsizetype row = 0; row < whole.rowCount(); ++row) {
        QCOMPARE(grown.row(row).y, whole.row(row).y);
        QCOMPARE(grown.row(row).isLost, whole.row(row).isLost);
    }
}

TCPW_TEST(LadderLayoutTest);

#include "tst_ladderlayout.moc"
