// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "captureblob.h"
#include "store/capturefile.h"
#include "store/packetreader.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace tcpw;
using namespace tcpw::test;

/// Capture files on disk: what may be opened, and what happens to them while they are open.
class OpenedFileTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void isReadWhereItLies();
    void isReadInAnyOrder();
    void neverHangsOnWhatIsNoFile_data();
    void neverHangsOnWhatIsNoFile();
    void needsThePermissionToRead();
    void mayHaveAnyName();
    void saysWhenItWasTruncated();
    void saysWhenItWasOverwritten();
    void outlivesItsName();
    void mayGrow();
    void cannotBeAddedTo();
    void limitsLinkTypes();
    void givesComments();

private:
    std::string path(const char* name) const { return m_folder->path().toStdString() + '/' + name; }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void OpenedFileTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    qputenv("XDG_STATE_HOME", m_folder->path().toUtf8() + "/state");
}

void OpenedFileTest::isReadWhereItLies()
{
    for (const bool modern : {false, true}) {
        const CaptureBlob file = someCapture(modern);
        writeFile(path("good"), file.bytes());
        const auto store = PacketStore::open(path("good"));
        QVERIFY2(store, why(store ? "" : store.error().message));
        QCOMPARE((*store)->path(), path("good"));
        const ReadResult expected = test::readAll(file.bytes());
        const ReadResult read = test::readAll(**store);
        QCOMPARE(read.packets, expected.packets);
        QCOMPARE(read.packets.size(), std::size_t(50));
        QCOMPARE(read.problem, std::string());
        QCOMPARE(read.records[49].timestamp, expected.records[49].timestamp);
        QVERIFY(!(*store)->bytes(50));
        QCOMPARE((*store)->record(50).capturedLength, 0u);
    }
}

void OpenedFileTest::isReadInAnyOrder()
{
    const CaptureBlob file = someCapture(true, 2000);
    writeFile(path("good"), file.bytes());
    const auto store = PacketStore::open(path("good"));
    QVERIFY(store);
    const ReadResult expected = test::readAll(file.bytes());
    PacketReader reader(**store);
    for (std::size_t i = 0; i < 6000; ++i) {
        // First in order, then backwards, then all over the place.
        const std::size_t index = i < 2000 ? i : i < 4000 ? 3999 - i : i * 977 % 2000;
        const auto bytes = reader.bytes(index);
        QVERIFY2(bytes, why(bytes ? "" : bytes.error().message));
        QCOMPARE(Bytes(bytes->begin(), bytes->end()), expected.packets[index]);
    }
    QVERIFY(!reader.bytes(2000));
}

void OpenedFileTest::neverHangsOnWhatIsNoFile_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("folder") << QByteArray("folder") << QByteArray("is a folder");
    QTest::newRow("pipe without writer") << QByteArray("pipe") << QByteArray("is a pipe");
    QTest::newRow("socket") << QByteArray("socket") << QByteArray("is a socket");
    QTest::newRow("link to a device") << QByteArray("link") << QByteArray("is a device");
    QTest::newRow("endless device") << QByteArray("/dev/zero") << QByteArray("is a device");
    QTest::newRow("terminal") << QByteArray("/dev/tty") << QByteArray("/dev/tty");
    QTest::newRow("nothing") << QByteArray("nothing") << QByteArray("there is no such file");
    QTest::newRow("empty") << QByteArray("empty") << QByteArray("It is empty");
}

void OpenedFileTest::neverHangsOnWhatIsNoFile()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, word);
    mkdir(path("folder").c_str(), 0700);
    QCOMPARE(mkfifo(path("pipe").c_str(), 0600), 0);
    QCOMPARE(symlink("/dev/zero", path("link").c_str()), 0);
    writeFile(path("empty"), {});
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    path("socket").copy(address.sun_path, sizeof(address.sun_path) - 1);
    const int socketFile = socket(AF_UNIX, SOCK_STREAM, 0);
    QCOMPARE(bind(socketFile, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);

    const std::string target = name.startsWith('/') ? name.toStdString() : path(name.constData());
    const std::string message = openInTime(target);
    close(socketFile);
    QVERIFY2(has(message, word.toStdString()), why(message));
    QVERIFY2(has(message, '"' + target + '"'), why(message));
}

void OpenedFileTest::needsThePermissionToRead()
{
    writeFile(path("secret"), someCapture(false).bytes());
    chmod(path("secret").c_str(), 0);
    chmod(m_folder->path().toUtf8().constData(), 0755);
    const std::string file = path("secret");
    const int code = inChild([&file] {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            return cannotTry;
        const auto store = PacketStore::open(file);
        return !store && has(store.error().message, "permission denied") ? 0 : 1;
    });
    if (code == cannotTry)
        QSKIP("Another user cannot be had here.");
    QCOMPARE(code, 0);
}

void OpenedFileTest::mayHaveAnyName()
{
    for (const char* name : {"-w", "a\nb\tc", "\xff\xfe.pcap", "%s%n",
             "\xe2\x80\xae"
             "gepj.pcap",
             "\xc3\xa4\xe4\xb8\xad\xf0\x9f\x90\x9f"}) {
        writeFile(path(name), someCapture(false).bytes());
        QVERIFY(PacketStore::open(path(name)));
        writeFile(path(name), somePacket(30));
        const std::string message = openInTime(path(name));
        for (const char character : message)
            QVERIFY(character >= 0x20 || character < 0);
        QVERIFY(QString::fromUtf8(message.c_str()).indexOf(QChar(0xfffd)) < 0);
        QVERIFY(QString::fromUtf8(message.c_str()).indexOf(QChar(0x202e)) < 0);
        QCOMPARE(unlink(path(name).c_str()), 0); // Qt removes no folder with such names in it
    }
    QVERIFY(has(openInTime(path("\xff\xfe.pcap")), "\\xff\\xfe.pcap"));
    QVERIFY(has(openInTime(path("\xc3\xa4\xe4\xb8\xad\xf0\x9f\x90\x9f")), "\xc3\xa4\xe4\xb8\xad"));
    const std::string longest(255, 'n');
    writeFile(path(longest.c_str()), someCapture(true).bytes());
    QVERIFY(PacketStore::open(path(longest.c_str())));
}

void OpenedFileTest::saysWhenItWasTruncated()
{
    for (const bool modern : {false, true}) {
        const CaptureBlob file = someCapture(modern, 3000);
        writeFile(path("short"), file.bytes());
        const auto store = PacketStore::open(path("short"));
        QVERIFY(store);
        QCOMPARE(truncate(path("short").c_str(), 10000), 0);
        QVERIFY((*store)->bytes(0));
        const auto gone = (*store)->bytes(2999);
        QVERIFY(!gone);
        QVERIFY2(has(gone.error().message, "The file changed on disk"), why(gone.error().message));
        PacketReader reader(**store);
        QVERIFY(reader.bytes(0));
        QVERIFY(!reader.bytes(2999));
        QVERIFY(reader.bytes(1));
    }
}

void OpenedFileTest::saysWhenItWasOverwritten()
{
    for (const bool modern : {false, true}) {
        const CaptureBlob file = someCapture(modern);
        writeFile(path("other"), file.bytes());
        const auto store = PacketStore::open(path("other"));
        QVERIFY(store);
        writeFile(path("other"), somePacket(file.size() * 2));
        const auto other = (*store)->bytes(7);
        QVERIFY(!other);
        QVERIFY2(has(other.error().message, "changed on disk"), why(other.error().message));
        QVERIFY(!PacketReader(**store).bytes(7));
    }
}

void OpenedFileTest::outlivesItsName()
{
    writeFile(path("gone"), someCapture(false).bytes());
    const auto store = PacketStore::open(path("gone"));
    QVERIFY(store);
    unlink(path("gone").c_str());
    writeFile(path("gone"), somePacket(10));
    QCOMPARE(test::readAll(**store).packets.size(), std::size_t(50));
}

void OpenedFileTest::mayGrow()
{
    for (const bool modern : {false, true}) {
        const Bytes file = someCapture(modern, 20).bytes();
        const ReadResult expected = test::readAll(file);
        std::size_t size = modern ? 28 : 24;
        writeFile(path("grows"), ByteView(file).first(size));
        const auto store = PacketStore::open(path("grows"));
        QVERIFY(store);
        while (size < file.size()) { // in pieces that end anywhere
            const auto piece = ByteView(file).subspan(size, std::min(file.size() - size, 333ul));
            std::ofstream(path("grows"), std::ios::binary | std::ios::app)
                .write(reinterpret_cast<const char*>(piece.data()),
                    static_cast<std::streamsize>(piece.size()));
            size += piece.size();
            const std::size_t before = (*store)->size();
            const auto came = (*store)->follow();
            QVERIFY(came);
            QCOMPARE((*store)->size(), before + *came);
            const ReadResult now = test::readAll(ByteView(file).first(size));
            QCOMPARE((*store)->size(), now.packets.size());
            QCOMPARE((*store)->problem(), now.problem);
        }
        QCOMPARE(test::readAll(**store).packets, expected.packets);
        QCOMPARE((*store)->problem(), std::string());
        QCOMPARE(*(*store)->follow(), std::size_t(0));
        QCOMPARE(truncate(path("grows").c_str(), 100), 0);
        QVERIFY(!(*store)->follow());
    }
}

void OpenedFileTest::cannotBeAddedTo()
{
    writeFile(path("good"), someCapture(true).bytes());
    const auto store = PacketStore::open(path("good"));
    QVERIFY(store);
    QVERIFY(!(*store)->append(batchOf(1, 60)));
    QVERIFY(!(*store)->clear());
    QCOMPARE((*store)->size(), std::size_t(50));
    QCOMPARE(readFile(path("good")), someCapture(true).bytes());
}

void OpenedFileTest::limitsLinkTypes()
{
    CaptureBlob file;
    file.section();
    for (std::uint16_t i = 0; i < 70; ++i)
        file.interface(i).enhancedPacket(i, i, somePacket(20));
    writeFile(path("types"), file.bytes());
    const auto store = PacketStore::open(path("types"));
    QVERIFY(store);
    QCOMPARE((*store)->size(), std::size_t(64));
    QCOMPARE((*store)->record(63).linkType, LinkType{63});
    QVERIFY2(has((*store)->problem(), "64 different link types"), why((*store)->problem()));
}

void OpenedFileTest::givesComments()
{
    const auto options = [](std::initializer_list<std::string> comments) {
        CaptureBlob blob;
        for (const std::string& comment : comments)
            blob.option(1, comment);
        return blob.bytes();
    };
    const std::string longest(65535, 'c');
    CaptureBlob file;
    file.section().interface();
    file.enhancedPacket(0, 1, somePacket(20));
    file.enhancedPacket(0, 2, somePacket(21), options({"one", "two\n<b>", ""}));
    file.obsoletePacket(0, 3, somePacket(22), options({longest, longest, longest, "fourth"}));
    file.simplePacket(23, somePacket(23));
    writeFile(path("comments"), file.bytes());

    const auto store = PacketStore::open(path("comments"));
    QVERIFY(store);
    const auto saved = saveCapture(**store, {}, path("saved"), CaptureFormat::pcapng);
    QVERIFY2(saved, why(saved ? "" : saved.error().message));
    const auto again = PacketStore::open(path("saved"));
    QVERIFY(again);
    for (const PacketStore* from : {store->get(), again->get()}) {
        QCOMPARE(from->size(), std::size_t(4));
        using Texts = std::vector<std::string>;
        QCOMPARE(from->comments(0), Texts());
        QCOMPARE(from->comments(1), (Texts{"one", "two\n<b>"}));
        QCOMPARE(from->comments(2), (Texts{longest, longest, longest}));
        QCOMPARE(from->comments(3), Texts());
        QCOMPARE(from->comments(4), Texts());
    }
}

TCPW_TEST(OpenedFileTest);
#include "tst_openedfile.moc"
