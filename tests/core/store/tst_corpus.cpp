// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/packetreader.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;

/// Every capture of a collection that is not part of the project (TCPW_CORPUS, or shared/corpus
/// beside the repository): opened, or refused with a sentence, with as many packets as Wireshark
/// counts.
class CorpusTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void everyFileOpensOrSaysWhyNot();
    void wholeFilesHaveAsManyPacketsAsForWireshark();
    void generatedAndCompressedOnesOpen_data();
    void generatedAndCompressedOnesOpen();

private:
    QString m_corpus;
    QTemporaryDir m_state;
};

namespace {

/// A row of the collection's list: what Wireshark made of the file.
struct Row
{
    QString path;
    QString kind;
    qsizetype packets = -1; ///< unknown
    QString note;
};

std::vector<Row> rowsOf(const QString& list)
{
    std::vector<Row> rows;
    QFile file(list);
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    const QList<QByteArray> names = file.readLine().trimmed().split('\t');
    const qsizetype path = names.indexOf("path");
    const qsizetype kind = names.indexOf("kind");
    const qsizetype packets = names.indexOf("packets");
    const qsizetype note = names.indexOf("note");
    while (!file.atEnd()) {
        const QList<QByteArray> cells = file.readLine().split('\t');
        Row row;
        row.path = QString::fromUtf8(cells.value(path));
        row.kind = QString::fromUtf8(cells.value(kind));
        bool known = false;
        row.packets = cells.value(packets).toLongLong(&known);
        row.packets = known ? row.packets : -1;
        row.note = QString::fromUtf8(cells.value(note));
        rows.push_back(row);
    }
    return rows;
}

} // namespace

void CorpusTest::initTestCase()
{
    m_corpus
        = qEnvironmentVariable("TCPW_CORPUS", QStringLiteral(TCPW_SOURCE_DIR "/../shared/corpus"));
    if (!QFileInfo::exists(m_corpus + QStringLiteral("/MANIFEST.tsv")))
        QSKIP("There is no collection of captures here (TCPW_CORPUS).");
    qputenv("XDG_STATE_HOME", m_state.path().toUtf8());
}

void CorpusTest::everyFileOpensOrSaysWhyNot()
{
    int opened = 0;
    int refused = 0;
    std::size_t packets = 0;
    QDirIterator files(m_corpus, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const std::string path = stdString(files.next());
        QElapsedTimer timer;
        timer.start();
        const auto store = PacketStore::open(path);
        if (store) {
            PacketReader reader(**store);
            for (std::size_t i = 0; i < (*store)->size(); ++i) {
                const auto bytes = reader.bytes(i);
                QVERIFY2(bytes && bytes->size() == (*store)->record(i).capturedLength, why(path));
            }
            packets += (*store)->size();
            ++opened;
        } else {
            QVERIFY2(store.error().message.size() > 20 && store.error().message.back() == '.',
                why(path));
            ++refused;
        }
        QVERIFY2(timer.elapsed() < 2000, why(path));
    }
    qInfo("%d files opened, %d refused, %zu packets", opened, refused, packets);
    QVERIFY(opened > 0);
}

void CorpusTest::wholeFilesHaveAsManyPacketsAsForWireshark()
{
    int different = 0;
    for (const Row& row : rowsOf(m_corpus + QStringLiteral("/MANIFEST.tsv"))) {
        if (row.kind != QStringLiteral("capture") || row.packets < 0)
            continue;
        const auto store = PacketStore::open(stdString(m_corpus + QLatin1Char('/') + row.path));
        const qsizetype count = store ? static_cast<qsizetype>((*store)->size()) : -1;
        if (count == row.packets)
            continue;
        const std::string reason = store ? (*store)->problem() : store.error().message;
        qInfo("%s: %lld packets, Wireshark has %lld. %s [%s]", qUtf8Printable(row.path),
            static_cast<long long>(count), static_cast<long long>(row.packets), reason.c_str(),
            qUtf8Printable(row.note));
        const bool excused = row.note.contains(QStringLiteral("malformed"))
            || row.note.contains(QStringLiteral("unknown file format"));
        different += reason.empty() || !excused;
    }
    QCOMPARE(different, 0);
}

void CorpusTest::generatedAndCompressedOnesOpen_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("ending");
    QTest::newRow("pcapng-test-generator")
        << QStringLiteral("pcapng-test-generator") << QStringLiteral("*.pcapng");
    QTest::newRow("gzip") << QString() << QStringLiteral("*.gz");
}

/// Those that show all forms that pcapng has, and all captures that are packed by gzip (what is in
/// truth/ are tables).
void CorpusTest::generatedAndCompressedOnesOpen()
{
    QFETCH(QString, folder);
    QFETCH(QString, ending);
    const QString top = m_corpus + QLatin1Char('/');
    int opened = 0;
    std::size_t packets = 0;
    QStringList others;
    QDirIterator files(top + folder, {ending}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (path.startsWith(top + QStringLiteral("truth/")))
            continue;
        const auto store = PacketStore::open(stdString(path));
        const std::string problem = store ? (*store)->problem() : store.error().message;
        opened += store.has_value();
        packets += store ? (*store)->size() : 0;
        if (!problem.empty())
            others << path.mid(top.size()) + QStringLiteral(": ") + QString::fromStdString(problem);
    }
    qInfo("%d files opened, %zu packets, %d with a complaint", opened, packets, int(others.size()));
    QVERIFY2(others.isEmpty(), qPrintable(others.join(QLatin1Char('\n'))));
    QVERIFY(opened > 0);
}

TCPW_TEST(CorpusTest);
#include "tst_corpus.moc"
