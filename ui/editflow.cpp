// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/editflow.h"

#include "packet/pastedbytes.h"
#include "ui/builder/builderpane.h"
#include "ui/draftflow.h"
#include "ui/fields/plaintext.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/inspector/packetview.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>

namespace tcpw {

bool isWholeIpPacket(ByteView bytes)
{
    if (bytes.empty())
        return false;
    const int version = bytes[0] >> 4;
    const Packet packet = decode(bytes, version == 6 ? LinkType::ipv6 : LinkType::ipv4);
    if (const auto* ipv4 = packet.find<Ipv4Header>())
        return version == 4 && !ipv4->totalLength; // what is computed is what there is
    const auto* ipv6 = packet.find<Ipv6Header>();
    return ipv6 && version == 6 && !ipv6->payloadLength;
}

EditFlow::EditFlow(
    BuilderPane& builder, InspectorPane& inspector, DraftFlow& drafts, QObject* parent)
    : QObject(parent)
    , m_builder(builder)
    , m_inspector(inspector)
    , m_drafts(drafts)
    , m_draft(*inspector.draftView())
    , m_paste(new QAction(tr("&Paste a packet"), this))
    , m_readAgain(new QAction(tr("Read again from its &bytes"), this))
{
    m_paste->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V));
    m_paste->setToolTip(plainToolTip(
        tr("Makes the clipboard's bytes the packet: hexadecimal digits, a dump of tcpdump -xx, "
           "Wireshark or xxd, a Python or C literal, an array.")));
    m_readAgain->setToolTip(plainToolTip(
        tr("Takes the packet apart anew, as if it had been captured: placeholders become the "
           "values that they have now.")));
    connect(m_paste, &QAction::triggered, this, &EditFlow::paste);
    connect(m_readAgain, &QAction::triggered, this, &EditFlow::readAgain);
    connectDraft();
}

void EditFlow::connectDraft()
{
    m_draft.setFieldRows([this](const QString& path) { return m_builder.row(path); });
    connect(&m_draft, &PacketView::fieldChosen, &m_builder, &BuilderPane::showField);
    connect(&m_draft, &PacketView::pasteRequested, this, &EditFlow::paste);
    connect(&m_draft, &PacketView::byteTyped, this, [this](int byte, quint8 value) {
        Bytes bytes = m_draft.details().bytes;
        bytes[std::size_t(byte)] = value;
        m_builder.typeBytes(bytes, tr("Bytes"), QStringLiteral("bytes"));
    });
}

/// tcpdump -x leaves the Ethernet header out; the draft's serves.
Bytes EditFlow::withEthernet(Bytes bytes) const
{
    const Packet& draft = m_draft.details().packet;
    if (draft.linkType != LinkType::ethernet || !isWholeIpPacket(bytes))
        return bytes;
    EthernetHeader header;
    if (const auto* old = draft.find<EthernetHeader>())
        header = *old;
    header.etherType = bytes[0] >> 4 == 6 ? std::uint16_t{0x86dd} : std::uint16_t{0x0800};
    Packet link;
    link.layers.emplace_back(header);
    Bytes frame = encode(link);
    frame.insert(frame.end(), bytes.begin(), bytes.end());
    return frame;
}

void EditFlow::paste()
{
    const auto bytes = parsePastedBytes(toUtf8(QGuiApplication::clipboard()->text()));
    if (!bytes) {
        emit failed(tr("The clipboard holds no packet. %1").arg(fromUtf8(bytes.error().message)));
        return;
    }
    m_builder.typeBytes(withEthernet(*bytes), tr("Pasted packet"));
    m_inspector.showDraftTab();
}

void EditFlow::readAgain()
{
    m_drafts.edit(decode(m_draft.details().bytes, m_draft.details().packet.linkType),
        tr("This is the draft as its bytes say it."));
}

} // namespace tcpw
