// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "sessionfixture.h"
#include "support/testcase.h"

#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

/// What a session captured: how much it keeps, and what of it was saved.
class SessionSavingTest : public QObject, protected SessionFixture
{
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init() { begin(); }

    void saysWhenTheLimitIsReached_data();
    void saysWhenTheLimitIsReached();
    void dropsTheOldestAtTheLimit();
    void savesTheChosenPackets();
    void savesWhatWasSaidOfAPacket();
    void knowsWhatWasNotSaved();
    void knowsWhichCommentsWereNotSaved();
};

void SessionSavingTest::saysWhenTheLimitIsReached_data()
{
    QTest::addColumn<quint64>("packets");
    QTest::addColumn<quint64>("bytes");
    QTest::newRow("packets") << quint64(100) << quint64(0);
    QTest::newRow("bytes") << quint64(0) << quint64(6000);
}

void SessionSavingTest::saysWhenTheLimitIsReached()
{
    QFETCH(quint64, packets);
    QFETCH(quint64, bytes);
    QSignalSpy reached(m_session.get(), &FileSession::limitReached);
    m_session->setLimit({packets, bytes, false});
    capture(100);
    QTest::qWait(0);
    QCOMPARE(reached.size(), 0);
    capture(1);
    capture(1); // said once
    QTRY_COMPARE(reached.size(), 1);
    QCOMPARE(m_session->store().first(), std::size_t(0));
    m_session->setLimit(m_session->limit());
    capture(1);
    QTRY_COMPARE(reached.size(), 2);
}

void SessionSavingTest::dropsTheOldestAtTheLimit()
{
    QSignalSpy dropped(m_session.get(), &FileSession::oldestDropped);
    m_session->setLimit({1000, 0, true});
    for (int i = 0; i < 50; ++i)
        capture(100);
    QCOMPARE(size(), std::size_t(5000));
    QVERIFY(size() - m_session->store().first() <= 1000);
    QVERIFY(size() - m_session->store().first() >= 900);
    QTRY_VERIFY(!dropped.isEmpty());
    QTRY_COMPARE(dropped.last()[0].toULongLong(), quint64(m_session->store().first()));
    QVERIFY(m_session->store().bytes(4999));
    QVERIFY(!m_session->store().bytes(0));
}

void SessionSavingTest::savesTheChosenPackets()
{
    capture(10);
    save(path("some.pcapng"), {2, 7});
    const auto store = PacketStore::open(path("some.pcapng").toStdString());
    QVERIFY(store);
    QCOMPARE((*store)->size(), std::size_t(2));
    QCOMPARE((*store)->record(1).timestamp, m_session->store().record(7).timestamp);
}

void SessionSavingTest::savesWhatWasSaidOfAPacket()
{
    capture(3);
    m_session->setComment(1, u"why this?"_s);
    save(path("said.pcapng"));
    m_session->openFile(path("said.pcapng"));
    QTRY_VERIFY(m_session->showsFile());
    QCOMPARE(m_session->store().comments(1), std::vector<std::string>{"why this?"});
    m_session->setComment(1, u"this!"_s); // of an opened file as well
    save(path("again.pcapng"));
    m_session->openFile(path("again.pcapng"));
    QTRY_COMPARE(m_session->store().path(), path("again.pcapng").toStdString());
    QCOMPARE(m_session->store().comments(1), std::vector<std::string>{"this!"});
    m_session->setComment(1, {});
    QVERIFY(m_session->store().comments(1).empty());
}

void SessionSavingTest::knowsWhatWasNotSaved()
{
    QCOMPARE(m_session->unsavedCount(), 0);
    capture(3);
    QCOMPARE(m_session->unsavedCount(), 3);
    save(path("part.pcapng"), {0});
    QCOMPARE(m_session->unsavedCount(), 3);
    save(path("all.pcapng"));
    QCOMPARE(m_session->unsavedCount(), 0);
    capture(2);
    QCOMPARE(m_session->unsavedCount(), 2);
    m_session->clear();
    QCOMPARE(m_session->unsavedCount(), 0);
}

void SessionSavingTest::knowsWhichCommentsWereNotSaved()
{
    capture(3);
    m_session->setComment(1, {}); // there was none
    QVERIFY(!m_session->hasUnsavedComments());
    m_session->setComment(1, u"why?"_s);
    QVERIFY(m_session->hasUnsavedComments());
    save(path("some.pcapng"), {1});
    save(path("all.pcap")); // has no comments
    QVERIFY(m_session->hasUnsavedComments());
    save(path("all.pcapng"));
    QVERIFY(!m_session->hasUnsavedComments());

    m_session->setComment(0, u"live"_s);
    m_session->openFile(path("all.pcapng"));
    QTRY_VERIFY(m_session->showsFile());
    QVERIFY(m_session->hasUnsavedComments()); // the hidden ones
    m_session->showLive();
    save(path("live.pcapng"));
    QVERIFY(!m_session->hasUnsavedComments());

    m_session->openFile(path("all.pcapng"));
    QTRY_VERIFY(m_session->showsFile());
    m_session->setComment(1, u"why?"_s); // as it is
    QVERIFY(!m_session->hasUnsavedComments());
    m_session->setComment(1, {});
    QVERIFY(m_session->hasUnsavedComments());
    QSignalSpy saved(m_session.get(), &FileSession::saved);
    m_session->saveFile(path("again.pcapng"));
    m_session->setComment(2, u"meanwhile"_s);
    QTRY_COMPARE(saved.size(), 1);
    QVERIFY(m_session->hasUnsavedComments());
    save(path("again.pcapng"));
    QVERIFY(!m_session->hasUnsavedComments());
}

TCPW_TEST(SessionSavingTest);
#include "tst_sessionsaving.moc"
