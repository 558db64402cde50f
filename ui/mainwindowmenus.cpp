// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/mainwindowprivate.h"

#include <QAction>
#include <QMenuBar>

namespace tcpw {

namespace {

QAction* separator(QWidget* menuOwner)
{
    auto* line = new QAction(menuOwner);
    line->setSeparator(true);
    return line;
}

} // namespace

void MainWindow::Private::fillMenus()
{
    const FindBar& find = *packets->findBar();
    MenuContents menus;
    menus.file = {files.openAction(), files.recent().menu().menuAction(), files.saveAction(),
        files.saveShownAction(), files.saveSelectedAction(), files.showLiveAction(),
        files.recordingAction(), nullptr, templateActions.openAction(),
        templateActions.saveAction(), templateActions.saveAsAction(), nullptr, actions.quit};
    menus.edit = {builder->undoAction(), builder->redoAction(), nullptr, actions.copy,
        rowCopies.menuAction(), copies.menuAction(), edits.pasteAction(), edits.readAgainAction(),
        nullptr, actions.find, find.findAction(), find.nextAction(), find.previousAction(),
        actions.goTo, nullptr};
    menus.edit += packets->marks().actions();
    menus.packet = {builder->sendAction(), builder->checkAction(), builder->swapEndsAction(),
        nullptr, packets->answerAction()};
    menus.packet += packets->answerWithActions();
    menus.packet += {nullptr, actions.handshake, actions.closeConnection, nullptr,
        inspector->editAgainAction(), inspector->keepAction(), actions.followStream,
        packets->onlyConversationAction(), nullptr};
    menus.packet += packets->cellActions().actions();
    menus.capture = {actions.startStop, actions.captureFilter, actions.clear, actions.limit,
        nullptr, actions.kernelSilent};
    menus.lab = {actions.showLab, actions.retryLab};
    menus.view = scale.actions();
    menus.view += {nullptr, actions.templatesPane, actions.labPane, nullptr,
        packets->columnMenu().columns().menuAction(), packets->columnMenu().time().menuAction(),
        packets->columnMenu().absoluteNumbersAction(), actions.fullAddresses, nullptr};
    menus.view += actions.panes;
    menus.view << actions.nextPane;
    menus.help = {templateFlow.tutorialAction(), actions.helpOnFocus, files.recordingAction(),
        nullptr, actions.about};
    fillMenuBar(q.menuBar(), menus);
    PacketListView* view = packets->view();
    view->addActions(packets->cellActions().actions());
    view->addActions({separator(view), packets->answerAction(), inspector->editAgainAction(),
        inspector->keepAction(), actions.followStream, packets->onlyConversationAction(),
        separator(view), packets->marks().markAction(), packets->marks().commentAction(),
        separator(view), actions.copy, rowCopies.menuAction(), copies.menuAction()});
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
}

} // namespace tcpw
