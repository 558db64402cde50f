// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/checksum.h"
#include "support/testcase.h"
#include "ui/inspector/bytesview.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/inspector/packetview.h"
#include "ui/testpackets.h"

#include <QAction>
#include <QLabel>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

class InspectorPaneTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { qRegisterMetaType<Packet>(); }
    void init();
    void cleanup() { m_pane.reset(); }

    void showsTheSelectedPacketOnItsTab();
    void linksFieldsAndBytes();
    void linksBytesAndFields();
    void sendsAPacketBackToTheBuilder();
    void saysWhenAChecksumIsLeftToUs();
    void offersNothingToEditWithoutAPacket();
    void saysWhyThereIsNoPreview();
    void keepsTheSelectedFieldOfTheDraft();
    void opensAFieldOfTheDraftByReturn();

private:
    void showPacket(qsizetype number, const Segment& segment);

    std::unique_ptr<InspectorPane> m_pane;
};

void InspectorPaneTest::init()
{
    m_pane = std::make_unique<InspectorPane>();
    m_pane->resize(700, 600);
    m_pane->show();
    m_pane->setDraft(segmentPacket({}));
}

void InspectorPaneTest::showPacket(qsizetype number, const Segment& segment)
{
    const Bytes bytes = encode(segmentPacket(segment));
    PacketRecord record;
    record.capturedLength = record.originalLength = std::uint32_t(bytes.size());
    record.origin = segment.origin;
    m_pane->showPacket(number, record, bytes);
}

void InspectorPaneTest::showsTheSelectedPacketOnItsTab()
{
    QCOMPARE(m_pane->tabs()->currentIndex(), 0);
    showPacket(4, {Origin::peer});
    QCOMPARE(m_pane->tabs()->currentIndex(), 1);
    QCOMPARE(m_pane->tabs()->tabText(1), u"Packet 5"_s);
    QCOMPARE(m_pane->packetView()->details().bytes.size(), std::size_t(54));
    m_pane->clearPacket();
    QCOMPARE(m_pane->tabs()->tabText(1), u"Packet"_s);
}

void InspectorPaneTest::linksFieldsAndBytes()
{
    PacketView* view = m_pane->draftView();
    view->selectField(u"tcp.window"_s);
    const QTextCursor cursor = view->bytes()->textCursor();
    QCOMPARE(view->bytes()->byteAt(cursor.blockNumber(), cursor.positionInBlock()), 14 + 20 + 14);
    QCOMPARE(view->currentField(), u"tcp.window"_s);
}

void InspectorPaneTest::linksBytesAndFields()
{
    PacketView* view = m_pane->draftView();
    emit view->bytes()->byteChosen(14 + 20 + 4);
    QCOMPARE(view->currentField(), u"tcp.sequenceNumber"_s);
    emit view->bytes()->byteChosen(0);
    QCOMPARE(view->currentField(), u"ethernet.destination"_s);
}

void InspectorPaneTest::sendsAPacketBackToTheBuilder()
{
    QSignalSpy edited(m_pane.get(), &InspectorPane::editAgainRequested);
    showPacket(0, {Origin::peer, ControlBits::ack, 3, 4});
    QTest::mouseClick(m_pane->findChild<QToolButton*>(u"editAgainButton"_s), Qt::LeftButton);
    QCOMPARE(edited.size(), 1);
    QCOMPARE(encode(edited[0][0].value<Packet>()),
        encode(segmentPacket({Origin::peer, ControlBits::ack, 3, 4})));
    QCOMPARE(edited[0][1].toBool(), false);
}

void InspectorPaneTest::saysWhenAChecksumIsLeftToUs()
{
    Packet packet = segmentPacket({Origin::kernel, ControlBits::ack, 7, 8});
    packet.find<TcpHeader>()->checksum
        = onesComplementSum(Bytes{192, 168, 56, 101, 192, 168, 56, 102, 0, 6, 0, 20});
    const Bytes bytes = encode(packet);
    PacketRecord record;
    record.capturedLength = record.originalLength = std::uint32_t(bytes.size());
    m_pane->showPacket(0, record, bytes);
    QSignalSpy edited(m_pane.get(), &InspectorPane::editAgainRequested);
    m_pane->editAgainAction()->trigger();
    QCOMPARE(edited.size(), 1);
    QVERIFY(!edited[0][0].value<Packet>().find<TcpHeader>()->checksum);
    QCOMPARE(edited[0][1].toBool(), true);
}

void InspectorPaneTest::offersNothingToEditWithoutAPacket()
{
    QVERIFY(!m_pane->editAgainAction()->isEnabled());
    showPacket(0, {});
    QVERIFY(m_pane->editAgainAction()->isEnabled());
    m_pane->showProblem(0, u"The file was changed."_s);
    QVERIFY(!m_pane->editAgainAction()->isEnabled());
}

void InspectorPaneTest::saysWhyThereIsNoPreview()
{
    m_pane->setDraftProblem(u"Choose a device first."_s);
    bool said = false;
    for (const QLabel* label : m_pane->findChildren<QLabel*>())
        said = said || (label->isVisible() && label->text() == u"Choose a device first."_s);
    QVERIFY(said);
}

void InspectorPaneTest::keepsTheSelectedFieldOfTheDraft()
{
    m_pane->selectDraftField(u"tcp.sequenceNumber"_s);
    m_pane->setDraft(segmentPacket({Origin::me, ControlBits::syn, 99}));
    QCOMPARE(m_pane->draftView()->currentField(), u"tcp.sequenceNumber"_s);
}

void InspectorPaneTest::opensAFieldOfTheDraftByReturn()
{
    QSignalSpy activated(m_pane.get(), &InspectorPane::draftFieldActivated);
    m_pane->selectDraftField(u"tcp.window"_s);
    m_pane->draftView()->tree()->setFocus();
    QTest::keyClick(m_pane->draftView()->tree(), Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated[0][0].toString(), u"tcp.window"_s);
}

TCPW_TEST(InspectorPaneTest);
#include "tst_inspectorpane.moc"
