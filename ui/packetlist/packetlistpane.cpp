// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/packetlistpane.h"

#include "ui/fields/plaintext.h"
#include "ui/packetlist/cellfilter.h"

#include <QAction>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tcpw {

namespace {

/// Characters; libpcap takes seconds to compile some texts that are much longer.
constexpr int longestFilter = 1000;

} // namespace

PacketListPane::PacketListPane(QWidget* parent)
    : QWidget(parent)
    , m_model(new PacketListModel(this))
    , m_view(new PacketListView(this))
    , m_notices(new NoticeLine(this))
    , m_empty(new EmptyState(this))
    , m_filterEdit(new QLineEdit(this))
    , m_findBar(new FindBar(*m_model, this))
    , m_answers(new AnswerActions(*m_model, this))
    , m_cells(new CellActions(this))
    , m_columnMenu(new ColumnMenu(*m_view, *m_model))
    , m_marks(new PacketMarks(*this))
    , m_filterWorker(this)
{
    m_view->setModel(m_model);
    makeActions();
    makeLayout();
    m_filterDelay.setSingleShot(true);
    m_filterDelay.setInterval(200);
    connect(m_filterEdit, &QLineEdit::textChanged, &m_filterDelay,
        static_cast<void (QTimer::*)()>(&QTimer::start));
    connect(m_filterEdit, &QLineEdit::returnPressed, this, &PacketListPane::readFilter);
    connect(&m_filterDelay, &QTimer::timeout, this, &PacketListPane::readFilter);
    connect(m_cells, &CellActions::filterWanted, this, &PacketListPane::setFilter);
    connect(m_findBar, &FindBar::found, this, &PacketListPane::setCurrentPacket);
    connect(m_answers, &AnswerActions::requested, this, &PacketListPane::answerRequested);
    connect(m_answers, &AnswerActions::suggestionsWanted, this, &PacketListPane::suggestionsWanted);
    connectRows();
    updateActions();
    updateEmptyState();
}

void PacketListPane::connectRows()
{
    const QItemSelectionModel* selection = m_view->selectionModel();
    connect(selection, &QItemSelectionModel::currentRowChanged, this, &PacketListPane::takeCurrent);
    connect(
        selection, &QItemSelectionModel::currentChanged, this, &PacketListPane::updateCellActions);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] {
        restoreCurrent();
        updateActions();
        updateEmptyState();
    });
    connect(m_model, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex& topLeft, const QModelIndex& bottomRight) {
            const int row = m_view->currentIndex().row();
            if (row >= topLeft.row() && row <= bottomRight.row())
                updateCellActions(); // it was tracked, and may have a problem
        });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        restoreCurrent();
        updateEmptyState();
    });
}

void PacketListPane::takeCurrent(const QModelIndex& current)
{
    if (!current.isValid())
        return;
    m_wanted = m_model->packetOf(current.row());
    updateActions();
    emit currentPacketChanged(m_wanted);
    m_answers->wantSuggestions();
}

void PacketListPane::makeActions()
{
    m_onlyConversation = new QAction(tr("&Only this conversation"), this);
    m_onlyConversation->setCheckable(true);
    m_onlyConversation->setToolTip(plainToolTip(
        tr("Shows only packets between the two ends of the selected packet, and ICMP errors about "
           "them.")));
    connect(m_onlyConversation, &QAction::toggled, this, [this](bool only) {
        RowChoice choice = m_model->choice();
        const ListedPacket* packet = m_model->listed(m_wanted);
        choice.conversation = only && packet ? packet->conversation : std::nullopt;
        applyChoice(choice);
    });
}

QWidget* PacketListPane::makeFilterRow()
{
    m_filterEdit->setObjectName(QStringLiteral("displayFilter"));
    m_filterEdit->setAccessibleName(tr("Display filter"));
    m_filterEdit->setPlaceholderText(tr("Show only … (from kernel, flags SYN,ACK, port 8081)"));
    m_filterEdit->setToolTip(plainToolTip(
        tr("Shows only the packets that this describes; Ctrl+L comes here. Words: from kernel, "
           "from me, from peer; flags SYN,ACK (exactly these); option timestamps; problem "
           "retransmission or any; checksum bad; connection, seq, ack, window, payload, device "
           "with a number; "
           "and tcpdump's words, such as tcp port 8081; joined by and, or, not and brackets.")));
    m_filterEdit->setMaxLength(longestFilter);
    m_filterEdit->setClearButtonEnabled(true);
    auto* only = new QToolButton(this);
    only->setDefaultAction(m_onlyConversation);
    only->setToolButtonStyle(Qt::ToolButtonTextOnly);
    auto* answer = new QToolButton(this);
    answer->setObjectName(QStringLiteral("answerButton"));
    answer->setDefaultAction(m_answers->answerAction());
    answer->setPopupMode(QToolButton::MenuButtonPopup);
    answer->setMenu(m_answers->menu());
    answer->setToolButtonStyle(Qt::ToolButtonTextOnly);
    for (QToolButton* button : {only, answer})
        button->setFocusPolicy(Qt::StrongFocus);

    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->addWidget(m_filterEdit, 1);
    layout->addWidget(only);
    layout->addWidget(answer);
    return row;
}

void PacketListPane::makeLayout()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeFilterRow());
    column->addWidget(m_findBar);
    column->addWidget(m_notices);
    auto* stack = new QStackedLayout;
    stack->setStackingMode(QStackedLayout::StackAll);
    stack->addWidget(m_empty);
    stack->addWidget(m_view);
    column->addLayout(stack, 1);
    m_notices->setIdleText(
        tr("Notices stand here. Select a packet to see what is in it; Answer replies to it."));
}

void PacketListPane::setStore(const PacketStore* store)
{
    m_store = store;
    m_wanted = -1;
    m_findBar->cancel(); // it reads the former one
    m_answers->setCurrent(-1);
    if (m_onlyConversation->isChecked())
        m_onlyConversation->setChecked(false);
    m_model->setStore(store);
    updateActions();
    emit currentPacketChanged(-1);
}

void PacketListPane::extendTo(qsizetype count)
{
    m_model->extendTo(count);
    if (!m_model->choice().all())
        updateActions();
    updateEmptyState();
}

void PacketListPane::dropBefore(qsizetype packet)
{
    if (m_wanted >= 0 && m_wanted < packet) {
        // Before its row goes, for the selection model would choose the row below instead.
        m_wanted = -1;
        m_view->selectionModel()->clear();
        emit currentPacketChanged(-1);
    }
    m_model->dropBefore(packet);
    updateActions();
}

qsizetype PacketListPane::currentPacket() const
{
    return m_wanted;
}

void PacketListPane::setCurrentPacket(qsizetype packet)
{
    const int row = m_model->rowOf(packet);
    if (row < 0)
        return;
    m_view->setCurrentIndex(m_model->index(row, m_column));
    m_view->scrollTo(m_model->index(row, m_column));
}

std::vector<std::size_t> PacketListPane::selectedPackets() const
{
    std::vector<std::size_t> packets;
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    for (const QModelIndex& row : rows)
        packets.push_back(std::size_t(m_model->packetOf(row.row())));
    std::ranges::sort(packets);
    return packets;
}

/// After the rows were chosen anew, the packet that was current becomes it again.
void PacketListPane::restoreCurrent()
{
    if (m_wanted >= 0 && !m_view->currentIndex().isValid())
        setCurrentPacket(m_wanted);
}

void PacketListPane::setFilter(const QString& filter)
{
    m_filterEdit->setText(filter);
    readFilter();
}

/// Reads the filter on a thread of its own; the newest text counts.
void PacketListPane::readFilter()
{
    m_filterDelay.stop();
    const QString text = m_filterEdit->text().trimmed();
    if (text == m_filterText)
        return;
    m_filterText = text;
    const bool any = m_store && m_store->size() > 0;
    const LinkType linkType = any ? m_store->record(m_store->first()).linkType : LinkType::ethernet;
    m_filterWorker.post([this, text, linkType]() -> Worker::Completion {
        const auto filter = DisplayFilter::parse(toUtf8(text), linkType);
        return [this, text, filter] {
            filterRead(text, filter);
        };
    });
}

void PacketListPane::filterRead(const QString& text, const Result<DisplayFilter>& filter)
{
    if (text != m_filterText)
        return;
    m_notices->setProblem(filter ? QString() : harmless(fromUtf8(filter.error().message)));
    if (!filter)
        return;
    RowChoice choice = m_model->choice();
    choice.filter = text.isEmpty() ? std::nullopt : std::optional(*filter);
    applyChoice(choice);
    updateCellActions();
}

void PacketListPane::applyChoice(const RowChoice& choice)
{
    m_model->setChoice(choice);
    restoreCurrent();
    updateEmptyState();
    emit choiceChanged();
}

void PacketListPane::updateEmptyState()
{
    const bool empty = m_model->packetCount() == 0;
    m_view->setVisible(!empty);
    m_empty->setVisible(empty);
    // A proxy that is hidden would take every Tab that comes by, and give it to nobody.
    setFocusProxy(empty ? static_cast<QWidget*>(m_filterEdit) : m_view);
}

void PacketListPane::updateActions()
{
    m_answers->setCurrent(m_wanted);
    m_findBar->setCurrent(m_wanted);
    m_marks->update();
    const ListedPacket* current = m_model->listed(m_wanted);
    m_onlyConversation->setEnabled(
        m_onlyConversation->isChecked() || (current && current->conversation));
}

/// What the cell under the cursor stands for.
void PacketListPane::updateCellActions()
{
    const QModelIndex cell = m_view->currentIndex();
    if (cell.isValid())
        m_column = cell.column();
    const ListedPacket* packet
        = cell.isValid() ? m_model->listed(m_model->packetOf(cell.row())) : nullptr;
    m_cells->setFilters(
        packet ? cellFilter(*packet, PacketListColumn(cell.column())) : QString(), m_filterText);
}

} // namespace tcpw
