// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/inspector/diagrampainter.h"

#include <QAbstractScrollArea>

namespace tcpw {

/// One layer of a packet as its RFC draws it: 32 bits a row, with the values that it has. A click
/// or the arrow keys choose a field; a double click, Return or F2 activates it.
class HeaderDiagram : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit HeaderDiagram(QWidget* parent = nullptr);

    /// Shows another packet; the layer stays where there is such a one.
    void setDetails(const PacketDetails& details);
    void setLayer(std::size_t layer);
    /// Chooses a row of the details, and shows its layer; -1 for none.
    void setCurrentRow(int detailsRow);
    int currentRow() const { return m_currentRow; }
    std::size_t layer() const { return m_layer; }
    const DiagramLayout& diagram() const { return m_painter.diagram(); }
    /// Where a cell's words are, in pixels of the viewport.
    QRect cellRect(int cell) const;

    /// The whole diagram as a picture, in light colours; what it says, as lines of text.
    QByteArray svg() const;
    QImage image() const;
    QString text() const;

signals:
    void rowChosen(int detailsRow);
    void rowActivated(int detailsRow);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void layOut();
    void choose(int cell);
    int cellAt(QPoint place) const;
    int currentCell() const { return diagram().cellOf(m_currentRow); }
    QPoint origin() const;

    const PacketDetails* m_details = nullptr;
    std::size_t m_layer = 0;
    int m_currentRow = -1;
    DiagramPainter m_painter;
};

} // namespace tcpw
