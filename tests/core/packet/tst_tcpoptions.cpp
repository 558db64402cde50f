// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/tcpoptions.h"
#include "randompacket.h"
#include "samples.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::samples;

class TcpOptionsTest : public QObject
{
    Q_OBJECT
private slots:
    void valuesAreReadBack();
    void anotherKindOrLengthHasNoValue();
    void areWellFormedByTheirRfc_data();
    void areWellFormedByTheirRfc();
    void notationIsReadBack_data();
    void notationIsReadBack();
    void anyOptionSpaceIsReadBackFromItsText();
    void completedOptionsReadTheSame();
    void statedLengthsAreSent_data();
    void statedLengthsAreSent();
    void otherTextIsRefused_data();
    void otherTextIsRefused();
    void ipv4NotationIsReadBack();
    void areDescribedInWords_data();
    void areDescribedInWords();
};

void TcpOptionsTest::valuesAreReadBack()
{
    QVERIFY(maximumSegmentSize(tcpOption::maximumSegmentSize(1460)) == 1460);
    QVERIFY(windowScale(tcpOption::windowScale(14)) == 14);
    const Timestamps stamps{0xffffffff, 7};
    QVERIFY(timestamps(tcpOption::timestamps(stamps)) == stamps);
    const std::vector<SackBlock> blocks = {{1, 10}, {0xfffffff0, 5}};
    QVERIFY(sackBlocks(tcpOption::sack(blocks)) == blocks);
    Options options;
    options.list = {tcpOption::noOperation(), tcpOption::timestamps(stamps)};
    QVERIFY(findTimestamps(options) == stamps);
    QVERIFY(!findTimestamps({}));
}

void TcpOptionsTest::anotherKindOrLengthHasNoValue()
{
    QVERIFY(!maximumSegmentSize(tcpOption::windowScale(1)));
    QVERIFY(!maximumSegmentSize(Option{2, std::nullopt, {1}}));
    QVERIFY(!maximumSegmentSize(Option{2, std::uint8_t(3), {1, 2}}));
    QVERIFY(maximumSegmentSize(Option{2, std::uint8_t(4), {1, 2}}) == 0x0102);
    QVERIFY(!windowScale(Option{3, std::nullopt, {1, 2}}));
    QVERIFY(!timestamps(Option{8, std::nullopt, {1, 2, 3, 4, 5, 6, 7}}));
    QVERIFY(!sackBlocks(tcpOption::sack({})));
    QVERIFY(!sackBlocks(tcpOption::sack(std::vector<SackBlock>(5))));
    QVERIFY(!sackBlocks(Option{5, std::nullopt, {1, 2, 3, 4, 5, 6, 7}}));
}

void TcpOptionsTest::areWellFormedByTheirRfc_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QList<int>>("lengths");
    QTest::newRow("MSS") << 2 << QList<int>{4};
    QTest::newRow("window scale") << 3 << QList<int>{3};
    QTest::newRow("SACK permitted") << 4 << QList<int>{2};
    QTest::newRow("SACK") << 5 << QList<int>{10, 18, 26, 34};
    QTest::newRow("timestamps") << 8 << QList<int>{10};
    QTest::newRow("MD5") << 19 << QList<int>{18};
    QTest::newRow("user timeout") << 28 << QList<int>{4};
    QTest::newRow("fast open") << 34 << QList<int>{2, 6, 8, 10, 12, 14, 16, 18};
}

void TcpOptionsTest::areWellFormedByTheirRfc()
{
    QFETCH(int, kind);
    QFETCH(QList<int>, lengths);
    for (int length = 2; length <= 40; ++length) {
        const Option option{
            std::uint8_t(kind), std::nullopt, SmallBytes(Bytes(std::size_t(length - 2)))};
        QCOMPARE(isWellFormed(option), lengths.contains(length));
        QVERIFY(!isWellFormed(Option{option.kind, std::uint8_t(length + 1), option.data}));
    }
    QVERIFY(isWellFormed(Option{29, std::nullopt, {1, 2}}));
    QVERIFY(!isWellFormed(Option{29, std::nullopt, {1}}));
    QVERIFY(isWellFormed(Option{253, std::nullopt, {1}}));
    QVERIFY(!isWellFormed(Option{253, std::uint8_t(9), {1}}));
    QVERIFY(isWellFormed(tcpOption::endOfList()));
}

void TcpOptionsTest::notationIsReadBack_data()
{
    QTest::addColumn<QString>("notation");
    for (const char* notation : {"", "mss=1460", "sack-permitted", "timestamps=123:0", "nop", "end",
             "window-scale=7", "sack=1-10+20-30", "user-timeout=30s", "user-timeout=2m",
             "md5=00112233445566778899aabbccddeeff", "ao=1:2:00aabb", "fast-open=00112233",
             "fast-open=", "kind-253=00ff", "kind-253=", "mss/3=05", "mss/0=", "kind-200/9=0102",
             "nop,tail=00ff", "tail=", "tail=0102",
             "mss=1460,sack-permitted,timestamps=123:0,nop,window-scale=7"})
        QTest::newRow(notation) << QString::fromLatin1(notation);
}

void TcpOptionsTest::notationIsReadBack()
{
    QFETCH(QString, notation);
    const auto options = parseTcpOptions(notation.toStdString());
    QVERIFY2(options, options ? "" : options.error().message.c_str());
    // An empty tail where nothing is missing to a multiple of four is no tail.
    const QString expected = notation == QLatin1String("tail=") ? QString() : notation;
    QCOMPARE(text(toText(*options)), expected);
}

void TcpOptionsTest::anyOptionSpaceIsReadBackFromItsText()
{
    RandomPacket random(1);
    for (int i = 0; i < 20'000; ++i) {
        Bytes space = random.bytes(random.number(41));
        for (std::uint8_t& byte : space)
            byte = random.number(2) == 0 ? byte % 40 : byte;
        const Options options = decodeOptions(space);
        const auto read = parseTcpOptions(toText(options));
        QVERIFY2(read && *read == options, toText(options).c_str());
        const auto read4 = parseIpv4Options(ipv4OptionsToText(options));
        QVERIFY2(read4 && *read4 == options, ipv4OptionsToText(options).c_str());
    }
}

void TcpOptionsTest::completedOptionsReadTheSame()
{
    const Packet sent = packet({ethernet(), ipv4(),
        tcpWith({tcpOption::maximumSegmentSize(1460), tcpOption::windowScale(7)})});
    const Packet whole = completed(sent);
    QVERIFY(whole.find<TcpHeader>()->options.tail == Bytes{0});
    QCOMPARE(
        text(toText(whole.find<TcpHeader>()->options)), QStringLiteral("mss=1460,window-scale=7"));
}

void TcpOptionsTest::statedLengthsAreSent_data()
{
    QTest::addColumn<QString>("notation");
    QTest::addColumn<QString>("sent");
    QTest::newRow("too short") << "mss/3=05b4"
                               << "020305b4";
    QTest::newRow("zero") << "timestamps/0="
                          << "08000000";
    QTest::newRow("too long") << "kind-253/40=0102"
                              << "fd280102";
    QTest::newRow("right") << "mss/4=05b4"
                           << "020405b4";
    QTest::newRow("odd size") << "mss/3=05,tail="
                              << "020305";
    QTest::newRow("end and garbage") << "end,tail=ffffff"
                                     << "00ffffff";
    QTest::newRow("raw known kind") << "kind-2=05b4"
                                    << "020405b4";
}

void TcpOptionsTest::statedLengthsAreSent()
{
    QFETCH(QString, notation);
    QFETCH(QString, sent);
    const auto options = parseTcpOptions(notation.toStdString());
    QVERIFY(options);
    Packet packet = samples::packet({ipv4(), tcp()}, LinkType::raw);
    packet.find<TcpHeader>()->options = *options;
    const Bytes wire = encode(packet);
    QCOMPARE(text(toHex(ByteView(wire).subspan(40))), sent);
}

void TcpOptionsTest::otherTextIsRefused_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("notation");
    for (const char* word :
        {"what", "mss", "mss=", "mss=65536", "mss=-1", "window-scale=256", "timestamps=1",
            "timestamps=1:2:3", "timestamps=1:4294967296", "sack=", "sack=1", "sack=1-2+",
            "sack=1-2+3-4+5-6+7-8+9-10", "user-timeout=30", "user-timeout=32768s", "user-timeout=s",
            "md5=00", "md5=zz", "ao=1:2", "ao=256:1:00", "ao=1:1:0", "fast-open=0011", "nop=00",
            "nop/2=", "end/1=", "sack-permitted=1", "kind-256=", "kind-=00", "kind-2/256=00",
            "mss/x=00", "mss/3=0", "tail=0", "tail/2=00", "=00", "MSS=1460"})
        QTest::newRow(word) << QString::fromLatin1(word)
                            << QStringLiteral("nop,") + QString::fromLatin1(word);
    QTest::newRow("tail within") << "tail=00"
                                 << "tail=00,nop";
    QTest::newRow("nothing between commas") << ""
                                            << "nop,,nop";
}

void TcpOptionsTest::otherTextIsRefused()
{
    QFETCH(QString, word);
    QFETCH(QString, notation);
    const auto options = parseTcpOptions(notation.toStdString());
    QVERIFY2(!options, qPrintable(notation));
    const QString message = text(options.error().message);
    QVERIFY2(message.contains(QLatin1Char('"') + word + QLatin1Char('"')), qPrintable(message));
    QVERIFY2(message.endsWith(QLatin1Char('.')), qPrintable(message));
}

void TcpOptionsTest::ipv4NotationIsReadBack()
{
    for (const char* notation : {"", "nop,end", "kind-148=0000", "kind-7/3=0400,tail=01"}) {
        const auto options = parseIpv4Options(notation);
        QVERIFY2(options, notation);
        QCOMPARE(text(ipv4OptionsToText(*options)), QString::fromLatin1(notation));
    }
    QVERIFY(!parseIpv4Options("mss=1460"));
}

void TcpOptionsTest::areDescribedInWords_data()
{
    QTest::addColumn<QString>("notation");
    QTest::addColumn<QString>("words");
    QTest::newRow("MSS") << "mss=1460"
                         << "maximum segment size 1460 bytes";
    QTest::newRow("scale") << "window-scale=7"
                           << "window scale 7: times 128";
    QTest::newRow("scale too large")
        << "window-scale=15"
        << "window scale 15, more than 14 and taken as 14: times 16384";
    QTest::newRow("SACK") << "sack=1-10+20-30"
                          << "selective acknowledgment of 1 to 10, 20 to 30";
    QTest::newRow("stamps") << "timestamps=123:0"
                            << "timestamps: value 123, echo reply 0";
    QTest::newRow("timeout") << "user-timeout=1m"
                             << "user timeout 1 minute";
    QTest::newRow("cookie request") << "fast-open="
                                    << "fast open cookie request";
    QTest::newRow("unknown") << "kind-200=01"
                             << "option of kind 200, 1 byte of data";
    QTest::newRow("wrong length")
        << "mss/3=05"
        << "maximum segment size with length 3, which its RFC does not allow";
    QTest::newRow("no length") << "mss/0="
                               << "maximum segment size with length 0: it cannot be less than 2";
    QTest::newRow("past the end") << "kind-200/9=01"
                                  << "option of kind 200 with length 9, but 3 bytes are there";
}

void TcpOptionsTest::areDescribedInWords()
{
    QFETCH(QString, notation);
    QFETCH(QString, words);
    const auto options = parseTcpOptions(notation.toStdString());
    QVERIFY(options && options->list.size() == 1);
    QCOMPARE(text(describeTcpOption(options->list[0])), words);
}

TCPW_TEST(TcpOptionsTest);

#include "tst_tcpoptions.moc"
