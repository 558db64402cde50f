// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "live/lab/nearsocket.h"
#include "live/lab/rawsyn.h"
#include "live/lab/thelab.h"
#include "support/testcase.h"

#include <QTest>

#include <atomic>
#include <cerrno>
#include <thread>

using namespace tcpw;

class LabVerbsTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanup();
    void connectReachesTheNearEnd_data() { families(); }
    void connectReachesTheNearEnd();
    void connectToAClosedPortIsRefused();
    void connectToNobodyIsInSynSent();
    void connectBeyondTheLabIsRefusedInWords();
    void listenOpensAPort_data() { families(); }
    void listenOpensAPort();
    void listenRefusesATakenPort();
    void sendGivesItToTheNewestConnection();
    void sendHoldsWhatTheWindowDoesNotAllow();
    void shutdownSendsAFin();
    void closeLeavesTimeWait();
    void abortSendsARst();
    void stopReadingFillsTheWindow();
    void stateShowsAHalfOpenConnection();
    void stateShowsTimersAndTcpInfo();
    void serversStay();
    void refusesWhatDoesNotFit_data();
    void refusesWhatDoesNotFit();
    void logTellsEachEventToTheCallback();
    void answersManyThreads();

private:
    static void families();
    bool ipv6() const
    {
        QFETCH(bool, ipv6);
        return ipv6;
    }
};

void LabVerbsTest::initTestCase()
{
    if (theLab() == nullptr)
        QSKIP(qPrintable(whyNoLab()));
}

/// Every connection of one test is gone before the next.
void LabVerbsTest::cleanup()
{
    for (int i = 0; theLab() != nullptr && i < 300; ++i) {
        if (!theLab()->far({FarVerb::abort, 0, {}, 0, {}}))
            return;
    }
}

void LabVerbsTest::families()
{
    QTest::addColumn<bool>("ipv6");
    QTest::newRow("IPv4") << false;
    QTest::newRow("IPv6") << true;
}

namespace {

NearSocket listening(bool ipv6)
{
    NearSocket socket(ipv6);
    socket.listen();
    return socket;
}

FarReply connectFarTo(const NearSocket& listener, bool ipv6)
{
    return connectFar(listener.port(), ipv6 ? IpAddress(Ipv6Address{}) : IpAddress(Ipv4Address{}));
}

/// A connection that the far end made, and the near end's socket of it.
struct Made
{
    NearSocket listener;
    std::uint32_t number;
    NearSocket socket;

    explicit Made(bool ipv6 = false)
        : listener(listening(ipv6))
        , number(connectFarTo(listener, ipv6).socket)
        , socket(listener.accept())
    {
    }
};

FarSocket socketNumber(std::uint32_t number)
{
    for (const FarSocket& socket : ask(FarVerb::state).sockets) {
        if (socket.socket == number)
            return socket;
    }
    return {};
}

} // namespace

void LabVerbsTest::connectReachesTheNearEnd()
{
    Made made(ipv6());
    QTRY_VERIFY(hasLogged("connect: connected to ", made.number));
    const FarSocket socket = socketNumber(made.number);
    QCOMPARE(socket.state, std::string("ESTABLISHED"));
    QCOMPARE(socket.service, std::string("connect"));
    const IpAddress expected = ipv6() ? IpAddress(labAddress::near6) : IpAddress(labAddress::near4);
    QVERIFY(socket.remoteAddress == expected);
    QCOMPARE(socket.remotePort, made.listener.port());
    QVERIFY(made.socket.send("hello\"\n"));
    QTRY_VERIFY(hasLogged("connect: received 7 bytes: \"hello\\\"\\n\"", made.number));
}

void LabVerbsTest::connectToAClosedPortIsRefused()
{
    const std::uint32_t number = connectFar(1).socket;
    QTRY_VERIFY(hasLogged("192.168.56.101:1 refused the connection (RST).", number));
}

void LabVerbsTest::connectToNobodyIsInSynSent()
{
    const std::uint32_t number = connectFar(80, Ipv4Address{0xc0a838c8}).socket; // .200
    const FarSocket socket = socketNumber(number);
    QCOMPARE(socket.state, std::string("SYN-SENT"));
    QCOMPARE(socket.timer, std::string("retransmit"));
    QVERIFY(socket.timerMilliseconds <= 1100);
    QTRY_VERIFY_WITH_TIMEOUT(
        hasLogged("192.168.56.200:80 cannot be reached: nobody answers for its address.", number),
        10'000);
}

void LabVerbsTest::connectBeyondTheLabIsRefusedInWords()
{
    FarRequest request{FarVerb::connect, 0, Ipv4Address{0x08080808}, 53, {}};
    const QString text = refusal(request);
    QVERIFY(text.contains(QLatin1String("8.8.8.8:53 (Network is unreachable)")));
    QVERIFY(text.contains(QLatin1String("only the practice network")));
}

void LabVerbsTest::listenOpensAPort()
{
    const FarReply reply = ask(FarRequest{FarVerb::listen, 0, {}, 9000, {}});
    const std::uint32_t listener = reply.socket;
    QCOMPARE(socketNumber(listener).state, std::string("LISTEN"));
    QCOMPARE(socketNumber(listener).localPort, std::uint16_t(9000));
    NearSocket socket(ipv6());
    QCOMPARE(socket.connectToFar(9000), 0);
    QVERIFY(socket.send("anyone?"));
    QTRY_VERIFY(hasLogged("listen: received 7 bytes: \"anyone?\""));
    QCOMPARE(socketsIn("ESTABLISHED", 9000).size(), std::size_t(1));
    ask(FarVerb::close, listener);
    NearSocket late(ipv6());
    QCOMPARE(late.connectToFar(9000), ECONNREFUSED);
    QCOMPARE(socketsIn("ESTABLISHED", 9000).size(), std::size_t(1));
}

void LabVerbsTest::listenRefusesATakenPort()
{
    QVERIFY(refusal(
        {FarVerb::listen, 0, {}, 8081,
            {}}).contains(QLatin1String("Port 8081 of the far end is taken already (tutorial")));
}

void LabVerbsTest::sendGivesItToTheNewestConnection()
{
    Made older;
    Made newer;
    QTRY_VERIFY(hasLogged("connected", newer.number));
    const FarReply reply = ask(FarVerb::send, 0, "to you");
    QCOMPARE(reply.socket, newer.number);
    QCOMPARE(newer.socket.receive(6), QByteArray("to you"));
    ask(FarVerb::send, older.number, "and you");
    QCOMPARE(older.socket.receive(7), QByteArray("and you"));
    QVERIFY(hasLogged("connect: sent 7 bytes: \"and you\"", older.number));
}

void LabVerbsTest::sendHoldsWhatTheWindowDoesNotAllow()
{
    Made made;
    QTRY_VERIFY(hasLogged("connected", made.number));
    const QByteArray much(1 << 20, 'm');
    int parts = 0;
    QString refused;
    while (refused.isEmpty() && parts < 20) { // until kernel and program hold no more
        const auto reply
            = theLab()->far({FarVerb::send, made.number, {}, 0, Bytes(much.begin(), much.end())});
        if (reply)
            ++parts;
        else
            refused = QString::fromStdString(reply.error().message);
    }
    QVERIFY(refused.contains(QLatin1String("it keeps at most 1 MiB")));
    ask(FarVerb::close, made.number);
    QCOMPARE(made.socket.receive(parts << 20).size(), qsizetype(parts) << 20);
    QCOMPARE(made.socket.receiveEnd(), 0);
}

void LabVerbsTest::shutdownSendsAFin()
{
    Made made;
    QTRY_VERIFY(hasLogged("connected", made.number));
    ask(FarVerb::shutdown);
    QCOMPARE(made.socket.receiveEnd(), 0);
    QTRY_COMPARE(socketNumber(made.number).state, std::string("FIN-WAIT-2"));
    QVERIFY(made.socket.send("half open"));
    QTRY_VERIFY(hasLogged("received 9 bytes: \"half open\"", made.number));
    made.socket.close();
    QTRY_VERIFY(hasLogged("connect: both sides have closed.", made.number));
}

void LabVerbsTest::closeLeavesTimeWait()
{
    Made made;
    QTRY_VERIFY(hasLogged("connected", made.number));
    const std::uint16_t port = socketNumber(made.number).localPort;
    ask(FarVerb::close);
    QCOMPARE(made.socket.receiveEnd(), 0);
    QTRY_COMPARE(socketsIn("FIN-WAIT-2", port).size(), std::size_t(1));
    made.socket.close();
    QTRY_COMPARE(socketsIn("TIME-WAIT", port).size(), std::size_t(1));
    const FarSocket socket = socketsIn("TIME-WAIT", port).at(0);
    QCOMPARE(socket.socket, 0u);
    QCOMPARE(socket.timer, std::string("time-wait"));
    QVERIFY(socket.timerMilliseconds > 50'000 && socket.timerMilliseconds <= 60'000);
}

void LabVerbsTest::abortSendsARst()
{
    Made made;
    QTRY_VERIFY(hasLogged("connected", made.number));
    ask(FarVerb::abort);
    QCOMPARE(made.socket.receiveEnd(), ECONNRESET);
    QVERIFY(hasLogged("connect: aborted the connection (RST).", made.number));
}

void LabVerbsTest::stopReadingFillsTheWindow()
{
    Made made;
    QTRY_VERIFY(hasLogged("connected", made.number));
    QCOMPARE(ask(FarVerb::stopReading).socket, made.number);
    QVERIFY(made.socket.send("unread"));
    QTRY_COMPARE(socketNumber(made.number).receiveQueue, 6u);
    QVERIFY(!socketNumber(made.number).reading);
    made.socket.shutdown();
    QTRY_VERIFY(hasLogged("the peer closed its side (FIN).", made.number));
    QVERIFY(!hasLogged("received", made.number));
    QCOMPARE(ask(FarVerb::resumeReading).socket, made.number);
    QTRY_VERIFY(hasLogged("received 6 bytes: \"unread\"", made.number));
    QCOMPARE(socketNumber(made.number).state, std::string("CLOSE-WAIT"));
}

void LabVerbsTest::stateShowsAHalfOpenConnection()
{
    sendRawSyn(Ipv4Address{0xc0a838c9}, 40'009, 8081); // .201, which nobody has: no RST follows
    QTRY_COMPARE(socketsIn("SYN-RECEIVED", 8081).size(), std::size_t(1));
    const FarSocket socket = socketsIn("SYN-RECEIVED", 8081).at(0);
    QCOMPARE(socket.socket, 0u);
    QCOMPARE(socket.service, std::string("tutorial server"));
    QCOMPARE(socket.remotePort, std::uint16_t(40'009));
    QCOMPARE(socket.timer, std::string("retransmit"));
    QTRY_VERIFY(!socketsIn("SYN-RECEIVED", 8081).empty()
        && socketsIn("SYN-RECEIVED", 8081).at(0).retransmits >= 1);
}

void LabVerbsTest::stateShowsTimersAndTcpInfo()
{
    NearSocket socket;
    QCOMPARE(socket.connectToFar(7), 0);
    QVERIFY(socket.send("measure"));
    QCOMPARE(socket.receive(7), QByteArray("measure"));
    const auto established = socketsIn("ESTABLISHED", 7);
    const auto found = std::find_if(established.begin(), established.end(),
        [&socket](const FarSocket& s) { return s.remotePort == socket.port(); });
    QVERIFY(found != established.end());
    QVERIFY(found->retransmissionTimeout >= 200 && found->retransmissionTimeout < 3000);
    QVERIFY(found->congestionWindow >= 10);
    QVERIFY(found->roundTripMicroseconds > 0);
    QVERIFY(found->localAddress == IpAddress(labAddress::far4));
    QVERIFY(found->remoteAddress == IpAddress(labAddress::near4));
}

void LabVerbsTest::serversStay()
{
    for (const int port : {7, 9, 19, 8081, 8082, 8083, 8084}) {
        const auto listening = socketsIn("LISTEN", static_cast<std::uint16_t>(port));
        QCOMPARE(listening.size(), std::size_t(1));
        const FarRequest request{FarVerb::close, listening.at(0).socket, {}, 0, {}};
        QVERIFY(refusal(request).contains(QLatin1String("it stays.")));
    }
}

void LabVerbsTest::refusesWhatDoesNotFit_data()
{
    QTest::addColumn<int>("verb");
    QTest::addColumn<unsigned>("socket");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, FarVerb verb, unsigned socket, const char* data,
                         const char* text) {
        QTest::newRow(name) << int(verb) << socket << QByteArray(data) << QString::fromLatin1(text);
    };
    row("connect to port 0", FarVerb::connect, 0, "", "a port from 1 to 65535 to connect to");
    row("listen on port 0", FarVerb::listen, 0, "", "a port from 1 to 65535 to listen on");
    row("send nothing", FarVerb::send, 0, "", "There is nothing to send");
    row("send without a connection", FarVerb::send, 0, "x",
        "has no connection that is established");
    row("send on a listening socket", FarVerb::send, 1, "x", "Socket 1 listens");
    row("send on no socket", FarVerb::send, 4'000'000, "x", "has no open socket 4000000");
    row("shutdown without a connection", FarVerb::shutdown, 0, "", "has no connection that");
    row("close without a connection", FarVerb::close, 0, "", "has no connection that could be");
    row("abort without a connection", FarVerb::abort, 0, "", "has no connection that could be");
    row("stop reading nothing", FarVerb::stopReading, 0, "",
        "has no connection that is being read");
    row("resume reading nothing", FarVerb::resumeReading, 0, "", "that has stopped reading");
}

void LabVerbsTest::refusesWhatDoesNotFit()
{
    QFETCH(int, verb);
    QFETCH(unsigned, socket);
    QFETCH(QByteArray, data);
    QFETCH(QString, text);
    const FarRequest request{
        static_cast<FarVerb>(verb), socket, {}, 0, Bytes(data.begin(), data.end())};
    const QString sentence = refusal(request);
    QVERIFY2(sentence.contains(text), qPrintable(sentence));
    QVERIFY(sentence.endsWith(QLatin1Char('.')));
}

void LabVerbsTest::logTellsEachEventToTheCallback()
{
    std::mutex mutex;
    std::vector<std::string> told;
    theLab()->setLog([&](const FarEvent& event) {
        const std::lock_guard lock(mutex);
        told.push_back(event.text);
    });
    NearSocket socket;
    QCOMPARE(socket.connectToFar(8081), 0);
    QVERIFY(socket.send("told"));
    QCOMPARE(socket.receiveEnd(), 0);
    const auto count = [&] {
        const std::lock_guard lock(mutex);
        return told.size();
    };
    QTRY_COMPARE(count(), std::size_t(3));
    theLab()->setLog({});
    QCOMPARE(told.at(1), std::string("tutorial server: received 4 bytes: \"told\""));
    NearSocket another;
    QCOMPARE(another.connectToFar(8081), 0);
    QVERIFY(another.send("not told"));
    QCOMPARE(another.receiveEnd(), 0);
    QCOMPARE(told.size(), std::size_t(3));
}

void LabVerbsTest::answersManyThreads()
{
    std::atomic<int> answered{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&answered] {
            for (int n = 0; n < 50; ++n)
                answered += theLab()->far({FarVerb::state, 0, {}, 0, {}}).has_value();
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(answered.load(), 400);
}

TCPW_TEST(LabVerbsTest);
#include "tst_labverbs.moc"
