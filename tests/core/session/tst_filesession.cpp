// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/filesession.h"
#include "support/testcase.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

class FileSessionTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();

    void saysWhenTheLimitIsReached_data();
    void saysWhenTheLimitIsReached();
    void dropsTheOldestAtTheLimit();
    void savesTheChosenPackets();
    void savesWhatWasSaidOfAPacket();
    void knowsWhatWasNotSaved();
    void knowsWhichCommentsWereNotSaved();
    void comesBackToTheLiveCapture();
    void showsTheBeginningOfALargeFileAtOnce();
    void endsOpeningOnDemand();
    void readsNoFileThatIsNotShown_data();
    void readsNoFileThatIsNotShown();
    void endsWhileAFileIsRead();
    void savesBeforeItEnds();
    void opensTheLastOfManyFiles();
    void followsAFileThatGrows();
    void saysWhenAFileWasCut();

private:
    void capture(int count);
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QString savedFile(const char* name, int packets);
    QString hugeFile() const;
    void save(const QString& path, std::vector<std::size_t> packets = {});
    std::size_t size() const { return m_session->store().size(); }

    QTemporaryDir m_folder;
    std::unique_ptr<FileSession> m_session;
};

namespace {

constexpr int large = 300'000; // packets; more than are shown at once
constexpr int huge = 10'000'000; // packets, whose indexing takes a while

PacketBatch batchOf(int count)
{
    PacketBatch batch;
    const Bytes bytes(60, 0x55);
    PacketRecord record;
    record.originalLength = 60;
    record.origin = Origin::peer;
    for (int i = 0; i < count; ++i) {
        record.timestamp = 1'700'000'000'000'000'000 + i;
        batch.append(record, bytes);
    }
    return batch;
}

/// By this process so far; -1 when the system does not say.
qint64 bytesRead()
{
    std::ifstream counters("/proc/self/io");
    std::string word;
    qint64 count = -1;
    return counters >> word >> count && word == "rchar:" ? count : -1;
}

} // namespace

void FileSessionTest::initTestCase()
{
    qRegisterMetaType<Notice>();
    qputenv("XDG_STATE_HOME", QFile::encodeName(m_folder.path()));
}

void FileSessionTest::init()
{
    m_session = std::make_unique<FileSession>();
}

void FileSessionTest::capture(int count)
{
    const std::size_t before = size();
    m_session->append(batchOf(count));
    QCOMPARE(size(), before + std::size_t(count));
}

void FileSessionTest::save(const QString& path, std::vector<std::size_t> packets)
{
    QSignalSpy saved(m_session.get(), &FileSession::saved);
    m_session->saveFile(path, std::move(packets));
    QTRY_COMPARE(saved.size(), 1);
}

QString FileSessionTest::savedFile(const char* name, int packets)
{
    FileSession other;
    other.append(batchOf(packets));
    QSignalSpy saved(&other, &FileSession::saved);
    other.saveFile(path(name));
    if (!saved.wait(30'000))
        qFatal("the test's file was not saved");
    return path(name);
}

/// A pcap file whose packets have no bytes, so that it is small for their number.
QString FileSessionTest::hugeFile() const
{
    QFile file(path("huge.pcap"));
    if (file.exists())
        return file.fileName();
    constexpr int atOnce = 10'000;
    const auto header = QByteArray::fromHex("d4c3b2a10200040000000000000000000000040001000000");
    const auto packet = QByteArray::fromHex("00f1536500000000000000003c000000");
    bool written = file.open(QIODevice::WriteOnly) && file.write(header) == header.size();
    for (int i = 0; i < huge / atOnce; ++i)
        written = written && file.write(packet.repeated(atOnce)) == packet.size() * atOnce;
    if (!written)
        qFatal("the test's file was not made");
    return file.fileName();
}

void FileSessionTest::saysWhenTheLimitIsReached_data()
{
    QTest::addColumn<quint64>("packets");
    QTest::addColumn<quint64>("bytes");
    QTest::newRow("packets") << quint64(100) << quint64(0);
    QTest::newRow("bytes") << quint64(0) << quint64(6000);
}

void FileSessionTest::saysWhenTheLimitIsReached()
{
    QFETCH(quint64, packets);
    QFETCH(quint64, bytes);
    QSignalSpy reached(m_session.get(), &FileSession::limitReached);
    m_session->setLimit({packets, bytes, false});
    capture(100);
    QTest::qWait(0);
    QCOMPARE(reached.size(), 0);
    capture(1);
    capture(1); // said once
    QTRY_COMPARE(reached.size(), 1);
    QCOMPARE(m_session->store().first(), std::size_t(0));
    m_session->setLimit(m_session->limit());
    capture(1);
    QTRY_COMPARE(reached.size(), 2);
}

void FileSessionTest::dropsTheOldestAtTheLimit()
{
    QSignalSpy dropped(m_session.get(), &FileSession::oldestDropped);
    m_session->setLimit({1000, 0, true});
    for (int i = 0; i < 50; ++i)
        capture(100);
    QCOMPARE(size(), std::size_t(5000));
    QVERIFY(size() - m_session->store().first() <= 1000);
    QVERIFY(size() - m_session->store().first() >= 900);
    QTRY_VERIFY(!dropped.isEmpty());
    QTRY_COMPARE(dropped.last()[0].toULongLong(), quint64(m_session->store().first()));
    QVERIFY(m_session->store().bytes(4999));
    QVERIFY(!m_session->store().bytes(0));
}

void FileSessionTest::savesTheChosenPackets()
{
    capture(10);
    save(path("some.pcapng"), {2, 7});
    const auto store = PacketStore::open(path("some.pcapng").toStdString());
    QVERIFY(store);
    QCOMPARE((*store)->size(), std::size_t(2));
    QCOMPARE((*store)->record(1).timestamp, m_session->store().record(7).timestamp);
}

void FileSessionTest::savesWhatWasSaidOfAPacket()
{
    capture(3);
    m_session->setComment(1, u"why this?"_s);
    save(path("said.pcapng"));
    m_session->openFile(path("said.pcapng"));
    QTRY_VERIFY(m_session->showsFile());
    QCOMPARE(m_session->store().comments(1), std::vector<std::string>{"why this?"});
    m_session->setComment(1, u"this!"_s); // of an opened file as well
    save(path("again.pcapng"));
    m_session->openFile(path("again.pcapng"));
    QTRY_COMPARE(m_session->store().path(), path("again.pcapng").toStdString());
    QCOMPARE(m_session->store().comments(1), std::vector<std::string>{"this!"});
    m_session->setComment(1, {});
    QVERIFY(m_session->store().comments(1).empty());
}

void FileSessionTest::knowsWhatWasNotSaved()
{
    QCOMPARE(m_session->unsavedCount(), 0);
    capture(3);
    QCOMPARE(m_session->unsavedCount(), 3);
    save(path("part.pcapng"), {0});
    QCOMPARE(m_session->unsavedCount(), 3);
    save(path("all.pcapng"));
    QCOMPARE(m_session->unsavedCount(), 0);
    capture(2);
    QCOMPARE(m_session->unsavedCount(), 2);
    m_session->clear();
    QCOMPARE(m_session->unsavedCount(), 0);
}

void FileSessionTest::knowsWhichCommentsWereNotSaved()
{
    capture(3);
    m_session->setComment(1, {}); // there was none
    QVERIFY(!m_session->hasUnsavedComments());
    m_session->setComment(1, u"why?"_s);
    QVERIFY(m_session->hasUnsavedComments());
    save(path("some.pcapng"), {1});
    save(path("all.pcap")); // has no comments
    QVERIFY(m_session->hasUnsavedComments());
    save(path("all.pcapng"));
    QVERIFY(!m_session->hasUnsavedComments());

    m_session->setComment(0, u"live"_s);
    m_session->openFile(path("all.pcapng"));
    QTRY_VERIFY(m_session->showsFile());
    QVERIFY(m_session->hasUnsavedComments()); // the hidden ones
    m_session->showLive();
    save(path("live.pcapng"));
    QVERIFY(!m_session->hasUnsavedComments());

    m_session->openFile(path("all.pcapng"));
    QTRY_VERIFY(m_session->showsFile());
    m_session->setComment(1, u"why?"_s); // as it is
    QVERIFY(!m_session->hasUnsavedComments());
    m_session->setComment(1, {});
    QVERIFY(m_session->hasUnsavedComments());
    QSignalSpy saved(m_session.get(), &FileSession::saved);
    m_session->saveFile(path("again.pcapng"));
    m_session->setComment(2, u"meanwhile"_s);
    QTRY_COMPARE(saved.size(), 1);
    QVERIFY(m_session->hasUnsavedComments());
    save(path("again.pcapng"));
    QVERIFY(!m_session->hasUnsavedComments());
}

void FileSessionTest::comesBackToTheLiveCapture()
{
    const QString file = savedFile("file.pcapng", 4);
    capture(3);
    m_session->openFile(file);
    QTRY_COMPARE(size(), std::size_t(4));
    QSignalSpy replaced(m_session.get(), &FileSession::replaced);
    m_session->showLive();
    QCOMPARE(replaced.size(), 1);
    QCOMPARE(size(), std::size_t(3));
    m_session->showLive();
    QCOMPARE(replaced.size(), 1);
}

void FileSessionTest::showsTheBeginningOfALargeFileAtOnce()
{
    const QString file = savedFile("large.pcapng", large);
    std::size_t first = 0;
    connect(m_session.get(), &FileSession::replaced, this, [&] { first = size(); });
    QSignalSpy appended(m_session.get(), &FileSession::appended);
    QSignalSpy progressed(m_session.get(), &FileSession::progressed);
    m_session->openFile(file);
    QTRY_COMPARE(size(), std::size_t(large));
    QVERIFY(first > 0);
    QTRY_COMPARE(progressed.last()[1].toDouble(), 1.0);
    qsizetype told = qsizetype(first);
    for (const auto& step : std::as_const(appended)) {
        QCOMPARE(step[0].toLongLong(), qlonglong(told));
        told += step[1].toLongLong();
    }
    QCOMPARE(told, qsizetype(large));
}

void FileSessionTest::endsOpeningOnDemand()
{
    const QString file = savedFile("large.pcapng", large);
    QSignalSpy noticed(m_session.get(), &FileSession::noticed);
    QSignalSpy failed(m_session.get(), &FileSession::failed);
    connect(m_session.get(), &FileSession::replaced, this, [this] { m_session->cancelWork(); });
    m_session->openFile(file);
    QTRY_VERIFY(m_session->showsFile());
    QTRY_VERIFY(size() == std::size_t(large) || noticed.size() == 1);
    if (noticed.size() == 1) // it may be faster than we are
        QVERIFY(noticed[0][0].value<Notice>().text.contains(u"cancelled"_s));
    QVERIFY(failed.isEmpty());
}

void FileSessionTest::readsNoFileThatIsNotShown_data()
{
    QTest::addColumn<QString>("then");
    QTest::newRow("another file, asked for at once") << u"other"_s;
    QTest::newRow("another file, asked for later") << u"later"_s;
    QTest::newRow("the live capture") << u"live"_s;
    QTest::newRow("a new live capture") << u"clear"_s;
}

void FileSessionTest::readsNoFileThatIsNotShown()
{
    QFETCH(QString, then);
    capture(1);
    const QString file = hugeFile();
    const QString other = savedFile("large.pcapng", large);
    const bool opensOther = then == u"other" || then == u"later";
    QList<double> shares;
    connect(m_session.get(), &FileSession::progressed, this, [&](const QString& what, double now) {
        if (what == file)
            shares << now;
    });
    m_session->openFile(file);
    if (then == u"other")
        m_session->openFile(other);
    QTRY_VERIFY(m_session->showsFile());
    if (then == u"later")
        m_session->openFile(other);
    else if (then == u"live")
        m_session->showLive();
    else if (then == u"clear")
        m_session->clear();
    save(path("meanwhile.pcapng"));
    QTRY_COMPARE(size(), std::size_t(opensOther ? large : then == u"live" ? 1 : 0));
    QTRY_COMPARE(shares.isEmpty() ? 0 : shares.last(), 1.0);
    shares.removeAll(1.0);
    QVERIFY2(shares.isEmpty() || shares.last() < 0.5, "the file was read to its end");
}

void FileSessionTest::endsWhileAFileIsRead()
{
    const QString file = hugeFile();
    const qint64 before = bytesRead();
    if (before < 0)
        QSKIP("The system does not tell how much a process reads.");
    QSignalSpy appended(m_session.get(), &FileSession::appended);
    m_session->openFile(file);
    QVERIFY(appended.wait());
    m_session.reset();
    QVERIFY2(bytesRead() - before < QFile(file).size(), "the file was read to its end");
}

void FileSessionTest::savesBeforeItEnds()
{
    capture(large);
    m_session->openFile(hugeFile());
    m_session->saveFile(path("one.pcapng"), {7});
    m_session->saveFile(path("all.pcapng"));
    m_session.reset();
    for (const auto& [name, count] : {std::pair("one.pcapng", 1), std::pair("all.pcapng", large)}) {
        const auto store = PacketStore::open(path(name).toStdString());
        QVERIFY2(store, store ? "" : store.error().message.c_str());
        QCOMPARE((*store)->size(), std::size_t(count));
        QVERIFY((*store)->problem().empty());
    }
}

void FileSessionTest::opensTheLastOfManyFiles()
{
    const QString one = savedFile("large.pcapng", large);
    const QString other = savedFile("small.pcapng", 7);
    QSignalSpy noticed(m_session.get(), &FileSession::noticed);
    for (int i = 0; i < 5; ++i) {
        m_session->openFile(one);
        m_session->openFile(path("missing.pcapng"));
        m_session->openFile(other);
    }
    QTRY_COMPARE(m_session->store().path(), other.toStdString());
    m_session->openFile(one);
    QTRY_COMPARE(size(), std::size_t(large));
    m_session->openFile(path("missing.pcapng"));
    QTRY_COMPARE(size(), std::size_t(large)); // and stays whole
    QVERIFY(noticed.isEmpty());
}

void FileSessionTest::followsAFileThatGrows()
{
    const QString whole = savedFile("whole.pcapng", 10);
    QFile from(whole), to(path("growing.pcapng"));
    QVERIFY(from.open(QIODevice::ReadOnly) && to.open(QIODevice::WriteOnly));
    const QByteArray bytes = from.readAll();
    to.write(bytes.left(bytes.size() / 2));
    to.flush();
    m_session->openFile(to.fileName());
    QTRY_VERIFY(m_session->showsFile());
    QVERIFY(size() > 0 && size() < 10);
    to.write(bytes.mid(bytes.size() / 2));
    to.flush();
    QTRY_COMPARE(size(), std::size_t(10));
}

void FileSessionTest::saysWhenAFileWasCut()
{
    const QString file = savedFile("cut.pcapng", 10);
    QSignalSpy noticed(m_session.get(), &FileSession::noticed);
    m_session->openFile(file);
    QTRY_VERIFY(m_session->showsFile());
    QVERIFY(QFile::resize(file, 100));
    QTRY_COMPARE(noticed.size(), 1);
    QVERIFY(noticed[0][0].value<Notice>().text.contains(u"changed on disk"_s));
}

TCPW_TEST(FileSessionTest);
#include "tst_filesession.moc"
