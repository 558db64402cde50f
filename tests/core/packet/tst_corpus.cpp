// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/anomalies.h"
#include "packet/packet.h"
#include "packet/summary.h"
#include "support/testcase.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QTest>

#include <pcap/pcap.h>

#include <memory>

using namespace tcpw;

/// Every packet of every capture that libpcap opens. The captures are not part of the project:
/// TCPW_CORPUS names their folder. TCPW_FULL=1 reads every prefix of every packet, not a part.
class CorpusTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void everyPacketComesBack();
    void everyPrefixComesBack();

private:
    template <typename Visit> void forEachPacket(Visit visit);

    QStringList m_files;
    bool m_full = false;
};

namespace {

struct PcapCloser
{
    void operator()(pcap_t* handle) const { pcap_close(handle); }
};
using PcapPointer = std::unique_ptr<pcap_t, PcapCloser>;

/// The LINKTYPE_ number of a file; libpcap tells the DLT_ number, which differs for raw IP.
LinkType linkTypeOf(pcap_t* handle)
{
    const int dlt = pcap_datalink(handle);
    return dlt == DLT_RAW ? LinkType::raw : LinkType(dlt);
}

struct Place
{
    QString file;
    int number;
};

void hold(ByteView bytes, LinkType linkType, const Place& place)
{
    const Packet packet = decode(bytes, linkType);
    if (!std::ranges::equal(encode(packet), bytes))
        QFAIL(qPrintable(place.file + QLatin1Char(' ') + QString::number(place.number)));
}

} // namespace

void CorpusTest::initTestCase()
{
    const QString beside = QStringLiteral(TCPW_SOURCE_DIR "/../shared/corpus");
    const QString folder = qEnvironmentVariable("TCPW_CORPUS", beside);
    if (!QFileInfo(folder).isDir())
        QSKIP(qPrintable(
            QStringLiteral("There are no captures at %1 (TCPW_CORPUS names others).").arg(folder)));
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext())
        m_files << files.next();
    m_full = qEnvironmentVariableIntValue("TCPW_FULL") != 0;
}

/// Calls visit(bytes, link type, length on the wire, place) for each packet.
template <typename Visit> void CorpusTest::forEachPacket(Visit visit)
{
    for (const QString& file : m_files) {
        char error[PCAP_ERRBUF_SIZE] = "";
        const PcapPointer handle(pcap_open_offline(qPrintable(file), error));
        if (!handle)
            continue;
        const LinkType linkType = linkTypeOf(handle.get());
        pcap_pkthdr* header = nullptr;
        const u_char* bytes = nullptr;
        for (int number = 1; pcap_next_ex(handle.get(), &header, &bytes) == 1; ++number) {
            visit(ByteView(bytes, header->caplen), linkType, header->len, Place{file, number});
            if (QTest::currentTestFailed())
                return;
        }
    }
}

void CorpusTest::everyPacketComesBack()
{
    int count = 0;
    forEachPacket([&](ByteView bytes, LinkType linkType, std::size_t length, const Place& place) {
        hold(bytes, linkType, place);
        const Packet packet = decode(bytes, linkType);
        if (!std::ranges::equal(encode(completed(packet)), bytes))
            QFAIL(qPrintable(place.file));
        const Summary summary = summarize(packet, length);
        QVERIFY(!summary.isTcp || summary.hasPorts);
        QVERIFY(!describe(packet, length).empty());
        for (const Anomaly& anomaly : anomalies(packet, length))
            QVERIFY(anomaly.layer < packet.layers.size());
        ++count;
    });
    QVERIFY(count > 0);
    qInfo("%d packets", count);
}

void CorpusTest::everyPrefixComesBack()
{
    constexpr std::size_t longest = 200; // in the short run
    constexpr int mostPerFile = 10;
    qint64 count = 0;
    forEachPacket([&](ByteView bytes, LinkType linkType, std::size_t, const Place& place) {
        if (!m_full && place.number > mostPerFile)
            return;
        const std::size_t end = m_full ? bytes.size() : std::min(bytes.size(), longest);
        for (std::size_t size = 0; size < end; ++size, ++count)
            hold(bytes.first(size), linkType, place);
    });
    QVERIFY(count > 0);
    qInfo("%lld prefixes", static_cast<long long>(count));
}

TCPW_TEST(CorpusTest);

#include "tst_corpus.moc"
