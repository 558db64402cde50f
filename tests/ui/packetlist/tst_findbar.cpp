// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/testpackets.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

class FindBarTest : public QObject
{
    Q_OBJECT
private slots:
    void init();

    void findsInRowsFieldsAndBytes_data();
    void findsInRowsFieldsAndBytes();
    void goesRoundInBothDirections();
    void looksAtShownRowsOnly();
    void saysWhatIsNoHexadecimal();
    void closesByEscape();

private:
    void find(FindIn in, const QString& text);
    QString outcome() const { return m_pane->findBar()->outcome()->text(); }

    std::unique_ptr<TestStore> m_packets;
    std::unique_ptr<PacketListPane> m_pane;
};

void FindBarTest::init()
{
    m_pane.reset();
    m_packets = std::make_unique<TestStore>();
    m_packets->addRefusedHandshake();
    m_packets->add({Origin::peer, ControlBits::ack, 9, 7, 39999, 8081, {'H', 'e', 'l', 'l', 'o'}});
    m_packets->addRefusedHandshake(40001);
    m_pane = std::make_unique<PacketListPane>();
    m_pane->resize(900, 400);
    m_pane->setStore(&m_packets->store());
    m_pane->show();
    QVERIFY(m_packets->store().setComments(2, {"the surprise"}));
}

void FindBarTest::find(FindIn in, const QString& text)
{
    m_pane->findBar()->findAction()->trigger();
    QVERIFY(m_pane->findBar()->isVisible());
    m_pane->findBar()->where()->setCurrentIndex(int(in));
    m_pane->findBar()->edit()->clear();
    QTest::keyClicks(m_pane->findBar()->edit(), text);
    QTest::keyClick(m_pane->findBar()->edit(), Qt::Key_Return);
}

void FindBarTest::findsInRowsFieldsAndBytes_data()
{
    QTest::addColumn<FindIn>("in");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("packet");
    QTest::newRow("flags") << FindIn::rows << u"syn,ack"_s << 1;
    QTest::newRow("full address") << FindIn::rows << u"192.168.56.102:8081"_s << 0;
    QTest::newRow("comment") << FindIn::rows << u"SURPRISE"_s << 2;
    QTest::newRow("field by name") << FindIn::fields << u"tcp.sourcePort Source port: 8081"_s << 1;
    QTest::newRow("layer") << FindIn::fields << u"payload"_s << 3;
    QTest::newRow("text in bytes") << FindIn::text << u"hELLO"_s << 3;
    QTest::newRow("bytes") << FindIn::bytes << u"48 65 6c 6c"_s << 3;
    QTest::newRow("port in bytes") << FindIn::bytes << u"9c411f91"_s << 4;
    QTest::newRow("nowhere") << FindIn::text << u"nothing like it"_s << -1;
}

void FindBarTest::findsInRowsFieldsAndBytes()
{
    QFETCH(FindIn, in);
    QFETCH(QString, text);
    QFETCH(int, packet);
    find(in, text);
    QTRY_VERIFY(
        packet < 0 ? outcome().contains(u"Not found"_s) : outcome() == u"No. %1"_s.arg(packet + 1));
    QCOMPARE(m_pane->currentPacket(), packet);
}

void FindBarTest::goesRoundInBothDirections()
{
    find(FindIn::rows, u"SYN,ACK"_s);
    QTRY_COMPARE(m_pane->currentPacket(), 1);
    m_pane->findBar()->nextAction()->trigger();
    QTRY_COMPARE(m_pane->currentPacket(), 5);
    m_pane->findBar()->nextAction()->trigger();
    QTRY_COMPARE(m_pane->currentPacket(), 1);
    m_pane->findBar()->previousAction()->trigger();
    QTRY_COMPARE(m_pane->currentPacket(), 5);
}

void FindBarTest::looksAtShownRowsOnly()
{
    m_pane->setFilter(u"port 40001"_s);
    QTRY_COMPARE(m_pane->model()->rowCount(), 3);
    find(FindIn::rows, u"SYN,ACK"_s);
    QTRY_COMPARE(m_pane->currentPacket(), 5);
}

void FindBarTest::saysWhatIsNoHexadecimal()
{
    find(FindIn::bytes, u"4x"_s);
    QTRY_VERIFY(outcome().contains(u"x"_s));
    QCOMPARE(m_pane->currentPacket(), -1);
}

void FindBarTest::closesByEscape()
{
    m_pane->findBar()->findAction()->trigger();
    QTest::keyClick(m_pane->findBar()->edit(), Qt::Key_Escape);
    QVERIFY(!m_pane->findBar()->isVisible());
}

TCPW_TEST(FindBarTest);
#include "tst_findbar.moc"
