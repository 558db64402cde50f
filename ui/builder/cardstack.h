// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/builder/layercard.h"

class QVBoxLayout;

namespace tcpw {

/// The cards of a draft's layers, one below the other. Keeps those whose layers stay when the stack
/// changes, and the order of Tab the order on the screen.
class CardStack : public QWidget
{
    Q_OBJECT
public:
    explicit CardStack(QWidget* parent = nullptr);

    /// Makes the cards those of this stack; gives the indices of the new ones.
    QList<int> setStack(const Packet& packet);
    /// Shows how all fields of the open cards stand.
    void show(const DraftView& view);
    using QWidget::show;

    const QList<LayerCard*>& cards() const { return m_cards; }
    /// The first row whose text cannot be read; null when all can.
    FieldEdit* firstProblem() const;
    /// Drops all text that the user was typing.
    void dropTyping();
    /// The widgets that Tab visits or may visit, in order.
    QList<QWidget*> stops() const;

signals:
    void edited(std::size_t layer, tcpw::FieldEdit* row, const QString& text);
    void resetRequested(std::size_t layer, tcpw::FieldEdit* row);
    void focused(std::size_t layer, tcpw::FieldEdit* row);
    void removeRequested(std::size_t layer);
    void showRequested(); ///< rows were made or typing has ended: show() again
    void problemChanged();
    void stopsChanged(); ///< the order of Tab is to be set again
    void becameCurrent(QWidget* part); ///< is to be seen

private:
    LayerCard* makeCard(const Packet& packet, std::size_t layer);
    std::size_t indexOf(const LayerCard* card) const;
    void move(LayerCard* card, FieldEdit* from, int steps);

    QVBoxLayout* m_layout;
    QList<LayerCard*> m_cards;
};

} // namespace tcpw
