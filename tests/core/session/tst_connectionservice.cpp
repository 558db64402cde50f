// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/connectionservice.h"
#include "support/testcase.h"
#include "ui/conversations.h"
#include "ui/testfile.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;

class ConnectionServiceTest : public QObject
{
    Q_OBJECT
private slots:
    void tracksWhatTheStoreHas();
    void knowsOnlyWhatIsTracked();
    void beginsWithTheOldestThatIsKept();
    void forgetsConnectionsOfDroppedPackets();
    void tellsTheChosenConnection();
    void tellsItsNewPacketsAsTheyCome();
    void tellsPacketsByTheirNumbers();
    void isSilentAboutAnotherConnection();
    void forgetsTheChoiceWithTheStore();
    void survivesStoresThatGo();
    void survivesFilesThatGo();
    void endsAtOnce_data();
    void endsAtOnce();
};

void ConnectionServiceTest::tracksWhatTheStoreHas()
{
    TestStore store;
    store.addRefusedHandshake(40000);
    store.addRefusedHandshake(40001);
    ConnectionService service;
    QSignalSpy advanced(&service, &ConnectionService::advanced);
    service.setStore(&store.store());
    QTRY_COMPARE(service.trackedCount(), 6);
    QTRY_COMPARE(advanced.isEmpty() ? 0 : advanced.last().first().toInt(), 6);
    QCOMPARE(service.tracked(2)->connection, 0u);
    QCOMPARE(service.tracked(3)->connection, 1u);
    QCOMPARE(service.connectionCount(), 2);
    QCOMPARE(int(service.connection(1)->initiator.endpoint.port), 40001);
    QCOMPARE(service.connection(1)->firstPacket, 4u);
}

void ConnectionServiceTest::knowsOnlyWhatIsTracked()
{
    TestStore store;
    store.addRefusedHandshake();
    ConnectionService service;
    QVERIFY(!service.tracked(0));
    service.setStore(&store.store());
    QTRY_COMPARE(service.trackedCount(), 3);
    QVERIFY(service.tracked(2));
    QVERIFY(!service.tracked(3));
    QVERIFY(!service.tracked(-1));
    QVERIFY(!service.connection(1));
}

void ConnectionServiceTest::beginsWithTheOldestThatIsKept()
{
    TestStore store;
    store.addRefusedHandshake(40000);
    store.addRefusedHandshake(40001);
    QVERIFY(store.store().dropBefore(3));
    ConnectionService service;
    service.setStore(&store.store());
    QVERIFY(service.trackedCount() >= 3); // there is nothing to do for the three that are gone
    QTRY_COMPARE(service.trackedCount(), 6);
    QVERIFY(!service.tracked(0)->isTcp());
    QCOMPARE(service.tracked(3)->connection, 0u);
    service.chooseConnection(0);
    QTRY_COMPARE(service.story().arrows.size(), 3u);
    QCOMPARE(service.story().arrows.front().number, 4u);
}

void ConnectionServiceTest::forgetsConnectionsOfDroppedPackets()
{
    TestStore store;
    for (int port = 1; port <= 20'000; ++port)
        store.addRefusedHandshake(std::uint16_t(port));
    ConnectionService service;
    service.setStore(&store.store());
    QTRY_COMPARE(service.trackedCount(), 60'000);
    QVERIFY(store.store().dropBefore(59'000));
    service.dropBefore(59'000);
    QVERIFY(service.connection(0)); // nothing is forgotten for its own sake
    store.addRefusedHandshake(30'000);
    service.trackNew();
    QTRY_COMPARE(service.trackedCount(), 60'003);
    QVERIFY(!service.connection(0));
    QCOMPARE(service.connectionCount(), 20'001);
    QCOMPARE(service.connection(service.tracked(59'500)->connection)->initiator.endpoint.port,
        std::uint16_t(59'500 / 3 + 1));
}

void ConnectionServiceTest::tellsTheChosenConnection()
{
    TestStore store;
    store.addRefusedHandshake(40000);
    store.addRefusedHandshake(40001);
    ConnectionService service;
    QSignalSpy reset(&service, &ConnectionService::storyReset);
    service.setStore(&store.store());
    QCOMPARE(reset.size(), 0); // there was none, and is none
    service.trackNew();
    QTRY_COMPARE(service.trackedCount(), 6);
    service.chooseConnection(1);
    QTRY_COMPARE(reset.size(), 1);
    QTRY_COMPARE(service.story().arrows.size(), 3u);
    QCOMPARE(*service.story().number, 1u);
    QCOMPARE(int(service.story().initiator.port), 40001);
    QCOMPARE(service.story().initiatorIsMe(), std::optional(true));
    service.chooseConnection(1);
    QTest::qWait(30);
    QCOMPARE(reset.size(), 1);
    service.chooseConnection({});
    QCOMPARE(reset.size(), 2);
    QVERIFY(service.story().arrows.empty());
    QVERIFY(!service.story().number);
}

void ConnectionServiceTest::tellsItsNewPacketsAsTheyCome()
{
    TestStore store;
    Conversationalist say(store);
    say.mine(syn, 0, 0);
    ConnectionService service;
    service.setStore(&store.store());
    QTRY_COMPARE(service.trackedCount(), 1);
    service.chooseConnection(0);
    QTRY_COMPARE(service.story().arrows.size(), 1u);
    QSignalSpy extended(&service, &ConnectionService::storyExtended);
    const FollowedConnection* story = &service.story();
    say.theirs(syn | ack, 0, 1);
    say.mine(ack, 1, 1);
    service.trackNew();
    QTRY_COMPARE(story->arrows.size(), 3u);
    QVERIFY(!extended.isEmpty());
    QCOMPARE(story->initiatorState, TcpState::established);
    QCOMPARE(story->responderState, TcpState::established);
    QVERIFY(story->transitions.size() >= 4);
}

void ConnectionServiceTest::tellsPacketsByTheirNumbers()
{
    TestStore store;
    store.addRefusedHandshake(40000);
    store.addRefusedHandshake(40001);
    const FollowedConnection story = told(store.store(), 1);
    QCOMPARE(story.arrows.size(), 3u);
    QCOMPARE(story.arrows.front().number, 4u);
    QCOMPARE(story.arrows.back().number, 6u);
    QCOMPARE(story.arrows.back().origin, Origin::kernel);
}

void ConnectionServiceTest::isSilentAboutAnotherConnection()
{
    TestStore store;
    store.addRefusedHandshake(40000);
    ConnectionService service;
    service.setStore(&store.store());
    service.chooseConnection(0);
    QTRY_COMPARE(service.story().arrows.size(), 3u);
    QSignalSpy extended(&service, &ConnectionService::storyExtended);
    store.addRefusedHandshake(40001);
    service.trackNew();
    QTRY_COMPARE(service.trackedCount(), 6);
    QTest::qWait(30);
    QCOMPARE(extended.size(), 0);
    QCOMPARE(service.story().arrows.size(), 3u);
}

void ConnectionServiceTest::forgetsTheChoiceWithTheStore()
{
    TestStore store;
    TestStore other;
    store.addRefusedHandshake();
    other.addRefusedHandshake(41000);
    ConnectionService service;
    service.setStore(&store.store());
    service.chooseConnection(0);
    QTRY_COMPARE(service.story().arrows.size(), 3u);
    QSignalSpy reset(&service, &ConnectionService::storyReset);
    service.setStore(&other.store());
    QCOMPARE(reset.size(), 1);
    QVERIFY(service.story().arrows.empty());
    service.chooseConnection(0);
    QTRY_COMPARE(service.story().arrows.size(), 3u);
    QCOMPARE(int(service.story().initiator.port), 41000);
}

void ConnectionServiceTest::survivesStoresThatGo()
{
    ConnectionService service;
    for (int i = 0; i < 50; ++i) {
        TestStore store;
        for (std::uint16_t port = 1; port <= 40; ++port)
            store.addRefusedHandshake(port);
        service.setStore(&store.store());
        service.trackNew();
        service.chooseConnection(quint32(i % 7));
        if (i % 3 == 0)
            QTRY_VERIFY(service.trackedCount() > 0);
        service.setStore(nullptr);
        QCOMPARE(service.trackedCount(), 0);
    }
}

void ConnectionServiceTest::survivesFilesThatGo()
{
    TestStore store;
    for (std::uint16_t port = 1; port <= 3000; ++port)
        store.addRefusedHandshake(port);
    const TestFile saved(store.store());
    ConnectionService service;
    for (int i = 0; i < 30; ++i) {
        auto file = saved.open();
        service.setStore(file.get());
        service.trackNew();
        service.chooseConnection(quint32(i % 7));
        if (i % 3 == 0)
            QTRY_VERIFY(service.trackedCount() > 0);
        service.setStore(nullptr);
        file.reset(); // nobody reads it ahead any more
        QCOMPARE(service.trackedCount(), 0);
    }
}

void ConnectionServiceTest::endsAtOnce_data()
{
    QTest::addColumn<bool>("isFile");
    QTest::newRow("a live capture") << false;
    QTest::newRow("a file that is read ahead") << true;
}

void ConnectionServiceTest::endsAtOnce()
{
    QFETCH(bool, isFile);
    TestStore store;
    for (std::uint16_t port = 1; port <= 5000; ++port)
        store.addRefusedHandshake(port);
    const auto file = TestFile(store.store()).open();
    QElapsedTimer timer;
    {
        ConnectionService service;
        service.setStore(isFile ? file.get() : &store.store());
        service.trackNew();
        service.chooseConnection(0);
        timer.start();
    }
    QVERIFY2(timer.elapsed() < 2000, "the worker went on with 15,000 packets");
}

TCPW_TEST(ConnectionServiceTest);

#include "tst_connectionservice.moc"
