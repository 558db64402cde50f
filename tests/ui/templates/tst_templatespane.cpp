// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "../looks.h"
#include "support/testcase.h"
#include "ui/templates/templateactions.h"
#include "ui/templates/templatesmenu.h"
#include "ui/templates/templatespane.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace tcpw;
using namespace tcpw::test;

class TemplatesPaneTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void listsOnesOwnFirst();
    void loadsByClickAndReturn();
    void tellsWhyOneCannotBeRead();
    void marksTheCurrentOne();
    void showsNamesAsPlainText();
    void offersTheSameAsAMenu();
    void cutsNoName();
    void looksWell_data();
    void looksWell();

private:
    QTreeWidgetItem* item(const TemplatesPane& pane, const char* name) const;
    /// How many steps all work sheets have.
    std::size_t steps() const
    {
        std::size_t count = 0;
        for (const LibrarySheet& sheet : m_library->sheets())
            count += sheet.steps.size();
        return count;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TemplateLibrary> m_library;
};

void TemplatesPaneTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    Template own = *findBuiltin("syn");
    own.name = "mysql-syn";
    QVERIFY(saveTemplate(own, m_folder->filePath(QStringLiteral("m.json")).toStdString()));
    QFile broken(m_folder->filePath(QStringLiteral("z.json")));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("{");
    broken.close();
    m_library = std::make_unique<TemplateLibrary>(m_folder->path());
    m_library->reload();
}

QTreeWidgetItem* TemplatesPaneTest::item(const TemplatesPane& pane, const char* name) const
{
    const auto found = pane.findChild<QTreeWidget*>()->findItems(
        QString::fromUtf8(name), Qt::MatchStartsWith | Qt::MatchRecursive);
    return found.isEmpty() ? nullptr : found.first();
}

void TemplatesPaneTest::listsOnesOwnFirst()
{
    const TemplatesPane pane(*m_library);
    const auto* tree = pane.findChild<QTreeWidget*>();
    QCOMPARE(tree->topLevelItem(0)->text(0), QStringLiteral("Mine"));
    QCOMPARE(tree->topLevelItem(0)->child(0)->text(0), QStringLiteral("mysql-syn"));
    int builtins = 0;
    for (int i = 1; i < tree->topLevelItemCount(); ++i)
        builtins += tree->topLevelItem(i)->childCount();
    QCOMPARE(std::size_t(builtins), builtinTemplates().size() + steps());
}

void TemplatesPaneTest::loadsByClickAndReturn()
{
    TemplatesPane pane(*m_library);
    pane.resize(220, 500);
    pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&pane));
    auto* tree = pane.findChild<QTreeWidget*>();
    QSignalSpy chosen(&pane, &TemplatesPane::templateChosen);
    QTreeWidgetItem* rst = item(pane, "RST");
    tree->scrollToItem(rst);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualItemRect(rst).center());
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.last().first().value<Template>().id, std::string("rst"));
    QCOMPARE(chosen.last().last().toString(), QString());

    tree->setCurrentItem(item(pane, "mysql-syn"));
    QTest::keyClick(tree, Qt::Key_Return);
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(chosen.last().last().toString(), m_folder->filePath(QStringLiteral("m.json")));

    tree->setCurrentItem(item(pane, "Mine"));
    QTest::keyClick(tree, Qt::Key_Return);
    QCOMPARE(chosen.size(), 2);
}

void TemplatesPaneTest::tellsWhyOneCannotBeRead()
{
    TemplatesPane pane(*m_library);
    QSignalSpy failed(&pane, &TemplatesPane::failed);
    QSignalSpy chosen(&pane, &TemplatesPane::templateChosen);
    pane.findChild<QTreeWidget*>()->setCurrentItem(item(pane, "z"));
    QTest::keyClick(pane.findChild<QTreeWidget*>(), Qt::Key_Return);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(chosen.size(), 0);
}

void TemplatesPaneTest::marksTheCurrentOne()
{
    TemplatesPane pane(*m_library);
    pane.setCurrent(QStringLiteral("rst"), QString(), false);
    QCOMPARE(item(pane, "RST")->text(0), QStringLiteral("RST"));
    QVERIFY(item(pane, "RST")->font(0).bold());
    pane.setCurrent(QStringLiteral("rst"), QString(), true);
    QCOMPARE(item(pane, "RST")->text(0), QStringLiteral("RST *"));
    pane.setCurrent(QStringLiteral("m"), m_folder->filePath(QStringLiteral("m.json")), true);
    QCOMPARE(item(pane, "RST")->text(0), QStringLiteral("RST"));
    QCOMPARE(item(pane, "mysql-syn")->text(0), QStringLiteral("mysql-syn *"));
    m_library->reload();
    QCOMPARE(item(pane, "mysql-syn")->text(0), QStringLiteral("mysql-syn *"));
}

void TemplatesPaneTest::showsNamesAsPlainText()
{
    Template own = *findBuiltin("syn");
    own.name = "<img src=x>\x1b";
    own.shows = "<b>shows</b>";
    QVERIFY(saveTemplate(own, m_folder->filePath(QStringLiteral("a.json")).toStdString()));
    m_library->reload();
    const TemplatesPane pane(*m_library);
    const QTreeWidgetItem* shown = pane.findChild<QTreeWidget*>()->topLevelItem(0)->child(0);
    QCOMPARE(shown->text(0), QStringLiteral("<img src=x>\\x1b"));
    QVERIFY(shown->toolTip(0).contains(QStringLiteral("&lt;b&gt;")));
}

void TemplatesPaneTest::offersTheSameAsAMenu()
{
    TemplatesMenu menu(*m_library);
    QWidget window;
    auto* actions = new TemplateActions(*m_library, &window);
    menu.setActions({actions->openAction(), actions->saveAction()});
    QSignalSpy chosen(&menu, &TemplatesMenu::templateChosen);
    for (int round = 0; round < 2; ++round) {
        emit menu.aboutToShow();
        std::size_t entries = 0;
        for (QAction* group : menu.actions())
            entries += group->menu() ? std::size_t(group->menu()->actions().size()) : 0;
        QCOMPARE(entries, builtinTemplates().size() + steps() + 2);
        QVERIFY(menu.actions().contains(actions->saveAction()));
    }
    menu.actions()[0]->menu()->actions()[0]->trigger();
    QCOMPARE(chosen.last().first().value<Template>().name, std::string("mysql-syn"));
    QSignalSpy step(&menu, &TemplatesMenu::stepChosen);
    menu.actions()[1]->menu()->actions()[3]->trigger();
    QCOMPARE(step.last().last().toInt(), 3);
    menu.actions()[2]->menu()->actions()[0]->trigger();
    QCOMPARE(chosen.last().first().value<Template>().id, builtinTemplates()[0].id);
}

void TemplatesPaneTest::cutsNoName()
{
    Template own = *findBuiltin("syn");
    own.name = "a template with a name that is longer than the pane is wide";
    QVERIFY(saveTemplate(own, m_folder->filePath(QStringLiteral("a.json")).toStdString()));
    m_library->reload();
    TemplatesPane pane(*m_library);
    takePicture(pane, QStringLiteral("templates-long"), {190, 300});
    const auto* tree = pane.findChild<QTreeWidget*>();
    for (QTreeWidgetItemIterator each(pane.findChild<QTreeWidget*>()); *each; ++each)
        QVERIFY(tree->visualItemRect(*each).width()
            >= QFontMetrics((*each)->font(0)).horizontalAdvance((*each)->text(0)));
}

void TemplatesPaneTest::looksWell_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TemplatesPaneTest::looksWell()
{
    QFETCH(bool, dark);
    const Scheme scheme(dark);
    TemplatesPane pane(*m_library);
    QWidget window;
    auto* actions = new TemplateActions(*m_library, &window);
    pane.setActions({actions->openAction(), actions->saveAction(), actions->saveAsAction()});
    pane.setCurrent(QStringLiteral("syn"), QString(), true);
    takePicture(pane, dark ? QStringLiteral("templates-dark") : QStringLiteral("templates-light"),
        {190, 520});
    QCOMPARE(cutTexts(pane), QStringList());
    QCOMPARE(namelessControls(pane), QStringList());
}

TCPW_TEST(TemplatesPaneTest);

#include "tst_templatespane.moc"
