// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/fields/theme.h"
#include "ui/inspector/detailsmodel.h"
#include "ui/testpackets.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

class DetailsModelTest : public QObject
{
    Q_OBJECT
private slots:
    void isASoundModel();
    void standsFieldsUnderTheirLayer();
    void keepsItsRowsWhenOnlyValuesChange();
    void resetsForOtherLayers();
    void marksProblemsByWordAndColour();
    void explainsFieldsInToolTips();
};

void DetailsModelTest::isASoundModel()
{
    DetailsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setDetails(draftDetails(segmentPacket({})));
    model.setDetails(draftDetails(segmentPacket({Origin::me, ControlBits::ack})));
    model.setDetails(draftDetails(Packet()));
    QCOMPARE(model.rowCount(), 0);
}

void DetailsModelTest::standsFieldsUnderTheirLayer()
{
    DetailsModel model;
    model.setDetails(draftDetails(segmentPacket({})));
    QCOMPARE(model.rowCount(), 3);
    const QModelIndex tcp = model.index(2, 0);
    QCOMPARE(tcp.data().toString(), u"TCP"_s);
    const QModelIndex port = model.index(0, int(DetailsColumn::value), tcp);
    QCOMPARE(port.data().toString(), u"40000"_s);
    QCOMPARE(port.parent(), tcp);
    QCOMPARE(model.indexOf(DetailsModel::detailsRow(port), DetailsColumn::value), port);
}

void DetailsModelTest::keepsItsRowsWhenOnlyValuesChange()
{
    DetailsModel model;
    model.setDetails(draftDetails(segmentPacket({})));
    const QPersistentModelIndex port = model.index(0, 1, model.index(2, 0));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setDetails(draftDetails(segmentPacket({Origin::me, ControlBits::syn, 0, 0, 1234})));
    QCOMPARE(reset.size(), 0);
    QVERIFY(changed.size() > 0);
    QCOMPARE(port.data().toString(), u"1234"_s);
}

void DetailsModelTest::resetsForOtherLayers()
{
    DetailsModel model;
    model.setDetails(draftDetails(segmentPacket({})));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setDetails(draftDetails(segmentPacket({Origin::me, 0, 0, 0, 1, 2, {65}})));
    QCOMPARE(reset.size(), 1);
    QCOMPARE(model.rowCount(), 4);
}

void DetailsModelTest::marksProblemsByWordAndColour()
{
    Packet packet = segmentPacket({});
    packet.find<TcpHeader>()->checksum = 0x1234;
    DetailsModel model;
    model.setDetails(draftDetails(packet));
    const QModelIndex checksum
        = model.indexOf(model.details().rowOf(u"tcp.checksum"_s), DetailsColumn::meaning);
    QVERIFY(checksum.data().toString().startsWith(u"⚠ yours, and wrong"_s));
    QVERIFY(checksum.data(Qt::ForegroundRole).isValid());
}

void DetailsModelTest::explainsFieldsInToolTips()
{
    DetailsModel model;
    model.setDetails(draftDetails(segmentPacket({})));
    const QModelIndex window = model.indexOf(model.details().rowOf(u"tcp.window"_s));
    QVERIFY(window.data(Qt::ToolTipRole).toString().contains(u"RFC 9293"_s));
}

TCPW_TEST(DetailsModelTest);
#include "tst_detailsmodel.moc"
