// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"

#include <QObject>

class QAction;

namespace tcpw {

class BuilderPane;
class DraftFlow;
class InspectorPane;
class PacketView;

/// Edits of the draft that are made in the inspector: a field in its cell of the diagram, a byte
/// where it stands, a packet that is pasted. All of them go to the builder, as edits of its own.
class EditFlow : public QObject
{
    Q_OBJECT
public:
    EditFlow(BuilderPane& builder, InspectorPane& inspector, DraftFlow& drafts, QObject* parent);

    /// "Paste a packet", Ctrl+Shift+V: the clipboard's bytes, in any usual notation.
    QAction* pasteAction() const { return m_paste; }
    /// "Read again from its bytes": the draft as if it had been captured.
    QAction* readAgainAction() const { return m_readAgain; }

signals:
    void failed(const QString& message);

private:
    void connectDraft();
    void paste();
    void readAgain();
    Bytes withEthernet(Bytes bytes) const;

    BuilderPane& m_builder;
    InspectorPane& m_inspector;
    DraftFlow& m_drafts;
    PacketView& m_draft;
    QAction* m_paste;
    QAction* m_readAgain;
};

/// Whether bytes are an IP packet from its first to its last, as tcpdump -x prints them: without
/// the header of the link.
bool isWholeIpPacket(ByteView bytes);

} // namespace tcpw
