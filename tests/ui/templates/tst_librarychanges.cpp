// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/templates/librarychanges.h"
#include "ui/templates/templatespane.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

/// One's own templates renamed, copied, deleted and brought back, taken in and given out.
class LibraryChangesTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_pane.reset(); }

    void renamesTheTemplateAndItsFile();
    void takesNoNameThatIsTaken();
    void staysInItsFolder();
    void duplicatesABuiltin();
    void deletesAndBringsBack();
    void importsWhatCanBeRead();
    void exportsWhatCanBeImported();
    void copiesAWorkSheet();
    void findsByWords();
    void offersWhatTheCurrentOneAllows();

private:
    QStringList files() const { return QDir(m_folder->path()).entryList(QDir::Files, QDir::Name); }
    const OwnTemplate& own(int at) const { return m_library->templates()[std::size_t(at)]; }
    QStringList shown() const;
    QAction* action(const QString& text) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TemplateLibrary> m_library;
    std::unique_ptr<QWidget> m_window;
    LibraryChanges* m_changes = nullptr;
    std::unique_ptr<TemplatesPane> m_pane;
    std::unique_ptr<QSignalSpy> m_failed;
};

void LibraryChangesTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    Template mine = *findBuiltin("syn");
    mine.name = "probe";
    QVERIFY(saveTemplate(mine, m_folder->filePath(u"probe.json"_s).toStdString()));
    m_library = std::make_unique<TemplateLibrary>(m_folder->path());
    m_library->reload();
    m_window = std::make_unique<QWidget>();
    m_changes = new LibraryChanges(*m_library, m_window.get());
    m_failed = std::make_unique<QSignalSpy>(m_changes, &LibraryChanges::failed);
    m_pane = std::make_unique<TemplatesPane>(*m_library);
    m_pane->setChanges(*m_changes);
}

/// The names that the pane shows, without the groups.
QStringList LibraryChangesTest::shown() const
{
    QStringList names;
    for (QTreeWidgetItemIterator each(m_pane->findChild<QTreeWidget*>()); *each; ++each)
        if ((*each)->parent() && !(*each)->isHidden())
            names << (*each)->text(0);
    return names;
}

QAction* LibraryChangesTest::action(const QString& text) const
{
    for (QAction* action : m_pane->findChild<QTreeWidget*>()->actions())
        if (action->text().remove(u'&').startsWith(text))
            return action;
    return nullptr;
}

void LibraryChangesTest::renamesTheTemplateAndItsFile()
{
    QSignalSpy renamed(m_changes, &LibraryChanges::renamed);
    m_changes->rename(own(0), u"  Firewall probe "_s);
    QCOMPARE(files(), QStringList{u"Firewall probe.json"_s});
    QCOMPARE(own(0).content.name, std::string("Firewall probe"));
    QCOMPARE(own(0).content.draft, findBuiltin("syn")->draft);
    QCOMPARE(renamed.size(), 1);
    QVERIFY(m_failed->isEmpty());
}

void LibraryChangesTest::takesNoNameThatIsTaken()
{
    m_changes->duplicate(own(0).content);
    QCOMPARE(files(), QStringList({u"probe 2.json"_s, u"probe.json"_s}));
    const int first = own(0).path.endsWith(u"probe.json"_s) ? 0 : 1;
    m_changes->rename(own(first), u"probe 2"_s);
    QCOMPARE(files(), QStringList({u"probe 2 2.json"_s, u"probe 2.json"_s}));
}

void LibraryChangesTest::staysInItsFolder()
{
    m_changes->rename(own(0), u"../../etc/passwd"_s);
    QCOMPARE(files().size(), 1);
    QVERIFY(!files().first().contains(u'/'));
    QVERIFY(!files().first().startsWith(u'.'));
}

void LibraryChangesTest::duplicatesABuiltin()
{
    m_changes->duplicate(*findBuiltin("syn-linux"));
    QCOMPARE(m_library->templates().size(), std::size_t(2));
    QVERIFY(files().contains(u"SYN as Linux sends it.json"_s));
    QVERIFY(shown().contains(u"SYN as Linux sends it"_s));
}

void LibraryChangesTest::deletesAndBringsBack()
{
    QVERIFY(!m_changes->restoreAction()->isEnabled());
    QFile file(own(0).path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    file.close();
    m_changes->remove(own(0));
    QVERIFY(files().isEmpty());
    QCOMPARE(m_changes->restoreAction()->text(), u"&Undo: delete probe"_s);
    m_changes->restoreAction()->trigger();
    QCOMPARE(files(), QStringList{u"probe.json"_s});
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), before);
    QVERIFY(!m_changes->restoreAction()->isEnabled());
}

void LibraryChangesTest::importsWhatCanBeRead()
{
    const QTemporaryDir other;
    Template good = *findBuiltin("ack");
    good.name = "From a colleague";
    QVERIFY(saveTemplate(good, other.filePath(u"x.json"_s).toStdString()));
    QFile bad(other.filePath(u"y.json"_s));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("{\"format\": 99}");
    bad.close();
    m_changes->importFiles({other.filePath(u"x.json"_s), bad.fileName()});
    QCOMPARE(files(), QStringList({u"From a colleague.json"_s, u"probe.json"_s}));
    QCOMPARE(m_failed->size(), 1);
    QVERIFY(m_failed->first().first().toString().contains(u"99"_s));
}

void LibraryChangesTest::exportsWhatCanBeImported()
{
    const QTemporaryDir other;
    const QString path = other.filePath(u"out.json"_s);
    m_changes->exportFile(*findBuiltin("urgent"), path);
    const auto read = loadTemplate(path.toStdString());
    QVERIFY(read);
    QCOMPARE(read->draft, findBuiltin("urgent")->draft);
}

void LibraryChangesTest::copiesAWorkSheet()
{
    const LibrarySheet builtin = m_library->sheets()[0];
    m_changes->copySheet(builtin);
    m_changes->copySheet(builtin);
    QVERIFY(m_failed->isEmpty());
    QCOMPARE(m_library->sheets().size(), std::size_t(3));
    for (const int at : {0, 1}) {
        const LibrarySheet& copy = m_library->sheets()[std::size_t(at)];
        QVERIFY(copy.folder.startsWith(m_folder->path()));
        QCOMPARE(copy.steps.size(), builtin.steps.size());
        for (std::size_t i = 0; i < copy.steps.size(); ++i) {
            QCOMPARE(copy.steps[i].content.before, builtin.steps[i].content.before);
            QCOMPARE(copy.steps[i].content.expects, builtin.steps[i].content.expects);
            QCOMPARE(copy.steps[i].content.draft, builtin.steps[i].content.draft);
        }
    }
    QVERIFY(m_library->sheets()[0].folder != m_library->sheets()[1].folder);
}

void LibraryChangesTest::findsByWords()
{
    auto* search = m_pane->findChild<QLineEdit*>();
    const qsizetype all = shown().size();
    search->setText(u"window scale 14"_s);
    QCOMPARE(shown(), QStringList({u"The largest window scale"_s, u"Window scale 15"_s}));
    search->setText(u"RFC 5482"_s);
    QCOMPARE(shown(), QStringList{u"User timeout"_s});
    m_library->reload(); // keeps what is searched
    QCOMPARE(shown(), QStringList{u"User timeout"_s});
    search->setText(u"nothing is called so"_s);
    QVERIFY(shown().isEmpty());
    QTest::keyClick(search, Qt::Key_Escape);
    QCOMPARE(shown().size(), all);
}

void LibraryChangesTest::offersWhatTheCurrentOneAllows()
{
    auto* tree = m_pane->findChild<QTreeWidget*>();
    tree->setCurrentItem(tree->topLevelItem(0)->child(0));
    QVERIFY(action(u"Rename"_s)->isEnabled() && action(u"Delete"_s)->isEnabled());
    tree->setCurrentItem(tree->topLevelItem(1)->child(0));
    QVERIFY(!action(u"Rename"_s)->isEnabled() && !action(u"Delete"_s)->isEnabled());
    QVERIFY(action(u"Duplicate"_s)->isEnabled() && action(u"Export"_s)->isEnabled());
    action(u"Duplicate"_s)->trigger();
    QCOMPARE(m_library->templates().size(), std::size_t(2));
    tree->setCurrentItem(tree->topLevelItem(0));
    QVERIFY(!action(u"Duplicate"_s)->isEnabled());
}

TCPW_TEST(LibraryChangesTest);
#include "tst_librarychanges.moc"
