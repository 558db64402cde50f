// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/plaintext.h"
#include "ui/inspector/packetview.h"
#include "ui/limitdialog.h"
#include "ui/mainwindowprivate.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QInputDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>

#include <algorithm>

namespace tcpw {

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
    , templates(new TemplatesPane(library))
    , sheet(new SheetBar)
    , templatesMenu(library)
    , builder(new BuilderPane)
    , inspector(new InspectorPane)
    , packets(new PacketListPane)
    , files(session, settings, *packets, &window)
    , rowCopies(*packets->view())
    , ladder(new LadderPane)
    , states(new StatesPane)
    , stream(new StreamPane)
    , labPane(new LabPane)
    , toolBar(new WindowToolBar(actions.startStop, &templatesMenu))
    , panes(
          {toolBar, sheet, templates, builder, inspector, packets, ladder, states, stream, labPane})
    , area(new WindowArea(panes))
    , status(new StatusLine)
    , progress(new FileProgress)
    , drop(&window)
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
    status->addPermanentWidget(progress);
    connectCapture();
    connectKernel();
    connectPackets();
    connectActions();
    connectPanes();
    fillMenus();
}

void MainWindow::Private::connectCapture()
{
    toolBar->follow(session);
    connect(&session, &LiveSession::deviceChosen, &q, [this] { showCapture(); });
    connect(&session, &LiveSession::captureChanged, &q, [this] { showCapture(); });
    connect(&session, &LiveSession::labChanged, actions.retryLab,
        [this] { actions.retryLab->setEnabled(!session.labRunning()); });
    connect(actions.retryLab, &QAction::triggered, &session, &LiveSession::retryLab);
    connect(&session, &LiveSession::statisticsChanged, &q, [this] { showStatus(); });
    connect(actions.startStop, &QAction::triggered, &q,
        [this] { session.capturing() ? session.stop() : session.start(); });
    connect(actions.clear, &QAction::triggered, &session, &LiveSession::clear);
    connect(actions.limit, &QAction::triggered, &q, [this] { askForLimit(); });
    connect(&session, &LiveSession::fileProgressed, progress, &FileProgress::setProgress);
    connect(progress, &FileProgress::cancelled, &session, &LiveSession::cancelFileWork);
    connect(&drop, &FileDrop::dropped, &q, [this](const QString& path) { q.openFile(path); });

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

void MainWindow::Private::restore()
{
    q.resize(QSize(1440, 900).boundedTo(q.screen()->availableSize()));
    q.restoreGeometry(settings.geometry());
    scale.setFactor(settings.scale());
    area->restoreSizes(settings);
    actions.templatesPane->setChecked(settings.flag(QStringLiteral("templates"), true));
    actions.labPane->setChecked(settings.flag(QStringLiteral("lab"), true));
    actions.fullAddresses->setChecked(settings.flag(QStringLiteral("fullAddresses"), false));
    packets->columnMenu().restore(settings.texts(QStringLiteral("packetList")));
    session.setCaptureLimit(readLimit(settings));
}

void MainWindow::Private::keep()
{
    settings.setGeometry(q.saveGeometry());
    settings.setScale(scale.factor());
    settings.setFlag(QStringLiteral("templates"), actions.templatesPane->isChecked());
    settings.setFlag(QStringLiteral("lab"), actions.labPane->isChecked());
    settings.setFlag(QStringLiteral("fullAddresses"), actions.fullAddresses->isChecked());
    settings.setTexts(QStringLiteral("packetList"), packets->columnMenu().state());
    area->saveSizes(settings);
}

/// Asks when packets of a real device or comments would be lost.
bool MainWindow::Private::mayClose()
{
    QStringList losses;
    if (const qsizetype unsaved = session.unsavedCount(); unsaved > 0)
        losses << MainWindow::tr("%Ln captured packet(s) were not saved.", nullptr, int(unsaved));
    if (session.hasUnsavedComments())
        losses << MainWindow::tr("Comments on packets were changed and not saved.");
    if (losses.isEmpty())
        return true;
    QMessageBox question(QMessageBox::Question, MainWindow::tr("TCP Workbench"),
        losses.join(QLatin1Char('\n')), QMessageBox::NoButton, &q);
    question.setTextFormat(Qt::PlainText);
    const QPushButton* quit
        = question.addButton(MainWindow::tr("Quit &without saving"), QMessageBox::DestructiveRole);
    QPushButton* stay
        = question.addButton(MainWindow::tr("&Back to the window"), QMessageBox::RejectRole);
    question.setDefaultButton(stay);
    question.setEscapeButton(stay);
    question.exec();
    return question.clickedButton() == quit;
}

void MainWindow::Private::askForLimit()
{
    auto* dialog = new LimitDialog(session.captureLimit(), &q);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LimitDialog::chosen, &q, [this](const CaptureLimit& limit) {
        session.setCaptureLimit(limit);
        keepLimit(settings, limit);
    });
    dialog->open();
}

void MainWindow::Private::showStatus()
{
    WindowStatus now;
    packetFlow.fillStatus(now);
    now.capturing = session.capturing();
    now.counted = session.statistics();
    now.droppedByStore = session.droppedByStore();
    now.further = qsizetype(session.alsoCaptured().size());
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
    const PacketListModel& model = *packets->model();
    const qsizetype first = model.packetEnd() - model.packetCount();
    dialog->setIntRange(int(first) + 1, int(std::max(first + 1, model.packetEnd())));
    dialog->setIntValue(int(std::max(packets->currentPacket(), first)) + 1);
    connect(dialog, &QInputDialog::intValueSelected, packets, [this](int number) {
        if (packets->model()->rowOf(number - 1) < 0)
            return sayThatItHasNoRow(number);
        packets->setCurrentPacket(number - 1);
        packets->view()->setFocus(Qt::OtherFocusReason);
    });
    dialog->open();
}

void MainWindow::Private::sayThatItHasNoRow(int number)
{
    const PacketListModel& model = *packets->model();
    Notice notice;
    if (!model.listed(number - 1))
        notice.text = MainWindow::tr("There is no packet %1, or no longer.").arg(number);
    else if (model.choice().all() || model.choosing())
        notice.text = MainWindow::tr("Packet %1 has no row yet. Try it again soon.").arg(number);
    else
        notice.text = MainWindow::tr("Packet %1 has no row: the display filter or \"Only this "
                                     "conversation\" hides it.")
                          .arg(number);
    notices.show(notice);
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
    if (!d->mayClose())
        return event->ignore();
    d->keep();
    event->accept();
}

} // namespace tcpw
