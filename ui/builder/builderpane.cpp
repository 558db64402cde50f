// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/builder/builderpane.h"

#include "session/sender.h"
#include "ui/builder/builderpaneprivate.h"
#include "ui/builder/cardstack.h"
#include "ui/builder/expectation.h"
#include "ui/builder/layercard.h"
#include "ui/builder/sendfoot.h"
#include "ui/fields/plaintext.h"

#include <QResizeEvent>
#include <QScrollArea>

namespace tcpw {

BuilderPane::BuilderPane(QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this))
{
    setAccessibleName(tr("Packet builder"));
    d->refresh();
}

BuilderPane::~BuilderPane()
{
    // The editors still tell of their end of focus when `d` is gone.
    d->cards->disconnect(this);
}

void BuilderPane::setDraft(const Draft& draft)
{
    const DraftHistory::State before = d->state();
    d->cards->dropTyping(); // it is text for the draft that was
    d->take(draft);
    d->base = draft;
    if (!before.draft.packet.layers.empty() && before.draft != draft)
        d->history.note(before, d->state(), tr("Other packet"));
    d->expectation.clear();
    const QList<int> added = d->cards->setStack(draft.packet);
    for (const int i : added) {
        const Layer& layer = draft.packet.layers[std::size_t(i)];
        if (std::holds_alternative<TcpHeader>(layer) || std::holds_alternative<Payload>(layer))
            d->cards->cards()[i]->setOpen(true);
    }
    d->refresh();
}

void BuilderPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->foot->setHeightLimit(height() / 3);
}

const Draft& BuilderPane::draft() const
{
    return d->draft;
}

void BuilderPane::setPreview(const Packet& resolved)
{
    d->preview = resolved;
    d->previewProblem.clear();
    d->refresh();
}

void BuilderPane::setPreviewProblem(const QString& sentence)
{
    if (sentence == d->previewProblem)
        return;
    d->previewProblem = sentence;
    d->refresh();
}

void BuilderPane::setDevice(const Device* device)
{
    d->device = device ? std::optional<Device>(*device) : std::nullopt;
    setCheckResult(QString(), true);
    d->refresh();
}

void BuilderPane::setHint(const QString& text)
{
    if (text == d->hint)
        return;
    d->hint = text;
    d->refreshFoot();
}

void BuilderPane::setExpectation(const QString& text)
{
    d->expectation = text;
    d->refreshFoot();
}

void BuilderPane::setPeerSource(PeerSource source)
{
    d->peerSource = std::move(source);
    d->refreshFoot();
}

void BuilderPane::updateExpectation()
{
    d->refreshFoot();
}

PeerExpectation BuilderPane::expectation() const
{
    return expectationOf(d->draft.packet, d->sent, d->peer());
}

void BuilderPane::setOutcome(const QString& text)
{
    d->outcome = text;
    d->refreshFoot();
}

void BuilderPane::setCheckResult(const QString& words, bool reached)
{
    d->checkedDestination = destinationOf(d->sent);
    d->foot->setCheckResult(harmless(words), reached);
}

void BuilderPane::setSending(bool sending)
{
    d->sending = sending;
    d->refreshActions();
}

bool BuilderPane::valid() const
{
    return !d->cards->firstProblem() && !d->draft.packet.layers.empty();
}

bool BuilderPane::canSend() const
{
    return valid() && d->device && d->device->injectProblem.empty() && !d->sending;
}

QAction* BuilderPane::sendAction() const
{
    return d->send;
}

QAction* BuilderPane::checkAction() const
{
    return d->check;
}

QAction* BuilderPane::swapEndsAction() const
{
    return d->swap;
}

QAction* BuilderPane::undoAction() const
{
    return d->history.undoAction();
}

QAction* BuilderPane::redoAction() const
{
    return d->history.redoAction();
}

void BuilderPane::focusField(const QString& path)
{
    if (FieldEdit* at = row(path)) {
        at->focusEditor(Qt::OtherFocusReason);
        d->scroll->ensureWidgetVisible(at, 0, 10);
    }
}

void BuilderPane::showField(const QString& path)
{
    if (FieldEdit* at = row(path)) {
        d->mark(at);
        d->scroll->ensureWidgetVisible(at, 0, 10);
    }
}

FieldEdit* BuilderPane::row(const QString& path)
{
    const Result<FieldPath> where = findPath(d->draft.packet, toUtf8(path));
    if (!where)
        return nullptr;
    LayerCard* card = d->cards->cards()[qsizetype(where->layer)];
    card->setOpen(true);
    return card->row(where->field);
}

void BuilderPane::typeBytes(ByteView bytes, const QString& name, const QString& step)
{
    d->typeBytes(bytes, name, step);
}

QString BuilderPane::currentField() const
{
    return d->currentField;
}

} // namespace tcpw
