// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/builder/builderpaneprivate.h"

#include "session/sender.h"
#include "templates/overwrite.h"
#include "ui/builder/cardstack.h"
#include "ui/builder/expectation.h"
#include "ui/builder/layerheader.h"
#include "ui/builder/layersmenu.h"
#include "ui/builder/sendfoot.h"
#include "ui/fields/plaintext.h"
#include "ui/fields/valueeditor.h"

#include <QAction>
#include <QApplication>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace tcpw {

BuilderPane::Private::Private(BuilderPane* pane)
    : q(pane)
    , history(pane)
{
    build();
    connectCards();
    connectActions();
}

void BuilderPane::Private::build()
{
    send = new QAction(BuilderPane::tr("&Send"), q);
    send->setShortcuts(
        {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    send->setAutoRepeat(false);
    check = new QAction(BuilderPane::tr("Check"), q);
    check->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_K));
    check->setAutoRepeat(false);
    check->setToolTip(plainToolTip(BuilderPane::tr(
        "Finds out whether the destination can be reached (Ctrl+K): asks for its "
        "MAC address (ARP, RFC 826; neighbour discovery, RFC 4861) and sends an ICMP echo "
        "request.")));
    swap = new QAction(BuilderPane::tr("S&wap ends"), q);
    swap->setToolTip(plainToolTip(BuilderPane::tr(
        "Source and destination change places in every layer: MAC and IP addresses, ports.")));
    q->addActions({send, check});

    cards = new CardStack;
    layers = new QToolButton;
    layers->setText(BuilderPane::tr("&Layers"));
    layers->setAccessibleName(BuilderPane::tr("Add or remove layers"));
    layers->setToolTip(BuilderPane::tr("Adds, exchanges or removes layers of the packet (Alt+L)."));
    layers->setPopupMode(QToolButton::InstantPopup);
    layers->setFocusPolicy(Qt::StrongFocus);
    auto* menu = new LayersMenu([this]() -> const Packet& { return draft.packet; }, layers);
    layers->setMenu(menu);
    QObject::connect(menu, &LayersMenu::operationChosen, q,
        [this](LayerOperation operation) { operate(operation); });
    QObject::connect(
        menu, &LayersMenu::removeChosen, q, [this](std::size_t layer) { remove(layer); });

    scroll = new QScrollArea(q);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setMinimumHeight(60);
    scroll->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored); // the foot comes first
    auto* content = new QWidget;
    scroll->setWidget(content); // empty still: it is measured here
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 6);
    column->addWidget(cards);
    auto* below = new QHBoxLayout;
    below->setContentsMargins(10, 0, 10, 0);
    below->addWidget(layers);
    below->addStretch();
    column->addLayout(below);
    column->addStretch();

    foot = new SendFoot(send, check, q);
    auto* layout = new QVBoxLayout(q);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(scroll, 1);
    layout->addWidget(foot);
}

void BuilderPane::Private::connectCards()
{
    QObject::connect(cards, &CardStack::edited, q,
        [this](std::size_t layer, FieldEdit* row, const QString& text) { edit(layer, row, text); });
    QObject::connect(cards, &CardStack::resetRequested, q,
        [this](std::size_t layer, FieldEdit* row) { reset(layer, row); });
    QObject::connect(cards, &CardStack::focused, q,
        [this](std::size_t layer, FieldEdit* row) { activate(layer, row); });
    QObject::connect(
        cards, &CardStack::removeRequested, q, [this](std::size_t layer) { remove(layer); });
    QObject::connect(cards, &CardStack::showRequested, q, [this] { refresh(); });
    QObject::connect(cards, &CardStack::problemChanged, q, [this] {
        refreshActions();
        refreshFoot();
    });
    QObject::connect(&history, &DraftHistory::wanted, q,
        [this](const DraftHistory::State& wanted, const QString& field) { goTo(wanted, field); });
    QObject::connect(cards, &CardStack::stopsChanged, q, [this] { fixTabOrder(); });
    QObject::connect(cards, &CardStack::becameCurrent, q,
        [this](QWidget* part) { scroll->ensureWidgetVisible(part, 0, 10); });
}

void BuilderPane::Private::connectActions()
{
    QObject::connect(send, &QAction::triggered, q, [this] {
        if (q->canSend())
            emit q->sendRequested();
    });
    QObject::connect(swap, &QAction::triggered, q, [this] { operate(LayerOperation::swapEnds); });
    QObject::connect(check, &QAction::triggered, q, [this] {
        if (const std::optional<IpAddress> destination = destinationOf(sent))
            emit q->checkRequested(*destination);
    });
}

bool BuilderPane::Private::hasPreview() const
{
    if (!preview || preview->layers.size() != draft.packet.layers.size())
        return false;
    for (std::size_t i = 0; i < draft.packet.layers.size(); ++i)
        if (preview->layers[i].index() != draft.packet.layers[i].index())
            return false;
    return true;
}

/// Another draft. What is known of the old one's packet holds no more.
void BuilderPane::Private::take(Draft next)
{
    if (next == draft)
        return;
    draft = std::move(next);
    preview.reset();
    sent = completed(draft.packet);
}

void BuilderPane::Private::edit(std::size_t layer, FieldEdit* row, const QString& text)
{
    const Draft before = draft;
    Draft next = draft;
    const std::string path = pathName(draft.packet, {layer, &row->field()});
    const Result<void> set = setDraftField(next, path, toUtf8(text));
    if (set)
        take(std::move(next));
    row->setProblem(set ? QString() : fromUtf8(set.error().message));
    if (draft != before) {
        history.note({before, base}, state(), fromUtf8(row->field().label), fromUtf8(path));
        changed();
    } else {
        refresh();
    }
}

void BuilderPane::Private::reset(std::size_t layer, FieldEdit* row)
{
    const FieldPath where{layer, &row->field()};
    const std::string text = resetText(draft, base, where);
    row->drop();
    const Draft before = draft;
    Draft next = draft;
    if (text.empty() || !setDraftField(next, pathName(draft.packet, where), text))
        return;
    take(std::move(next));
    history.note({before, base}, state(), fromUtf8(row->field().label));
    changed();
}

/// Makes a row the one that is worked on.
void BuilderPane::Private::mark(FieldEdit* row)
{
    if (currentRow == row)
        return;
    if (currentRow)
        currentRow->setActive(false);
    row->setActive(true);
    currentRow = row;
    history.endStep();
}

void BuilderPane::Private::typeBytes(ByteView bytes, const QString& name, const QString& step)
{
    const Packet made = hasPreview() ? *preview : draft.packet;
    const Draft before = draft;
    const Draft next = overwritten(draft, made, bytes);
    if (next == before)
        return;
    cards->dropTyping(); // it is text for the draft that was
    take(next);
    history.note({before, base}, state(), name, step);
    cards->setStack(draft.packet);
    changed();
}

void BuilderPane::Private::activate(std::size_t layer, FieldEdit* row)
{
    mark(row);
    currentField = fromUtf8(pathName(draft.packet, {layer, &row->field()}));
    emit q->fieldActivated(currentField);
}

void BuilderPane::Private::operate(LayerOperation operation)
{
    const Draft before = draft;
    Draft next = draft;
    const std::optional<std::size_t> added = apply(next, operation);
    if (!added)
        return;
    take(std::move(next));
    const bool isSwap = operation == LayerOperation::swapEnds;
    history.note(
        {before, base}, state(), isSwap ? BuilderPane::tr("Swap ends") : layerName(*added));
    cards->setStack(draft.packet);
    changed();
    if (isSwap)
        return;
    LayerCard* card = cards->cards()[qsizetype(*added)];
    card->setOpen(true);
    card->header()->setFocus(Qt::OtherFocusReason);
    scroll->ensureWidgetVisible(card, 0, 10);
}

void BuilderPane::Private::remove(std::size_t layer)
{
    if (!isRemovable(draft.packet, layer))
        return;
    const Draft before = draft;
    const QString name = layerName(layer);
    Draft next = draft;
    removeLayer(next, layer);
    take(std::move(next));
    history.note({before, base}, state(), name);
    cards->setStack(draft.packet);
    changed();
    cards->cards()[qsizetype(std::min(layer, draft.packet.layers.size() - 1))]->header()->setFocus(
        Qt::OtherFocusReason);
}

/// "TCP"
QString BuilderPane::Private::layerName(std::size_t layer) const
{
    return fromUtf8(layerType(draft.packet.layers[layer]).label);
}

/// Shows a draft of the history, and where it differs.
void BuilderPane::Private::goTo(const DraftHistory::State& wanted, const QString& field)
{
    const bool wasHere = q->isAncestorOf(QApplication::focusWidget());
    cards->dropTyping(); // it is text for the draft that was
    take(wanted.draft);
    base = wanted.base;
    cards->setStack(draft.packet);
    changed();
    if (wasHere && !field.isEmpty())
        q->focusField(field);
}

/// After an edit of the user's.
void BuilderPane::Private::changed()
{
    expectation.clear();
    emit q->draftChanged();
    if (!preview) // else all is shown already
        refresh();
}

void BuilderPane::Private::refresh()
{
    sent = completed(hasPreview() ? *preview : draft.packet);
    cards->show({draft, base, sent, hasPreview()});
    forgetOldCheck();
    refreshActions();
    refreshFoot();
}

/// What Check found out holds for its destination alone.
void BuilderPane::Private::forgetOldCheck()
{
    if (!checkedDestination || !hasPreview() || destinationOf(sent) == checkedDestination)
        return;
    checkedDestination.reset();
    foot->setCheckResult(QString(), true);
}

QString BuilderPane::Private::problem() const
{
    if (const FieldEdit* row = cards->firstProblem())
        return BuilderPane::tr("%1 cannot be read: %2")
            .arg(row->editor()->keyWidget()->accessibleName(), harmless(row->problem()));
    if (draft.packet.layers.empty())
        return BuilderPane::tr("The packet has no layer. Choose a template.");
    if (!device)
        return BuilderPane::tr("Choose a device in the toolbar.");
    return harmless(previewProblem);
}

void BuilderPane::Private::refreshFoot()
{
    const Device* chosen = device ? &*device : nullptr;
    FootText text;
    text.problem = problem();
    if (!draft.packet.layers.empty()) {
        const Placeholders open = hasPreview() ? Placeholders() : draft.placeholders;
        text.where = whereItGoes(sent, chosen, open);
        text.wrong = wrongOnPurpose(draft.packet, sent, open);
        text.expectation = expectedWords();
        if (open.empty())
            text.remarks = sendingRemarks(sent, chosen);
    }
    if (!hint.isEmpty())
        text.remarks << harmless(hint);
    text.outcome = harmless(outcome);
    foot->setText(text);
}

std::optional<PeerView> BuilderPane::Private::peer() const
{
    return peerSource ? peerSource(sent) : std::nullopt;
}

QString BuilderPane::Private::expectedWords() const
{
    const auto known = peer();
    return known || expectation.isEmpty() ? expectedAnswer(draft.packet, sent, known)
                                          : harmless(expectation);
}

void BuilderPane::Private::refreshActions()
{
    send->setEnabled(q->canSend());
    send->setToolTip(plainToolTip(send->isEnabled()
            ? BuilderPane::tr(
                "Sends this packet once (Ctrl+Return). Nothing else in this window sends a draft.")
            : sending ? BuilderPane::tr("The packet is being sent.")
                      : problem()));
    check->setEnabled(device && destinationOf(sent));
    if (const bool valid = q->valid(); valid != wasValid) {
        wasValid = valid;
        emit q->validChanged(valid);
    }
}

void BuilderPane::Private::fixTabOrder()
{
    QList<QWidget*> stops = cards->stops();
    stops << layers << foot->stops();
    for (qsizetype i = 0; i + 1 < stops.size(); ++i)
        QWidget::setTabOrder(stops[i], stops[i + 1]);
}

} // namespace tcpw
