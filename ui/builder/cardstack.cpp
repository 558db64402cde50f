// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/builder/cardstack.h"

#include "ui/builder/layerheader.h"
#include "ui/builder/layersmenu.h"

#include <QVBoxLayout>

#include <algorithm>

namespace tcpw {

CardStack::CardStack(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(1);
}

std::size_t CardStack::indexOf(const LayerCard* card) const
{
    return std::size_t(m_cards.indexOf(card));
}

LayerCard* CardStack::makeCard(const Packet& packet, std::size_t layer)
{
    auto* card = new LayerCard(layerType(packet.layers[layer]), layerTitle(packet, layer), this);
    connect(card, &LayerCard::edited, this, [this, card](FieldEdit* row, const QString& text) {
        emit edited(indexOf(card), row, text);
    });
    connect(card, &LayerCard::resetRequested, this,
        [this, card](FieldEdit* row) { emit resetRequested(indexOf(card), row); });
    connect(card, &LayerCard::focused, this,
        [this, card](FieldEdit* row) { emit focused(indexOf(card), row); });
    connect(card, &LayerCard::removeRequested, this,
        [this, card] { emit removeRequested(indexOf(card)); });
    connect(card, &LayerCard::moveRequested, this,
        [this, card](FieldEdit* from, int steps) { move(card, from, steps); });
    connect(card, &LayerCard::finished, this, &CardStack::showRequested);
    connect(card, &LayerCard::problemChanged, this, &CardStack::problemChanged);
    connect(card, &LayerCard::partsChanged, this, &CardStack::stopsChanged);
    connect(card, &LayerCard::opened, this, [this] {
        emit stopsChanged();
        emit showRequested();
    });
    return card;
}

/// Cards at the top and at the bottom whose layers are of the same kind stay.
QList<int> CardStack::setStack(const Packet& packet)
{
    const auto sameKind = [&](qsizetype card, std::size_t layer) {
        return &m_cards[card]->type() == &layerType(packet.layers[layer]);
    };
    const std::size_t layers = packet.layers.size();
    const std::size_t cards = std::size_t(m_cards.size());
    const std::size_t common = std::min(layers, cards);
    std::size_t top = 0;
    while (top < common && sameKind(qsizetype(top), top))
        ++top;
    std::size_t bottom = 0;
    while (bottom < common - top && sameKind(qsizetype(cards - 1 - bottom), layers - 1 - bottom))
        ++bottom;

    for (std::size_t i = top; i < cards - bottom; ++i) {
        LayerCard* gone = m_cards.takeAt(qsizetype(top));
        m_layout->removeWidget(gone);
        gone->hide();
        gone->deleteLater(); // it may be the sender of what led here
    }
    QList<int> added;
    for (std::size_t i = top; i < layers - bottom; ++i) {
        LayerCard* card = makeCard(packet, i);
        m_cards.insert(qsizetype(i), card);
        m_layout->insertWidget(int(i), card);
        added << int(i);
    }
    for (std::size_t i = 0; i < layers; ++i)
        m_cards[qsizetype(i)]->setTitle(layerTitle(packet, i));
    if (!added.isEmpty() || cards != layers)
        emit stopsChanged();
    return added;
}

void CardStack::show(const DraftView& view)
{
    for (qsizetype i = 0; i < m_cards.size(); ++i)
        m_cards[i]->show(view, std::size_t(i));
}

FieldEdit* CardStack::firstProblem() const
{
    for (const LayerCard* card : m_cards)
        for (FieldEdit* row : card->rows())
            if (!row->problem().isEmpty())
                return row;
    return nullptr;
}

void CardStack::dropTyping()
{
    for (const LayerCard* card : std::as_const(m_cards))
        for (FieldEdit* row : card->rows())
            row->drop();
}

QList<QWidget*> CardStack::stops() const
{
    QList<QWidget*> stops;
    for (const LayerCard* card : m_cards) {
        stops << card->header();
        for (FieldEdit* row : card->rows())
            for (QWidget* part : row->findChildren<QWidget*>())
                if (part->focusPolicy() != Qt::NoFocus && part->window() == window())
                    stops << part;
    }
    return stops;
}

void CardStack::move(LayerCard* from, FieldEdit* row, int steps)
{
    QList<QWidget*> places;
    qsizetype at = -1;
    for (LayerCard* card : std::as_const(m_cards)) {
        if (card == from && !row)
            at = places.size();
        places << card->header();
        if (!card->isOpen())
            continue;
        for (FieldEdit* each : card->rows()) {
            if (each == row)
                at = places.size();
            places << each;
        }
    }
    const qsizetype next = at + steps;
    if (at < 0 || next < 0 || next >= places.size())
        return;
    if (auto* field = qobject_cast<FieldEdit*>(places[next]))
        field->focusEditor(Qt::OtherFocusReason);
    else
        places[next]->setFocus(Qt::OtherFocusReason);
    emit becameCurrent(places[next]);
}

} // namespace tcpw
