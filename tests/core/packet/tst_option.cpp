// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/bytewriter.h"
#include "samples.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::samples;

class OptionTest : public QObject
{
    Q_OBJECT
private slots:
    void everyKindAndLengthComesBack();
    void everyKindAndLengthComesBackInASegment();
    void paddingIsNoOption();
    void zerosBeyondThePaddingAreAnEnd();
    void whatFollowsTheEndIsTheTail();
    void aLengthUnderTwoEndsTheList();
    void aLengthPastTheEndEndsTheList();
    void aKindWithoutItsLengthIsTheTail();
    void aStatedLengthIsSentAsGiven();
    void aFalseLengthIsKept();
};

namespace {

Bytes encoded(const Options& options)
{
    ByteWriter writer;
    encodeOptions(options, writer);
    return writer.take();
}

/// Option space with an option of this kind and length byte, and then bytes that could be options.
Bytes space(std::size_t size, std::uint8_t kind, std::uint8_t length)
{
    const Bytes filler = {1, 2, 4, 5, 0xb4, 0, 1, 3, 3, 7};
    Bytes made = {kind, length};
    while (made.size() < size)
        made.push_back(filler[made.size() % filler.size()]);
    made.resize(size);
    return made;
}

} // namespace

void OptionTest::everyKindAndLengthComesBack()
{
    for (std::size_t size = 0; size <= 41; ++size)
        for (int kind = 0; kind < 256; ++kind)
            for (int length = 0; length <= 41; ++length) {
                const Bytes given = space(size, std::uint8_t(kind), std::uint8_t(length));
                const Options options = decodeOptions(given);
                if (encoded(options) != given || encodedSize(options) != given.size())
                    QFAIL(qPrintable(text(toHex(given))));
            }
}

void OptionTest::everyKindAndLengthComesBackInASegment()
{
    for (int kind = 0; kind < 256; ++kind)
        for (int length = 0; length <= 41; ++length) {
            Packet packet = data();
            packet.find<TcpHeader>()->options.tail
                = space(40, std::uint8_t(kind), std::uint8_t(length));
            const Bytes given = encode(packet);
            const Packet read = decode(given, LinkType::ethernet);
            if (encode(read) != given
                || layerNames(read) != QLatin1String("ethernet ipv4 tcp payload"))
                QFAIL(qPrintable(text(toHex(given))));
            QVERIFY(!read.find<TcpHeader>()->dataOffset);
            QVERIFY(!read.find<TcpHeader>()->checksum);
        }
}

void OptionTest::paddingIsNoOption()
{
    const Options options = decodeOptions(bytes("0204 05b4 0303 0700"));
    QCOMPARE(options.list.size(), std::size_t(2));
    QVERIFY(!options.tail);
}

void OptionTest::zerosBeyondThePaddingAreAnEnd()
{
    const Options options = decodeOptions(bytes("0204 05b4 0000 0000"));
    QCOMPARE(options.list.size(), std::size_t(2));
    QCOMPARE(options.list[1].kind, TcpOptionKind::endOfList);
    QVERIFY(!options.tail); // the three zeros behind the end are written anyway

    const Options longer = decodeOptions(bytes("00000000 00000000"));
    QCOMPARE(longer.list.size(), std::size_t(1));
    QVERIFY(longer.tail == Bytes(7, 0));
}

void OptionTest::whatFollowsTheEndIsTheTail()
{
    const Options options = decodeOptions(bytes("0100 0204 05b4 0101"));
    QCOMPARE(options.list.size(), std::size_t(2));
    QVERIFY(options.tail == bytes("020405b40101"));
}

void OptionTest::aLengthUnderTwoEndsTheList()
{
    for (const std::uint8_t length : {0, 1}) {
        const Options options = decodeOptions(Bytes{1, 8, length, 1, 1, 1, 1, 2});
        QCOMPARE(options.list.size(), std::size_t(2));
        QVERIFY(options.list[1].length == length);
        QVERIFY(options.list[1].data.empty());
        QVERIFY((options.tail == Bytes{1, 1, 1, 1, 2}));
    }
}

void OptionTest::aLengthPastTheEndEndsTheList()
{
    const Options options = decodeOptions(bytes("01 02 28 01 02 03 04 05"));
    QCOMPARE(options.list.size(), std::size_t(2));
    QVERIFY(options.list[1].length == 0x28);
    QCOMPARE(options.list[1].data.size(), std::size_t(5));
    QVERIFY(!options.tail);
    QVERIFY(!hasTrueLength(options.list[1]));
}

void OptionTest::aKindWithoutItsLengthIsTheTail()
{
    const Options options = decodeOptions(bytes("010101 08"));
    QCOMPARE(options.list.size(), std::size_t(3));
    QVERIFY(options.tail == Bytes{8});
}

void OptionTest::aStatedLengthIsSentAsGiven()
{
    Options options;
    options.list.push_back(Option{2, std::uint8_t(3), {5, 0xb4}});
    QVERIFY(encoded(options) == bytes("02 03 05b4"));
    options.list[0].length.reset();
    QVERIFY(encoded(options) == bytes("02 04 05b4"));
    options.tail = bytes("ff");
    QVERIFY(encoded(options) == bytes("02 04 05b4 ff"));
}

void OptionTest::aFalseLengthIsKept()
{
    // Where the length is the option's real size it is computed, else it is one's own.
    QVERIFY(!decodeOptions(bytes("0204 05b4")).list[0].length);
    QVERIFY(decodeOptions(bytes("0205 05b4")).list[0].length == 5);
}

TCPW_TEST(OptionTest);

#include "tst_option.moc"
