// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/templates/drafts.h"
#include "support/testcase.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tcpw {

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

class TemplateFileTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void savedIsLoaded();
    void nameIsTheFilesWhenItHasNone();
    void errorNamesTheFile();
    void refusesWhatIsNoRegularFile_data();
    void refusesWhatIsNoRegularFile();
    void refusesTooLargeAFile();
    void replacesAFileAndKeepsItsMode();
    void refusesToReplace_data();
    void refusesToReplace();
    void keepsTheOldFileWhenTheDiskIsFull();
    void keepsTheOldFileWhenTheTemplateCannotBeReadBack();
    void removesWhatAKilledSaverLeft();
    void isOldOrNewAfterAKill();
    void fileNamesAreHarmless_data();
    void fileNamesAreHarmless();

private:
    QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    Result<void> save(const QString& path, const Template& from = *findBuiltin("data"))
    {
        return saveTemplate(from, path.toStdString());
    }
    QStringList entries() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden | QDir::System);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TemplateFileTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TemplateFileTest::savedIsLoaded()
{
    const auto saved = save(path("mine.json"));
    QVERIFY2(saved, saved ? "" : saved.error().message.c_str());
    QCOMPARE(entries(), QStringList{QStringLiteral("mine.json")});
    const auto loaded = loadTemplate(path("mine.json").toStdString());
    QVERIFY(loaded);
    QCOMPARE(loaded->id, std::string("mine"));
    QCOMPARE(loaded->name, findBuiltin("data")->name);
    QVERIFY(loaded->draft == findBuiltin("data")->draft);
}

void TemplateFileTest::nameIsTheFilesWhenItHasNone()
{
    QVERIFY(writeFile(path("my.syn.json"), R"({"format": 1, "packet": []})"));
    const auto loaded = loadTemplate(path("my.syn.json").toStdString());
    QVERIFY(loaded);
    QCOMPARE(loaded->name, std::string("my.syn"));
}

void TemplateFileTest::errorNamesTheFile()
{
    QVERIFY(writeFile(path("broken.json"), "{\n}"));
    const auto loaded = loadTemplate(path("broken.json").toStdString());
    QVERIFY(!loaded);
    QVERIFY(
        text(loaded.error().message).startsWith(path("broken.json") + QStringLiteral(", line 1")));
    const auto missing = loadTemplate(path("missing.json").toStdString());
    QVERIFY(!missing);
    QVERIFY(text(missing.error().message).contains(QStringLiteral("No such file")));
}

void TemplateFileTest::refusesWhatIsNoRegularFile_data()
{
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"folder", "pipe", "link", "/dev/zero", "/dev/tty"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void TemplateFileTest::refusesWhatIsNoRegularFile()
{
    QFETCH(QString, kind);
    const QString name = kind.startsWith(QLatin1Char('/')) ? kind : path("it.json");
    if (kind == QStringLiteral("folder"))
        QVERIFY(QDir().mkdir(name));
    if (kind == QStringLiteral("pipe"))
        QCOMPARE(::mkfifo(name.toLocal8Bit().constData(), 0600), 0);
    if (kind == QStringLiteral("link"))
        QVERIFY(QFile::link(QStringLiteral("/etc/passwd"), name));
    QElapsedTimer clock;
    clock.start();
    const auto loaded = loadTemplate(name.toStdString());
    QVERIFY(!loaded);
    QVERIFY(clock.elapsed() < 2000);
    QVERIFY(text(loaded.error().message).startsWith(name));
}

void TemplateFileTest::refusesTooLargeAFile()
{
    QVERIFY(writeFile(path("large.json"), {}));
    QVERIFY(QFile::resize(path("large.json"), 100ll << 20));
    const auto loaded = loadTemplate(path("large.json").toStdString());
    QVERIFY(!loaded);
    QVERIFY(text(loaded.error().message).contains(QStringLiteral("1048576 bytes")));
}

void TemplateFileTest::replacesAFileAndKeepsItsMode()
{
    QVERIFY(writeFile(path("mine.json"), "old"));
    QCOMPARE(::chmod(path("mine.json").toLocal8Bit().constData(), 0640), 0);
    QVERIFY(save(path("mine.json")));
    struct stat status = {};
    QCOMPARE(::stat(path("mine.json").toLocal8Bit().constData(), &status), 0);
    QCOMPARE(int(status.st_mode & 07777), 0640);
    QVERIFY(contentOf(path("mine.json")).startsWith("{\n  \"format\": 1"));
}

void TemplateFileTest::refusesToReplace_data()
{
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"folder", "pipe", "link", "dangling link", "no such folder"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void TemplateFileTest::refusesToReplace()
{
    QFETCH(QString, kind);
    QString name = path("it.json");
    QVERIFY(writeFile(path("other"), "other"));
    if (kind == QStringLiteral("folder"))
        QVERIFY(QDir().mkdir(name));
    if (kind == QStringLiteral("pipe"))
        QCOMPARE(::mkfifo(name.toLocal8Bit().constData(), 0600), 0);
    if (kind == QStringLiteral("link"))
        QVERIFY(QFile::link(path("other"), name));
    if (kind == QStringLiteral("dangling link"))
        QVERIFY(QFile::link(path("nothing"), name));
    if (kind == QStringLiteral("no such folder"))
        name = path("none/it.json");
    const QStringList before = entries();
    const auto saved = save(name);
    QVERIFY(!saved);
    QVERIFY(text(saved.error().message).startsWith(name));
    QCOMPARE(entries(), before);
    QCOMPARE(contentOf(path("other")), QByteArray("other"));
}

/// The size of the process's files is limited at every byte: each write, and the first.
void TemplateFileTest::keepsTheOldFileWhenTheDiskIsFull()
{
    QVERIFY(writeFile(path("mine.json"), "old"));
    const auto size = writeTemplate(*findBuiltin("data")).size();
    struct rlimit before = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    QStringList wrong;
    for (std::size_t limit = 0; limit < size; ++limit) {
        const struct rlimit small = {limit, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
        const auto saved = save(path("mine.json"));
        ::setrlimit(RLIMIT_FSIZE, &before);
        if (saved || contentOf(path("mine.json")) != "old" || entries().size() != 1)
            wrong << QString::number(limit);
    }
    std::signal(SIGXFSZ, handler);
    QCOMPARE(wrong, QStringList());
    QVERIFY(save(path("mine.json")));
}

void TemplateFileTest::keepsTheOldFileWhenTheTemplateCannotBeReadBack()
{
    QVERIFY(writeFile(path("mine.json"), "old"));
    Template large;
    large.draft.packet.layers = {Payload{Bytes(600'000, 0xff)}};
    const auto saved = save(path("mine.json"), large);
    QVERIFY(!saved);
    QVERIFY(text(saved.error().message).contains(QStringLiteral("cannot be saved")));
    QCOMPARE(contentOf(path("mine.json")), QByteArray("old"));
}

void TemplateFileTest::removesWhatAKilledSaverLeft()
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(0);
    QCOMPARE(::waitpid(child, nullptr, 0), child);
    const QString stray
        = path(".mine.json.") + QString::number(child) + QStringLiteral(".tcpw-new");
    QVERIFY(writeFile(stray, "half"));
    QVERIFY(writeFile(path(".mine.json.1.tcpw-new"), "of a process that lives"));
    QVERIFY(writeFile(path(".mine.json.x.tcpw-new"), "somebody else's"));
    QVERIFY(save(path("mine.json")));
    QVERIFY(!QFile::exists(stray));
    QCOMPARE(entries().size(), 3);
}

void TemplateFileTest::isOldOrNewAfterAKill()
{
    const auto& first = *findBuiltin("syn");
    const auto& second = *findBuiltin("data");
    QVERIFY(save(path("mine.json"), first));
    for (int round = 0; round < 20; ++round) {
        const pid_t child = ::fork();
        if (child == 0) {
            for (int i = 0;; ++i)
                static_cast<void>(
                    saveTemplate(i % 2 ? first : second, path("mine.json").toStdString()));
        }
        ::usleep(static_cast<useconds_t>(500 + 700 * round)); // a moment of its own each round
        ::kill(child, SIGKILL);
        QCOMPARE(::waitpid(child, nullptr, 0), child);
        const auto loaded = loadTemplate(path("mine.json").toStdString());
        QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
        QVERIFY(loaded->draft == first.draft || loaded->draft == second.draft);
        QVERIFY(entries().size() <= 2);
    }
    QVERIFY(save(path("mine.json"), first));
    QCOMPARE(entries().size(), 1);
}

void TemplateFileTest::fileNamesAreHarmless_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("fileName");
    QTest::newRow("plain") << QByteArray("My SYN") << "My SYN.json";
    QTest::newRow("comma") << QByteArray("SYN,ACK") << "SYN,ACK.json";
    QTest::newRow("empty") << QByteArray("") << "template.json";
    QTest::newRow("dots") << QByteArray("..") << "template.json";
    QTest::newRow("path") << QByteArray("../../.bashrc") << "bashrc.json";
    QTest::newRow("absolute") << QByteArray("/etc/shadow") << "etc-shadow.json";
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << "a-b.json";
    QTest::newRow("escape") << QByteArray("a\x1b[31m") << "a--31m.json";
    QTest::newRow("quotes") << QByteArray("“hello”") << "hello.json";
    QTest::newRow("option") << QByteArray("--send") << "send.json";
    QTest::newRow("long") << QByteArray(300, 'x')
                          << QString(75, QLatin1Char('x')) + QStringLiteral(".json");
}

void TemplateFileTest::fileNamesAreHarmless()
{
    QFETCH(QByteArray, name);
    QTEST(text(templateFileName(name.toStdString())), "fileName");
}

TCPW_TEST(TemplateFileTest);

} // namespace tcpw

#include "tst_templatefile.moc"
