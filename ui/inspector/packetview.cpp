// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/inspector/packetview.h"

#include "ui/fields/plaintext.h"
#include "ui/fields/theme.h"
#include "ui/inspector/bytesview.h"

#include <QEvent>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace tcpw {

namespace {

QColor colorOf(const Layer& layer, const Theme& theme)
{
    struct Visitor
    {
        const Theme& theme;
        QColor operator()(const EthernetHeader&) const { return theme.linkLayer; }
        QColor operator()(const VlanTag&) const { return theme.linkLayer; }
        QColor operator()(const LinuxCookedHeader&) const { return theme.linkLayer; }
        QColor operator()(const LinuxCooked2Header&) const { return theme.linkLayer; }
        QColor operator()(const LoopbackHeader&) const { return theme.linkLayer; }
        QColor operator()(const TcpHeader&) const { return theme.transportLayer; }
        QColor operator()(const UdpHeader&) const { return theme.transportLayer; }
        QColor operator()(const IcmpHeader&) const { return theme.transportLayer; }
        QColor operator()(const Payload&) const { return theme.dataLayer; }
        QColor operator()(const Trailer&) const { return theme.muted; }
        QColor operator()(const Rest&) const { return theme.warning; }
        QColor operator()(const ArpPacket&) const { return theme.networkLayer; }
        QColor operator()(const Ipv4Header&) const { return theme.networkLayer; }
        QColor operator()(const Ipv6Header&) const { return theme.networkLayer; }
        QColor operator()(const Ipv6Extension&) const { return theme.networkLayer; }
        QColor operator()(const Ipv6Fragment&) const { return theme.networkLayer; }
    };
    return std::visit(Visitor{theme}, layer);
}

bool isUpperLayer(const Layer& layer)
{
    return !std::holds_alternative<EthernetHeader>(layer)
        && !std::holds_alternative<Ipv4Header>(layer) && !std::holds_alternative<Ipv6Header>(layer);
}

} // namespace

PacketView::PacketView(QWidget* parent)
    : QWidget(parent)
    , m_model(new DetailsModel(this))
    , m_tree(new QTreeView)
    , m_bytes(new BytesView)
{
    m_tree->setModel(m_model);
    m_tree->setAccessibleName(tr("Fields of the packet"));
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_tree->setIndentation(m_tree->fontMetrics().height());
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_tree->setMinimumHeight(m_tree->fontMetrics().height() * 3);
    m_bytes->setMinimumHeight(m_bytes->fontMetrics().height() * 2);

    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setAccessibleName(tr("Fields and bytes"));
    splitter->addWidget(m_tree);
    splitter->addWidget(m_bytes);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    setFocusProxy(m_tree);

    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) { choose(DetailsModel::detailsRow(current)); });
    connect(m_bytes, &BytesView::byteChosen, this,
        [this](int byte) { m_tree->setCurrentIndex(m_model->indexOf(details().rowAt(byte))); });
    connect(m_tree, &QTreeView::activated, this, [this] {
        if (const QString path = currentField(); !path.isEmpty())
            emit fieldActivated(path);
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, &PacketView::openLayers);
}

void PacketView::setDetails(PacketDetails details)
{
    m_model->setDetails(std::move(details));
    showBytes();
    choose(DetailsModel::detailsRow(m_tree->currentIndex()));
}

void PacketView::showBytes()
{
    const Theme& theme = Theme::of(palette());
    std::vector<QColor> colors(details().bytes.size());
    for (std::size_t layer = 0; layer < details().layers.size(); ++layer) {
        const Extent extent = details().layers[layer];
        const QColor color = colorOf(details().packet.layers[layer], theme);
        for (std::size_t byte = extent.offset; byte < extent.offset + extent.length; ++byte)
            colors[byte] = color;
    }
    m_bytes->setBytes(details().bytes, std::move(colors));
}

/// What is above IP is open at first; Ethernet and IP are one line each.
void PacketView::openLayers()
{
    for (std::size_t at = 0; at < details().rows.size(); ++at) {
        const DetailsRow& row = details().rows[at];
        const bool open = row.parent >= 0 || !row.problem.isEmpty()
            || isUpperLayer(details().packet.layers[row.path.layer]);
        m_tree->setExpanded(m_model->indexOf(int(at)), open);
    }
}

void PacketView::choose(int detailsRow)
{
    const bool any = detailsRow >= 0 && detailsRow < int(details().rows.size());
    m_bytes->mark(any ? details().rows[std::size_t(detailsRow)].bits : BitRange());
}

void PacketView::selectField(const QString& path)
{
    if (const int row = details().rowOf(path); row >= 0)
        m_tree->setCurrentIndex(m_model->indexOf(row));
}

QString PacketView::currentField() const
{
    const int row = DetailsModel::detailsRow(m_tree->currentIndex());
    if (row < 0 || !details().rows[std::size_t(row)].path.field)
        return {};
    return fromUtf8(pathName(details().packet, details().rows[std::size_t(row)].path));
}

void PacketView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showBytes();
}

} // namespace tcpw
