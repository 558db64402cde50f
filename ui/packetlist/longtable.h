// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QTableView>

#include <utility>

namespace tcpw {

/// A table whose rows have all the same height, so that their number costs neither time nor memory:
/// QTableView keeps eight bytes a row in its vertical header, and goes through all of them whenever
/// some come. Here that header never learns of a row; what it would be asked, this class answers.
/// Scrolls row by row, selects whole rows; columns stay in the places that the header gives them.
class LongTable : public QTableView
{
    Q_OBJECT
public:
    explicit LongTable(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;

    int rowHeight() const { return m_rowHeight; } ///< in pixels
    void setRowHeight(int pixels);
    int rowCount() const { return model() ? model()->rowCount() : 0; }
    /// The row at this place below the viewport's upper edge, also above or below what is in view;
    /// -1 where there is none.
    int rowAt(int y) const;
    /// The first and the last row of which something is to be seen; the last comes before the first
    /// when there is none.
    std::pair<int, int> rowsInView() const;

    QRect visualRect(const QModelIndex& index) const override;
    QModelIndex indexAt(const QPoint& place) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    void reset() override;
    /// Typing letters does not search: the rows may be millions. The list has a find bar.
    void keyboardSearch(const QString&) override { }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex& index) const override;
    int sizeHintForColumn(int column) const override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void setSelection(const QRect& area, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection& selection) const override;
    void rowsInserted(const QModelIndex& parent, int first, int last) override;
    void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight,
        const QList<int>& roles) override;
    void selectionChanged(
        const QItemSelection& selected, const QItemSelection& deselected) override;
    bool isInView(int first, int last) const; ///< one of these rows

private:
    int topRow() const;
    int wholeRows() const; ///< that fit into the viewport, at least 1
    qint64 placeOf(int row) const; ///< of its upper edge in the viewport
    qint64 rowFrom(int y) const; ///< at this place, if there were rows everywhere
    void placeHeader();
    void setScrollRanges();
    void takeRemoval(int first, int last);
    void scrollToColumn(int column);
    int columnBeside(int column, bool right) const;
    void paintRow(QPainter& painter, const QRegion& region, int row, QStyleOptionViewItem& option);
    void paintCell(QPainter& painter, const QModelIndex& index, QStyleOptionViewItem cell);

    int m_rowHeight = 20;
    qint64 m_pressedTop = 0; ///< the top row when the mouse was pressed
    bool m_placing = false; ///< the header is being placed now
};

} // namespace tcpw
