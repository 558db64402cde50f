// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QLayout>

namespace tcpw {

/// Places its items from left to right and goes on in the next line where one does not fit, so
/// that nothing is ever cut. In each line the last item whose policy is expanding takes what
/// width is left; items stand in the middle of their line's height.
class WrapLayout : public QLayout
{
public:
    explicit WrapLayout(QWidget* parent = nullptr);
    ~WrapLayout() override;

    /// Lines after the first begin this far in, unless what expands there needs the room.
    void setHangingIndent(int pixels);
    /// The last item of a line stands at the right edge where nothing expands.
    void setLastAtRight(bool right);

    void addItem(QLayoutItem* item) override;
    int count() const override { return int(m_items.size()); }
    QLayoutItem* itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    void setGeometry(const QRect& rect) override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;

private:
    struct Line;
    int arrange(const QRect& rect, bool apply) const;
    int placeLine(const Line& line, int y, bool apply) const;

    QList<QLayoutItem*> m_items;
    int m_indent = 0;
    bool m_lastAtRight = false;
};

} // namespace tcpw
