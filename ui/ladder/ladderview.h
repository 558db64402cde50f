// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/ladder/ladderlayout.h"
#include "ui/ladder/ladderpainter.h"

#include <QAbstractScrollArea>
#include <QDeadlineTimer>
#include <QTimer>

namespace tcpw {

/// The ladder diagram of a connection: two lines, an arrow a packet. Only what is seen is painted.
/// Keys walk its arrows and zoom.
class LadderView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit LadderView(QWidget* parent = nullptr);

    /// Shows this connection from then on; it must stay where it is until another is shown.
    void setStory(const FollowedConnection* story);
    /// The connection that is shown has more arrows.
    void extendStory();

    void setAxis(LadderLayout::Axis axis);
    LadderLayout::Axis axis() const { return m_layout.axis(); }
    void zoomToFit();
    void setZoom(double zoom);
    const LadderLayout& layout() const { return m_layout; }

    /// Makes the arrow of a packet (its place in the store) the current one and scrolls to it; none
    /// when it is not of this connection.
    void setCurrentPacket(qsizetype packet);
    /// What the peer does next, and in how many milliseconds; "" when nothing is awaited.
    void setCountdown(const QString& what, int milliseconds);
    QString countdownText() const;

    /// The diagram as lines of text.
    QString text() const;
    void copyText() const;

signals:
    void packetActivated(qsizetype packet);
    void currentTextChanged(const QString& text); ///< the current arrow in words

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    LadderPainter painter() const;
    LadderPainter::Next next() const;
    bool isEmpty() const { return m_layout.rowCount() == 0; }
    /// The arrow at a place of the viewport, or -1.
    qsizetype rowAt(QPoint position) const;
    QString lineOf(qsizetype row) const;
    void walkTo(qsizetype row);
    void setCurrentRow(qsizetype row);
    void scrollTo(qsizetype row);
    int awaitedHeight() const;
    void updateScrollBar();
    void paintEmpty(QPainter& painter) const;

    FollowedConnection m_nothing;
    const FollowedConnection* m_story = &m_nothing;
    LadderLayout m_layout;
    qsizetype m_current = -1; ///< row
    qsizetype m_currentPacket = -1; ///< place in the store, shown or not
    QString m_awaited;
    QDeadlineTimer m_due;
    QTimer m_tick;
};

} // namespace tcpw
