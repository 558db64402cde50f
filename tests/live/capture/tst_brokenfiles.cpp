// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/packetbatch.h"
#include "store/capturefile.h"
#include "support/testcase.h"
#include "tcpwprocess.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tcpw;

/// `tcpw read` of files that break off or make no sense: all whole packets, then one line that says
/// what broke and where.
class BrokenFilesTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void printsWholePacketsThenTheProblem_data();
    void printsWholePacketsThenTheProblem();
    void refusesWhatIsNoCapture_data();
    void refusesWhatIsNoCapture();
    void leavesTheFileAlone();
    void refusesWrongUsage_data();
    void refusesWrongUsage();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QByteArray content(const char* format) const;
    bool write(const QByteArray& bytes) const;

    static constexpr int packets = 5;
    QTemporaryDir m_folder;
};

void BrokenFilesTest::initTestCase()
{
    const auto store = PacketStore::create(m_folder.path().toStdString());
    QVERIFY(store);
    PacketBatch batch;
    for (int i = 0; i < packets; ++i) {
        PacketRecord record;
        record.timestamp = 1'000'000'000 + i;
        record.originalLength = 60;
        record.device = std::uint8_t(i % 2);
        batch.append(record, Bytes(60, std::uint8_t(i)));
    }
    QVERIFY((*store)->append(batch));
    for (const auto& [name, format] : {std::pair("whole.pcap", CaptureFormat::pcap),
             std::pair("whole.pcapng", CaptureFormat::pcapng)})
        QVERIFY(saveCapture(**store, {}, path(QString::fromLatin1(name)).toStdString(), format));
}

QByteArray BrokenFilesTest::content(const char* format) const
{
    QFile file(path(QStringLiteral("whole.") + QString::fromLatin1(format)));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

bool BrokenFilesTest::write(const QByteArray& bytes) const
{
    QFile file(path(QStringLiteral("broken")));
    return file.open(QFile::WriteOnly) && file.write(bytes) == bytes.size();
}

void BrokenFilesTest::printsWholePacketsThenTheProblem_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("whole");
    QTest::addColumn<QByteArray>("part");
    const QByteArray pcap = content("pcap"), pcapng = content("pcapng");
    // In a pcap file a packet is 76 bytes here, after 24; in our pcapng 92 (60 and what is around).
    const auto packet = [](int number) {
        return 24 + 76 * number;
    };
    const auto block = [&pcapng](int number) {
        return int(pcapng.size()) - 92 * (packets - number);
    };
    const auto with = [](QByteArray bytes, int place, const QByteArray& other) {
        return bytes.replace(place, other.size(), other);
    };
    QTest::newRow("pcap, cut in a packet")
        << pcap.left(packet(3) - 10) << 2 << QByteArray("packet 3, which begins at offset 176");
    QTest::newRow("pcap, cut in a header")
        << pcap.left(packet(4) + 7) << 4 << QByteArray("packet 5");
    QTest::newRow("pcap, a packet of 4 GB")
        << with(pcap, packet(1) + 8, QByteArray(4, char(0xff))) << 1 << QByteArray("offset 100");
    QTest::newRow("pcapng, cut in a packet") << pcapng.left(
        block(2) + 50) << 2 << "packet 3, which begins at offset " + QByteArray::number(block(2));
    QTest::newRow("pcapng, cut in a length")
        << pcapng.left(block(4) + 6) << 4 << "offset " + QByteArray::number(block(4));
    QTest::newRow("pcapng, lengths differ") << with(pcapng, block(2) - 4, QByteArray(1, 4)) << 1
                                            << "block at offset " + QByteArray::number(block(1));
    QTest::newRow("pcapng, a block of 3 bytes") << with(pcapng, block(3) + 4,
        QByteArray::fromHex("03000000")) << 3 << "at offset " + QByteArray::number(block(3));
    QTest::newRow("pcapng, an interface that is not there")
        << with(pcapng, block(3) + 8, QByteArray(1, 77)) << 4 << QByteArray("interface 77");
}

void BrokenFilesTest::printsWholePacketsThenTheProblem()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, whole);
    QFETCH(QByteArray, part);
    QVERIFY(write(bytes));
    for (const char* format : {"tsv", "table", "json"}) {
        TcpwProcess tcpw(QStringLiteral("read --format %1 %2 2>&1")
                             .arg(QString::fromLatin1(format), path(QStringLiteral("broken"))));
        QCOMPARE(tcpw.ended(), 1);
        const auto lines = tcpw.output().split('\n');
        const int header = format[0] == 'j' ? 0 : 1;
        QVERIFY2(lines.size() == header + whole + 2, tcpw.output().constData());
        QVERIFY2(lines[header + whole].startsWith("tcpw: "), tcpw.output().constData());
        QVERIFY2(lines[header + whole].contains(part), tcpw.output().constData());
    }
}

void BrokenFilesTest::refusesWhatIsNoCapture_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("This is a letter to a friend.\n");
    QTest::newRow("half a pcap header") << content("pcap").left(20);
    QTest::newRow("half a pcapng section") << content("pcapng").left(20);
    QTest::newRow("random") << QByteArray(1000, char(0xa5));
}

void BrokenFilesTest::refusesWhatIsNoCapture()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(write(bytes));
    TcpwProcess tcpw(QStringLiteral("read ") + path(QStringLiteral("broken")));
    QCOMPARE(tcpw.ended(), 1);
    QVERIFY2(tcpw.output().isEmpty(), tcpw.output().constData());
    QCOMPARE(tcpw.errors().count('\n'), 1);
    QVERIFY2(tcpw.errors().contains("broken"), tcpw.errors().constData());
}

void BrokenFilesTest::leavesTheFileAlone()
{
    const QByteArray bytes = content("pcap").left(200);
    QVERIFY(write(bytes));
    TcpwProcess tcpw(QStringLiteral("read ") + path(QStringLiteral("broken")));
    QCOMPARE(tcpw.ended(), 1);
    QFile file(path(QStringLiteral("broken")));
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(file.readAll(), bytes);
}

void BrokenFilesTest::refusesWrongUsage_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("code");
    QTest::newRow("good") << QStringLiteral("--columns number,device,info") << 0;
    QTest::newRow("unknown column") << QStringLiteral("--columns number,colour") << 2;
    QTest::newRow("no column") << QStringLiteral("--columns ''") << 2;
    QTest::newRow("a comma too many") << QStringLiteral("--columns number,") << 2;
    QTest::newRow("unknown format") << QStringLiteral("--format csv") << 2;
    QTest::newRow("no value") << QStringLiteral("--format") << 2;
    QTest::newRow("unknown option") << QStringLiteral("--colour") << 2;
    QTest::newRow("wrong filter") << QStringLiteral("--filter 'flags ('") << 2;
}

void BrokenFilesTest::refusesWrongUsage()
{
    QFETCH(QString, words);
    QFETCH(int, code);
    TcpwProcess tcpw(QStringLiteral("read %1 %2").arg(path(QStringLiteral("whole.pcap")), words));
    QCOMPARE(tcpw.ended(), code);
    QCOMPARE(tcpw.errors().count('\n'), code == 0 ? 0 : 1);
    QCOMPARE(tcpw.output().count('\n'), code == 0 ? 1 + packets : 0);
}

TCPW_TEST(BrokenFilesTest);

#include "tst_brokenfiles.moc"
