// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "../link/testtraffic.h"
#include "store/packetstore.h"
#include "support/testcase.h"
#include "tcpwprocess.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tcpw;

/// `tcpw capture --write`.
class CaptureWritingTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void finishesTheFileAtCtrlC_data();
    void finishesTheFileAtCtrlC();
    void canBeReadWhileItIsWritten();
    void replacesAFileAtItsEndOnly();
    void writesSeveralDevices();
    void writesToStdout();
    void keepsWholePacketsOnAFullDisk_data();
    void keepsWholePacketsOnAFullDisk();
    void saysThatNothingFits();

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }
    Result<std::unique_ptr<PacketStore>> open(const QString& name) const
    {
        return PacketStore::open(QFile::encodeName(path(name)).toStdString());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<NetworkNamespace> m_far;
    std::unique_ptr<VethPair> m_pair;
};

void CaptureWritingTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
}

void CaptureWritingTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_far = std::make_unique<NetworkNamespace>();
    m_pair = std::make_unique<VethPair>(*m_far);
    QVERIFY(m_pair->valid());
    QVERIFY(knowNeighbours(*m_far));
}

void CaptureWritingTest::cleanup()
{
    ip("link del near1", Quiet::yes);
    m_pair.reset();
    m_far.reset();
}

/// The payloads of the test's packets in a store, in their order.
static QStringList payloads(const PacketStore& store)
{
    QStringList list;
    for (std::size_t i = 0; i < store.size(); ++i)
        if (const auto bytes = store.bytes(i);
            bytes && !payloadOf({store.record(i), *bytes}).empty())
            list << QString::fromStdString(payloadOf({store.record(i), *bytes}));
    return list;
}

void CaptureWritingTest::finishesTheFileAtCtrlC_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("pcapng") << QStringLiteral("x.pcapng");
    QTest::newRow("pcap") << QStringLiteral("x.pcap");
    QTest::newRow("upper case") << QStringLiteral("X.PCAP");
    QTest::newRow("no ending") << QStringLiteral("x");
}

void CaptureWritingTest::finishesTheFileAtCtrlC()
{
    QFETCH(QString, name);
    TcpwProcess tcpw(
        QStringLiteral("capture --device near0 --filter 'udp port 9009' --write ") + path(name));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path(name)), patience);
    QCOMPARE(
        sendByOtherProgram("near0", {udpFrame("a"), udpFrame("b"), udpFrame("c")}), std::size_t{3});
    tcpw.interrupt();
    QCOMPARE(tcpw.ended(), 0);
    QVERIFY2(tcpw.errors().contains("3 packets captured, 0 missed"), tcpw.errors().constData());
    const auto store = open(name);
    QVERIFY(store);
    QCOMPARE((*store)->problem(), std::string());
    QCOMPARE(payloads(**store),
        QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
    QFile file(path(name));
    QVERIFY(file.open(QFile::ReadOnly));
    const bool classic = name.endsWith(QLatin1String("pcap"), Qt::CaseInsensitive);
    QCOMPARE(file.read(4).toHex(), classic ? QByteArray("4d3cb2a1") : QByteArray("0a0d0d0a"));
    QCOMPARE(QString::fromStdString((*store)->deviceName(0)),
        classic ? QString() : QStringLiteral("near0"));
}

void CaptureWritingTest::canBeReadWhileItIsWritten()
{
    TcpwProcess tcpw(QStringLiteral("capture --device near0 --filter 'udp port 9009' --write ")
        + path(QStringLiteral("x.pcapng")));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path(QStringLiteral("x.pcapng"))), patience);
    QCOMPARE(sendByOtherProgram("near0", {udpFrame("a")}), std::size_t{1});
    const auto written = [this] {
        const auto store = open(QStringLiteral("x.pcapng"));
        return store && (*store)->size() == 1;
    };
    QTRY_VERIFY_WITH_TIMEOUT(written(), patience);
    tcpw.kill(); // what was written stays
    QCOMPARE(tcpw.ended(), -1);
    QVERIFY(written());
}

void CaptureWritingTest::replacesAFileAtItsEndOnly()
{
    QFile file(path(QStringLiteral("x.pcapng")));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write("precious");
    file.close();
    const auto content = [&file]() -> QByteArray {
        QFile reader(file.fileName());
        return reader.open(QFile::ReadOnly) ? reader.read(8) : QByteArray();
    };
    TcpwProcess killed(
        QStringLiteral("capture --device near0 --seconds 60 --write ") + file.fileName());
    QTest::qWait(300);
    killed.kill();
    QCOMPARE(killed.ended(), -1);
    QCOMPARE(content(), QByteArray("precious"));
    TcpwProcess whole(
        QStringLiteral("capture --device near0 --seconds 0.2 --write ") + file.fileName());
    QCOMPARE(whole.ended(), 0);
    QVERIFY(content().startsWith(QByteArray::fromHex("0a0d0d0a")));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden),
        QStringList(QStringLiteral("x.pcapng")));
}

void CaptureWritingTest::writesSeveralDevices()
{
    QVERIFY(ip("link add near1 type veth peer name far1") && ip("link set near1 up")
        && ip("link set far1 up"));
    TcpwProcess tcpw(
        QStringLiteral(
            "capture --device near0 --device near1 --filter 'udp port 9009' --count 5 --write ")
        + path(QStringLiteral("x.pcapng")));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path(QStringLiteral("x.pcapng"))), patience);
    QCOMPARE(sendByOtherProgram("near0", {udpFrame("a"), udpFrame("a")}), std::size_t{2});
    QCOMPARE(sendByOtherProgram("near1", std::vector<Bytes>(3, udpFrame("b"))), std::size_t{3});
    QCOMPARE(tcpw.ended(), 0);
    const auto store = open(QStringLiteral("x.pcapng"));
    QVERIFY(store && (*store)->size() == 5);
    for (std::size_t i = 0; i < 5; ++i)
        QCOMPARE((*store)->deviceName((*store)->record(i).device),
            payloadOf({(*store)->record(i), *(*store)->bytes(i)}) == "a" ? std::string("near0")
                                                                         : std::string("near1"));
    TcpwProcess read(QStringLiteral("read --format tsv ") + path(QStringLiteral("x.pcapng")));
    QCOMPARE(read.ended(), 0);
    QVERIFY(read.count("device")
        == (std::map<QString, int>{{QStringLiteral("near0"), 2}, {QStringLiteral("near1"), 3}}));
}

void CaptureWritingTest::writesToStdout()
{
    TcpwProcess tcpw(
        QStringLiteral("capture --device near0 --filter 'udp port 9009' --count 2 --write - | cat"),
        {});
    QVERIFY2(tcpw.begun(), tcpw.errors().constData());
    QCOMPARE(sendByOtherProgram("near0", {udpFrame("a"), udpFrame("b")}), std::size_t{2});
    QCOMPARE(tcpw.ended(), 0);
    QFile file(path(QStringLiteral("x")));
    QVERIFY(file.open(QFile::WriteOnly));
    QCOMPARE(file.write(tcpw.output()), tcpw.output().size());
    file.close();
    const auto store = open(QStringLiteral("x"));
    QVERIFY(store);
    QCOMPARE((*store)->problem(), std::string());
    QCOMPARE(payloads(**store), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
}

void CaptureWritingTest::keepsWholePacketsOnAFullDisk_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("before");
    const QString disk = QStringLiteral("exec unshare -m sh -c 'mount -t tmpfs -o size=64k none "
                                        "\"$1\" && cd \"$1\" && shift && \"$@\"; code=$?; cp x.* "
                                        "../out; exit $code' sh disk");
    for (const char* name : {"x.pcapng", "x.pcap"}) {
        const QString file = QString::fromLatin1(name);
        QTest::addRow("a small disk, %s", name) << file << disk;
        QTest::addRow("a limit to a file's size, %s", name)
            << file << QStringLiteral("ulimit -f 64; cd out; exec");
    }
}

void CaptureWritingTest::keepsWholePacketsOnAFullDisk()
{
    QFETCH(QString, name);
    QFETCH(QString, before);
    QDir(m_folder->path()).mkdir(QStringLiteral("out"));
    QDir(m_folder->path()).mkdir(QStringLiteral("disk"));
    TcpwProcess tcpw(
        QStringLiteral("capture --device near0 --filter 'udp port 9009' --write ") + name,
        QStringLiteral("cd ") + m_folder->path() + QStringLiteral("; ") + before);
    std::size_t sent = 0;
    for (int i = 0; i < 1000 && tcpw.isRunning(); ++i) {
        std::vector<Bytes> frames;
        for (int j = 0; j < 20; ++j)
            frames.push_back(udpFrame("packet " + std::to_string(++sent)));
        QCOMPARE(sendByOtherProgram("near0", frames), frames.size());
        QTest::qWait(10);
    }
    QVERIFY2(tcpw.ended() == 1, tcpw.errors().constData());
    const auto store = open(QStringLiteral("out/") + name);
    QVERIFY2(store, tcpw.errors().constData());
    QCOMPARE((*store)->problem(), std::string());
    const QByteArray told
        = "first " + QByteArray::number(qulonglong((*store)->size())) + " packets";
    QVERIFY2((*store)->size() > 100 && tcpw.errors().contains(told), tcpw.errors().constData());
    const QStringList kept = payloads(**store);
    QCOMPARE(kept.size(), qsizetype((*store)->size()));
    const int first = kept.front().mid(7).toInt();
    for (qsizetype i = 0; i < kept.size(); ++i)
        QCOMPARE(kept[i], QStringLiteral("packet %1").arg(first + i));
}

void CaptureWritingTest::saysThatNothingFits()
{
    TcpwProcess tcpw(QStringLiteral("capture --device near0 --seconds 60 --write x.pcapng"),
        QStringLiteral("cd ") + m_folder->path() + QStringLiteral("; ulimit -f 0; exec"));
    QCOMPARE(tcpw.ended(), 1);
    QVERIFY2(tcpw.errors().contains("No packet was saved."), tcpw.errors().constData());
    QVERIFY(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).isEmpty());
}

TCPW_TEST(CaptureWritingTest);

#include "tst_capturewriting.moc"
