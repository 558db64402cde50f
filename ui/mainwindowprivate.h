// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

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
#include "ui/filedrop.h"
#include "ui/fileprogress.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/kernelswitch.h"
#include "ui/lab/labpane.h"
#include "ui/labflow.h"
#include "ui/ladder/ladderpane.h"
#include "ui/mainwindow.h"
#include "ui/noticeflow.h"
#include "ui/packetflow.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/packetlist/rowcopies.h"
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

namespace tcpw {

/// The parts of the window and the lines between them.
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
    void keep();
    bool mayClose();

    void showStatus();
    void showCapture();
    void showKernel();
    void goToPacket();
    void sayThatItHasNoRow(int number);
    void askForLimit();

    MainWindow& q;
    LiveSession& session;
    SendService& sender;
    LabService& lab;
    WindowSettings& settings;
    TemplateLibrary library;
    WindowActions actions;
    TemplateActions templateActions;
    LibraryChanges libraryChanges;
    TemplatesPane* templates;
    SheetBar* sheet;
    TemplatesMenu templatesMenu;
    BuilderPane* builder;
    InspectorPane* inspector;
    PacketListPane* packets;
    CaptureFiles files;
    RowCopies rowCopies;
    LadderPane* ladder;
    StatesPane* states;
    StreamPane* stream;
    LabPane* labPane;
    WindowToolBar* toolBar;
    WindowPanes panes;
    WindowArea* area;
    StatusLine* status;
    FileProgress* progress;
    FileDrop drop;
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

} // namespace tcpw
