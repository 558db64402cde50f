// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/templateflow.h"

#include "packet/fields.h"
#include "ui/draftflow.h"
#include "ui/fields/plaintext.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/templates/librarychanges.h"
#include "ui/templates/sheetbar.h"
#include "ui/templates/templatesmenu.h"
#include "ui/templates/templatespane.h"

#include <QAction>

#include <algorithm>

namespace tcpw {

namespace {

/// "SYN,ACK" of a TCP segment, else the name of the innermost header: "ARP".
QString kindOf(const Packet& packet)
{
    if (const Result<std::string> bits = fieldText(packet, "tcp.controlBits"))
        return fromUtf8(*bits);
    QString name;
    for (const Layer& layer : packet.layers)
        if (!std::holds_alternative<Payload>(layer) && !std::holds_alternative<Trailer>(layer))
            name = fromUtf8(layerType(layer).label);
    return name;
}

} // namespace

TemplateFlow::TemplateFlow(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
    , m_tutorial(new QAction(tr("&Tutorial: the RST that nobody sent"), this))
{
    m_tutorial->setToolTip(plainToolTip(tr("A work sheet of a few steps in the lab: from a SYN by "
                                           "hand to a connection and its end.")));
    connect(m_tutorial, &QAction::triggered, this, &TemplateFlow::openTutorial);
    connect(&parts.menu, &TemplatesMenu::templateChosen, &parts.drafts, &DraftFlow::load);
    connect(&parts.menu, &TemplatesMenu::stepChosen, &parts.sheet, &SheetBar::open);
    connect(&parts.templates, &TemplatesPane::stepChosen, &parts.sheet, &SheetBar::open);
    connect(&parts.sheet, &SheetBar::stepShown, this, [this](const OwnTemplate& step) {
        if (!step.content.draft.packet.layers.empty()) // else it goes on with what is there
            m_parts.drafts.load(step.content, step.path);
    });
    connect(&parts.inspector, &InspectorPane::keepRequested, this, &TemplateFlow::keep);
}

void TemplateFlow::openTutorial()
{
    const auto& sheets = m_parts.library.sheets();
    const auto builtin = std::ranges::find_if(
        sheets, [](const LibrarySheet& sheet) { return sheet.folder.isEmpty(); });
    if (builtin != sheets.end())
        m_parts.sheet.open(LibrarySheet(*builtin), 0);
}

void TemplateFlow::keep(qsizetype number, const Packet& packet)
{
    Template made;
    made.name = toUtf8(tr("Packet %1 %2").arg(number + 1).arg(kindOf(packet)));
    made.draft.packet = packet;
    if (const QString path = m_parts.changes.duplicate(made); !path.isEmpty())
        emit kept(path);
}

} // namespace tcpw
