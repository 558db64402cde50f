// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QCache>
#include <QStaticText>
#include <QStyledItemDelegate>

namespace tcpw {

/// Paints a cell of one line as the style does, but lays a text out once: the style would do it
/// three times at each painting, which is most of what a list of packets costs.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit CellDelegate(QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;

private:
    /// Texts of one font.
    using Texts = QCache<QString, QStaticText>;
    QStaticText fitting(const QStyleOptionViewItem& cell, int width) const;

    mutable QFont m_font; ///< the view's; what is kept was laid out with it
    mutable Texts m_usual;
    mutable Texts m_bold;
};

} // namespace tcpw
