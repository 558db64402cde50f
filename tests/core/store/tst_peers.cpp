// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "captureblob.h"
#include "store/capturefile.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace tcpw;
using namespace tcpw::test;

/// What we save, other programs read without a complaint, and the same in it; where they are
/// installed.
class PeersTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void tsharkReadsWhatWasSaved_data();
    void tsharkReadsWhatWasSaved();
    void capinfosReadsWhatWasSaved_data();
    void capinfosReadsWhatWasSaved();
    void tcpdumpReadsWhatWasSaved_data();
    void tcpdumpReadsWhatWasSaved();
    void editcapGivesBackTheSamePackets_data();
    void editcapGivesBackTheSamePackets();
    void aRunningSpoolCanBeRead();
    void commentsAreTheSameForTshark();
    void aSpoolThatDroppedPacketsCanBeRead_data();
    void aSpoolThatDroppedPacketsCanBeRead();
    void aSpoolOfAKilledProgramCanBeRead();

private:
    QString file(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

    QTemporaryDir m_folder;
    std::unique_ptr<PacketStore> m_store;
};

namespace {

constexpr std::size_t packetCount = 500;

struct Outcome
{
    int code = -1;
    QString output;
    QString complaints;
};

/// Runs a program in English and gives what it said; what root is told as such is left out.
Outcome run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    if (!process.waitForFinished(60000))
        return {};
    Outcome outcome{process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), {}};
    for (const QString& line :
        QString::fromUtf8(process.readAllStandardError()).split(QLatin1Char('\n')))
        if (!line.startsWith(QStringLiteral("Running as user"))
            && !line.startsWith(QStringLiteral("reading from file")))
            outcome.complaints += line;
    return outcome;
}

bool isMissing(const char* program)
{
    return QStandardPaths::findExecutable(QLatin1String(program)).isEmpty();
}

/// Ethernet frames with an EtherType for experiments, of one device and of all origins.
PacketBatch frames()
{
    PacketBatch batch;
    for (std::size_t i = 0; i < packetCount; ++i) {
        Bytes bytes = somePacket(60 + i % 1400, static_cast<unsigned>(i));
        bytes[0] = 0x0a;
        bytes[12] = 0x88;
        bytes[13] = 0xb5;
        PacketRecord record;
        record.timestamp = 1'700'000'000'123'456'789 + static_cast<std::int64_t>(i) * 1'000'000'007;
        record.originalLength = static_cast<std::uint32_t>(bytes.size() + i % 3 * 100);
        record.origin = static_cast<Origin>(i % 4);
        batch.append(record, bytes);
    }
    return batch;
}

/// Whether the blocks of a pcapng file of this machine's byte order fill it.
bool endsWithAWholeBlock(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    qint64 position = 0;
    quint32 header[2]; // type and length
    while (file.seek(position) && file.read(reinterpret_cast<char*>(header), sizeof header) == 8
        && header[1] >= 12)
        position += header[1];
    return position == file.size();
}

void addFiles()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("pcap") << QByteArray("saved.pcap");
    QTest::newRow("pcapng") << QByteArray("saved.pcapng");
}

} // namespace

void PeersTest::initTestCase()
{
    auto store = PacketStore::create(stdString(m_folder.path()));
    QVERIFY(store);
    m_store = std::move(*store);
    QVERIFY(m_store->append(frames()));
    QVERIFY(saveCapture(*m_store, {}, stdString(file("saved.pcap")), CaptureFormat::pcap));
    QVERIFY(saveCapture(*m_store, {}, stdString(file("saved.pcapng")), CaptureFormat::pcapng));
}

void PeersTest::tsharkReadsWhatWasSaved_data()
{
    addFiles();
}

void PeersTest::tsharkReadsWhatWasSaved()
{
    QFETCH(QByteArray, name);
    if (isMissing("tshark"))
        QSKIP("tshark is not installed.");
    const Outcome outcome = run(QStringLiteral("tshark"),
        {QStringLiteral("-n"), QStringLiteral("-r"), file(name.constData()), QStringLiteral("-T"),
            QStringLiteral("fields"), QStringLiteral("-e"), QStringLiteral("frame.time_epoch"),
            QStringLiteral("-e"), QStringLiteral("frame.len"), QStringLiteral("-e"),
            QStringLiteral("frame.cap_len"), QStringLiteral("-e"),
            QStringLiteral("frame.packet_flags_direction")});
    QCOMPARE(outcome.complaints, QString());
    QCOMPARE(outcome.code, 0);
    const QStringList lines = outcome.output.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), qsizetype(packetCount));
    for (std::size_t i = 0; i < packetCount; ++i) {
        const PacketRecord record = m_store->record(i);
        QString direction;
        if (name.endsWith("ng") && record.origin != Origin::unknown)
            direction = record.origin == Origin::peer ? QStringLiteral("0x00000001")
                                                      : QStringLiteral("0x00000002");
        const QString expected = QStringLiteral("%1.%2\t%3\t%4\t%5")
                                     .arg(record.timestamp / 1'000'000'000)
                                     .arg(record.timestamp % 1'000'000'000, 9, 10, QLatin1Char('0'))
                                     .arg(record.originalLength)
                                     .arg(record.capturedLength)
                                     .arg(direction);
        QCOMPARE(lines[static_cast<qsizetype>(i)], expected);
    }
}

void PeersTest::capinfosReadsWhatWasSaved_data()
{
    addFiles();
}

void PeersTest::capinfosReadsWhatWasSaved()
{
    QFETCH(QByteArray, name);
    if (isMissing("capinfos"))
        QSKIP("capinfos is not installed.");
    const Outcome outcome
        = run(QStringLiteral("capinfos"), {QStringLiteral("-M"), file(name.constData())});
    QCOMPARE(outcome.complaints, QString());
    QCOMPARE(outcome.code, 0);
    QVERIFY2(
        outcome.output.contains(QRegularExpression(QStringLiteral("Number of packets: +500\\b"))),
        qPrintable(outcome.output));
    QVERIFY2(
        outcome.output.contains(QStringLiteral("nanoseconds (9)")), qPrintable(outcome.output));
    if (name.endsWith("ng"))
        QVERIFY2(
            outcome.output.contains(QStringLiteral("TCP Workbench")), qPrintable(outcome.output));
}

void PeersTest::tcpdumpReadsWhatWasSaved_data()
{
    addFiles();
}

void PeersTest::tcpdumpReadsWhatWasSaved()
{
    QFETCH(QByteArray, name);
    if (isMissing("tcpdump"))
        QSKIP("tcpdump is not installed.");
    const Outcome outcome = run(QStringLiteral("tcpdump"),
        {QStringLiteral("-n"), QStringLiteral("--count"), QStringLiteral("-r"),
            file(name.constData())});
    QCOMPARE(outcome.complaints, QString());
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.output.trimmed(), QStringLiteral("500 packets"));
}

void PeersTest::editcapGivesBackTheSamePackets_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("format");
    for (const char* name : {"saved.pcap", "saved.pcapng"})
        for (const char* format :
            {"nsecpcap", "pcapng", "modpcap", "rh6_1pcap", "suse6_3pcap", "nokiapcap"})
            QTest::addRow("%s to %s", name, format) << QByteArray(name) << QByteArray(format);
}

void PeersTest::editcapGivesBackTheSamePackets()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, format);
    if (isMissing("editcap"))
        QSKIP("editcap is not installed.");
    const Outcome outcome = run(QStringLiteral("editcap"),
        {QStringLiteral("-F"), QString::fromLatin1(format), file(name.constData()),
            file("edited")});
    QCOMPARE(outcome.complaints, QString());
    QCOMPARE(outcome.code, 0);
    const auto opened = PacketStore::open(stdString(file("edited")));
    QVERIFY(opened);
    const ReadResult ours = test::readAll(*m_store);
    const ReadResult theirs = test::readAll(**opened);
    QCOMPARE(theirs.problem, std::string());
    QCOMPARE(theirs.packets, ours.packets);
    const bool nanoseconds = format == "nsecpcap" || format == "pcapng";
    for (std::size_t i = 0; i < packetCount; ++i) {
        const std::int64_t time = ours.records[i].timestamp;
        QCOMPARE(theirs.records[i].timestamp, nanoseconds ? time : time / 1000 * 1000);
        QCOMPARE(theirs.records[i].originalLength, ours.records[i].originalLength);
        // Other programs know directions, not who of this machine it was.
        const Origin origin
            = ours.records[i].origin == Origin::me ? Origin::kernel : ours.records[i].origin;
        if (name.endsWith("ng") && format == "pcapng")
            QCOMPARE(theirs.records[i].origin, origin);
    }
}

void PeersTest::aRunningSpoolCanBeRead()
{
    if (isMissing("capinfos"))
        QSKIP("capinfos is not installed.");
    const Outcome outcome = run(QStringLiteral("capinfos"),
        {QStringLiteral("-M"), QStringLiteral("-c"), QString::fromStdString(m_store->path())});
    QCOMPARE(outcome.complaints, QString());
    QVERIFY2(
        outcome.output.contains(QRegularExpression(QStringLiteral("Number of packets: +500\\b"))),
        qPrintable(outcome.output));
}

void PeersTest::commentsAreTheSameForTshark()
{
    if (isMissing("tshark"))
        QSKIP("tshark is not installed.");
    const QStringList comments
        = {QStringLiteral("one"), QString(), QStringLiteral("\u00e9 <b>two</b> & 100 %s")};
    CaptureBlob original;
    original.section().interface();
    for (qsizetype i = 0; i < comments.size(); ++i) {
        CaptureBlob options;
        if (!comments[i].isEmpty())
            options.option(1, stdString(comments[i]));
        original.enhancedPacket(0, std::uint64_t(i), somePacket(60), options.bytes());
    }
    writeFile(stdString(file("original")), original.bytes());
    const auto opened = PacketStore::open(stdString(file("original")));
    QVERIFY(opened);
    QVERIFY(saveCapture(**opened, {}, stdString(file("commented.pcapng")), CaptureFormat::pcapng));
    const Outcome outcome = run(QStringLiteral("tshark"),
        {QStringLiteral("-n"), QStringLiteral("-r"), file("commented.pcapng"), QStringLiteral("-T"),
            QStringLiteral("fields"), QStringLiteral("-e"), QStringLiteral("frame.comment")});
    QCOMPARE(outcome.complaints, QString());
    QCOMPARE(outcome.output, comments.join(QLatin1Char('\n')) + QLatin1Char('\n'));
}

void PeersTest::aSpoolThatDroppedPacketsCanBeRead_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("tshark") << QByteArray("tshark")
                            << QStringList{QStringLiteral("-n"), QStringLiteral("-r")};
    QTest::newRow("tcpdump") << QByteArray("tcpdump")
                             << QStringList{QStringLiteral("--count"), QStringLiteral("-r")};
    QTest::newRow("capinfos") << QByteArray("capinfos")
                              << QStringList{QStringLiteral("-M"), QStringLiteral("-c")};
}

/// 40 MB went through it, so that three blocks stand for what was dropped, of the largest size.
void PeersTest::aSpoolThatDroppedPacketsCanBeRead()
{
    QFETCH(QByteArray, program);
    QFETCH(QStringList, arguments);
    if (isMissing(program.constData()))
        QSKIP("It is not installed.");
    auto store = PacketStore::create(stdString(m_folder.path()));
    QVERIFY(store);
    while ((*store)->size() < 80 * packetCount) {
        QVERIFY((*store)->append(frames()));
        QVERIFY((*store)->dropBefore(std::max((*store)->size(), packetCount) - packetCount));
    }
    QCOMPARE((*store)->size() - (*store)->first(), packetCount);
    arguments << QString::fromStdString((*store)->path());
    const Outcome outcome = run(QString::fromLatin1(program), arguments);
    QCOMPARE(outcome.complaints, QString());
    QCOMPARE(outcome.code, 0);
    const qsizetype lines = outcome.output.count(QLatin1Char('\n'));
    const QRegularExpression told(QStringLiteral("Number of packets: +500\\b|^500 packets"));
    QVERIFY2(program == "tshark" ? lines == qsizetype(packetCount) : outcome.output.contains(told),
        qPrintable(outcome.output.right(200)));
}

/// Killed while it drops packets; ours and tshark find as many in what it left.
void PeersTest::aSpoolOfAKilledProgramCanBeRead()
{
    if (isMissing("tshark"))
        QSKIP("tshark is not installed.");
    const std::string spools = stdString(file("spools"));
    for (int round = 0; round < 3; ++round) {
        const pid_t child = fork();
        if (child == 0) {
            auto store = PacketStore::create(spools);
            while (store && (*store)->append(frames())
                && (*store)->dropBefore(std::max((*store)->size(), packetCount) - packetCount)) { }
            _exit(1);
        }
        usleep(static_cast<useconds_t>(200'000 + round * 777)); // some hundred times as much
        kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        QVERIFY(WIFSIGNALED(status));
        const auto left = findLeftSpools(spools);
        QCOMPARE(left.size(), std::size_t(1));
        const auto store = PacketStore::open(left[0]);
        QVERIFY(store && (*store)->size() >= packetCount);
        const QString spool = QString::fromStdString(left[0]);
        const Outcome outcome
            = run(QStringLiteral("tshark"), {QStringLiteral("-n"), QStringLiteral("-r"), spool});
        // The kernel ends a killed write at any page of it.
        QCOMPARE(outcome.complaints,
            endsWithAWholeBlock(spool) ? QString()
                                       : QStringLiteral("tshark: The file \"%1\" appears to have "
                                                        "been cut short in the middle of a packet.")
                                             .arg(spool));
        QCOMPARE(std::size_t(outcome.output.count(QLatin1Char('\n'))), (*store)->size());
        const QString saved = file("recovered.pcapng");
        QVERIFY(saveCapture(**store, {}, stdString(saved), CaptureFormat::pcapng));
        const Outcome recovered
            = run(QStringLiteral("tshark"), {QStringLiteral("-n"), QStringLiteral("-r"), saved});
        QCOMPARE(recovered.complaints, QString());
        QCOMPARE(recovered.output, outcome.output);
        unlink(left[0].c_str());
    }
}

TCPW_TEST(PeersTest);
#include "tst_peers.moc"
