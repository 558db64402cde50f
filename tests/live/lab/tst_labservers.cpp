// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "live/lab/nearsocket.h"
#include "live/lab/thelab.h"
#include "support/testcase.h"

#include <QTest>

#include <cerrno>

using namespace tcpw;

class LabServersTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void tutorialServerReceivesOnceLogsAndCloses_data() { families(); }
    void tutorialServerReceivesOnceLogsAndCloses();
    void tutorialServerReceivesAHundredBytes();
    void echoSendsBack_data() { families(); }
    void echoSendsBack();
    void echoKeepsMuchDataInOrder();
    void discardTakesAll_data() { families(); }
    void discardTakesAll();
    void chargenSendsLines_data() { families(); }
    void chargenSendsLines();
    void port8082IsConnectedByTheKernelAlone_data() { families(); }
    void port8082IsConnectedByTheKernelAlone();
    void port8083FillsItsWindow_data() { families(); }
    void port8083FillsItsWindow();
    void port8084StaysOpenAfterTheFin_data() { families(); }
    void port8084StaysOpenAfterTheFin();
    void otherPortsAreClosed_data();
    void otherPortsAreClosed();
    void resetIsLogged_data();
    void resetIsLogged();
    void keepsAtMost256ConnectionsOpen();
    void sumsUpAFloodInTheLog();

private:
    static void families();
    bool ipv6() const
    {
        QFETCH(bool, ipv6);
        return ipv6;
    }
};

void LabServersTest::initTestCase()
{
    if (theLab() == nullptr)
        QSKIP(qPrintable(whyNoLab()));
}

void LabServersTest::families()
{
    QTest::addColumn<bool>("ipv6");
    QTest::newRow("IPv4") << false;
    QTest::newRow("IPv6") << true;
}

namespace {

/// How the log names a near socket.
QString nameOf(const NearSocket& socket, bool ipv6)
{
    return QLatin1String(ipv6 ? "[fd00:56::101]:" : "192.168.56.101:")
        + QString::number(socket.port());
}

std::uint32_t farNumberOf(const NearSocket& socket, bool ipv6)
{
    return newestSocketThat(
        QStringLiteral("accepted a connection from ") + nameOf(socket, ipv6) + QLatin1Char('.'));
}

} // namespace

void LabServersTest::tutorialServerReceivesOnceLogsAndCloses()
{
    NearSocket socket(ipv6());
    QCOMPARE(socket.connectToFar(8081), 0);
    QVERIFY(socket.send("hello\n"));
    QCOMPARE(socket.receiveEnd(), 0);
    const std::uint32_t number = farNumberOf(socket, ipv6());
    QVERIFY(number != 0);
    QVERIFY(hasLogged("tutorial server: received 6 bytes: \"hello\\n\"", number));
    QVERIFY(hasLogged("tutorial server: closed the connection (FIN).", number));
}

void LabServersTest::tutorialServerReceivesAHundredBytes()
{
    NearSocket socket;
    QCOMPARE(socket.connectToFar(8081), 0);
    QVERIFY(socket.send(QByteArray(150, 'x')));
    QCOMPARE(socket.receiveEnd(), ECONNRESET);
    const std::uint32_t number = farNumberOf(socket, false);
    QVERIFY(hasLogged("received 100 bytes", number));
    QVERIFY(
        hasLogged("closed the connection with 50 bytes unread, so its kernel sends RST.", number));
}

void LabServersTest::echoSendsBack()
{
    NearSocket socket(ipv6());
    QCOMPARE(socket.connectToFar(7), 0);
    QVERIFY(socket.send("one"));
    QCOMPARE(socket.receive(3), QByteArray("one"));
    QVERIFY(socket.send("two"));
    QCOMPARE(socket.receive(3), QByteArray("two"));
    socket.shutdown();
    QCOMPARE(socket.receiveEnd(), 0);
    const std::uint32_t number = farNumberOf(socket, ipv6());
    QVERIFY(hasLogged("echo: received 3 bytes and sends them back: \"one\"", number));
    QTRY_VERIFY(hasLogged("echo: the peer closed its side (FIN).", number));
}

void LabServersTest::echoKeepsMuchDataInOrder()
{
    QByteArray all;
    for (int i = 0; i < 100'000; ++i)
        all += QByteArray::number(i);
    NearSocket socket;
    QCOMPARE(socket.connectToFar(7), 0);
    QByteArray back;
    constexpr int part = 20'000;
    for (int at = 0; at < all.size(); at += part) {
        const QByteArray piece = all.mid(at, part);
        QVERIFY(socket.send(piece));
        back += socket.receive(static_cast<int>(piece.size()));
    }
    QCOMPARE(back, all);
}

void LabServersTest::discardTakesAll()
{
    NearSocket socket(ipv6());
    QCOMPARE(socket.connectToFar(9), 0);
    QVERIFY(socket.send("away"));
    socket.shutdown();
    QCOMPARE(socket.receiveEnd(), 0);
    QVERIFY(hasLogged(
        "discard: received 4 bytes and discards them: \"away\"", farNumberOf(socket, ipv6())));
}

void LabServersTest::chargenSendsLines()
{
    NearSocket socket(ipv6());
    QCOMPARE(socket.connectToFar(19), 0);
    const QByteArray lines = socket.receive(3 * 74).left(3 * 74);
    QCOMPARE(lines.left(74),
        QByteArray(
            " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg\r\n"));
    QCOMPARE(lines.mid(74, 4), QByteArray("!\"#$"));
    QCOMPARE(lines.mid(148, 4), QByteArray("\"#$%"));
    const std::uint32_t number = farNumberOf(socket, ipv6());
    socket.reset();
    QTRY_VERIFY(hasLogged("chargen: the peer reset the connection (RST).", number));
}

void LabServersTest::port8082IsConnectedByTheKernelAlone()
{
    NearSocket socket(ipv6());
    QCOMPARE(socket.connectToFar(8082), 0);
    const auto isOurs = [&socket](const FarSocket& s) {
        return s.remotePort == socket.port();
    };
    const auto established = socketsIn("ESTABLISHED", 8082);
    const auto found = std::find_if(established.begin(), established.end(), isOurs);
    QVERIFY(found != established.end());
    QCOMPARE(found->socket, 0u);
    QCOMPARE(found->service, std::string("never accepts"));
    QVERIFY(socketsIn("LISTEN", 8082).at(0).receiveQueue >= 1);
    QCOMPARE(farNumberOf(socket, ipv6()), 0u);
}

void LabServersTest::port8083FillsItsWindow()
{
    NearSocket socket(ipv6());
    QCOMPARE(socket.connectToFar(8083), 0);
    QTRY_VERIFY(farNumberOf(socket, ipv6()) != 0);
    const std::uint32_t number = farNumberOf(socket, ipv6());
    QVERIFY(socket.send(QByteArray(20'000, 'x')));
    const auto find = [number] {
        for (const FarSocket& s : socketsIn("ESTABLISHED", 8083)) {
            if (s.socket == number)
                return s;
        }
        return FarSocket{};
    };
    QTRY_VERIFY(find().receiveQueue >= 1000);
    QVERIFY(find().receiveQueue < 20'000); // the rest waits at the near end
    QVERIFY(!find().reading);
    QVERIFY(!hasLogged("received", number));
    ask(FarVerb::resumeReading, number);
    QTRY_COMPARE(find().receiveQueue, 0u);
    QTRY_VERIFY(hasLogged("never reads: received", number));
    QVERIFY(find().reading);
}

void LabServersTest::port8084StaysOpenAfterTheFin()
{
    NearSocket socket(ipv6());
    QCOMPARE(socket.connectToFar(8084), 0);
    QVERIFY(socket.send("first"));
    socket.shutdown();
    QTRY_VERIFY(farNumberOf(socket, ipv6()) != 0);
    const std::uint32_t number = farNumberOf(socket, ipv6());
    QTRY_VERIFY(hasLogged("stays open: the peer closed its side (FIN).", number));
    QVERIFY(hasLogged("stays open: received 5 bytes: \"first\"", number));
    const auto waiting = socketsIn("CLOSE-WAIT", 8084);
    QVERIFY(std::any_of(waiting.begin(), waiting.end(),
        [number](const FarSocket& s) { return s.socket == number; }));
    ask(FarVerb::send, number, "still here");
    QCOMPARE(socket.receive(10), QByteArray("still here"));
    ask(FarVerb::close, number);
    QCOMPARE(socket.receiveEnd(), 0);
    QTRY_VERIFY(socketsIn("CLOSE-WAIT", 8084).size() < waiting.size());
}

void LabServersTest::otherPortsAreClosed_data()
{
    QTest::addColumn<bool>("ipv6");
    QTest::addColumn<int>("port");
    for (const int port : {1, 22, 80, 8080, 8085, 65535}) {
        QTest::addRow("IPv4, %d", port) << false << port;
        QTest::addRow("IPv6, %d", port) << true << port;
    }
}

void LabServersTest::otherPortsAreClosed()
{
    QFETCH(bool, ipv6);
    QFETCH(int, port);
    NearSocket socket(ipv6);
    QCOMPARE(socket.connectToFar(static_cast<std::uint16_t>(port)), ECONNREFUSED);
}

void LabServersTest::resetIsLogged_data()
{
    QTest::addColumn<int>("port");
    for (const int port : {7, 9, 8081, 8083, 8084})
        QTest::addRow("%d", port) << port;
}

void LabServersTest::resetIsLogged()
{
    QFETCH(int, port);
    NearSocket socket;
    QCOMPARE(socket.connectToFar(static_cast<std::uint16_t>(port)), 0);
    QTRY_VERIFY(farNumberOf(socket, false) != 0);
    const std::uint32_t number = farNumberOf(socket, false);
    socket.reset();
    QTRY_VERIFY(hasLogged("the peer reset the connection (RST).", number));
    QVERIFY(refusal({FarVerb::send, number, {}, 0, {1}}).contains(QLatin1String("no open socket")));
}

void LabServersTest::keepsAtMost256ConnectionsOpen()
{
    std::vector<NearSocket> sockets;
    for (int i = 0; i < 300; ++i) {
        sockets.emplace_back(false);
        QCOMPARE(sockets.back().connectToFar(8084), 0);
    }
    QTRY_VERIFY(farNumberOf(sockets.back(), false) != 0);
    QVERIFY(socketsIn("ESTABLISHED", 8084).size() <= 256);
    QCOMPARE(sockets.front().receiveEnd(), ECONNRESET);
    QVERIFY(hasLogged("makes room for a new one."));
    QVERIFY(sockets.back().send("the newest lives"));
    QTRY_VERIFY(hasLogged("the newest lives", farNumberOf(sockets.back(), false)));
}

void LabServersTest::sumsUpAFloodInTheLog()
{
    NearSocket socket;
    QCOMPARE(socket.connectToFar(9), 0);
    QTRY_VERIFY(farNumberOf(socket, false) != 0);
    const std::uint32_t number = farNumberOf(socket, false);
    std::size_t sent = 0;
    for (int i = 0; i < 3'000; ++i, sent += 5)
        QVERIFY(socket.send("flood"));
    socket.shutdown();
    QCOMPARE(socket.receiveEnd(), 0);
    std::size_t told = 0;
    std::size_t lines = 0;
    for (const FarEvent& event : ask(FarVerb::log).events) {
        const QString text = QString::fromStdString(event.text);
        if (event.socket != number || !text.startsWith(QLatin1String("discard: received ")))
            continue;
        told += text.section(QLatin1Char(' '), 2, 2).toULongLong();
        ++lines;
    }
    QCOMPARE(told, sent);
    QVERIFY2(lines < 300, qPrintable(QString::number(lines)));
}

TCPW_TEST(LabServersTest);
#include "tst_labservers.moc"
