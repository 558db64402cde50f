// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "captureblob.h"
#include "store/capturefile.h"
#include "store/temporaryfile.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace tcpw;
using namespace tcpw::test;

/// The file that a capture is saved as: what it may be, whose it stays, and that it is the old one
/// or the new one, never half of one.
class SaveTargetTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void theFileBeingShownMayBeReplaced();
    void ownerAndModeAreKept();
    void newFilesFollowTheUmask();
    void linksAreFollowed();
    void someTargetsAreRefused_data();
    void someTargetsAreRefused();
    void somebodyElsesFileIsRefused();
    void whatAKilledSaveLeftIsRemoved();
    void aKillLeavesOneOrTheOther();
    void filesWithNamesFromTheBeginningWorkToo();

private:
    std::string path(const char* name) const { return m_folder->path().toStdString() + '/' + name; }
    QStringList files() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
    std::string spools() const { return m_spools->path().toStdString(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QTemporaryDir> m_spools;
};

void SaveTargetTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_spools = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid() && m_spools->isValid());
}

void SaveTargetTest::theFileBeingShownMayBeReplaced()
{
    CaptureBlob file;
    file.pcapHeader();
    for (unsigned i = 0; i < 1000; ++i)
        file.pcapRecord(1, i, somePacket(100, i));
    writeFile(path("shown"), file.bytes());
    const auto store = PacketStore::open(path("shown"));
    QVERIFY(store);
    const ReadResult before = test::readAll(**store);
    QVERIFY(saveCapture(**store, {1, 2}, path("shown"), CaptureFormat::pcapng));
    QCOMPARE(test::readAll(**store).packets, before.packets);
    QCOMPARE(test::readAll(readFile(path("shown"))).packets.size(), std::size_t(2));
}

void SaveTargetTest::ownerAndModeAreKept()
{
    writeFile(path("mine"), somePacket(5));
    for (const mode_t mode : {0600u, 0640u, 0666u, 0604u}) {
        QCOMPARE(chmod(path("mine").c_str(), mode), 0);
        if (geteuid() == 0)
            QCOMPARE(chown(path("mine").c_str(), 65534, 65534), 0);
        struct stat before = {};
        QCOMPARE(stat(path("mine").c_str(), &before), 0);
        QVERIFY(saveCapture(
            *storeWith(spools(), batchOf(3, 60)), {}, path("mine"), CaptureFormat::pcapng));
        struct stat after = {};
        QCOMPARE(stat(path("mine").c_str(), &after), 0);
        QCOMPARE(after.st_mode, before.st_mode);
        QCOMPARE(after.st_uid, before.st_uid);
        QCOMPARE(after.st_gid, before.st_gid);
        QVERIFY(after.st_ino != before.st_ino);
    }
}

void SaveTargetTest::newFilesFollowTheUmask()
{
    const mode_t before = umask(027);
    const auto saved
        = saveCapture(*storeWith(spools(), batchOf(3, 60)), {}, path("new"), CaptureFormat::pcapng);
    umask(before);
    QVERIFY2(saved, why(messageOf(saved)));
    struct stat status = {};
    QCOMPARE(stat(path("new").c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777u, 0640u);
}

void SaveTargetTest::linksAreFollowed()
{
    mkdir(path("folder").c_str(), 0700);
    writeFile(path("folder/target"), somePacket(5));
    QCOMPARE(symlink("folder/target", path("first").c_str()), 0);
    QCOMPARE(symlink(path("first").c_str(), path("second").c_str()), 0);
    QCOMPARE(symlink("folder/new", path("dangling").c_str()), 0);
    const auto store = storeWith(spools(), batchOf(3, 60));
    QVERIFY(saveCapture(*store, {}, path("second"), CaptureFormat::pcapng));
    QVERIFY(saveCapture(*store, {}, path("dangling"), CaptureFormat::pcapng));
    for (const char* name : {"first", "second", "dangling"})
        QVERIFY(QFileInfo(QString::fromStdString(path(name))).isSymLink());
    for (const char* name : {"folder/target", "folder/new"})
        QCOMPARE(test::readAll(readFile(path(name))).packets.size(), std::size_t(3));
}

void SaveTargetTest::someTargetsAreRefused_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("folder") << QByteArray("folder") << QByteArray("folder");
    QTest::newRow("inside nothing") << QByteArray("nowhere/x") << QByteArray("no such");
    QTest::newRow("slash") << QByteArray("x/") << QByteArray("no name");
    QTest::newRow("pipe") << QByteArray("pipe") << QByteArray("not an ordinary file");
    QTest::newRow("link to itself") << QByteArray("loop") << QByteArray("link to itself");
    QTest::newRow("second name") << QByteArray("hard") << QByteArray("hard links");
    QTest::newRow("device") << QByteArray("full") << QByteArray("not an ordinary file");
}

void SaveTargetTest::someTargetsAreRefused()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, word);
    mkdir(path("folder").c_str(), 0700);
    mkfifo(path("pipe").c_str(), 0600);
    QCOMPARE(symlink("loop", path("loop").c_str()), 0);
    QCOMPARE(symlink("/dev/full", path("full").c_str()), 0);
    writeFile(path("one"), somePacket(30));
    QCOMPARE(link(path("one").c_str(), path("hard").c_str()), 0);
    const QStringList before = files();
    const auto saved = saveCapture(
        *storeWith(spools(), batchOf(3, 60)), {}, path(name.constData()), CaptureFormat::pcapng);
    QVERIFY2(has(messageOf(saved), word.toStdString()), why(messageOf(saved)));
    QCOMPARE(files(), before);
    QCOMPARE(readFile(path("one")), somePacket(30));
}

void SaveTargetTest::somebodyElsesFileIsRefused()
{
    if (geteuid() != 0)
        QSKIP("Only root can make a file that is somebody else's.");
    chmod(m_folder->path().toUtf8().constData(), 0777);
    writeFile(path("theirs"), somePacket(30));
    chmod(path("theirs").c_str(), 0666);
    writeFile(path("protected"), somePacket(31));
    QCOMPARE(chown(path("protected").c_str(), 65534, 65534), 0);
    chmod(path("protected").c_str(), 0400);
    const auto store = storeWith(spools(), batchOf(3, 60));
    const int code = inChild([this, &store] {
        if (setgid(65534) != 0 || setuid(65534) != 0)
            return 1;
        const auto theirs = saveCapture(*store, {}, path("theirs"), CaptureFormat::pcap);
        const auto shut = saveCapture(*store, {}, path("protected"), CaptureFormat::pcap);
        return has(messageOf(theirs), "belongs to somebody else")
                && has(messageOf(shut), "protected")
            ? 0
            : 2;
    });
    QCOMPARE(code, 0);
    QCOMPARE(readFile(path("theirs")), somePacket(30));
    QCOMPARE(readFile(path("protected")), somePacket(31));
    QCOMPARE(files().size(), 2);
}

void SaveTargetTest::whatAKilledSaveLeftIsRemoved()
{
    const timespec long_ago[2] = {{1000, 0}, {1000, 0}};
    for (const char* name : {".tcp-workbench-abc123", ".tcp-workbench-inuse1",
             ".tcp-workbench-longer77", "tcp-workbench-abc123"}) {
        writeFile(path(name), somePacket(10));
        QCOMPARE(utimensat(AT_FDCWD, path(name).c_str(), long_ago, 0), 0);
    }
    writeFile(path(".tcp-workbench-young1"), somePacket(10));
    const int used = open(path(".tcp-workbench-inuse1").c_str(), O_RDONLY | O_CLOEXEC);
    QCOMPARE(flock(used, LOCK_EX), 0);
    QVERIFY(
        saveCapture(*storeWith(spools(), batchOf(3, 60)), {}, path("saved"), CaptureFormat::pcap));
    close(used);
    QCOMPARE(files(),
        QStringList({QStringLiteral(".tcp-workbench-inuse1"),
            QStringLiteral(".tcp-workbench-longer77"), QStringLiteral(".tcp-workbench-young1"),
            QStringLiteral("saved"), QStringLiteral("tcp-workbench-abc123")}));
}

/// 20 kills, or 200 with TCPW_FULL=1, from the first moment of a save to after its end: to twice
/// the time that one takes, for the next may take longer.
void SaveTargetTest::aKillLeavesOneOrTheOther()
{
    const int rounds = qEnvironmentVariableIsSet("TCPW_FULL") ? 200 : 20;
    const auto store = storeWith(spools(), batchOf(20000, 200));
    QVERIFY(store);
    const auto save = [this, &store] {
        return saveCapture(*store, {}, path("target"), CaptureFormat::pcapng) ? 0 : 1;
    };
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(inChild(save), 0);
    const qint64 duration = timer.nsecsElapsed() / 1000;
    const Bytes newer = readFile(path("target"));
    const Bytes older = somePacket(1000);
    int killed = 0;
    int old = 0;
    int newAndKilled = 0;
    int saves = 0;
    for (; killed < rounds && saves < 10 * rounds; ++saves) {
        writeFile(path("target"), older);
        const qint64 moment = 1 + 2 * duration * (saves % rounds) / rounds;
        const int code = inChild([moment, &save] {
            signal(SIGALRM, [](int) { kill(getpid(), SIGKILL); });
            ualarm(static_cast<useconds_t>(std::min<qint64>(moment, 999'999)), 0);
            return save();
        });
        QVERIFY(code == 0 || code == 128 + SIGKILL);
        const Bytes now = readFile(path("target"));
        QVERIFY(now == older || now == newer);
        QVERIFY(code != 0 || now == newer);
        killed += code != 0;
        old += now == older;
        newAndKilled += code != 0 && now == newer;
    }
    const auto stray = files().size() - 1;
    qInfo("%d saves of %zu bytes, %d killed: the old file %d times, the new one %d times, never "
          "another; %d left a temporary one",
        saves, newer.size(), killed, old, newAndKilled, int(stray));
    QCOMPARE(killed, rounds);
    QVERIFY(old > 0);
    // What was left is removed once it is older than a minute.
    const timespec longAgo[2] = {{1000, 0}, {1000, 0}};
    for (const QString& name : files())
        utimensat(AT_FDCWD, path(qPrintable(name)).c_str(), longAgo, 0);
    QCOMPARE(save(), 0);
    QCOMPARE(files(), QStringList(QStringLiteral("target")));
}

void SaveTargetTest::filesWithNamesFromTheBeginningWorkToo()
{
    const std::string folder = m_folder->path().toStdString();
    {
        auto unused = TemporaryFile::createNamed(folder, 0600);
        QVERIFY(unused);
        QCOMPARE(files().size(), 1);
    }
    QCOMPARE(files().size(), 0);
    for (const bool named : {false, true}) {
        auto file = named ? TemporaryFile::createNamed(folder, 0600)
                          : TemporaryFile::create(folder, 0600);
        QVERIFY(file);
        QCOMPARE(writeAt(file->get(), 0, somePacket(30)).error, 0);
        writeFile(path("target"), somePacket(20));
        QCOMPARE(file->giveName(path("target")), EEXIST);
        QCOMPARE(readFile(path("target")), somePacket(20));
        QCOMPARE(file->replace(path("target")), 0);
        QCOMPARE(readFile(path("target")), somePacket(30));
        unlink(path("target").c_str());

        auto other = named ? TemporaryFile::createNamed(folder, 0600)
                           : TemporaryFile::create(folder, 0600);
        QVERIFY(other);
        QCOMPARE(other->giveName(path("target")), 0);
    }
    QCOMPARE(files(), QStringList(QStringLiteral("target")));
}

TCPW_TEST(SaveTargetTest);
#include "tst_savetarget.moc"
