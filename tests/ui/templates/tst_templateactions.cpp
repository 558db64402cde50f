// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/templates/templateactions.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tcpw;

class TemplateActionsTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void opensWhatItSaved();
    void tellsWhetherTheDraftWasEdited();
    void asksForAFileWhenABuiltinIsSaved();
    void savesToItsFileWithoutAsking();
    void suggestsASafeFileName();
    void warnsOnceBeforeItReplacesAForeignChange();
    void saysWhyAFileCannotBeOpened();
    void saysWhyAFileCannotBeSaved();

private:
    QString file(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    QFileDialog* dialog() const { return m_window->findChild<QFileDialog*>(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TemplateLibrary> m_library;
    std::unique_ptr<QWidget> m_window;
    TemplateActions* m_actions = nullptr;
    Draft m_edited;
};

void TemplateActionsTest::init()
{
    m_window.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_library = std::make_unique<TemplateLibrary>(m_folder->path());
    m_window = std::make_unique<QWidget>();
    m_actions = new TemplateActions(*m_library, m_window.get());
    const Template* syn = findBuiltin("syn");
    m_actions->setCurrent(*syn, QString(), syn->draft);
    m_edited = syn->draft;
    QVERIFY(setDraftField(m_edited, "tcp.window", "77").has_value());
}

void TemplateActionsTest::opensWhatItSaved()
{
    m_actions->setDraft(m_edited);
    QSignalSpy saved(m_actions, &TemplateActions::saved);
    QVERIFY(m_actions->saveFile(file("mine.json")));
    QCOMPARE(saved.first().first().toString(), file("mine.json"));
    QCOMPARE(m_library->templates().size(), std::size_t(1));
    QCOMPARE(m_library->templates()[0].content.name, std::string("mine"));

    QSignalSpy opened(m_actions, &TemplateActions::templateOpened);
    m_actions->openFile(file("mine.json"));
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().value<Template>().draft, m_edited);
    QCOMPARE(opened.first().last().toString(), file("mine.json"));
}

void TemplateActionsTest::tellsWhetherTheDraftWasEdited()
{
    QSignalSpy changed(m_actions, &TemplateActions::modifiedChanged);
    QVERIFY(!m_actions->modified());
    m_actions->setDraft(m_edited);
    QVERIFY(m_actions->modified());
    QCOMPARE(changed.size(), 1);
    m_actions->setDraft(findBuiltin("syn")->draft);
    QVERIFY(!m_actions->modified());
    m_actions->setDraft(m_edited);
    QVERIFY(m_actions->saveFile(file("x.json")));
    QVERIFY(!m_actions->modified());
}

void TemplateActionsTest::asksForAFileWhenABuiltinIsSaved()
{
    m_actions->saveAction()->trigger();
    QVERIFY(dialog());
    QCOMPARE(dialog()->acceptMode(), QFileDialog::AcceptSave);
    QCOMPARE(dialog()->directory().absolutePath(), QDir(m_folder->path()).absolutePath());
    QVERIFY(QDir(m_folder->path()).entryList(QDir::Files).isEmpty());
    emit dialog()->fileSelected(file("chosen.json"));
    QVERIFY(QFile::exists(file("chosen.json")));
    QCOMPARE(m_actions->path(), file("chosen.json"));
}

void TemplateActionsTest::savesToItsFileWithoutAsking()
{
    QVERIFY(m_actions->saveFile(file("mine.json")));
    m_actions->setDraft(m_edited);
    m_actions->saveAction()->trigger();
    QVERIFY(!dialog());
    QCOMPARE(loadTemplate(file("mine.json").toStdString())->draft, m_edited);
}

void TemplateActionsTest::suggestsASafeFileName()
{
    Template outside = *findBuiltin("syn");
    outside.name = "../../.bashrc/\x1b<b>";
    m_actions->setCurrent(outside, QString(), outside.draft);
    m_actions->saveAsAction()->trigger();
    const QStringList chosen = dialog()->selectedFiles();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(QFileInfo(chosen.first()).absolutePath(), QDir(m_folder->path()).absolutePath());
    QVERIFY(!QFileInfo(chosen.first()).fileName().contains(QChar(0x1b)));
}

void TemplateActionsTest::warnsOnceBeforeItReplacesAForeignChange()
{
    QVERIFY(m_actions->saveFile(file("mine.json")));
    QVERIFY(saveTemplate(*findBuiltin("rst"), file("mine.json").toStdString()).has_value());
    const Draft theirs = loadTemplate(file("mine.json").toStdString())->draft;
    m_actions->setDraft(m_edited);
    QSignalSpy failed(m_actions, &TemplateActions::failed);
    m_actions->saveAction()->trigger();
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed.first().first().toString().contains(QStringLiteral("mine.json")));
    QCOMPARE(loadTemplate(file("mine.json").toStdString())->draft, theirs);
    m_actions->saveAction()->trigger();
    QCOMPARE(failed.size(), 1);
    QCOMPARE(loadTemplate(file("mine.json").toStdString())->draft, m_edited);
}

void TemplateActionsTest::saysWhyAFileCannotBeOpened()
{
    QSignalSpy failed(m_actions, &TemplateActions::failed);
    QSignalSpy opened(m_actions, &TemplateActions::templateOpened);
    m_actions->openFile(file("missing.json"));
    m_actions->openFile(m_folder->path());
    QCOMPARE(failed.size(), 2);
    QCOMPARE(opened.size(), 0);
    for (const QList<QVariant>& each : failed)
        QVERIFY(!each.first().toString().isEmpty());
}

void TemplateActionsTest::saysWhyAFileCannotBeSaved()
{
    QSignalSpy failed(m_actions, &TemplateActions::failed);
    m_actions->setDraft(m_edited);
    QVERIFY(m_actions->saveFile(file("mine.json")));
    QVERIFY(!m_actions->saveFile(file("mine.json") + QLatin1String("/below/a/file.json")));
    QCOMPARE(failed.size(), 1);
    QCOMPARE(m_actions->path(), file("mine.json"));
}

TCPW_TEST(TemplateActionsTest);

#include "tst_templateactions.moc"
