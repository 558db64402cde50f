// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/bytereader.h"
#include "base/bytewriter.h"
#include "filledmessages.h"
#include "helper/protocol.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

namespace {

constexpr unsigned seeds = 50;

/// The fields of an encoded message, without its header.
Bytes fieldsOf(const Bytes& message)
{
    return {message.begin() + messageHeaderSize, message.end()};
}

template <typename Message> void roundTrips()
{
    for (unsigned seed = 0; seed < seeds; ++seed) {
        const auto message = filled<Message>(seed);
        const Bytes encoded = encodeMessage(message, seed);
        ByteReader header(encoded);
        QCOMPARE(header.u32(), encoded.size() - 4);
        QCOMPARE(header.u8(), messageNumber<Message>);
        QCOMPARE(header.u32(), seed);
        const auto decoded = decodeMessage<Message>(fieldsOf(encoded));
        QVERIFY(decoded);
        QVERIFY(*decoded == message);
    }
}

template <typename Message> void isNothingWhenCut()
{
    for (unsigned seed = 0; seed < seeds; ++seed) {
        const Bytes whole = fieldsOf(encodeMessage(filled<Message>(seed), 1));
        for (std::size_t length = 0; length < whole.size(); ++length)
            QVERIFY(!decodeMessage<Message>(ByteView(whole).first(length)));
    }
}

template <typename Message> void isNothingWithAByteTooMany()
{
    for (unsigned seed = 0; seed < seeds; ++seed) {
        Bytes longer = fieldsOf(encodeMessage(filled<Message>(seed), 1));
        longer.push_back(0);
        QVERIFY(!decodeMessage<Message>(longer));
    }
}

/// What can be read from damaged bytes is written again as the same bytes.
template <typename Message> void survivesDamage()
{
    std::mt19937 random(7);
    for (unsigned seed = 0; seed < seeds; ++seed) {
        const Bytes whole = fieldsOf(encodeMessage(filled<Message>(seed), 1));
        if (whole.empty())
            continue;
        for (int round = 0; round < 40; ++round) {
            Bytes damaged = whole;
            damaged[random() % damaged.size()] ^= std::uint8_t(1 + random() % 255);
            if (const auto decoded = decodeMessage<Message>(damaged))
                QCOMPARE(fieldsOf(encodeMessage(*decoded, 1)), damaged);
        }
    }
}

using Check = void (*)();

} // namespace

class ProtocolTest : public QObject
{
    Q_OBJECT
private slots:
    void roundTripsEveryMessage_data();
    void roundTripsEveryMessage() { run(); }
    void readsNothingFromACutMessage_data();
    void readsNothingFromACutMessage() { run(); }
    void readsNothingFromALongerMessage_data();
    void readsNothingFromALongerMessage() { run(); }
    void readsDamagedMessagesAsTheyAreOrNotAtAll_data();
    void readsDamagedMessagesAsTheyAreOrNotAtAll() { run(); }
    void believesNoCountThatTheBytesDoNotBear();
    void refusesUnknownEnumeratorsAndAddressFamilies();
    void refusesTextAboveItsLimit();
    void knowsMessagesByNumber();
    void greetsWithMagicVersionAndFingerprint();

private:
    static void run()
    {
        QFETCH(Check, check);
        check();
    }
};

#define TCPW_ROW(number, Name) QTest::newRow(#Name) << Check(TCPW_ROW_CHECK<Name>);

void ProtocolTest::roundTripsEveryMessage_data()
{
    QTest::addColumn<Check>("check");
#define TCPW_ROW_CHECK roundTrips
    TCPW_HELPER_MESSAGES(TCPW_ROW)
#undef TCPW_ROW_CHECK
}

void ProtocolTest::readsNothingFromACutMessage_data()
{
    QTest::addColumn<Check>("check");
#define TCPW_ROW_CHECK isNothingWhenCut
    TCPW_HELPER_MESSAGES(TCPW_ROW)
#undef TCPW_ROW_CHECK
}

void ProtocolTest::readsNothingFromALongerMessage_data()
{
    QTest::addColumn<Check>("check");
#define TCPW_ROW_CHECK isNothingWithAByteTooMany
    TCPW_HELPER_MESSAGES(TCPW_ROW)
#undef TCPW_ROW_CHECK
}

void ProtocolTest::readsDamagedMessagesAsTheyAreOrNotAtAll_data()
{
    QTest::addColumn<Check>("check");
#define TCPW_ROW_CHECK survivesDamage
    TCPW_HELPER_MESSAGES(TCPW_ROW)
#undef TCPW_ROW_CHECK
}

void ProtocolTest::believesNoCountThatTheBytesDoNotBear()
{
    const Bytes hugeCount{0xff, 0xff, 0xff, 0xff, 1, 2, 3};
    QVERIFY(!decodeMessage<DeviceList>(hugeCount));
    QVERIFY(!decodeMessage<Failed>(hugeCount));
    // A list of 0x00ffffff empty frames would cost memory that nobody sent.
    ByteWriter frames;
    frames.append(fieldsOf(encodeMessage(StopCapture{}, 1)));
    QVERIFY(!decodeMessage<SendFrames>(
        Bytes{0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff}));
}

void ProtocolTest::refusesUnknownEnumeratorsAndAddressFamilies()
{
    Bytes notice = fieldsOf(encodeMessage(CaptureNotice{}, 0));
    QVERIFY(decodeMessage<CaptureNotice>(notice));
    notice[0] = std::uint8_t(CaptureNotice::Kind::stopped) + 1;
    QVERIFY(!decodeMessage<CaptureNotice>(notice));

    Bytes guard = fieldsOf(encodeMessage(ArmGuard{}, 0));
    QCOMPARE(guard[0], std::uint8_t(4));
    guard[0] = 5;
    QVERIFY(!decodeMessage<ArmGuard>(guard));

    Bytes state = fieldsOf(encodeMessage(GuardState{}, 0));
    state[0] = 2; // neither true nor false
    QVERIFY(!decodeMessage<GuardState>(state));
}

void ProtocolTest::refusesTextAboveItsLimit()
{
    const Bytes cut = fieldsOf(encodeMessage(Failed{std::string(100'000, 'x')}, 0));
    const auto decoded = decodeMessage<Failed>(cut);
    QVERIFY(decoded);
    QCOMPARE(decoded->message.size(), std::size_t(65'536));

    ByteWriter writer;
    writer.u32(65'537);
    writer.zeros(65'537);
    QVERIFY(!decodeMessage<Failed>(writer.view()));
}

void ProtocolTest::knowsMessagesByNumber()
{
    QCOMPARE(messageName(messageNumber<Greeting>), "Greeting");
    QCOMPARE(messageName(messageNumber<FarReply>), "FarReply");
    QCOMPARE(messageName(0), "");
    QCOMPARE(messageName(255), "");
}

void ProtocolTest::greetsWithMagicVersionAndFingerprint()
{
    Greeting greeting = ourGreeting();
    const Bytes encoded = encodeMessage(greeting, 0);
    QCOMPARE(
        toHex(ByteView(encoded).subspan(messageHeaderSize, 4)), toHex(Bytes{'T', 'C', 'P', 'W'}));
    QVERIFY(!greeting.programVersion.empty());
    QVERIFY(speaksOurLanguage(greeting));
    greeting.fingerprint ^= 1;
    QVERIFY(!speaksOurLanguage(greeting));
    greeting = ourGreeting();
    ++greeting.protocolVersion;
    QVERIFY(!speaksOurLanguage(greeting));
}

TCPW_TEST(ProtocolTest);

#include "tst_protocol.moc"
