// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/states/stategraph.h"

#include <QCoreApplication>

#include <algorithm>

namespace tcpw {

namespace {

enum Box
{
    Closed,
    Listen,
    SynReceived,
    SynSent,
    Established,
    FinWait1,
    CloseWait,
    FinWait2,
    Closing,
    LastAck,
    TimeWait,
    LastClosed
};

constexpr std::array<StateGraph::Node, StateGraph::nodeCount> nodes{{
    {TcpState::closed, 1, 0},
    {TcpState::listen, 1, 1},
    {TcpState::synReceived, 0, 2},
    {TcpState::synSent, 2, 2},
    {TcpState::established, 1, 3},
    {TcpState::finWait1, 0, 4},
    {TcpState::closeWait, 2, 4},
    {TcpState::finWait2, 0, 5},
    {TcpState::closing, 1, 5},
    {TcpState::lastAck, 2, 5},
    {TcpState::timeWait, 1, 6},
    {TcpState::closed, 2, 6, true},
}};

using Side = StateGraph::Side;

constexpr std::array<StateGraph::Edge, StateGraph::edgeCount> edges{{
    {Closed, Listen, QT_TRANSLATE_NOOP("tcpw::StateGraph", "passive open"), Side::left},
    {Listen, Closed, QT_TRANSLATE_NOOP("tcpw::StateGraph", "close"), Side::right},
    {Closed, SynSent, QT_TRANSLATE_NOOP("tcpw::StateGraph", "active open\nsend SYN"), Side::left},
    {SynSent, Closed, QT_TRANSLATE_NOOP("tcpw::StateGraph", "close"), Side::middle},
    {SynReceived, Listen, QT_TRANSLATE_NOOP("tcpw::StateGraph", "receive RST"), Side::middle},
    {Listen, SynReceived, QT_TRANSLATE_NOOP("tcpw::StateGraph", "receive SYN\nsend SYN,ACK")},
    {Listen, SynSent, QT_TRANSLATE_NOOP("tcpw::StateGraph", "send data\nsend SYN")},
    {SynSent, SynReceived, QT_TRANSLATE_NOOP("tcpw::StateGraph", "receive SYN\nsend SYN,ACK")},
    {SynReceived, Established, QT_TRANSLATE_NOOP("tcpw::StateGraph", "receive ACK of SYN")},
    {SynSent, Established, QT_TRANSLATE_NOOP("tcpw::StateGraph", "receive SYN,ACK\nsend ACK")},
    {SynReceived, FinWait1, QT_TRANSLATE_NOOP("tcpw::StateGraph", "close\nsend FIN"), Side::right},
    {Established, FinWait1, QT_TRANSLATE_NOOP("tcpw::StateGraph", "close\nsend FIN")},
    {Established, CloseWait, QT_TRANSLATE_NOOP("tcpw::StateGraph", "receive FIN\nsend ACK")},
    {FinWait1, FinWait2, QT_TRANSLATE_NOOP("tcpw::StateGraph", "receive\nACK of FIN"), Side::right},
    {FinWait1, Closing, QT_TRANSLATE_NOOP("tcpw::StateGraph", "receive FIN\nsend ACK")},
    {CloseWait, LastAck, QT_TRANSLATE_NOOP("tcpw::StateGraph", "close\nsend FIN"), Side::left},
    {FinWait2, TimeWait, QT_TRANSLATE_NOOP("tcpw::StateGraph", "receive FIN\nsend ACK"),
        Side::right},
    {Closing, TimeWait, QT_TRANSLATE_NOOP("tcpw::StateGraph", "receive\nACK of FIN"), Side::right},
    {TimeWait, LastClosed, QT_TRANSLATE_NOOP("tcpw::StateGraph", "2 MSL later")},
    {LastAck, LastClosed, QT_TRANSLATE_NOOP("tcpw::StateGraph", "receive\nACK of FIN"), Side::left},
}};

constexpr int rows = 7;
constexpr int sideMargin = 12; // the marks of the states stand out by less

int boxWidth(const QFontMetrics& metrics, TcpState state)
{
    return metrics.horizontalAdvance(QLatin1String(tcpStateName(state))) + 12;
}

} // namespace

StateGraph::StateGraph(const QFontMetrics& metrics, int width)
{
    const int line = metrics.height();
    m_isWide = width >= leastWidth(metrics) * 2;
    const int boxHeight = line + 8;
    const int gap = m_isWide ? 4 * line : 2 * line + 6; // room for words along the edges
    m_height = rows * boxHeight + (rows - 1) * gap + 2 * sideMargin;
    for (std::size_t i = 0; i < m_boxes.size(); ++i) {
        const int wide = boxWidth(metrics, nodes[i].state);
        const int x = nodes[i].column == 0 ? sideMargin
            : nodes[i].column == 1         ? (width - wide) / 2
                                           : width - sideMargin - wide;
        m_boxes[i] = QRectF(x, sideMargin + nodes[i].row * (boxHeight + gap), wide, boxHeight);
    }
}

int StateGraph::leastWidth(const QFontMetrics& metrics)
{
    const int gaps = 2 * sideMargin;
    return boxWidth(metrics, TcpState::finWait2) + boxWidth(metrics, TcpState::closing)
        + boxWidth(metrics, TcpState::lastAck) + gaps + 2 * sideMargin;
}

const StateGraph::Node& StateGraph::node(int index)
{
    return nodes[std::size_t(index)];
}

const StateGraph::Edge& StateGraph::edge(int index)
{
    return edges[std::size_t(index)];
}

QString StateGraph::edgeText(int index)
{
    return QCoreApplication::translate("tcpw::StateGraph", edge(index).words);
}

int StateGraph::edgeBetween(TcpState from, TcpState to)
{
    const auto found = std::ranges::find_if(edges, [&](const Edge& edge) {
        return node(edge.from).state == from && node(edge.to).state == to;
    });
    return found == edges.end() ? -1 : int(found - edges.begin());
}

int StateGraph::nodeOf(TcpState state, bool isLast)
{
    const auto found = std::ranges::find_if(nodes, [&](const Node& node) {
        return node.state == state && (state != TcpState::closed || node.isLast == isLast);
    });
    return found == nodes.end() ? -1 : int(found - nodes.begin());
}

QPointF StateGraph::top(int node, double share) const
{
    const QRectF& rect = m_boxes[std::size_t(node)];
    return {rect.left() + share * rect.width(), rect.top()};
}

QPointF StateGraph::bottom(int node, double share) const
{
    const QRectF& rect = m_boxes[std::size_t(node)];
    return {rect.left() + share * rect.width(), rect.bottom()};
}

QPointF StateGraph::left(int node, double offset) const
{
    const QRectF& rect = m_boxes[std::size_t(node)];
    return {rect.left(), rect.center().y() + offset};
}

QPointF StateGraph::right(int node, double offset) const
{
    const QRectF& rect = m_boxes[std::size_t(node)];
    return {rect.right(), rect.center().y() + offset};
}

QPolygonF StateGraph::path(int edge) const
{
    return edge < 10 ? pathAbove(edge) : pathBelow(edge);
}

/// Of the edges to ESTABLISHED.
QPolygonF StateGraph::pathAbove(int edge) const
{
    const QPointF opened = right(Closed, -5);
    const QPointF closed = right(Closed, 6);
    const QPointF listening = left(Listen);
    switch (edge) {
    case 0:
        return {bottom(Closed, 0.35), {bottom(Closed, 0.35).x(), top(Listen, 0).y()}};
    case 1:
        return {{bottom(Closed, 0.65).x(), top(Listen, 0).y()}, bottom(Closed, 0.65)};
    case 2:
        return {opened, {top(SynSent, 0.8).x(), opened.y()}, top(SynSent, 0.8)};
    case 3:
        return {top(SynSent, 0.55), {top(SynSent, 0.55).x(), closed.y()}, closed};
    case 4:
        return {top(SynReceived, 0.3), {top(SynReceived, 0.3).x(), listening.y()}, listening};
    case 5:
        return {bottom(Listen, 0.25), top(SynReceived, 0.65)};
    case 6:
        return {bottom(Listen, 0.75), top(SynSent, 0.2)};
    case 7:
        return {left(SynSent), right(SynReceived)};
    case 8:
        return {bottom(SynReceived, 0.75), top(Established, 0.25)};
    default:
        return {bottom(SynSent, 0.3), top(Established, 0.75)};
    }
}

/// Of the edges from there on.
QPolygonF StateGraph::pathBelow(int edge) const
{
    const double atLeft = bottom(FinWait1, 0.3).x();
    const double atRight = bottom(LastAck, 0.6).x();
    const double middle = bottom(Closing, 0.5).x();
    switch (edge) {
    case 10:
        return {{atLeft, bottom(SynReceived, 0).y()}, {atLeft, top(FinWait1, 0).y()}};
    case 11:
        return {bottom(Established, 0.25), top(FinWait1, 0.8)};
    case 12:
        return {bottom(Established, 0.75), top(CloseWait, 0.25)};
    case 13:
        return {{atLeft, bottom(FinWait1, 0).y()}, {atLeft, top(FinWait2, 0).y()}};
    case 14:
        return {bottom(FinWait1, 0.85), top(Closing, 0.3)};
    case 15:
        return {{atRight, bottom(CloseWait, 0).y()}, {atRight, top(LastAck, 0).y()}};
    case 16:
        return {{atLeft, bottom(FinWait2, 0).y()}, {atLeft, left(TimeWait).y()}, left(TimeWait)};
    case 17:
        return {{middle, bottom(Closing, 0).y()}, {middle, top(TimeWait, 0).y()}};
    case 18:
        return {right(TimeWait), left(LastClosed)};
    default:
        return {{atRight, bottom(LastAck, 0).y()}, {atRight, top(LastClosed, 0).y()}};
    }
}

/// In the middle of its longest stroke, but where marks or other words would be near.
QPointF StateGraph::wordsAt(int edge) const
{
    const QPolygonF points = path(edge);
    if (node(StateGraph::edge(edge).to).state == TcpState::timeWait)
        return QLineF(points[0], points[1]).center();
    if (edge == edgeBetween(TcpState::closed, TcpState::synSent)
        || edge == edgeBetween(TcpState::synSent, TcpState::closed))
        return QLineF(points[1], points[2]).center();
    QLineF longest;
    for (qsizetype i = 1; i < points.size(); ++i)
        if (const QLineF stroke(points[i - 1], points[i]); stroke.length() > longest.length())
            longest = stroke;
    return longest.center();
}

} // namespace tcpw
