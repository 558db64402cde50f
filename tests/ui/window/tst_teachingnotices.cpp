// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/teachingnotices.h"
#include "ui/testpackets.h"

#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

class TeachingNoticesTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { qRegisterMetaType<Notice>(); }
    void init();

    void explainsTheKernelsReset();
    void saysThatASilentKernelWasNotSilentThere();
    void asksForTheAnswerToASynAck();
    void namesTheFirstSynAckWhenItIsRepeated();
    void tellsThatTheHandshakeIsComplete();
    void tellsThatThePeerRefused();
    void takesANewSynAckForANewConnection();
    void leadsThroughAConnectionOfThePeer();
    void saysHowToGoOnAfterAFin();
    void saysNothingOfPacketsWithoutOrigin();
    void forgetsWhatIsPast();

private:
    Notice look(const Segment& segment);
    int said() const { return int(m_spy->size()); }

    std::unique_ptr<TeachingNotices> m_teaching;
    std::unique_ptr<QSignalSpy> m_spy;
    std::size_t m_number = 0;
};

void TeachingNoticesTest::init()
{
    m_teaching = std::make_unique<TeachingNotices>();
    m_spy = std::make_unique<QSignalSpy>(m_teaching.get(), &TeachingNotices::noticed);
    m_number = 0;
}

/// Shows the next packet; gives the notice about it, empty when there was none.
Notice TeachingNoticesTest::look(const Segment& segment)
{
    const int before = said();
    const Bytes bytes = encode(segmentPacket(segment));
    PacketRecord record;
    record.capturedLength = record.originalLength = std::uint32_t(bytes.size());
    record.origin = segment.origin;
    m_teaching->look(listedPacket(m_number++, record, bytes));
    return said() > before ? m_spy->last()[0].value<Notice>() : Notice();
}

void TeachingNoticesTest::explainsTheKernelsReset()
{
    look({Origin::me, ControlBits::syn, 100});
    look({Origin::peer, ControlBits::syn | ControlBits::ack, 500, 101});
    const Notice notice = look({Origin::kernel, ControlBits::rst, 101});
    QCOMPARE(notice.text,
        u"Your own computer's TCP sent this RST (No. 3): it has no socket on port 40000. Next: let "
        u"your kernel stay silent, Send again, then Answer."_s);
    QCOMPARE(notice.actionId, int(KernelSilentAction));
    QCOMPARE(notice.row, 2);
}

void TeachingNoticesTest::saysThatASilentKernelWasNotSilentThere()
{
    m_teaching->setKernelSilent(true);
    const Notice notice = look({Origin::kernel, ControlBits::rst | ControlBits::ack, 0, 7, 40007});
    QVERIFY(notice.text.contains(u"Send from port 40007"_s));
    QCOMPARE(notice.actionId, int(NoAction));
}

void TeachingNoticesTest::asksForTheAnswerToASynAck()
{
    QVERIFY(look({Origin::me, ControlBits::syn, 100}).text.isEmpty());
    const Notice notice = look({Origin::peer, ControlBits::syn | ControlBits::ack, 500, 101});
    QCOMPARE(notice.actionId, int(AnswerAction));
    QCOMPARE(notice.row, 1);
}

void TeachingNoticesTest::namesTheFirstSynAckWhenItIsRepeated()
{
    look({Origin::me, ControlBits::syn, 100});
    look({Origin::peer, ControlBits::syn | ControlBits::ack, 500, 101});
    const Notice notice = look({Origin::peer, ControlBits::syn | ControlBits::ack, 500, 101});
    QVERIFY2(
        notice.text.startsWith(u"The peer repeats its SYN,ACK (No. 2)"_s), qPrintable(notice.text));
    QCOMPARE(notice.actionId, int(AnswerAction));
}

void TeachingNoticesTest::tellsThatTheHandshakeIsComplete()
{
    look({Origin::me, ControlBits::syn, 100});
    look({Origin::peer, ControlBits::syn | ControlBits::ack, 500, 101});
    QVERIFY(look({Origin::me, ControlBits::ack, 101, 400}).text.isEmpty());
    const Notice notice = look({Origin::me, ControlBits::ack, 101, 501});
    QVERIFY(notice.text.contains(u"completes the handshake"_s));
    QVERIFY(look({Origin::me, ControlBits::ack, 101, 501}).text.isEmpty());
}

void TeachingNoticesTest::tellsThatThePeerRefused()
{
    look({Origin::me, ControlBits::syn, 100, 0, 40000, 9999});
    const Notice notice
        = look({Origin::peer, ControlBits::rst | ControlBits::ack, 0, 101, 40000, 9999});
    QVERIFY(notice.text.contains(u"nothing listens on its port 9999"_s));
}

void TeachingNoticesTest::takesANewSynAckForANewConnection()
{
    look({Origin::peer, ControlBits::syn | ControlBits::ack, 500, 101});
    look({Origin::me, ControlBits::ack, 101, 501});
    const Notice notice = look({Origin::peer, ControlBits::syn | ControlBits::ack, 900, 201});
    QVERIFY(notice.text.contains(u"No. 3"_s));
    QVERIFY(look({Origin::me, ControlBits::ack, 201, 901}).text.contains(u"completes"_s));
}

void TeachingNoticesTest::leadsThroughAConnectionOfThePeer()
{
    const Notice asked = look({Origin::peer, ControlBits::syn, 500, 0, 40000, 50123});
    QVERIFY(asked.text.contains(u"asks for a connection to your port 40000"_s));
    QCOMPARE(asked.actionId, int(AnswerAction));
    look({Origin::me, ControlBits::syn | ControlBits::ack, 9, 501, 40000, 50123});
    const Notice done = look({Origin::peer, ControlBits::ack, 501, 10, 40000, 50123});
    QVERIFY(done.text.contains(u"the connection is established"_s));
}

void TeachingNoticesTest::saysHowToGoOnAfterAFin()
{
    const Notice notice = look({Origin::peer, ControlBits::fin | ControlBits::ack, 600, 101});
    QVERIFY(notice.text.contains(u"FIN"_s));
    QCOMPARE(notice.actionId, int(AnswerAction));
}

void TeachingNoticesTest::saysNothingOfPacketsWithoutOrigin()
{
    look({Origin::unknown, ControlBits::rst, 1});
    look({Origin::unknown, ControlBits::syn | ControlBits::ack, 1});
    QCOMPARE(said(), 0);
}

void TeachingNoticesTest::forgetsWhatIsPast()
{
    look({Origin::peer, ControlBits::syn | ControlBits::ack, 500, 101});
    m_teaching->reset();
    const Notice notice = look({Origin::peer, ControlBits::syn | ControlBits::ack, 500, 101});
    QVERIFY(notice.text.startsWith(u"The peer accepts (SYN,ACK, No. 2)"_s));
}

TCPW_TEST(TeachingNoticesTest);
#include "tst_teachingnotices.moc"
