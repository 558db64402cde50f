// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/farcodec.h"
#include "support/testcase.h"

#include <QTest>

#include <random>

using namespace tcpw;

namespace {

FarSocket someSocket()
{
    FarSocket socket;
    socket.socket = 17;
    socket.service = "tutorial server";
    socket.state = "SYN-RECEIVED";
    socket.localAddress = Ipv4Address{0xc0a83866};
    socket.localPort = 8081;
    socket.remoteAddress = Ipv6Address{{0xfd, 0, 0, 0x56, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}};
    socket.remotePort = 40001;
    socket.retransmits = 3;
    socket.timer = "retransmit";
    socket.timerMilliseconds = 801;
    socket.retransmissionTimeout = 1000;
    socket.congestionWindow = 10;
    socket.roundTripMicroseconds = 42;
    socket.receiveQueue = 5;
    socket.sendQueue = 0xffffffff;
    socket.reading = false;
    return socket;
}

FarReply someReply()
{
    FarReply reply;
    reply.text = "Two sockets.";
    reply.socket = 17;
    reply.sockets = {someSocket(), FarSocket{}};
    reply.events = {{1'700'000'000'123'456'789, 17, "received 5 bytes: \"hello\""}, {-1, 0, ""}};
    return reply;
}

} // namespace

class FarCodecTest : public QObject
{
    Q_OBJECT
private slots:
    void bringsRequestsOver_data();
    void bringsRequestsOver();
    void bringsRepliesOver();
    void bringsARefusalOverAsItsSentence();
    void refusesEveryPrefixOfARequest();
    void refusesEveryPrefixOfAReply();
    void refusesBytesAfterTheEnd();
    void refusesAnUnknownVerbFamilyOrVersion();
    void takesGarbageWithoutHarm();
    void readsTheStatedLength();
};

void FarCodecTest::bringsRequestsOver_data()
{
    QTest::addColumn<int>("verb");
    for (int i = 0; i <= static_cast<int>(FarVerb::log); ++i)
        QTest::newRow(farVerbName(static_cast<FarVerb>(i))) << i;
}

void FarCodecTest::bringsRequestsOver()
{
    QFETCH(int, verb);
    FarRequest request;
    request.verb = static_cast<FarVerb>(verb);
    request.socket = 4'000'000'000;
    request.address = Ipv6Address{{0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
    request.port = 65535;
    request.data = {0, 1, 0xff};
    QVERIFY(decodeFarRequest(encodeFarRequest(request)) == request);
    QVERIFY(decodeFarRequest(encodeFarRequest({})) == FarRequest{});
}

void FarCodecTest::bringsRepliesOver()
{
    QVERIFY(decodeFarReply(encodeFarReply(someReply())) == someReply());
    QVERIFY(decodeFarReply(encodeFarReply(FarReply{})) == FarReply{});
}

void FarCodecTest::bringsARefusalOverAsItsSentence()
{
    const auto reply = decodeFarReply(encodeFarReply(failure("Port 7 is taken.")));
    QVERIFY(!reply.has_value());
    QCOMPARE(reply.error().message, std::string("Port 7 is taken."));
}

void FarCodecTest::refusesEveryPrefixOfARequest()
{
    FarRequest request;
    request.data = {1, 2, 3};
    const Bytes whole = encodeFarRequest(request);
    for (std::size_t size = 0; size < whole.size(); ++size)
        QVERIFY(!decodeFarRequest(ByteView(whole).first(size)).has_value());
}

void FarCodecTest::refusesEveryPrefixOfAReply()
{
    const Bytes whole = encodeFarReply(someReply());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto reply = decodeFarReply(ByteView(whole).first(size));
        QVERIFY(!reply.has_value());
        QVERIFY(reply.error().message.find("garbled") != std::string::npos);
    }
}

void FarCodecTest::refusesBytesAfterTheEnd()
{
    Bytes request = encodeFarRequest({});
    request.push_back(0);
    QVERIFY(!decodeFarRequest(request).has_value());
    Bytes reply = encodeFarReply(someReply());
    reply.push_back(0);
    QVERIFY(!decodeFarReply(reply).has_value());
}

void FarCodecTest::refusesAnUnknownVerbFamilyOrVersion()
{
    const Bytes good = encodeFarRequest({});
    for (const std::size_t place : {0u, 1u, 6u}) { // version, verb, address family
        Bytes bad = good;
        bad.at(place) = 99;
        QVERIFY(!decodeFarRequest(bad).has_value());
    }
}

void FarCodecTest::takesGarbageWithoutHarm()
{
    std::mt19937 random(1);
    const Bytes whole = encodeFarReply(someReply());
    for (int i = 0; i < 20'000; ++i) {
        Bytes bytes = whole;
        for (int flips = 0; flips < 4; ++flips)
            bytes.at(random() % bytes.size()) = static_cast<std::uint8_t>(random());
        // What decodes at all is a reply like any other, and encodes again.
        if (const auto reply = decodeFarReply(bytes))
            QVERIFY(decodeFarReply(encodeFarReply(*reply)) == *reply);
        const auto request = decodeFarRequest(ByteView(bytes).first(random() % bytes.size()));
        if (request)
            QVERIFY(decodeFarRequest(encodeFarRequest(*request)) == *request);
    }
}

void FarCodecTest::readsTheStatedLength()
{
    const Bytes message{7, 8, 9};
    const Bytes framed = withLength(message);
    QCOMPARE(framed, (Bytes{0, 0, 0, 3, 7, 8, 9}));
    QVERIFY(statedLength(framed) == std::size_t(3));
    QVERIFY(!statedLength(ByteView(framed).first(3)).has_value());
    QVERIFY(statedLength(Bytes{0xff, 0xff, 0xff, 0xff}) > farReplyLimit);
}

TCPW_TEST(FarCodecTest);
#include "tst_farcodec.moc"
