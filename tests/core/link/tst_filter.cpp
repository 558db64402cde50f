// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/filter.h"
#include "link/filtertext.h"
#include "link/packetfilter.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

class FilterTest : public QObject
{
    Q_OBJECT
private slots:
    void compilesTheLanguageOfTcpdump_data();
    void compilesTheLanguageOfTcpdump();
    void refusesWithASentence_data();
    void refusesWithASentence();
    void looksNoNameUp_data();
    void looksNoNameUp();
    void writesKnownNamesAsNumbers_data();
    void writesKnownNamesAsNumbers();
    void refusesTextThatIsTooLong();
    void compilesForEachLinkType_data();
    void compilesForEachLinkType();
    void holdsAgainstBytes();
};

void FilterTest::compilesTheLanguageOfTcpdump_data()
{
    QTest::addColumn<QString>("filter");
    for (const char* filter :
        {"", "tcp", "tcp port 80", "port http", "port http or https",
            "port (http or https or 8081)", "portrange 1-1024", "tcp portrange 80-90",
            "host 192.168.56.102", "net 10", "net 10.0.0.0/8", "net 192.168.56",
            "net 10.0.0.0 mask 255.0.0.0", "src host 10.0.0.1 and dst port 53", "host fd00:56::101",
            "host ::1", "net fd00::/8", "host ::ffff:10.0.0.1", "ether host 0a:00:00:00:00:01",
            "ether src 0a-00-00-00-00-01", "ether host 0a00.0000.0001", "ether proto 0x86dd",
            "ether proto \\arp", "ether proto \\ip or \\arp", "ip proto \\tcp", "ip proto ospf",
            "ip proto (\\tcp or \\udp)", "ip6 protochain 6",
            "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0", "tcp[13]=2", "tcp[tcpflags:1] == tcp-syn",
            "ip[2:2] > 576", "tcp[12] - 1 > 2", "ip[8] & 0xf0 = 0", "icmp[icmptype]=icmp-echo",
            "icmp6[icmp6type]=icmp6-neighborsolicit", "not arp and not icmp6", "!(arp or rarp)",
            "less 64", "greater 1000", "len <= 128", "vlan", "vlan 100 and tcp", "broadcast",
            "ether multicast", "ip multicast", "arp", "mpls", "pppoes",
            "tcp and (port 80 || port 443) && not host 1.2.3.4", "\ttcp\nport 80\r\n", "ifindex 2"})
        QTest::newRow(filter) << QString::fromLatin1(filter);
}

void FilterTest::compilesTheLanguageOfTcpdump()
{
    QFETCH(QString, filter);
    const auto compiled = compileFilter(filter.toStdString(), LinkType::ethernet);
    QVERIFY2(compiled.has_value(), compiled ? "" : compiled.error().message.c_str());
}

void FilterTest::refusesWithASentence_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("part");
    const QString compile = QStringLiteral("does not compile");
    QTest::newRow("half") << QStringLiteral("tcp and") << compile;
    QTest::newRow("two words") << QStringLiteral("tcp tcp tcp port") << compile;
    QTest::newRow("bracket") << QStringLiteral("(tcp") << compile;
    QTest::newRow("illegal sign") << QStringLiteral("tcp # port") << compile;
    QTest::newRow("port too big") << QStringLiteral("port 65536") << compile;
    QTest::newRow("wrong mask") << QStringLiteral("net 10.0.0.1/8") << compile;
    QTest::newRow("control sign") << QString(QLatin1String("tcp\x01"))
                                  << QStringLiteral("character");
    QTest::newRow("umlaut") << QString(QLatin1String("h\xf6st 1.2.3.4"))
                            << QStringLiteral("character");
    QTest::newRow("NUL") << QString(QLatin1String("tcp\0port 80", 11))
                         << QStringLiteral("character");
}

void FilterTest::refusesWithASentence()
{
    QFETCH(QString, filter);
    QFETCH(QString, part);
    const auto compiled = compileFilter(filter.toStdString(), LinkType::ethernet);
    QVERIFY(!compiled);
    const QString text = QString::fromStdString(compiled.error().message);
    QVERIFY2(text.contains(part), qPrintable(text));
    QVERIFY(text.endsWith(QLatin1Char('.')));
}

void FilterTest::looksNoNameUp_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("name");
    const auto row = [](const char* filter, const char* name) {
        QTest::newRow(filter) << QString::fromLatin1(filter) << QString::fromLatin1(name);
    };
    row("host example.com", "example.com");
    row("example.com", "example.com");
    row("src www.example.com or tcp", "www.example.com");
    row("host localhost", "localhost");
    row("net loopback", "loopback");
    row("gateway router", "router");
    row("ether host router", "router");
    row("port unknownservice", "unknownservice");
    row("host http", "http"); // a name of a port is none of a host
    row("port http and host http", "http");
    row("portrange http-https", "http-https");
    row("host 1.2.3.4.5", "1.2.3.4.5");
    row("host 12ab", "12ab");
    row("host 1-2", "1-2");
    row("host 0x", "0x");
    row("tcp or foo", "foo");
    row("type mgt or foo", "foo");
    row("host 1:2:3:4:5:6foo", "1:2:3:4:5:6foo");
    row("host 1:2:3:4:5:0x1f", "1:2:3:4:5:0x1f");
    row("ip proto nosuch", "nosuch");
    row("ether proto \\nosuch", "nosuch");
    row("host \\example.com", "example.com");
    row("(((((host example.com)))))", "example.com");
    row("host -example.com-", "-example.com-");
    row("host _example", "_example");
    row("TCP", "TCP");
}

void FilterTest::looksNoNameUp()
{
    QFETCH(QString, filter);
    QFETCH(QString, name);
    const auto compiled = compileFilter(filter.toStdString(), LinkType::ethernet);
    QVERIFY(!compiled);
    const QString text = QString::fromStdString(compiled.error().message);
    QVERIFY2(text.contains(QLatin1Char('"') + name + QLatin1Char('"')), qPrintable(text));
    QVERIFY2(text.contains(QLatin1String("not looked up")), qPrintable(text));
}

void FilterTest::writesKnownNamesAsNumbers_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("numbers");
    const auto row = [](const char* filter, const char* numbers) {
        QTest::newRow(filter) << QString::fromLatin1(filter) << QString::fromLatin1(numbers);
    };
    row("port http or https", "port 80 or 443");
    row("port \\domain", "port 53");
    row("ip proto \\tcp", "ip proto 6");
    row("ether proto \\ip", "ether proto \\ip");
    row("tcp[12]-1 > 2", "tcp[12]-1 > 2");
    row("host ::1 and tcp[0:2]=7", "host ::1 and tcp[0:2]=7");
}

void FilterTest::writesKnownNamesAsNumbers()
{
    QFETCH(QString, filter);
    QFETCH(QString, numbers);
    const auto text = withoutNames(filter.toStdString());
    QVERIFY(text);
    QCOMPARE(QString::fromStdString(*text), numbers);
}

void FilterTest::refusesTextThatIsTooLong()
{
    std::string filter = "tcp";
    filter.resize(maximumFilterLength, ' ');
    QVERIFY(compileFilter(filter, LinkType::ethernet));
    filter += ' ';
    const auto compiled = compileFilter(filter, LinkType::ethernet);
    QVERIFY(!compiled);
    QVERIFY(QString::fromStdString(compiled.error().message).contains(QLatin1String("4096")));
}

void FilterTest::compilesForEachLinkType_data()
{
    QTest::addColumn<int>("linkType");
    for (const LinkType type : {LinkType::null, LinkType::ethernet, LinkType::raw, LinkType::loop,
             LinkType::linuxCooked, LinkType::ipv4, LinkType::ipv6, LinkType::linuxCooked2})
        QTest::newRow(linkTypeName(type).c_str()) << int(type);
}

void FilterTest::compilesForEachLinkType()
{
    QFETCH(int, linkType);
    QVERIFY(compileFilter("tcp port 8081", LinkType(linkType)));
}

void FilterTest::holdsAgainstBytes()
{
    const auto frame = fromHex("0a0000000002 0a0000000001 0800"
                               "450000280000400040064908 c0a83865 c0a83866"
                               "9c411f91 00000001 00000000 5002ffff 0000 0000");
    QVERIFY(frame);
    const auto size = static_cast<std::uint32_t>(frame->size());
    QVERIFY(PacketFilter::compile("tcp dst port 8081", LinkType::ethernet)->matches(*frame, size));
    QVERIFY(!PacketFilter::compile("udp", LinkType::ethernet)->matches(*frame, size));
    QVERIFY(!PacketFilter::compile("tcp", LinkType::ethernet)
                 ->matches(ByteView(*frame).first(20), size));
}

TCPW_TEST(FilterTest);

#include "tst_filter.moc"
