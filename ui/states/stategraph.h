// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/tcpstate.h"

#include <QFontMetrics>
#include <QPolygonF>
#include <QString>

#include <array>

namespace tcpw {

/// RFC 9293's state diagram (section 3.3.2, figure 5) on a plane: where its states and edges are.
class StateGraph
{
public:
    /// A state's box. CLOSED has two, as in the RFC: where one begins, and where one ends.
    struct Node
    {
        TcpState state = TcpState::closed;
        int column = 1; ///< 0 left, 1 middle, 2 right
        int row = 0;
        bool isLast = false; ///< the CLOSED where one ends
    };

    enum class Side
    {
        left, ///< words end there
        middle,
        right, ///< words begin there
    };

    struct Edge
    {
        int from = 0; ///< node
        int to = 0;
        const char* words = ""; ///< what happens / what is done
        Side side = Side::middle; ///< of the words
    };

    static constexpr int nodeCount = 12;
    static constexpr int edgeCount = 20;

    /// Lays it out in that width, which must be at least leastWidth().
    StateGraph(const QFontMetrics& metrics, int width);

    static int leastWidth(const QFontMetrics& metrics);
    static const Node& node(int index);
    static const Edge& edge(int index);
    static QString edgeText(int index);
    /// The edge between two states, or -1 when the RFC draws none.
    static int edgeBetween(TcpState from, TcpState to);
    /// The box of a state; of CLOSED the last one when one came there in order.
    static int nodeOf(TcpState state, bool isLast);

    int height() const { return m_height; }
    /// Whether there is room for what is said along the edges.
    bool hasRoomForWords() const { return m_isWide; }
    QRectF box(int node) const { return m_boxes[std::size_t(node)]; }
    /// From state to state, where the arrow's head is.
    QPolygonF path(int edge) const;
    /// Where the words of an edge stand, by its side.
    QPointF wordsAt(int edge) const;

private:
    QPointF top(int node, double share) const;
    QPointF bottom(int node, double share) const;
    QPointF left(int node, double offset = 0) const;
    QPointF right(int node, double offset = 0) const;
    QPolygonF pathAbove(int edge) const;
    QPolygonF pathBelow(int edge) const;

    std::array<QRectF, nodeCount> m_boxes;
    int m_height = 0;
    bool m_isWide = false;
};

} // namespace tcpw
