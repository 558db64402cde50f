// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/bytewriter.h"
#include "filledmessages.h"
#include "helper/messagereader.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

namespace {

/// Puts bytes into a reader in pieces of at most `pieceSize`, and counts the messages that come
/// out.
int feed(MessageReader& reader, ByteView bytes, std::size_t pieceSize)
{
    int messages = 0;
    while (!bytes.empty()) {
        const auto space = reader.space();
        const auto size = std::min({bytes.size(), pieceSize, space.size()});
        std::copy_n(bytes.begin(), size, space.begin());
        reader.filled(size);
        bytes = bytes.subspan(size);
        for (auto message = reader.next(); message && *message; message = reader.next())
            ++messages;
    }
    return messages;
}

/// What a reader says of a stream that begins with these bytes.
Result<std::optional<ReceivedMessage>> firstOf(MessageReader& reader, const Bytes& bytes)
{
    std::copy(bytes.begin(), bytes.end(), reader.space().begin());
    reader.filled(bytes.size());
    return reader.next();
}

} // namespace

class MessageReaderTest : public QObject
{
    Q_OBJECT
private slots:
    void cutsAStreamInPiecesOfAnySize_data();
    void cutsAStreamInPiecesOfAnySize();
    void waitsForTheRest();
    void givesNumberRequestAndFields();
    void refusesALengthThatNoMessageHas();
    void refusesAnUnknownNumberBeforeTheBytesCome();
    void takesTheLongestMessage();
    void growsWithWhatCameOnly();
};

void MessageReaderTest::cutsAStreamInPiecesOfAnySize_data()
{
    QTest::addColumn<int>("pieceSize");
    for (const int size : {1, 2, 7, 1000, 1 << 20})
        QTest::addRow("%d", size) << size;
}

void MessageReaderTest::cutsAStreamInPiecesOfAnySize()
{
    QFETCH(int, pieceSize);
    ByteWriter stream;
    constexpr int count = 500;
    for (unsigned i = 0; i < count; ++i)
        stream.append(encodeMessage(filled<Packets>(i), i));
    MessageReader reader;
    QCOMPARE(feed(reader, stream.view(), std::size_t(pieceSize)), count);
}

void MessageReaderTest::waitsForTheRest()
{
    const Bytes message = encodeMessage(Failed{"No."}, 3);
    for (std::size_t length = 0; length < message.size(); ++length) {
        MessageReader reader;
        const auto first = firstOf(reader, Bytes(message.begin(), message.begin() + int(length)));
        QVERIFY(first);
        QVERIFY(!*first);
        const auto whole = firstOf(reader, Bytes(message.begin() + int(length), message.end()));
        QVERIFY(whole);
        QVERIFY(*whole);
    }
}

void MessageReaderTest::givesNumberRequestAndFields()
{
    MessageReader reader;
    const auto message = firstOf(reader, encodeMessage(Failed{"No."}, 0x01020304));
    QVERIFY(message && *message);
    QCOMPARE((*message)->number, messageNumber<Failed>);
    QCOMPARE((*message)->request, 0x01020304u);
    QCOMPARE(QString::fromStdString(decodeMessage<Failed>((*message)->fields)->message),
        QStringLiteral("No."));
}

void MessageReaderTest::refusesALengthThatNoMessageHas()
{
    for (const Bytes& length : {Bytes{0, 0, 0, 0}, Bytes{0, 0, 0, 4}, Bytes{0, 0x40, 0, 1},
             Bytes{0xff, 0xff, 0xff, 0xff}, Bytes{'G', 'E', 'T', ' '}}) {
        Bytes start = length;
        start.resize(messageHeaderSize, messageNumber<Failed>);
        MessageReader reader;
        QVERIFY(!firstOf(reader, start));
        QVERIFY(!reader.next()); // for good
    }
}

void MessageReaderTest::refusesAnUnknownNumberBeforeTheBytesCome()
{
    MessageReader reader;
    QVERIFY(!firstOf(reader, {0, 0, 0x10, 0, 255, 0, 0, 0, 0}));
}

void MessageReaderTest::takesTheLongestMessage()
{
    SendFrames request;
    request.frames.resize(1);
    const auto overhead = encodeMessage(request, 1).size() - 4;
    request.frames[0].resize(maximumMessageLength - overhead);
    const Bytes longest = encodeMessage(request, 1);
    QVERIFY(fitsProtocol(longest));
    MessageReader reader;
    QCOMPARE(feed(reader, longest, 100'000), 1);
    request.frames[0].push_back(0);
    QVERIFY(!fitsProtocol(encodeMessage(request, 1)));
}

void MessageReaderTest::growsWithWhatCameOnly()
{
    MessageReader reader;
    const auto message = firstOf(reader, {0, 0x40, 0, 0, messageNumber<Packets>, 0, 0, 0, 0});
    QVERIFY(message && !*message); // 4 MiB announced, nothing of it there
    QVERIFY(reader.space().size() < 512u << 10);
}

TCPW_TEST(MessageReaderTest);

#include "tst_messagereader.moc"
