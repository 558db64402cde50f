// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/tcpoptions.h"
#include "session/displayfilter.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

namespace {

Packet segment(std::uint16_t port, std::uint16_t bits, bool timestamps)
{
    Packet packet;
    packet.layers = {EthernetHeader{}, Ipv4Header{}, TcpHeader{}};
    auto& tcp = *packet.find<TcpHeader>();
    packet.find<Ipv4Header>()->source = Ipv4Address{0xc0a83865};
    tcp.sourcePort = 40000;
    tcp.destinationPort = port;
    tcp.controlBits.value = bits;
    tcp.sequenceNumber = 7 + port - 80;
    tcp.acknowledgmentNumber = 9;
    tcp.window = 512;
    if (timestamps)
        tcp.options.list = {tcpOption::timestamps({1, 0})};
    return packet;
}

} // namespace

class DisplayFilterTest : public QObject
{
    Q_OBJECT
private slots:
    void tellsWhetherItNeedsATracker();
    void takesBracketsWithinEachOther_data();
    void takesBracketsWithinEachOther();
    void showsWhatMatches_data();
    void showsWhatMatches();
    void knowsALengthAsItIsListed();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void DisplayFilterTest::showsWhatMatches_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>(
        "shown"); // of: a SYN from me to 80, b SYN,ACK from peer to 443, c ACK from kernel to 8081

    QTest::newRow("nothing") << QString() << QStringLiteral("abc");
    QTest::newRow("tcpdump alone") << QStringLiteral("tcp port 80") << QStringLiteral("a");
    QTest::newRow("its shorthand") << QStringLiteral("port 80 or 443") << QStringLiteral("ab");
    QTest::newRow("its shorthand behind a word of ours")
        << QStringLiteral("from kernel or port 80 or 443") << QStringLiteral("abc");
    QTest::newRow("the same for and")
        << QStringLiteral("flags SYN,ACK and dst port 443 and not 80") << QStringLiteral("b");
    QTest::newRow("a bracket before more of tcpdump's")
        << QStringLiteral("(from kernel or port 80) or port 443") << QStringLiteral("abc");
    QTest::newRow("own word") << QStringLiteral("from kernel") << QStringLiteral("c");
    QTest::newRow("exact flags") << QStringLiteral("flags SYN") << QStringLiteral("a");
    QTest::newRow("flags in any order") << QStringLiteral("flags ack,syn") << QStringLiteral("b");
    QTest::newRow("option") << QStringLiteral("option timestamps") << QStringLiteral("b");
    QTest::newRow("both kinds") << QStringLiteral("port 80 or 443 and flags SYN,ACK")
                                << QStringLiteral("b");
    QTest::newRow("not") << QStringLiteral("not from me") << QStringLiteral("bc");
    QTest::newRow("left to right")
        << QStringLiteral("from me or from peer and option timestamps") << QStringLiteral("b");
    QTest::newRow("brackets") << QStringLiteral("from me or (from peer and option timestamps)")
                              << QStringLiteral("ab");
    QTest::newRow("tcpdump's brackets")
        << QStringLiteral("tcp[13] & 2 != 0 and not (port 80)") << QStringLiteral("b");
    QTest::newRow("signs") << QStringLiteral("!from me && tcp || from me") << QStringLiteral("abc");
    QTest::newRow("problem") << QStringLiteral("problem retransmission") << QStringLiteral("b");
    QTest::newRow("another problem") << QStringLiteral("problem zero_window") << QString();
    QTest::newRow("any problem") << QStringLiteral("not problem any") << QStringLiteral("ac");
    QTest::newRow("wrong checksum") << QStringLiteral("problem wrong_checksum") << QString();
    QTest::newRow("checksum") << QStringLiteral("checksum good and not from me")
                              << QStringLiteral("bc");
    QTest::newRow("connection") << QStringLiteral("connection 1") << QStringLiteral("b");
    QTest::newRow("sequence number")
        << QStringLiteral("seq 4294967295 or seq 7") << QStringLiteral("a");
    QTest::newRow("acknowledgment number, where it counts")
        << QStringLiteral("ack 9") << QStringLiteral("bc");
    QTest::newRow("window") << QStringLiteral("window 512 and tcp") << QStringLiteral("abc");
    QTest::newRow("payload") << QStringLiteral("payload 0") << QStringLiteral("abc");
    QTest::newRow("device") << QStringLiteral("device 2") << QStringLiteral("c");
    QTest::newRow("host") << QStringLiteral("src host 192.168.56.101") << QStringLiteral("abc");
}

void DisplayFilterTest::showsWhatMatches()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    const auto filter = DisplayFilter::parse(text.toStdString(), LinkType::ethernet);
    QVERIFY2(filter, filter ? "" : filter.error().message.c_str());
    const std::vector<std::pair<Packet, Origin>> packets{
        {segment(80, ControlBits::syn, false), Origin::me},
        {segment(443, ControlBits::syn | ControlBits::ack, true), Origin::peer},
        {segment(8081, ControlBits::ack, false), Origin::kernel}};
    QString matched;
    for (std::size_t i = 0; i < packets.size(); ++i) {
        const Bytes bytes = encode(packets[i].first);
        PacketRecord record;
        record.origin = packets[i].second;
        record.capturedLength = record.originalLength = std::uint32_t(bytes.size());
        record.device = std::uint8_t(i);
        TrackedPacket tracked;
        tracked.connection = std::uint32_t(i);
        if (i == 1)
            tracked.names.add(AnalysisName::retransmission);
        if (filter->matches(record, bytes, tracked))
            matched += QLatin1Char(char('a' + i));
    }
    QCOMPARE(matched, shown);
}

/// Each bracket once doubled the work; a few dozen would not end in a person's lifetime.
void DisplayFilterTest::takesBracketsWithinEachOther_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("showsAck"); // a SYN is shown in any case
    const QString open(60, QLatin1Char('('));
    const QString close(60, QLatin1Char(')'));
    QTest::newRow("tcpdump's words") << open + QStringLiteral("port 80") + close << true;
    QTest::newRow("own words") << open + QStringLiteral("flags SYN") + close << false;
    QTest::newRow("both") << open + QStringLiteral("port 80 and flags SYN") + close << false;
    QString grown = QStringLiteral("flags SYN");
    for (int i = 0; i < 40; ++i) // as a cell is hidden in the list again and again
        grown = QLatin1Char('(') + grown + QStringLiteral(") and not seq ")
            + QString::number(1000 + i);
    QTest::newRow("one word more around each") << grown << false;
}

void DisplayFilterTest::takesBracketsWithinEachOther()
{
    QFETCH(QString, text);
    QFETCH(bool, showsAck);
    const auto filter = DisplayFilter::parse(text.toStdString(), LinkType::ethernet);
    QVERIFY2(filter, filter ? "" : filter.error().message.c_str());
    QVERIFY(!filter->needsTracking());
    for (const std::uint16_t bits : {ControlBits::syn, ControlBits::ack}) {
        const Bytes bytes = encode(segment(80, bits, false));
        PacketRecord record;
        record.capturedLength = record.originalLength = std::uint32_t(bytes.size());
        QCOMPARE(filter->matches(record, bytes), bits == ControlBits::syn || showsAck);
    }
}

void DisplayFilterTest::tellsWhetherItNeedsATracker()
{
    const auto needs = [](const char* text) {
        return DisplayFilter::parse(text, LinkType::ethernet)->needsTracking();
    };
    QVERIFY(!needs("") && !needs("from me and seq 3"));
    QVERIFY(!needs("problem wrong_checksum or checksum offload"));
    QVERIFY(needs("problem any") && needs("tcp and not (from me or connection 3)"));
}

/// Also that of a record which claims more than any frame has.
void DisplayFilterTest::knowsALengthAsItIsListed()
{
    const Bytes bytes = encode(segment(80, ControlBits::syn, false));
    for (const std::uint32_t claimed : {60u, 0x7fff'ffffu, 0x8000'0000u, 0xffff'ffffu}) {
        PacketRecord record;
        record.capturedLength = std::uint32_t(bytes.size());
        record.originalLength = claimed;
        QCOMPARE(record.shownLength(), std::min(claimed, 0x7fff'ffffu));
        const auto filter = DisplayFilter::parse(
            "len == " + std::to_string(record.shownLength()), LinkType::ethernet);
        QVERIFY(filter && filter->matches(record, bytes));
    }
}

void DisplayFilterTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("open bracket") << QStringLiteral("(from me") << QStringLiteral("character 1");
    QTest::newRow("closing bracket") << QStringLiteral("from me)") << QStringLiteral("character 8");
    QTest::newRow("no value") << QStringLiteral("tcp and from") << QStringLiteral("from");
    QTest::newRow("unknown origin") << QStringLiteral("from mars") << QStringLiteral("mars");
    QTest::newRow("unknown flag") << QStringLiteral("flags SYN,XYZ") << QStringLiteral("XYZ");
    QTest::newRow("unknown option") << QStringLiteral("option colour") << QStringLiteral("colour");
    QTest::newRow("unknown problem") << QStringLiteral("problem x") << QStringLiteral("\"x\"");
    QTest::newRow("unknown checksum") << QStringLiteral("checksum 0x12") << QStringLiteral("0x12");
    QTest::newRow("no number") << QStringLiteral("connection x1") << QStringLiteral("x1");
    QTest::newRow("a number too large")
        << QStringLiteral("seq 4294967296") << QStringLiteral("4294967295");
    QTest::newRow("nothing after and")
        << QStringLiteral("tcp and") << QStringLiteral("character 8");
    QTest::newRow("no and between") << QStringLiteral("tcp from me") << QStringLiteral("and");
    QTest::newRow("its shorthand behind a bracket")
        << QStringLiteral("(from kernel or port 80) or 443") << QString();
    QTest::newRow("tcpdump's error") << QStringLiteral("tcp port") << QString();
    QTest::newRow("a name") << QStringLiteral("host example.org and from me")
                            << QStringLiteral("example.org");
    QTest::newRow("too long") << QString(5000, QLatin1Char('(')) << QStringLiteral("4096");
    QTest::newRow("too deep") << QString(4000, QLatin1Char('(')) << QStringLiteral("brackets");
}

void DisplayFilterTest::saysWhatIsWrong()
{
    QFETCH(QString, text);
    QFETCH(QString, part);
    const auto filter = DisplayFilter::parse(text.toStdString(), LinkType::ethernet);
    QVERIFY(!filter);
    QVERIFY2(QString::fromStdString(filter.error().message).contains(part),
        filter.error().message.c_str());
}

TCPW_TEST(DisplayFilterTest);
#include "tst_displayfilter.moc"
