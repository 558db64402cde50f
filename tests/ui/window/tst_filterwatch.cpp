// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/filterwatch.h"
#include "ui/testpackets.h"

#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

class FilterWatchTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { qRegisterMetaType<Notice>(); }
    void noticesWhatAFilterHides_data();
    void noticesWhatAFilterHides();
    void widensAFilterByTheConversation();

private:
    static RowChoice choice(const QString& filter);
};

RowChoice FilterWatchTest::choice(const QString& filter)
{
    RowChoice made;
    if (!filter.isEmpty())
        made.filter = *DisplayFilter::parse(filter.toStdString(), LinkType::ethernet);
    return made;
}

void FilterWatchTest::noticesWhatAFilterHides_data()
{
    QTest::addColumn<QString>("captureFilter");
    QTest::addColumn<QString>("displayFilter");
    QTest::addColumn<bool>("hides");
    QTest::addColumn<bool>("widens");
    const auto row = [](const char* name, const QString& capture, const QString& display,
                         bool hides, bool widens) {
        QTest::newRow(name) << capture << display << hides << widens;
    };
    row("no filter", {}, {}, false, false);
    row("lets both through", u"tcp port 8081"_s, u"tcp"_s, false, false);
    row("leaves out the port", u"tcp port 80"_s, {}, true, true);
    row("leaves out the answer", u"src host 192.168.56.101"_s, {}, true, true);
    row("display filter", {}, u"from kernel"_s, true, false);
    row("capture filter first", u"udp"_s, u"udp"_s, true, true);
}

void FilterWatchTest::noticesWhatAFilterHides()
{
    QFETCH(QString, captureFilter);
    QFETCH(QString, displayFilter);
    QFETCH(bool, hides);
    QFETCH(bool, widens);
    FilterWatch watch;
    QSignalSpy hidden(&watch, &FilterWatch::hidden);
    watch.look(segmentPacket({}), captureFilter, choice(displayFilter));
    // The watch does its jobs in their order: the second one's outcome tells that the first ended.
    watch.look(segmentPacket({}), u"udp port 1"_s, {});
    QTRY_VERIFY(!hidden.isEmpty() && !watch.widened().isEmpty());
    QTRY_COMPARE(hidden.size(), hides ? 2 : 1);
    QCOMPARE(hidden[0][0].value<Notice>().actionId, int(WidenFilterAction));
    if (hides)
        QCOMPARE(hidden[0][0].value<Notice>().text.contains(u"capture filter"_s), widens);
}

void FilterWatchTest::widensAFilterByTheConversation()
{
    const Packet sent = segmentPacket({});
    const QString widened = widenedFilter(u"udp or arp"_s, sent);
    const auto filter = DisplayFilter::parse(widened.toStdString(), LinkType::ethernet);
    QVERIFY2(filter.has_value(), qPrintable(widened));
    const auto matches = [&](const Packet& packet) {
        const Bytes bytes = encode(packet);
        PacketRecord record;
        record.capturedLength = record.originalLength = std::uint32_t(bytes.size());
        return filter->matches(record, bytes);
    };
    QVERIFY(matches(sent));
    QVERIFY(matches(segmentPacket({Origin::peer, ControlBits::ack})));
    QVERIFY(!matches(segmentPacket({Origin::me, ControlBits::syn, 0, 0, 40001})));
    Packet arp;
    arp.layers = {EthernetHeader{}, ArpPacket{}};
    QVERIFY(matches(arp));
}

TCPW_TEST(FilterWatchTest);
#include "tst_filterwatch.moc"
