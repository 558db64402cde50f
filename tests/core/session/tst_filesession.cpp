// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "sessionfixture.h"
#include "support/testcase.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <fstream>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

class FileSessionTest : public QObject, protected SessionFixture
{
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init() { begin(); }

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
    QString hugeFile() const;
};

namespace {

constexpr int large = 300'000; // packets; more than are shown at once
constexpr int huge = 10'000'000; // packets, whose indexing takes a while

/// By this process so far; -1 when the system does not say.
qint64 bytesRead()
{
    std::ifstream counters("/proc/self/io");
    std::string word;
    qint64 count = -1;
    return counters >> word >> count && word == "rchar:" ? count : -1;
}

} // namespace

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
