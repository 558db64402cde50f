// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/segment.h"
#include "connection/tracker.h"
#include "store/packetreader.h"
#include "support/testcase.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QTest>

#include <zlib.h>

#include <array>
#include <memory>

namespace tcpw {

namespace {

// The reference's column of each name, in the order of AnalysisName.
const std::array columns{"retransmission", "fast_retransmission", "spurious_retransmission",
    "out_of_order", "duplicate_ack_num", "zero_window", "zero_window_probe",
    "zero_window_probe_ack", "window_update", "window_full", "keep_alive", "keep_alive_ack",
    "lost_segment", "ack_lost_segment", "reused_ports"};

struct GzipCloser
{
    void operator()(gzFile_s* file) const { gzclose(file); }
};

/// The lines of a file packed by gzip, split at tabs.
QList<QList<QByteArray>> unpackedRows(const QString& path)
{
    const std::unique_ptr<gzFile_s, GzipCloser> file(gzopen(qPrintable(path), "rb"));
    QByteArray text;
    std::array<char, 65536> buffer;
    while (const int count = file ? gzread(file.get(), buffer.data(), buffer.size()) : 0) {
        if (count < 0)
            break;
        text.append(buffer.data(), count);
    }
    QList<QList<QByteArray>> rows;
    for (const QByteArray& line : text.split('\n'))
        if (!line.isEmpty())
            rows << line.split('\t');
    return rows;
}

struct Score
{
    int hits = 0; ///< frames on which either side sets the name
    int agree = 0;
    QByteArray firstDifference;
};

} // namespace

/// Holds numbers and names against what Wireshark 4.0 said of captures that are not part of the
/// project: TCPW_CORPUS names their folder, which has the answers in truth/.
class TrackerCorpusTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void readerAgreesWithTheDecoder();
    void namesAndNumbersAgree();

private:
    void compareFile(const QString& capture, const QString& truth);
    void compareRow(const TrackedPacket& tracked, const QHash<QByteArray, QByteArray>& row,
        const QByteArray& place);

    QString m_folder;
    std::array<Score, columns.size()> m_scores;
    int m_numbers = 0;
    int m_otherNumbers = 0;
};

void TrackerCorpusTest::initTestCase()
{
    const QString beside = QStringLiteral(TCPW_SOURCE_DIR "/../shared/corpus");
    m_folder = qEnvironmentVariable("TCPW_CORPUS", beside);
    if (!QFileInfo(m_folder).isDir())
        QSKIP(qPrintable(QStringLiteral("There are no captures at %1 (TCPW_CORPUS names others).")
                             .arg(m_folder)));
}

void TrackerCorpusTest::readerAgreesWithTheDecoder()
{
    int count = 0;
    QDirIterator files(m_folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const auto store = PacketStore::open(QFile::encodeName(path).toStdString());
        if (!store)
            continue;
        PacketReader reader(**store);
        for (std::size_t i = 0; i < (*store)->size(); ++i, ++count) {
            const auto bytes = reader.bytes(i);
            const PacketRecord record = (*store)->record(i);
            QVERIFY(bytes);
            const auto segment = readSegment(*bytes, record.linkType, record.originalLength);
            const Packet packet = decode(*bytes, record.linkType);
            const auto found = findSegment(packet);
            const QByteArray place = path.toUtf8() + ' ' + QByteArray::number(qint64(i) + 1);
            QVERIFY2(segment.has_value() == found.has_value(), place.constData());
            if (!segment)
                continue;
            const auto& tcp = std::get<TcpHeader>(packet.layers[found->tcp]);
            QVERIFY2(segment->sequenceNumber == tcp.sequenceNumber, place.constData());
            QVERIFY2(segment->controlBits == tcp.controlBits, place.constData());
            QVERIFY2(segment->source.port == tcp.sourcePort, place.constData());
            QVERIFY2(segment->hasTimestamps == findTimestamps(tcp.options).has_value(),
                place.constData());
        }
    }
    qInfo("%d packets", count);
}

void TrackerCorpusTest::compareRow(
    const TrackedPacket& tracked, const QHash<QByteArray, QByteArray>& row, const QByteArray& place)
{
    if (!row.value("tcp.ack_raw").isEmpty()) { // empty where the header cannot be
        ++m_numbers;
        m_otherNumbers += row.value("tcp.stream") == QByteArray::number(tracked.connection) ? 0 : 1;
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const bool wanted = !row.value(QByteArray("tcp.analysis.") + columns[i]).isEmpty();
        const bool named = tracked.names.has(AnalysisName(i));
        m_scores[i].hits += wanted || named ? 1 : 0;
        m_scores[i].agree += wanted && named ? 1 : 0;
        if (wanted != named && m_scores[i].firstDifference.isEmpty())
            m_scores[i].firstDifference = place;
    }
}

void TrackerCorpusTest::compareFile(const QString& capture, const QString& truth)
{
    const auto store = PacketStore::open(QFile::encodeName(capture).toStdString());
    const auto rows = unpackedRows(truth);
    if (!store || rows.isEmpty())
        return;
    QHash<qsizetype, QHash<QByteArray, QByteArray>> byNumber;
    for (const auto& cells : rows.mid(1)) {
        QHash<QByteArray, QByteArray> row;
        for (qsizetype i = 0; i < qMin(cells.size(), rows[0].size()); ++i)
            row[rows[0][i]] = cells[i];
        if (row.value("class") == "direct")
            byNumber[row.value("frame.number").toLongLong()] = row;
    }
    PacketReader reader(**store);
    Tracker tracker;
    for (std::size_t i = 0; i < (*store)->size(); ++i) {
        const auto bytes = reader.bytes(i);
        if (!bytes)
            return;
        const auto number = static_cast<qsizetype>(i) + 1;
        const auto tracked
            = tracker.add(static_cast<std::uint32_t>(number), (*store)->record(i), *bytes);
        if (byNumber.contains(number) && tracked.isTcp())
            compareRow(tracked, byNumber[number],
                capture.toUtf8() + ' ' + QByteArray::number(qint64(number)));
    }
}

void TrackerCorpusTest::namesAndNumbersAgree()
{
    const QDir truth(m_folder + QStringLiteral("/truth"));
    if (!truth.exists())
        QSKIP("The captures have no answers beside them.");
    const QString ending = QStringLiteral(".tsv.gz");
    QDirIterator files(truth.path(), {u'*' + ending}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const QString name = truth.relativeFilePath(path);
        compareFile(m_folder + u'/' + name.left(name.size() - ending.size()), path);
    }
    QVERIFY(m_numbers > 0);
    QCOMPARE(m_otherNumbers, 0);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const Score& score = m_scores[i];
        qInfo("%s: %d of %d %s", columns[i], score.agree, score.hits,
            score.firstDifference.constData());
        QVERIFY2(score.agree * 1000 >= score.hits * 995, columns[i]);
    }
}

TCPW_TEST(TrackerCorpusTest);

} // namespace tcpw

#include "tst_trackercorpus.moc"
