// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/mainwindow.h"

#include "ui/answerflow.h"
#include "ui/builder/builderpane.h"
#include "ui/capturefiles.h"
#include "ui/capturefilteredit.h"
#include "ui/connectionflow.h"
#include "ui/copyflow.h"
#include "ui/devices/devicepicker.h"
#include "ui/dialogueflow.h"
#include "ui/draftflow.h"
#include "ui/editflow.h"
#include "ui/fields/plaintext.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/inspector/packetview.h"
#include "ui/kernelswitch.h"
#include "ui/lab/labpane.h"
#include "ui/labflow.h"
#include "ui/ladder/ladderpane.h"
#include "ui/noticeflow.h"
#include "ui/packetflow.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/panefocus.h"
#include "ui/states/statespane.h"
#include "ui/statusline.h"
#include "ui/stream/streampane.h"
#include "ui/templateflow.h"
#include "ui/templates/librarychanges.h"
#include "ui/templates/sheetbar.h"
#include "ui/templates/templateactions.h"
#include "ui/templates/templatesmenu.h"
#include "ui/templates/templatespane.h"
#include "ui/viewscale.h"
#include "ui/windowactions.h"
#include "ui/windowarea.h"
#include "ui/windowhelp.h"
#include "ui/windowtoolbar.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenuBar>

#include <algorithm>

namespace tcpw {

class MainWindow::Private
{
public:
    Private(MainWindow& window, LiveSession& session, SendService& sender, LabService& lab,
        WindowSettings& settings);

    void connectCapture();
    void connectKernel();
    void connectPackets();
    void connectActions();
    void connectPanes();
    void fillMenus();
    void restore();

    void showStatus();
    void showCapture();
    void showKernel();
    void goToPacket();

    MainWindow& q;
    LiveSession& session;
    SendService& sender;
    LabService& lab;
    WindowSettings& settings;
    TemplateLibrary library;
    WindowActions actions;
    TemplateActions templateActions;
    LibraryChanges libraryChanges;
    CaptureFiles files;
    TemplatesPane* templates;
    SheetBar* sheet;
    TemplatesMenu templatesMenu;
    BuilderPane* builder;
    InspectorPane* inspector;
    PacketListPane* packets;
    LadderPane* ladder;
    StatesPane* states;
    StreamPane* stream;
    LabPane* labPane;
    WindowToolBar* toolBar;
    WindowPanes panes;
    WindowArea* area;
    StatusLine* status;
    ViewScale scale;
    DraftFlow drafts;
    EditFlow edits;
    TemplateFlow templateFlow;
    PacketFlow packetFlow;
    ConnectionFlow connections;
    AnswerFlow answers;
    DialogueFlow dialogue;
    NoticeFlow notices;
    CopyFlow copies;
    LabFlow labFlow;
    PaneFocus paneFocus;
};

MainWindow::Private::Private(MainWindow& window, LiveSession& liveSession, SendService& sendService,
    LabService& labService, WindowSettings& windowSettings)
    : q(window)
    , session(liveSession)
    , sender(sendService)
    , lab(labService)
    , settings(windowSettings)
    , actions(&window)
    , templateActions(library, &window)
    , libraryChanges(library, &window)
    , files(session, settings, &window)
    , templates(new TemplatesPane(library))
    , sheet(new SheetBar)
    , templatesMenu(library)
    , builder(new BuilderPane)
    , inspector(new InspectorPane)
    , packets(new PacketListPane)
    , ladder(new LadderPane)
    , states(new StatesPane)
    , stream(new StreamPane)
    , labPane(new LabPane)
    , toolBar(new WindowToolBar(actions.startStop, &templatesMenu))
    , panes(
          {toolBar, sheet, templates, builder, inspector, packets, ladder, states, stream, labPane})
    , area(new WindowArea(panes))
    , status(new StatusLine)
    , drafts(session, sender, {*builder, *inspector, templateActions, *templates}, &window)
    , edits(*builder, *inspector, drafts, &window)
    , templateFlow(
          {library, libraryChanges, *templates, templatesMenu, *sheet, *inspector, drafts}, &window)
    , packetFlow(session, *packets, *inspector, &window)
    , connections(session, lab, {*packets, *ladder, *states, *stream}, &window)
    , answers({session, sender, connections.connections(), *packets, *builder, drafts}, &window)
    , dialogue(session, sender, connections.connections(), *builder,
          {actions.handshake, actions.closeConnection}, &window)
    , notices({session, sender, *packets, packetFlow, answers, drafts, files}, &window)
    , copies(*inspector, *builder, session, &window)
    , labFlow(session, sender, lab, *labPane, &window)
    , paneFocus(panes, *area, *toolBar, actions, &window)
{
    q.setCentralWidget(area);
    q.setStatusBar(status);
    connectCapture();
    connectKernel();
    connectPackets();
    connectActions();
    connectPanes();
    fillMenus();
}

void MainWindow::Private::connectCapture()
{
    const auto showDevices = [this] {
        toolBar->devices()->setDevices(session.devices(), session.device());
    };
    connect(&session, &LiveSession::devicesChanged, &q, showDevices);
    connect(&session, &LiveSession::deviceChosen, &q, showDevices);
    connect(&session, &LiveSession::deviceChosen, &q, [this] { showCapture(); });
    connect(toolBar->devices(), &DevicePicker::deviceChosen, &session, &LiveSession::chooseDevice);
    connect(toolBar->devices(), &DevicePicker::refreshRequested, &session,
        &LiveSession::refreshDevices);
    connect(&session, &LiveSession::captureChanged, &q, [this] { showCapture(); });
    connect(&session, &LiveSession::labChanged, actions.retryLab,
        [this] { actions.retryLab->setEnabled(!session.labRunning()); });
    connect(actions.retryLab, &QAction::triggered, &session, &LiveSession::retryLab);
    connect(&session, &LiveSession::statisticsChanged, &q, [this] { showStatus(); });
    connect(actions.startStop, &QAction::triggered, &q,
        [this] { session.capturing() ? session.stop() : session.start(); });
    connect(actions.clear, &QAction::triggered, &session, &LiveSession::clear);

    CaptureFilterEdit* filter = toolBar->filter();
    connect(filter, &CaptureFilterEdit::checkRequested, &session, &LiveSession::checkCaptureFilter);
    connect(filter, &CaptureFilterEdit::filterChosen, &session, &LiveSession::setCaptureFilter);
    connect(&session, &LiveSession::captureFilterChecked, filter, &CaptureFilterEdit::setChecked);
    connect(&session, &LiveSession::captureFilterChanged, &q,
        [this, filter] { filter->setFilter(session.captureFilter()); });
    connect(
        filter, &CaptureFilterEdit::problemChanged, packets->notices(), &NoticeLine::setProblem);
}

void MainWindow::Private::connectKernel()
{
    connect(toolBar->kernel(), &KernelSwitch::silentChosen, &sender, &SendService::setKernelSilent);
    connect(actions.kernelSilent, &QAction::triggered, &sender, &SendService::setKernelSilent);
    connect(&sender, &SendService::kernelSilentChanged, &q, [this] { showKernel(); });
    connect(&sender, &SendService::guardsChanged, &q, [this] { showKernel(); });
    connect(&labFlow, &LabFlow::guardsChanged, &q, [this] { showKernel(); });
    connect(&labFlow, &LabFlow::failed, &notices, &NoticeFlow::fail);
}

void MainWindow::Private::connectPackets()
{
    for (const PacketView* view : {inspector->draftView(), inspector->packetView()})
        connect(view, &PacketView::failed, &notices, &NoticeFlow::fail);
    connect(&copies, &CopyFlow::failed, &notices, &NoticeFlow::fail);
    connect(&edits, &EditFlow::failed, &notices, &NoticeFlow::fail);
    connect(&connections, &ConnectionFlow::failed, &notices, &NoticeFlow::fail);
    connect(&dialogue, &DialogueFlow::noticed, &notices, &NoticeFlow::show);
    connect(&packetFlow, &PacketFlow::statusChanged, &q, [this] { showStatus(); });
    connect(&sender, &SendService::sent, &packetFlow, &PacketFlow::packetSent);
    connect(
        packets->emptyState(), &EmptyState::tryAgainRequested, &session, &LiveSession::retryLab);
    connect(packets->emptyState(), &EmptyState::recordingRequested, &files,
        &CaptureFiles::openRecording);
}

void MainWindow::Private::connectActions()
{
    connect(actions.quit, &QAction::triggered, &q, &QWidget::close);
    connect(actions.copy, &QAction::triggered, packets->view(), &PacketListView::copy);
    connect(actions.find, &QAction::triggered, &q, [this] {
        packets->filterEdit()->setFocus(Qt::ShortcutFocusReason);
        packets->filterEdit()->selectAll();
    });
    connect(actions.captureFilter, &QAction::triggered, toolBar->filter(),
        [this] { toolBar->filter()->setFocus(Qt::ShortcutFocusReason); });
    connect(actions.goTo, &QAction::triggered, &q, [this] { goToPacket(); });
    connect(
        actions.followStream, &QAction::triggered, area, [this] { area->bringToFront(stream); });
    connect(actions.fullAddresses, &QAction::toggled, &packetFlow, &PacketFlow::setFullAddresses);
    connect(actions.helpOnFocus, &QAction::triggered, &q, [this] {
        QWidget* focused = QApplication::focusWidget();
        showFocusHelp(focused, focusHelp(focused, *builder, *inspector));
    });
    connect(actions.about, &QAction::triggered, &q, [this] { showAbout(&q); });
}

void MainWindow::Private::connectPanes()
{
    const QList<QAction*> own{templateActions.openAction(), templateActions.saveAction(),
        templateActions.saveAsAction(), libraryChanges.importAction(),
        libraryChanges.restoreAction()};
    templates->setChanges(libraryChanges);
    templates->setActions(own);
    templatesMenu.setActions(own);
    connect(actions.templatesPane, &QAction::toggled, area, &WindowArea::setTemplatesWanted);
    connect(actions.labPane, &QAction::toggled, area, &WindowArea::setRightWanted);
    connect(area, &WindowArea::templatesMoved, toolBar,
        [this](bool atSide) { toolBar->setTemplatesShown(!atSide); });
    connect(&scale, &ViewScale::changed, area, [this] { area->setScale(scale.factor()); });
    connect(&templateActions, &TemplateActions::failed, &notices, &NoticeFlow::fail);
    connect(&templateActions, &TemplateActions::saved, &notices, &NoticeFlow::saved);
    connect(&templateFlow, &TemplateFlow::kept, &notices, &NoticeFlow::saved);
    connect(templates, &TemplatesPane::failed, &notices, &NoticeFlow::fail);
    connect(&libraryChanges, &LibraryChanges::failed, &notices, &NoticeFlow::fail);
    connect(
        &libraryChanges, &LibraryChanges::renamed, &templateActions, &TemplateActions::fileMoved);
    connect(&templatesMenu, &TemplatesMenu::failed, &notices, &NoticeFlow::fail);
}

void MainWindow::Private::fillMenus()
{
    MenuContents menus;
    menus.file = {files.openAction(), files.saveAction(), files.recordingAction(), nullptr,
        templateActions.openAction(), templateActions.saveAction(), templateActions.saveAsAction(),
        nullptr, actions.quit};
    menus.edit
        = {builder->undoAction(), builder->redoAction(), nullptr, actions.copy, copies.menuAction(),
            edits.pasteAction(), edits.readAgainAction(), nullptr, actions.find, actions.goTo};
    menus.packet = {builder->sendAction(), builder->checkAction(), builder->swapEndsAction(),
        nullptr, packets->answerAction()};
    menus.packet += packets->answerWithActions();
    menus.packet += {nullptr, actions.handshake, actions.closeConnection, nullptr,
        inspector->editAgainAction(), inspector->keepAction(), actions.followStream,
        packets->onlyConversationAction()};
    menus.capture
        = {actions.startStop, actions.captureFilter, actions.clear, nullptr, actions.kernelSilent};
    menus.lab = {actions.showLab, actions.retryLab};
    menus.view = scale.actions();
    menus.view += {nullptr, actions.templatesPane, actions.labPane, actions.fullAddresses, nullptr};
    menus.view += actions.panes;
    menus.view << actions.nextPane;
    menus.help = {templateFlow.tutorialAction(), actions.helpOnFocus, files.recordingAction(),
        nullptr, actions.about};
    fillMenuBar(q.menuBar(), menus);
    packets->view()->addActions({packets->answerAction(), inspector->editAgainAction(),
        inspector->keepAction(), actions.followStream, packets->onlyConversationAction(),
        actions.copy, copies.menuAction()});
    packets->view()->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void MainWindow::Private::restore()
{
    q.resize(1440, 900);
    q.restoreGeometry(settings.geometry());
    scale.setFactor(settings.scale());
    area->restoreSizes(settings);
    actions.templatesPane->setChecked(settings.flag(QStringLiteral("templates"), true));
    actions.labPane->setChecked(settings.flag(QStringLiteral("lab"), true));
    actions.fullAddresses->setChecked(settings.flag(QStringLiteral("fullAddresses"), false));
}

void MainWindow::Private::showStatus()
{
    WindowStatus now;
    packetFlow.fillStatus(now);
    now.capturing = session.capturing();
    now.sent = sender.sentCount();
    if (const Device* device = session.device()) {
        now.device = harmless(fromUtf8(device->id.name));
        now.lab = device->lab;
    }
    status->setStatus(now);
    q.setWindowTitle(now.file.isEmpty() ? MainWindow::tr("TCP Workbench")
                                        : MainWindow::tr("%1 – TCP Workbench").arg(now.file));
}

void MainWindow::Private::showCapture()
{
    actions.startStop->setText(startStopText(session.capturing()));
    actions.startStop->setEnabled(session.device());
    showStatus();
}

void MainWindow::Private::showKernel()
{
    auto guards = sender.guards();
    for (const auto& guard : labFlow.guards())
        if (std::ranges::find(guards, guard) == guards.end())
            guards.push_back(guard);
    toolBar->kernel()->setState(sender.kernelSilent(), guards);
    actions.kernelSilent->setChecked(sender.kernelSilent());
    packetFlow.setKernelSilent(sender.kernelSilent());
}

void MainWindow::Private::goToPacket()
{
    auto* dialog = new QInputDialog(&q);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setWindowTitle(MainWindow::tr("Go to packet"));
    dialog->setLabelText(MainWindow::tr("Number of the packet:"));
    dialog->setIntRange(1, std::max(1, int(packets->model()->packetCount())));
    dialog->setIntValue(int(std::max<qsizetype>(packets->currentPacket(), 0)) + 1);
    connect(dialog, &QInputDialog::intValueSelected, packets, [this](int number) {
        packets->setCurrentPacket(number - 1);
        packets->view()->setFocus(Qt::OtherFocusReason);
    });
    dialog->open();
}

MainWindow::MainWindow(LiveSession& session, SendService& sender, LabService& lab,
    WindowSettings& settings, QWidget* parent)
    : QMainWindow(parent)
    , d(std::make_unique<Private>(*this, session, sender, lab, settings))
{
    setObjectName(QStringLiteral("mainWindow"));
    d->restore();
    d->showCapture();
    d->showKernel();
    d->labFlow.showState();
}

MainWindow::~MainWindow() = default;

void MainWindow::begin()
{
    if (const Template* first = findBuiltin("syn"))
        d->drafts.load(*first, {});
    d->library.reload();
    d->notices.offerSpool();
}

void MainWindow::show(const Notice& notice)
{
    d->notices.show(notice);
}

void MainWindow::openFile(const QString& path)
{
    const bool isTemplate = path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive);
    if (isTemplate)
        d->templateActions.openFile(path);
    else
        d->files.openFile(path);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    d->settings.setGeometry(saveGeometry());
    d->settings.setScale(d->scale.factor());
    d->settings.setFlag(QStringLiteral("templates"), d->actions.templatesPane->isChecked());
    d->settings.setFlag(QStringLiteral("lab"), d->actions.labPane->isChecked());
    d->settings.setFlag(QStringLiteral("fullAddresses"), d->actions.fullAddresses->isChecked());
    d->area->saveSizes(d->settings);
    event->accept();
}

} // namespace tcpw
