// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/inspector/inspectorpane.h"

#include "packet/checksum.h"
#include "ui/fields/plaintext.h"
#include "ui/fields/textlabel.h"
#include "ui/inspector/bytesview.h"
#include "ui/inspector/packetview.h"
#include "ui/packetlist/packetlisttext.h"

#include <QAction>
#include <QHBoxLayout>
#include <QStackedLayout>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace tcpw {

InspectorPane::InspectorPane(QWidget* parent)
    : QWidget(parent)
    , m_tabs(new QTabWidget)
    , m_draft(new PacketView)
    , m_packet(new PacketView)
    , m_draftProblem(new TextLabel)
    , m_headline(new TextLabel)
    , m_nothing(new TextLabel)
    , m_editAgain(new QAction(tr("&Edit and send again"), this))
    , m_keep(new QAction(tr("&Keep as a template"), this))
{
    m_editAgain->setToolTip(plainToolTip(
        tr("Puts this packet into the builder as it is. Nothing is sent before you press Send.")));
    connect(m_editAgain, &QAction::triggered, this, [this] {
        const Packet& captured = m_packet->details().packet;
        const Packet packet = editable(captured, m_originalLength);
        emit editAgainRequested(packet, packet != captured);
    });
    m_keep->setToolTip(plainToolTip(tr("Saves this packet, byte for byte, among your templates.")));
    connect(m_keep, &QAction::triggered, this, [this] {
        emit keepRequested(m_number, editable(m_packet->details().packet, m_originalLength));
    });
    connect(m_draft, &PacketView::fieldActivated, this, &InspectorPane::draftFieldActivated);
    m_draft->tree()->setAccessibleName(tr("Fields of the draft"));
    m_draft->bytes()->setAccessibleName(tr("Bytes of the draft"));

    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeDraftTab(), tr("Draft"));
    m_tabs->setTabToolTip(0, plainToolTip(tr("What Send would send now")));
    m_tabs->addTab(makePacketTab(), tr("Packet"));
    m_tabs->setTabToolTip(1, plainToolTip(tr("The packet that is selected in the list")));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
    clearPacket();
    setDraftProblem({});
}

QWidget* InspectorPane::makeDraftTab()
{
    auto* tab = new QWidget;
    auto* column = new QVBoxLayout(tab);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_draftProblem->setTint(TextLabel::Tint::warning);
    m_draftProblem->setContentsMargins(8, 4, 8, 4);
    column->addWidget(m_draftProblem);
    column->addWidget(m_draft, 1);
    return tab;
}

QWidget* InspectorPane::makePacketTab()
{
    auto* again = new QToolButton;
    again->setDefaultAction(m_editAgain);
    again->setFocusPolicy(Qt::StrongFocus);
    again->setObjectName(QStringLiteral("editAgainButton"));
    auto* keep = new QToolButton;
    keep->setDefaultAction(m_keep);
    keep->setFocusPolicy(Qt::StrongFocus);
    keep->setObjectName(QStringLiteral("keepButton"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(8, 4, 6, 4);
    head->addWidget(m_headline, 1);
    head->addWidget(again);
    head->addWidget(keep);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_packet, 1);

    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setTint(TextLabel::Tint::muted);
    m_nothing->setContentsMargins(16, 16, 16, 16);
    auto* tab = new QWidget;
    m_packetPages = new QStackedLayout(tab);
    m_packetPages->addWidget(m_nothing);
    m_packetPages->addWidget(page);
    return tab;
}

void InspectorPane::setDraft(const Packet& preview)
{
    const bool isFirst = m_draft->details().packet.layers.empty();
    m_draft->setDetails(draftDetails(preview));
    if (isFirst)
        m_draft->showDiagram(true);
}

void InspectorPane::setDraftProblem(const QString& sentence)
{
    m_draftProblem->setText(sentence);
    m_draftProblem->setVisible(!sentence.isEmpty());
}

void InspectorPane::showPacket(qsizetype number, const PacketRecord& record, ByteView bytes)
{
    m_originalLength = record.originalLength;
    m_packet->setDetails(capturedDetails(decode(bytes, record.linkType), record.originalLength));
    QStringList parts{tr("No. %1").arg(number + 1)};
    if (record.origin != Origin::unknown)
        parts << originText(record.origin);
    parts << (record.capturedLength == record.originalLength
            ? byteCount(record.originalLength)
            : tr("%1 of %2 bytes captured").arg(record.capturedLength).arg(record.originalLength));
    showPacketPage(true, number, parts.join(QStringLiteral(" · ")));
}

void InspectorPane::showProblem(qsizetype number, const QString& message)
{
    m_nothing->setText(message);
    showPacketPage(false, number, {});
}

void InspectorPane::clearPacket()
{
    m_nothing->setText(tr("Select a packet in the list below, and its fields and bytes are here."));
    nameTab(tr("Packet"));
    m_packetPages->setCurrentIndex(0);
    m_editAgain->setEnabled(false);
    m_keep->setEnabled(false);
}

/// The packet's; all is laid out anew even for the same name.
void InspectorPane::nameTab(const QString& name)
{
    if (m_tabs->tabText(1) != name)
        m_tabs->setTabText(1, name);
}

void InspectorPane::showPacketPage(bool any, qsizetype number, const QString& headline)
{
    m_headline->setText(headline);
    m_packetPages->setCurrentIndex(any ? 1 : 0);
    m_editAgain->setEnabled(any);
    m_keep->setEnabled(any);
    m_number = number;
    nameTab(tr("Packet %1").arg(number + 1));
    m_tabs->setCurrentIndex(1);
}

void InspectorPane::showDraftTab()
{
    m_tabs->setCurrentIndex(0);
}

void InspectorPane::selectDraftField(const QString& path)
{
    m_draft->selectField(path);
}

} // namespace tcpw
