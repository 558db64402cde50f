// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/packetlistpane.h"

#include "ui/fields/plaintext.h"

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

/// How far back Answer looks for a packet when none is selected.
constexpr qsizetype answerSearch = 200;

/// Characters; libpcap takes seconds to compile some texts that are much longer.
constexpr int longestFilter = 1000;

QString answerHelp(AnswerKind kind)
{
    switch (kind) {
    case AnswerKind::ack:
        return PacketListPane::tr("Acknowledges what came (RFC 9293, section 3.10.7.4).");
    case AnswerKind::data:
        return PacketListPane::tr("Acknowledges what came and carries data.");
    case AnswerKind::finAck:
        return PacketListPane::tr("Ends our direction of the connection (RFC 9293, section 3.6).");
    case AnswerKind::rst:
        return PacketListPane::tr("Resets the connection (RFC 9293, section 3.10.7.1).");
    case AnswerKind::synAck:
        return PacketListPane::tr("Accepts a SYN (RFC 9293, section 3.5).");
    case AnswerKind::sack:
        return PacketListPane::tr("Tells that this segment came and something before it did not: a "
                                  "duplicate ACK with a SACK block (RFC 2018).");
    case AnswerKind::windowUpdate:
        return PacketListPane::tr(
            "Offers a larger window: a bare ACK (RFC 9293, section 3.8.6.2.2).");
    case AnswerKind::keepAlive:
        return PacketListPane::tr("Asks whether the peer is still there: a bare ACK with one "
                                  "sequence number less (RFC 9293, section 3.8.4).");
    }
    return {};
}

} // namespace

PacketListPane::PacketListPane(QWidget* parent)
    : QWidget(parent)
    , m_model(new PacketListModel(this))
    , m_view(new PacketListView(this))
    , m_notices(new NoticeLine(this))
    , m_empty(new EmptyState(this))
    , m_filterEdit(new QLineEdit(this))
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
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) {
            if (!current.isValid())
                return;
            m_wanted = m_model->packetOf(current.row());
            updateActions();
            emit currentPacketChanged(m_wanted);
            wantSuggestions();
        });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] {
        restoreCurrent();
        updateActions();
        updateEmptyState();
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, &PacketListPane::updateEmptyState);
    updateActions();
    updateEmptyState();
}

void PacketListPane::makeActions()
{
    m_answer = new QAction(tr("&Answer"), this);
    m_answer->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
    connect(m_answer, &QAction::triggered, this, [this] { answerWith({}); });
    for (const AnswerKind kind : allAnswerKinds) {
        auto* action = new QAction(tr("Answer with %1").arg(fromUtf8(answerKindName(kind))), this);
        action->setToolTip(plainToolTip(answerHelp(kind)));
        connect(action, &QAction::triggered, this, [this, kind] { answerWith(kind); });
        m_answerWith << action;
    }
    m_answerMenu.setToolTipsVisible(true);
    connect(&m_answerMenu, &QMenu::aboutToShow, this, [this] {
        wantSuggestions();
        fillAnswerMenu();
    });
    fillAnswerMenu();
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
           "from me, from peer; flags SYN,ACK (exactly these); option timestamps; and tcpdump's "
           "words, such as tcp port 8081; joined by and, or, not and brackets.")));
    m_filterEdit->setMaxLength(longestFilter);
    m_filterEdit->setClearButtonEnabled(true);
    auto* only = new QToolButton(this);
    only->setDefaultAction(m_onlyConversation);
    only->setToolButtonStyle(Qt::ToolButtonTextOnly);
    auto* answer = new QToolButton(this);
    answer->setObjectName(QStringLiteral("answerButton"));
    answer->setDefaultAction(m_answer);
    answer->setPopupMode(QToolButton::MenuButtonPopup);
    answer->setMenu(&m_answerMenu);
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

qsizetype PacketListPane::currentPacket() const
{
    return m_wanted;
}

void PacketListPane::setCurrentPacket(qsizetype packet)
{
    const int row = m_model->rowOf(packet);
    if (row < 0)
        return;
    m_view->setCurrentIndex(m_model->index(row, 0));
    m_view->scrollTo(m_model->index(row, 0));
}

/// After the rows were chosen anew, the packet that was current becomes it again.
void PacketListPane::restoreCurrent()
{
    if (m_wanted >= 0 && !m_view->currentIndex().isValid())
        setCurrentPacket(m_wanted);
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
    const LinkType linkType = any ? m_store->record(0).linkType : LinkType::ethernet;
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

std::optional<AnswerKind> PacketListPane::usualAnswerOf(qsizetype packet) const
{
    const ListedPacket* listed = m_model->listed(packet);
    if (!listed || !listed->summary.isTcp || listed->record.origin == Origin::me
        || listed->record.origin == Origin::kernel)
        return {};
    const auto bytes = m_store->bytes(listed->number);
    return bytes ? usualAnswer(decode(*bytes, listed->record.linkType)) : std::nullopt;
}

qsizetype PacketListPane::packetToAnswer() const
{
    if (m_wanted >= 0)
        return usualAnswerOf(m_wanted) ? m_wanted : -1;
    const qsizetype last = m_model->packetCount() - 1;
    for (qsizetype packet = last; packet >= 0 && packet > last - answerSearch; --packet)
        if (usualAnswerOf(packet))
            return packet;
    return -1;
}

void PacketListPane::setSuggestions(qsizetype packet, std::vector<AnswerSuggestion> suggestions)
{
    m_suggestedPacket = packet;
    m_suggestions = std::move(suggestions);
    updateActions();
}

void PacketListPane::wantSuggestions()
{
    const qsizetype packet = packetToAnswer();
    if (packet != m_suggestedPacket)
        m_suggestions.clear();
    if (packet >= 0)
        emit suggestionsWanted(packet);
}

const AnswerSuggestion* PacketListPane::suggestionFor(AnswerKind kind) const
{
    const auto found = std::ranges::find(m_suggestions, kind, &AnswerSuggestion::kind);
    return found == m_suggestions.end() ? nullptr : &*found;
}

std::optional<AnswerKind> PacketListPane::bestAnswerOf(qsizetype packet) const
{
    const auto usual = usualAnswerOf(packet);
    const bool suggested = usual && packet == m_suggestedPacket && !m_suggestions.empty();
    return suggested ? m_suggestions.front().kind : usual;
}

QString PacketListPane::answerHelpNow(AnswerKind kind) const
{
    const AnswerSuggestion* suggestion = suggestionFor(kind);
    return suggestion
        ? fromUtf8(suggestion->why) % QLatin1Char('\n') % fromUtf8(suggestion->numbers)
        : answerHelp(kind);
}

/// What makes sense now comes first, in words and not by place alone; the rest stays to be tried.
void PacketListPane::fillAnswerMenu()
{
    m_answerMenu.clear();
    const auto action = [this](AnswerKind kind) {
        return m_answerWith[std::ranges::find(allAnswerKinds, kind) - allAnswerKinds.begin()];
    };
    if (!m_suggestions.empty())
        m_answerMenu.addSection(tr("Makes sense now"));
    for (const AnswerSuggestion& suggestion : m_suggestions)
        m_answerMenu.addAction(action(suggestion.kind));
    if (!m_suggestions.empty() && m_suggestions.size() < allAnswerKinds.size())
        m_answerMenu.addSection(tr("To try out"));
    for (const AnswerKind kind : allAnswerKinds) {
        if (!suggestionFor(kind))
            m_answerMenu.addAction(action(kind));
        action(kind)->setToolTip(plainToolTip(answerHelpNow(kind)));
    }
}

void PacketListPane::answerWith(std::optional<AnswerKind> kind)
{
    wantSuggestions();
    const qsizetype packet = packetToAnswer();
    if (packet >= 0)
        emit answerRequested(packet, kind ? *kind : *bestAnswerOf(packet));
}

void PacketListPane::updateActions()
{
    const qsizetype packet = packetToAnswer();
    const auto best = bestAnswerOf(packet);
    const QString help = best
        ? tr("Fills in the segment that answers No. %1 with %2, with the right numbers. Nothing is "
             "sent before you press Send.")
              .arg(packet + 1)
              .arg(fromUtf8(answerKindName(*best)))
        : tr("Select a TCP segment that came in: this fills in the segment that answers it. A RST "
             "is never answered.");
    m_answer->setToolTip(plainToolTip(help));
    m_answer->setEnabled(packet >= 0);
    for (QAction* action : std::as_const(m_answerWith))
        action->setEnabled(packet >= 0);
    if (packet != m_suggestedPacket && !m_suggestions.empty())
        m_suggestions.clear();
    if (!m_answerMenu.isVisible())
        fillAnswerMenu();
    const ListedPacket* current = m_model->listed(m_wanted);
    m_onlyConversation->setEnabled(
        m_onlyConversation->isChecked() || (current && current->conversation));
}

} // namespace tcpw
