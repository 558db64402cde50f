// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/inspector/packetview.h"

#include "ui/fields/plaintext.h"
#include "ui/fields/theme.h"
#include "ui/inspector/bytesview.h"
#include "ui/inspector/celleditor.h"
#include "ui/inspector/headerdiagram.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QImage>
#include <QItemSelectionModel>
#include <QSaveFile>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
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
        QColor operator()(const SnapHeader&) const { return theme.linkLayer; }
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
    , m_views(new QTabBar)
    , m_pages(new QStackedWidget)
    , m_tree(new QTreeView)
    , m_diagram(new HeaderDiagram)
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
    m_tree->setMinimumHeight(m_tree->fontMetrics().height() * 2);
    m_diagram->setMinimumHeight(m_tree->minimumHeight());
    m_bytes->setMinimumHeight(m_bytes->fontMetrics().height());

    m_views->setAccessibleName(tr("How the packet is shown"));
    m_views->setDrawBase(false);
    m_views->setExpanding(false);
    m_views->addTab(tr("Fields"));
    m_views->setTabToolTip(0, plainToolTip(tr("All fields of all layers")));
    m_pages->addWidget(m_tree);
    m_pages->addWidget(m_diagram);

    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setAccessibleName(tr("Fields and bytes"));
    splitter->addWidget(m_pages);
    splitter->addWidget(m_bytes);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_views);
    layout->addWidget(splitter, 1);
    setFocusProxy(m_tree);
    connectViews();
    addDiagramActions();
}

void PacketView::connectViews()
{
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) {
            choose(DetailsModel::detailsRow(current));
            if (m_tree->hasFocus())
                tellChosen();
        });
    connect(m_bytes, &BytesView::byteChosen, this, [this](int byte) {
        m_tree->setCurrentIndex(m_model->indexOf(details().rowAt(std::size_t(byte))));
        tellChosen();
    });
    connect(m_bytes, &BytesView::byteTyped, this, &PacketView::byteTyped);
    connect(m_bytes, &BytesView::pasteRequested, this, &PacketView::pasteRequested);
    connect(m_tree, &QTreeView::activated, this, [this] {
        if (const QString path = currentField(); !path.isEmpty())
            emit fieldActivated(path);
    });
    connect(m_diagram, &HeaderDiagram::rowChosen, this, [this](int row) {
        m_tree->setCurrentIndex(m_model->indexOf(row));
        tellChosen();
    });
    connect(m_diagram, &HeaderDiagram::rowActivated, this, &PacketView::editCell);
    connect(m_views, &QTabBar::currentChanged, this, &PacketView::showView);
    connect(m_model, &QAbstractItemModel::modelReset, this, &PacketView::openLayers);
}

void PacketView::addDiagramActions()
{
    const auto add = [this](const QString& text, auto&& done) {
        auto* action = new QAction(text, m_diagram);
        connect(action, &QAction::triggered, this, done);
        m_diagram->addAction(action);
    };
    m_diagram->setContextMenuPolicy(Qt::ActionsContextMenu);
    add(tr("Copy as &text"), [this] { QGuiApplication::clipboard()->setText(m_diagram->text()); });
    add(tr("Copy as &picture"),
        [this] { QGuiApplication::clipboard()->setImage(m_diagram->image()); });
    add(tr("Save as S&VG…"), [this] { saveDiagram(QStringLiteral("svg")); });
    add(tr("Save as P&NG…"), [this] { saveDiagram(QStringLiteral("png")); });
}

void PacketView::saveDiagram(const QString& suffix)
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save the diagram"), tr("header") + QLatin1Char('.') + suffix);
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    const bool opened = file.open(QIODevice::WriteOnly);
    if (opened && suffix == QLatin1String("svg"))
        file.write(m_diagram->svg());
    else if (opened)
        m_diagram->image().save(&file, "PNG");
    if (!opened || !file.commit())
        emit failed(tr("The diagram was not saved: %1.").arg(file.errorString()));
}

/// The tree, and each layer by its name.
void PacketView::nameViews()
{
    const Packet& packet = details().packet;
    const QSignalBlocker quiet(m_views);
    while (m_views->count() > int(packet.layers.size()) + 1)
        m_views->removeTab(m_views->count() - 1);
    for (int at = 0; at < int(packet.layers.size()); ++at) {
        const QString name = fromUtf8(layerType(packet.layers[std::size_t(at)]).label);
        if (at + 1 >= m_views->count())
            m_views->addTab(name);
        else if (m_views->tabText(at + 1) != name)
            m_views->setTabText(at + 1, name);
    }
}

void PacketView::showView(int view)
{
    m_pages->setCurrentIndex(view > 0 ? 1 : 0);
    // A tree that nobody sees would measure all its rows at each edit.
    m_tree->header()->setSectionResizeMode(
        view > 0 ? QHeaderView::Interactive : QHeaderView::ResizeToContents);
    if (view > 0)
        m_diagram->setLayer(std::size_t(view - 1));
    setFocusProxy(m_pages->currentWidget());
}

void PacketView::showDiagram(bool shown)
{
    m_views->setCurrentIndex(shown ? int(m_diagram->layer()) + 1 : 0);
}

void PacketView::setDetails(PacketDetails details)
{
    m_model->setDetails(std::move(details));
    m_diagram->setDetails(this->details());
    nameViews();
    if (m_views->currentIndex() > 0)
        m_views->setCurrentIndex(int(m_diagram->layer()) + 1);
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
    m_diagram->setCurrentRow(any ? detailsRow : -1);
    if (m_views->currentIndex() > 0)
        m_views->setCurrentIndex(int(m_diagram->layer()) + 1);
}

void PacketView::tellChosen()
{
    if (const QString path = currentField(); !path.isEmpty())
        emit fieldChosen(path);
}

void PacketView::setFieldRows(FieldRows rows)
{
    m_rows = std::move(rows);
    m_bytes->setEditable(bool(m_rows));
}

/// Opens the editor of the chosen field over its cell.
void PacketView::editCell()
{
    const QString path = currentField();
    FieldEdit* row = path.isEmpty() || !m_rows ? nullptr : m_rows(path);
    const int cell = m_diagram->diagram().cellOf(m_diagram->currentRow());
    if (!row || cell < 0) {
        if (!path.isEmpty())
            emit fieldActivated(path);
        return;
    }
    delete m_editor;
    const std::size_t layer = details().rows[std::size_t(m_diagram->currentRow())].path.layer;
    m_editor = new CellEditor(
        fromUtf8(layerType(details().packet.layers[layer]).label), row, m_diagram->viewport());
    connect(m_editor, &CellEditor::closed, this, [this](bool hadFocus) {
        if (hadFocus)
            m_diagram->setFocus(Qt::OtherFocusReason);
    });
    m_editor->openAt(m_diagram->cellRect(cell));
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
