// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "captureblob.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;

/// Captures that are packed with gzip: whole, broken, and on purpose too large.
class GzipFilesTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void canBeCancelled();
    void unpacksGzip_data();
    void unpacksGzip();
    void keepsWhatBrokenGzipHeld();
    void stopsAtABomb();
    void leavesNoUnpackedFileBehind();

private:
    std::string path(const char* name) const { return m_folder->path().toStdString() + '/' + name; }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void GzipFilesTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    qputenv("XDG_STATE_HOME", m_folder->path().toUtf8() + "/state");
}

void GzipFilesTest::canBeCancelled()
{
    CaptureBlob file;
    file.pcapHeader();
    for (unsigned i = 0; i < 200000; ++i)
        file.pcapRecord(i + 1, 0, {});
    writeFile(path("long"), file.bytes());
    double last = 0;
    const auto all = PacketStore::open(path("long"), [&last](double share) {
        const bool grows = share > last && share <= 1;
        last = share;
        return grows;
    });
    QVERIFY(all);
    QVERIFY(last > 0);
    writeFile(path("long.gz"), gzipped(file.bytes()));
    for (const double until : {0.0, 0.4, 0.7, 0.99}) {
        bool grows = true;
        double reached = 0;
        const auto cancelled
            = PacketStore::open(path("long.gz"), [&grows, &reached, until](double share) {
                  grows = grows && share >= reached;
                  reached = share;
                  return share < until;
              });
        QVERIFY(!cancelled);
        QVERIFY2(has(cancelled.error().message, "cancelled"), why(cancelled.error().message));
        QVERIFY(grows && reached >= until);
    }
}

void GzipFilesTest::unpacksGzip_data()
{
    QTest::addColumn<bool>("modern");
    QTest::newRow("pcap") << false;
    QTest::newRow("pcapng") << true;
}

void GzipFilesTest::unpacksGzip()
{
    QFETCH(bool, modern);
    const CaptureBlob file = someCapture(modern, 3000);
    const ReadResult expected = test::readAll(file.bytes());
    const auto half = ByteView(file.bytes()).first(file.size() / 2);
    Bytes members = gzipped(half); // two members, as when files are joined, and something behind
    const Bytes second = gzipped(ByteView(file.bytes()).subspan(half.size()));
    members.insert(members.end(), second.begin(), second.end());
    members.insert(members.end(), 20, 0);
    for (const Bytes& packed : {gzipped(file.bytes()), members}) {
        writeFile(path("packed.gz"), packed);
        const auto store = PacketStore::open(path("packed.gz"));
        QVERIFY2(store, why(store ? "" : store.error().message));
        const ReadResult read = test::readAll(**store);
        QCOMPARE(read.packets, expected.packets);
        QCOMPARE(read.problem, std::string());
        QCOMPARE((*store)->path(), path("packed.gz"));
    }
}

void GzipFilesTest::keepsWhatBrokenGzipHeld()
{
    const CaptureBlob file = someCapture(true, 3000);
    const Bytes packed = gzipped(file.bytes());
    writeFile(path("cut.gz"), ByteView(packed).first(packed.size() / 2));
    const auto cut = PacketStore::open(path("cut.gz"));
    QVERIFY2(cut, why(cut ? "" : cut.error().message));
    QVERIFY((*cut)->size() > 10 && (*cut)->size() < 3000);
    QVERIFY2(has((*cut)->problem(), "ends too early"), why((*cut)->problem()));
    QVERIFY2(has((*cut)->problem(), "in the middle of"), why((*cut)->problem()));

    Bytes damaged = packed;
    for (std::size_t i = damaged.size() / 2; i < damaged.size() / 2 + 16; ++i)
        damaged[i] = static_cast<std::uint8_t>(damaged[i] ^ 0x5a);
    writeFile(path("damaged.gz"), damaged);
    const auto hurt = PacketStore::open(path("damaged.gz"));
    QVERIFY2(hurt, why(hurt ? "" : hurt.error().message));
    QVERIFY2(has((*hurt)->problem(), "damaged"), why((*hurt)->problem()));

    writeFile(path("text.gz"), gzipped(somePacket(1000)));
    QVERIFY(has(openInTime(path("text.gz")), "what is inside is not a capture"));
    writeFile(path("empty.gz"), gzipped({}));
    QVERIFY(has(openInTime(path("empty.gz")), "nothing inside"));
    writeFile(path("header.gz"), ByteView(packed).first(5));
    QVERIFY(has(openInTime(path("header.gz")), "ends too early"));
}

void GzipFilesTest::stopsAtABomb()
{
    // 300 MiB of zeros behind a header, in members of 4 MiB: 1000 times its size.
    CaptureBlob header;
    header.pcapHeader().pcapRecord(1, 0, somePacket(60));
    Bytes bomb = gzipped(header.bytes());
    const Bytes zeros = gzipped(Bytes(4 << 20));
    for (int i = 0; i < 75; ++i)
        bomb.insert(bomb.end(), zeros.begin(), zeros.end());
    writeFile(path("bomb.gz"), bomb);
    const auto store = PacketStore::open(path("bomb.gz"));
    QVERIFY2(store, why(store ? "" : store.error().message));
    QCOMPARE((*store)->size(), std::size_t(1));
    QVERIFY2(has((*store)->problem(), "unpacks to more than"), why((*store)->problem()));
    QVERIFY2(has((*store)->problem(), "only zero bytes follow"), why((*store)->problem()));
}

void GzipFilesTest::leavesNoUnpackedFileBehind()
{
    writeFile(path("packed.gz"), gzipped(someCapture(true).bytes()));
    const QString state = m_folder->path() + QStringLiteral("/state/tcp-workbench");
    const auto store = PacketStore::open(path("packed.gz"));
    QVERIFY(store);
    QVERIFY(QDir(state).exists());
    QCOMPARE(QDir(state).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList());
}

TCPW_TEST(GzipFilesTest);
#include "tst_gzipfiles.moc"
