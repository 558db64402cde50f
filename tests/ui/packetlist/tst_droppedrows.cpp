// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/packetlist/modelfixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

/// Rows that come in steps, and go when their packets are dropped.
class DroppedRowsTest : public QObject, protected ModelFixture
{
    Q_OBJECT
private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void dropsTheOldest();
    void picksNothingThatWasDropped();
    void leavesOutWhatIsDroppedBeforeItsRowComes();
    void givesManyPacketsTheirRowsInSteps();
    void dropsPacketsThatWaitForTheirRows();
};

void DroppedRowsTest::dropsTheOldest()
{
    m_model->setMarked({0}, true);
    m_model->dropBefore(2);
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->packetCount(), 1);
    QCOMPARE(cell(0, PacketListColumn::number), u"3"_s);
    QCOMPARE(m_model->rowOf(1), -1);
    QCOMPARE(m_model->rowOf(2), 0);
    QVERIFY(m_model->marks().empty());
    m_model->dropBefore(3);
    QCOMPARE(m_model->rowCount(), 0);
}

void DroppedRowsTest::picksNothingThatWasDropped()
{
    m_packets->addMany({Origin::peer, ControlBits::ack, 5, 6}, 97);
    QVERIFY(m_packets->store().dropBefore(60));
    m_model->extendTo(100);
    m_model->dropBefore(60);
    m_model->setChoice(filterChoice("not flags SYN"));
    QTRY_VERIFY(!m_model->choosing());
    QCOMPARE(m_model->rowCount(), 40);
    QCOMPARE(m_model->packetOf(0), 60);
    QVERIFY(m_packets->store().dropBefore(100));
    m_model->setChoice(filterChoice("device 0"));
    QTRY_VERIFY(!m_model->choosing());
    QCOMPARE(m_model->rowCount(), 0);
}

/// The store still had them when they were read.
void DroppedRowsTest::leavesOutWhatIsDroppedBeforeItsRowComes()
{
    m_model->setChoice(filterChoice("tcp"));
    m_model->dropBefore(2);
    QTRY_VERIFY(!m_model->choosing());
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->packetOf(0), 2);
}

void DroppedRowsTest::givesManyPacketsTheirRowsInSteps()
{
    m_tester.reset(); // for small models
    const int count = int(PacketListModel::rowsAtOnce) + 10;
    TestStore many;
    many.addMany({Origin::peer, ControlBits::ack, 5, 6}, count);
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    m_model->setStore(&many.store());
    QCOMPARE(m_model->rowCount(), count - 10);
    QTRY_COMPARE(m_model->rowCount(), count);
    QCOMPARE(inserted.size(), 2);
    QCOMPARE(m_model->rowOf(count - 1), count - 1);
    m_model->setStore(nullptr);
}

void DroppedRowsTest::dropsPacketsThatWaitForTheirRows()
{
    m_tester.reset(); // for small models
    const int first = int(PacketListModel::rowsAtOnce) + 10;
    TestStore many;
    many.addMany({Origin::peer, ControlBits::ack, 5, 6}, first + 5);
    m_model->setStore(&many.store());
    QVERIFY(many.store().dropBefore(std::size_t(first)));
    m_model->dropBefore(first);
    QCOMPARE(m_model->rowCount(), 0);
    QTRY_COMPARE(m_model->rowCount(), 5);
    QCOMPARE(m_model->packetOf(0), first);
    QCOMPARE(m_model->packetCount(), 5);
    m_model->dropBefore(first + 100); // which it has not been told of
    QCOMPARE(m_model->packetCount(), 0);
    m_model->setStore(nullptr);
}

TCPW_TEST(DroppedRowsTest);
#include "tst_droppedrows.moc"
