// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/templates/templatesmenu.h"

#include "ui/fields/plaintext.h"
#include "ui/templates/templatespane.h"

namespace tcpw {

namespace {

/// A menu reads & as a mnemonic; text from outside has none.
QString caption(const std::string& name)
{
    return harmless(fromUtf8(name)).replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

TemplatesMenu::TemplatesMenu(const TemplateLibrary& library, QWidget* parent)
    : QMenu(tr("&Templates"), parent)
    , m_library(library)
{
    setToolTipsVisible(true);
    connect(this, &QMenu::aboutToShow, this, &TemplatesMenu::rebuild);
}

void TemplatesMenu::setActions(const QList<QAction*>& actions)
{
    m_actions = actions;
}

void TemplatesMenu::rebuild()
{
    const QList<QAction*> before = this->actions();
    for (QAction* action : before)
        if (action->menu())
            action->menu()->deleteLater();
    clear();
    addOwn();
    addSheets();
    addBuiltins();
    addSeparator();
    addActions(m_actions);
}

void TemplatesMenu::addOwn()
{
    QMenu* menu = addMenu(tr("&Mine"));
    menu->setToolTipsVisible(true);
    for (const OwnTemplate& own : m_library.templates()) {
        QAction* action = menu->addAction(caption(own.content.name), this, [this, own] {
            if (own.problem.isEmpty())
                emit templateChosen(own.content, own.path);
            else
                emit failed(own.problem);
        });
        action->setToolTip(
            own.problem.isEmpty() ? templateToolTip(own.content) : plainToolTip(own.problem));
    }
    if (m_library.templates().empty())
        menu->addAction(tr("none yet (Ctrl+S)"))->setEnabled(false);
}

void TemplatesMenu::addSheets()
{
    for (const LibrarySheet& sheet : m_library.sheets()) {
        QMenu* menu = addMenu(caption(toUtf8(sheet.name)));
        menu->setToolTipsVisible(true);
        for (std::size_t i = 0; i < sheet.steps.size(); ++i) {
            const OwnTemplate& step = sheet.steps[i];
            QAction* action = menu->addAction(
                tr("%1. %2").arg(i + 1).arg(caption(step.content.name)), this, [this, sheet, i] {
                    if (sheet.steps[i].problem.isEmpty())
                        emit stepChosen(sheet, int(i));
                    else
                        emit failed(sheet.steps[i].problem);
                });
            action->setToolTip(step.problem.isEmpty() ? templateToolTip(step.content)
                                                      : plainToolTip(step.problem));
        }
    }
}

void TemplatesMenu::addBuiltins()
{
    QMenu* menu = nullptr;
    std::string group;
    for (const Template& content : builtinTemplates()) {
        if (!menu || content.group != group) {
            group = content.group;
            menu = addMenu(QLatin1Char('&') + caption(group));
            menu->setToolTipsVisible(true);
        }
        QAction* action = menu->addAction(caption(content.name), this,
            [this, content] { emit templateChosen(content, QString()); });
        action->setToolTip(templateToolTip(content));
    }
}

} // namespace tcpw
