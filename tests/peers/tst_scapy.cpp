// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/packet/randompacket.h"
#include "packet/scapytext.h"
#include "packet/tcpoptions.h"
#include "support/testcase.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace tcpw {

namespace {

/// Debian's own Python, for which its Scapy is installed.
const QString python = QStringLiteral("/usr/bin/python3");

Packet segment(const Options& options)
{
    TcpHeader tcp;
    tcp.sourcePort = 40000;
    tcp.destinationPort = 8081;
    tcp.controlBits.value = ControlBits::syn;
    tcp.options = options;
    Ipv4Header ip;
    ip.source.value = 0xc0a83865;
    ip.destination.value = 0xc0a83866;
    return {LinkType::ethernet, {EthernetHeader(), ip, tcp}};
}

} // namespace

/// What is copied as an expression of Scapy gives the same bytes there.
class ScapyTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void readsLikeScapysOwn();
    void saysOtherThingsAsBytes();
    void givesTheSameBytes();

private:
    QList<QByteArray> run(const std::vector<Packet>& packets);
};

void ScapyTest::initTestCase()
{
    QProcess process;
    process.start(python, {QStringLiteral("-c"), QStringLiteral("import scapy.all")});
    if (!process.waitForFinished(60000) || process.exitCode() != 0)
        QSKIP("Scapy is not installed.");
}

/// What Scapy makes of each packet's expression, as hexadecimal digits.
QList<QByteArray> ScapyTest::run(const std::vector<Packet>& packets)
{
    const QTemporaryDir folder;
    QFile script(folder.filePath(QStringLiteral("packets.py")));
    if (!script.open(QIODevice::WriteOnly))
        return {};
    script.write("from scapy.all import *\n");
    for (const Packet& packet : packets)
        script.write(("print(bytes(" + scapyText(packet) + ").hex())\n").c_str());
    script.close();
    QProcess process;
    process.start(python, {script.fileName()});
    if (!process.waitForFinished(240000) || process.exitCode() != 0)
        qWarning("%s", process.readAllStandardError().constData());
    return process.readAllStandardOutput().trimmed().split('\n');
}

void ScapyTest::readsLikeScapysOwn()
{
    Options options;
    options.list = {tcpOption::maximumSegmentSize(1460), tcpOption::sackPermitted(),
        tcpOption::timestamps({7, 0}), Option{1, {}, {}}, tcpOption::windowScale(7)};
    QCOMPARE(QString::fromStdString(scapyText(segment(options))),
        QStringLiteral("Ether(dst='00:00:00:00:00:00', src='00:00:00:00:00:00', type=0x800) / "
                       "IP(id=0, flags=2, ttl=64, proto=6, src='192.168.56.101', "
                       "dst='192.168.56.102') / TCP(sport=40000, dport=8081, seq=0, ack=0, "
                       "flags=0x2, window=64240, options=[('MSS', 1460), ('SAckOK', b''), "
                       "('Timestamp', (7, 0)), ('NOP', None), ('WScale', 7)])"));
}

/// Illegal lengths, wrong sums and broken headers have to come out exactly, too.
void ScapyTest::saysOtherThingsAsBytes()
{
    Options illegal;
    illegal.list = {Option{2, std::uint8_t{3}, SmallBytes{5}}};
    Packet wrongSum = segment({});
    wrongSum.find<TcpHeader>()->checksum = 0x1234;
    Packet shortOffset = segment({});
    shortOffset.find<TcpHeader>()->dataOffset = 4;
    Packet padded = segment({});
    padded.layers.emplace_back(Payload{{'h', '\'', '\\', 0, 0xff}});
    padded.layers.emplace_back(Trailer{Bytes(7)});
    Packet shortLength = segment({});
    shortLength.find<Ipv4Header>()->totalLength = 30;
    const std::vector<Packet> packets{segment(illegal), wrongSum, shortOffset, padded, shortLength};
    const auto made = run(packets);
    QCOMPARE(made.size(), qsizetype(packets.size()));
    for (std::size_t i = 0; i < packets.size(); ++i)
        QCOMPARE(made[qsizetype(i)], QByteArray::fromStdString(toHex(encode(packets[i]))));
}

void ScapyTest::givesTheSameBytes()
{
    samples::RandomPacket random(11);
    std::vector<Packet> packets;
    for (int i = 0; i < 1000; ++i)
        packets.push_back(random.next(LinkType::ethernet));
    const auto made = run(packets);
    QCOMPARE(made.size(), qsizetype(packets.size()));
    for (std::size_t i = 0; i < packets.size(); ++i)
        QVERIFY2(made[qsizetype(i)] == QByteArray::fromStdString(toHex(encode(packets[i]))),
            scapyText(packets[i]).c_str());
}

TCPW_TEST(ScapyTest);

} // namespace tcpw

#include "tst_scapy.moc"
