// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/packet/randompacket.h"
#include "core/packet/samples.h"
#include "packet/fields.h"
#include "packet/summary.h"
#include "support/testcase.h"
#include "tshark.h"

#include <QMap>
#include <QTest>

using namespace tcpw;
using namespace tcpw::samples;

class TsharkTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void agreesWithWhatWeBuild_data();
    void agreesWithWhatWeBuild();
    void callsAWrongChecksumWrong();

private:
    Tshark m_tshark;
};

namespace {

/// A field of tshark's that is one of ours; numbers are `factor` times ours.
struct Column
{
    const char* theirs;
    const char* layer;
    const char* field;
    std::uint64_t factor = 1;
};

constexpr Column columns[] = {{"eth.dst", "ethernet", "destination"},
    {"eth.src", "ethernet", "source"}, {"eth.type", "ethernet", "etherType"},
    {"vlan.priority", "vlan", "priority"}, {"vlan.dei", "vlan", "dropEligible"},
    {"vlan.id", "vlan", "identifier"}, {"vlan.etype", "vlan", "etherType"},
    {"arp.hw.type", "arp", "hardwareType"}, {"arp.proto.type", "arp", "protocolType"},
    {"arp.hw.size", "arp", "hardwareLength"}, {"arp.proto.size", "arp", "protocolLength"},
    {"arp.opcode", "arp", "operation"}, {"arp.src.hw_mac", "arp", "senderHardware"},
    {"arp.src.proto_ipv4", "arp", "senderProtocol"}, {"arp.dst.hw_mac", "arp", "targetHardware"},
    {"arp.dst.proto_ipv4", "arp", "targetProtocol"}, {"ip.hdr_len", "ipv4", "headerLength", 4},
    {"ip.dsfield.dscp", "ipv4", "dscp"}, {"ip.dsfield.ecn", "ipv4", "ecn"},
    {"ip.len", "ipv4", "totalLength"}, {"ip.id", "ipv4", "identification"},
    {"ip.flags.rb", "ipv4", "reservedFlag"}, {"ip.flags.df", "ipv4", "dontFragment"},
    {"ip.flags.mf", "ipv4", "moreFragments"}, {"ip.frag_offset", "ipv4", "fragmentOffset", 8},
    {"ip.ttl", "ipv4", "timeToLive"}, {"ip.proto", "ipv4", "protocol"},
    {"ip.checksum", "ipv4", "headerChecksum"}, {"ip.src", "ipv4", "source"},
    {"ip.dst", "ipv4", "destination"}, {"ipv6.version", "ipv6", "version"},
    {"ipv6.tclass.dscp", "ipv6", "dscp"}, {"ipv6.tclass.ecn", "ipv6", "ecn"},
    {"ipv6.flow", "ipv6", "flowLabel"}, {"ipv6.plen", "ipv6", "payloadLength"},
    {"ipv6.nxt", "ipv6", "nextHeader"}, {"ipv6.hlim", "ipv6", "hopLimit"},
    {"ipv6.src", "ipv6", "source"}, {"ipv6.dst", "ipv6", "destination"},
    {"ipv6.fraghdr.nxt", "fragment", "nextHeader"},
    {"ipv6.fraghdr.offset", "fragment", "fragmentOffset"},
    {"ipv6.fraghdr.more", "fragment", "moreFragments"},
    {"ipv6.fraghdr.ident", "fragment", "identification"}, {"tcp.srcport", "tcp", "sourcePort"},
    {"tcp.dstport", "tcp", "destinationPort"}, {"tcp.seq_raw", "tcp", "sequenceNumber"},
    {"tcp.ack_raw", "tcp", "acknowledgmentNumber"}, {"tcp.hdr_len", "tcp", "dataOffset", 4},
    {"tcp.flags", "tcp", "controlBits"}, {"tcp.window_size_value", "tcp", "window"},
    {"tcp.checksum", "tcp", "checksum"}, {"tcp.urgent_pointer", "tcp", "urgentPointer"},
    {"udp.srcport", "udp", "sourcePort"}, {"udp.dstport", "udp", "destinationPort"},
    {"udp.length", "udp", "length"}, {"udp.checksum", "udp", "checksum"}};

/// One value in a form in which both sides can be compared.
QString plain(const QString& cell)
{
    if (cell == QLatin1String("True"))
        return QStringLiteral("1");
    if (cell == QLatin1String("False"))
        return QStringLiteral("0");
    bool isNumber = false;
    const quint64 number = cell.toULongLong(&isNumber, 0);
    return isNumber ? QString::number(number) : cell;
}

QString expected(const Packet& whole, const Column& column)
{
    QStringList values;
    for (const Layer& layer : whole.layers) {
        if (std::string_view(layerType(layer).name) != column.layer)
            continue;
        const Field* field = findField(layerType(layer), column.field);
        const FieldValue value = field->get(layer);
        const auto* number = std::get_if<std::uint64_t>(&value);
        values << (number ? QString::number(*number * column.factor)
                          : text(formatValue(*field, value)));
    }
    return values.join(QLatin1Char(','));
}

/// What our options say, by the names of tshark's fields.
QMap<QString, QString> optionValues(const TcpHeader& tcp)
{
    QMap<QString, QStringList> values;
    const auto add = [&](const char* name, std::uint64_t value) {
        values[QString::fromLatin1(name)] << QString::number(value);
    };
    for (const Option& option : tcp.options.list) {
        if (const auto size = maximumSegmentSize(option))
            add("tcp.options.mss_val", *size);
        if (const auto shift = windowScale(option))
            add("tcp.options.wscale.shift", *shift);
        if (const auto stamps = timestamps(option)) {
            add("tcp.options.timestamp.tsval", stamps->value);
            add("tcp.options.timestamp.tsecr", stamps->echoReply);
        }
        for (const SackBlock& block : sackBlocks(option).value_or(std::vector<SackBlock>())) {
            add("tcp.options.sack_le", block.leftEdge);
            add("tcp.options.sack_re", block.rightEdge);
        }
    }
    QMap<QString, QString> joined;
    for (auto it = values.cbegin(); it != values.cend(); ++it)
        joined[it.key()] = it.value().join(QLatin1Char(','));
    return joined;
}

QMap<QString, QString> icmpValues(const IcmpHeader& icmp)
{
    const QString begin = icmp.version6 ? QStringLiteral("icmpv6.") : QStringLiteral("icmp.");
    const QString echo
        = icmp.version6 ? QStringLiteral("icmpv6.echo.identifier") : QStringLiteral("icmp.ident");
    return {{begin + QStringLiteral("type"), QString::number(icmp.type)},
        {begin + QStringLiteral("code"), QString::number(icmp.code)},
        {begin + QStringLiteral("checksum"), QString::number(*icmp.checksum)},
        {begin + QStringLiteral("checksum.status"), QStringLiteral("1")},
        {echo, QString::number(icmp.rest >> 16)}};
}

/// Fields that are not simply one of ours: options, lengths, and how checksums stand.
QMap<QString, QString> otherValues(const Packet& whole)
{
    QMap<QString, QString> values;
    const std::size_t size = encode(whole).size();
    if (whole.find<Ipv4Header>())
        values[QStringLiteral("ip.checksum.status")] = QStringLiteral("1");
    if (const auto* tcp = whole.find<TcpHeader>()) {
        values = optionValues(*tcp);
        const Summary summary = summarize(whole, size);
        values[QStringLiteral("tcp.options")] = text(toHex(summary.optionBytes));
        values[QStringLiteral("tcp.len")] = QString::number(summary.payloadLength);
        values[QStringLiteral("tcp.checksum.status")] = QStringLiteral("1");
        if (whole.find<Ipv4Header>())
            values[QStringLiteral("ip.checksum.status")] = QStringLiteral("1");
    }
    if (const auto* icmp = whole.find<IcmpHeader>())
        values.insert(icmpValues(*icmp));
    if (whole.find<UdpHeader>())
        values[QStringLiteral("udp.checksum.status")] = QStringLiteral("1");
    values[QStringLiteral("frame.len")] = QString::number(size);
    return values;
}

const QStringList& otherFields()
{
    static const QStringList names = [] {
        QStringList list;
        for (const char* name : {"frame.len", "tcp.options", "tcp.len", "tcp.checksum.status",
                 "ip.checksum.status", "udp.checksum.status", "icmp.checksum.status",
                 "icmpv6.checksum.status", "icmp.type", "icmp.code", "icmp.checksum", "icmp.ident",
                 "icmpv6.type", "icmpv6.code", "icmpv6.checksum", "icmpv6.echo.identifier",
                 "tcp.options.mss_val", "tcp.options.wscale.shift", "tcp.options.timestamp.tsval",
                 "tcp.options.timestamp.tsecr", "tcp.options.sack_le", "tcp.options.sack_re"})
            list << QString::fromLatin1(name);
        return list;
    }();
    return names;
}

QString plainCell(const QString& cell)
{
    QStringList parts = cell.split(QLatin1Char(','));
    for (QString& part : parts)
        part = plain(part);
    return parts.join(QLatin1Char(','));
}

QStringList fieldNames()
{
    QStringList names;
    for (const Column& column : columns)
        names << QString::fromLatin1(column.theirs);
    return names + otherFields()
        + QStringList{QStringLiteral("_ws.malformed"), QStringLiteral("_ws.expert.severity")};
}

/// What differs between our packet and tshark's row; empty when they agree.
QString difference(const Packet& packet, const QStringList& row)
{
    const Packet whole = completed(packet);
    const auto others = otherValues(whole);
    QStringList ours;
    for (const Column& column : columns)
        ours << expected(whole, column);
    for (const QString& name : otherFields())
        ours << others.value(name);

    const QStringList names = fieldNames();
    for (qsizetype i = 0; i < ours.size(); ++i) {
        QString cell = row[i];
        const bool hex = names[i] == QLatin1String("tcp.options");
        const QString theirs = hex ? cell.remove(QLatin1Char(':')) : plainCell(cell);
        if (theirs != ours[i])
            return names[i] + QStringLiteral(" is ") + theirs + QStringLiteral(", not ") + ours[i];
    }
    return row[ours.size()].isEmpty() ? QString() : QStringLiteral("malformed");
}

/// True when tshark found something worse than a warning.
bool hasError(const QString& severities)
{
    constexpr int error = 0x00800000;
    const QStringList list = severities.split(QLatin1Char(','), Qt::SkipEmptyParts);
    return std::any_of(list.begin(), list.end(),
        [](const QString& severity) { return severity.toInt(nullptr, 0) >= error; });
}

} // namespace

void TsharkTest::initTestCase()
{
    if (!m_tshark.start())
        QSKIP("tshark is not installed.");
}

void TsharkTest::agreesWithWhatWeBuild_data()
{
    QTest::addColumn<int>("linkType");
    QTest::addColumn<int>("count");
    QTest::newRow("Ethernet") << int(LinkType::ethernet) << 1000;
    QTest::newRow("Linux cooked v1") << int(LinkType::linuxCooked) << 100;
    QTest::newRow("raw IP") << int(LinkType::raw) << 100;
    QTest::newRow("BSD loopback") << int(LinkType::null) << 100;
}

void TsharkTest::agreesWithWhatWeBuild()
{
    QFETCH(int, linkType);
    QFETCH(int, count);
    RandomPacket random(unsigned(linkType) + 1);
    QList<Packet> packets;
    QList<Bytes> frames;
    for (int i = 0; i < count; ++i) {
        packets << random.next(LinkType(linkType));
        frames << encode(packets.last());
    }
    const auto rows = m_tshark.read(frames, LinkType(linkType), fieldNames());
    QVERIFY2(rows.size() == packets.size(), qPrintable(m_tshark.error()));
    for (qsizetype i = 0; i < rows.size(); ++i) {
        QCOMPARE(rows[i].size(), fieldNames().size());
        const QString differs = difference(packets[i], rows[i]);
        const QString frame = QStringLiteral(": ") + text(toHex(frames[i]));
        QVERIFY2(differs.isEmpty(), qPrintable(differs + frame));
        QVERIFY2(!hasError(rows[i].last()), qPrintable(rows[i].last() + frame));
    }
}

void TsharkTest::callsAWrongChecksumWrong()
{
    // The comparison would see it, if a checksum of ours were wrong.
    Packet packet = data();
    QVERIFY(setField(packet, "tcp.checksum", "0x1234"));
    const auto rows = m_tshark.read(
        {encode(packet)}, LinkType::ethernet, {QStringLiteral("tcp.checksum.status")});
    QCOMPARE(rows.size(), qsizetype(1));
    QCOMPARE(rows[0][0], QStringLiteral("0"));
}

TCPW_TEST(TsharkTest);

#include "tst_tshark.moc"
