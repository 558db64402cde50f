// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/templates/templatelibrary.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace tcpw;

class TemplateLibraryTest : public QObject
{
    Q_OBJECT
private slots:
    void isEmptyWithoutAFolder();
    void readsTheFilesOfItsFolder();
    void keepsWhatCannotBeReadWithItsReason();
    void usesTheApplicationsFolder();
    void readsFoldersAsWorkSheets();
};

namespace {

void write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

} // namespace

void TemplateLibraryTest::isEmptyWithoutAFolder()
{
    const QTemporaryDir folder;
    TemplateLibrary library(folder.filePath(QStringLiteral("none")));
    QSignalSpy changed(&library, &TemplateLibrary::changed);
    library.reload();
    QCOMPARE(changed.size(), 1);
    QVERIFY(library.templates().empty());
    QVERIFY(!QFileInfo::exists(library.folder()));
}

void TemplateLibraryTest::readsTheFilesOfItsFolder()
{
    const QTemporaryDir folder;
    Template own = *findBuiltin("syn");
    own.name = "My <b>SYN</b>";
    QVERIFY(saveTemplate(own, folder.filePath(QStringLiteral("b.json")).toStdString()).has_value());
    own.name = "Another";
    QVERIFY(saveTemplate(own, folder.filePath(QStringLiteral("a.json")).toStdString()).has_value());
    write(folder.filePath(QStringLiteral("notes.txt")), "not a template");
    TemplateLibrary library(folder.path());
    library.reload();
    QCOMPARE(library.templates().size(), std::size_t(2));
    QCOMPARE(library.templates()[0].content.name, std::string("Another"));
    QCOMPARE(library.templates()[1].content.name, std::string("My <b>SYN</b>"));
    QCOMPARE(library.templates()[1].content.draft, findBuiltin("syn")->draft);
    QVERIFY(library.templates()[1].problem.isEmpty());
}

void TemplateLibraryTest::readsFoldersAsWorkSheets()
{
    const QTemporaryDir folder;
    const QDir dir(folder.path());
    QVERIFY(dir.mkdir(QStringLiteral("Lesson <1>")) && dir.mkdir(QStringLiteral("unnumbered")));
    const auto save = [&](const char* file, const char* name) {
        Template step = *findBuiltin("syn");
        step.name = name;
        QVERIFY(saveTemplate(step, folder.filePath(QLatin1String(file)).toStdString()));
    };
    save("Lesson <1>/10 last.json", "last");
    save("Lesson <1>/2 middle.json", "middle");
    save("Lesson <1>/notes.json", "no step");
    save("unnumbered/syn.json", "no step");
    write(folder.filePath(QStringLiteral("Lesson <1>/1 broken.json")), "{");
    TemplateLibrary library(folder.path());
    const std::size_t builtins = library.sheets().size();
    QCOMPARE(builtins, std::size_t(1));
    library.reload();
    QCOMPARE(library.sheets().size(), builtins + 1);
    const LibrarySheet& sheet = library.sheets()[0];
    QCOMPARE(sheet.name, QStringLiteral("Lesson <1>"));
    QCOMPARE(sheet.steps.size(), std::size_t(3));
    QVERIFY(!sheet.steps[0].problem.isEmpty());
    QCOMPARE(sheet.steps[1].content.name, std::string("middle"));
    QCOMPARE(sheet.steps[2].content.name, std::string("last"));
    QVERIFY(library.templates().empty());
}

void TemplateLibraryTest::keepsWhatCannotBeReadWithItsReason()
{
    const QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("broken.json")), "{ \"format\": 1, ");
    write(folder.filePath(QStringLiteral("empty.json")), "");
    TemplateLibrary library(folder.path());
    library.reload();
    QCOMPARE(library.templates().size(), std::size_t(2));
    QCOMPARE(library.templates()[0].content.name, std::string("broken"));
    QVERIFY(!library.templates()[0].problem.isEmpty());
    QVERIFY(!library.templates()[1].problem.isEmpty());
}

void TemplateLibraryTest::usesTheApplicationsFolder()
{
    QStandardPaths::setTestModeEnabled(true);
    const TemplateLibrary library;
    QVERIFY(library.folder().startsWith(
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)));
    QVERIFY(library.folder().endsWith(QStringLiteral("/templates")));
    QStandardPaths::setTestModeEnabled(false);
}

TCPW_TEST(TemplateLibraryTest);

#include "tst_templatelibrary.moc"
