// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"
#include "packet/packet.h"

#include <QWidget>

class QAction;
class QStackedLayout;
class QTabWidget;

namespace tcpw {

class PacketView;
class TextLabel;

/// What is in a packet, field by field and byte by byte: on one tab the draft as it would be sent,
/// on the other the packet that is selected in the list.
class InspectorPane : public QWidget
{
    Q_OBJECT
public:
    explicit InspectorPane(QWidget* parent = nullptr);

    /// The draft, resolved as far as it is known; may have computed fields empty.
    void setDraft(const Packet& preview);
    /// Why it is not known what would be sent; "" when it is.
    void setDraftProblem(const QString& sentence);

    /// Shows a packet of the list, by its number from 0, and brings its tab to the front.
    void showPacket(qsizetype number, const PacketRecord& record, ByteView bytes);
    /// Says that a packet cannot be read.
    void showProblem(qsizetype number, const QString& message);
    void clearPacket();
    void showDraftTab();

    /// Marks a field of the draft.
    void selectDraftField(const QString& path);

    QTabWidget* tabs() const { return m_tabs; }
    PacketView* draftView() const { return m_draft; }
    PacketView* packetView() const { return m_packet; }
    /// "Edit and send again": the shown packet becomes the draft.
    QAction* editAgainAction() const { return m_editAgain; }
    /// "Keep as a template": the shown packet becomes one of one's own templates.
    QAction* keepAction() const { return m_keep; }

signals:
    /// `isCompleted`: a checksum that a network card was to compute is left to us now.
    void editAgainRequested(const tcpw::Packet& packet, bool isCompleted);
    void keepRequested(qsizetype number, const tcpw::Packet& packet);
    void draftFieldActivated(const QString& path); ///< double click or Return

private:
    QWidget* makeDraftTab();
    QWidget* makePacketTab();
    void nameTab(const QString& name);
    void showPacketPage(bool any, qsizetype number, const QString& headline);

    QTabWidget* m_tabs;
    PacketView* m_draft;
    PacketView* m_packet;
    TextLabel* m_draftProblem;
    TextLabel* m_headline;
    TextLabel* m_nothing;
    QStackedLayout* m_packetPages = nullptr;
    QAction* m_editAgain;
    QAction* m_keep;
    std::size_t m_originalLength = 0;
    qsizetype m_number = -1;
};

} // namespace tcpw
