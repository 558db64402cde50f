// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/states/statediagram.h"

#include "ui/fields/plaintext.h"
#include "ui/fields/theme.h"
#include "ui/ladder/laddermarks.h"
#include "ui/states/statemarks.h"
#include "ui/states/statestext.h"

#include <QHelpEvent>
#include <QToolTip>

#include <algorithm>

namespace tcpw {

namespace {

constexpr double wordsMargin = 2;

} // namespace

StateDiagram::StateDiagram(QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("State diagram"));
    setToolTip(tr("RFC 9293, section 3.3.2, figure 5"));
}

void StateDiagram::setStory(const FollowedConnection& story)
{
    const StoryEnds names(story);
    m_ends = {};
    for (const bool isInitiator : {true, false}) {
        End& end = m_ends[isInitiator ? 0 : 1];
        end.letter = StatesText::letter(names, isInitiator);
        end.state = isInitiator ? story.initiatorState : story.responderState;
        end.isMe = isInitiator == names.initiatorIsLeft;
    }
    m_taken = {};
    for (const StateTransition& transition : story.transitions)
        note(transition);
    update();
}

void StateDiagram::note(const StateTransition& transition)
{
    const std::size_t end = transition.ofInitiator ? 0 : 1;
    m_ends[end].endedInOrder
        = transition.from == TcpState::lastAck || transition.from == TcpState::timeWait;
    const TcpState from = transition.from == TcpState::unknown ? TcpState::closed : transition.from;
    if (const int edge = StateGraph::edgeBetween(from, transition.to); edge >= 0)
        m_taken[std::size_t(edge)][end] = transition.number;
}

void StateDiagram::setKernelState(std::optional<TcpState> state)
{
    m_kernel = state;
    update();
}

int StateDiagram::heightForWidth(int width) const
{
    return StateGraph(fontMetrics(), width).height();
}

QSize StateDiagram::sizeHint() const
{
    const int width = StateGraph::leastWidth(fontMetrics());
    return {width, heightForWidth(width)};
}

QSize StateDiagram::minimumSizeHint() const
{
    return sizeHint();
}

void StateDiagram::paintEvent(QPaintEvent*)
{
    const StateGraph graph(fontMetrics(), width());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintEdges(painter, graph, false);
    paintEdges(painter, graph, true);
    paintWords(painter, graph);
    paintNodes(painter, graph);
    paintMarks(painter, graph);
}

/// Of the ends that took it; both make it the text's.
QColor StateDiagram::edgeColor(int edge) const
{
    const Theme& theme = Theme::of(palette());
    const auto& taken = m_taken[std::size_t(edge)];
    if (taken[0] == 0 && taken[1] == 0)
        return theme.muted;
    if (taken[0] != 0 && taken[1] != 0)
        return palette().color(QPalette::WindowText);
    return m_ends[taken[0] != 0 ? 0 : 1].isMe ? theme.me : theme.peer;
}

void StateDiagram::paintEdges(QPainter& painter, const StateGraph& graph, bool taken) const
{
    for (int edge = 0; edge < StateGraph::edgeCount; ++edge) {
        const auto& by = m_taken[std::size_t(edge)];
        if ((by[0] != 0 || by[1] != 0) != taken)
            continue;
        const QColor color = edgeColor(edge);
        const QPolygonF path = graph.path(edge);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, taken ? 2.6 : 1));
        painter.drawPolyline(path);
        laddermarks::paintHead(painter, path[path.size() - 2], path.last(), color);
    }
}

/// What is said along an edge: where there is room what happens, and who took it by which packet.
QString StateDiagram::words(const StateGraph& graph, int edge) const
{
    QStringList lines;
    if (graph.hasRoomForWords())
        lines << StateGraph::edgeText(edge);
    for (const std::size_t end : {0u, 1u})
        if (const auto number = m_taken[std::size_t(edge)][end]; number != 0)
            lines << tr("%1 No. %2").arg(m_ends[end].letter).arg(number);
    return lines.join(QLatin1Char('\n'));
}

void StateDiagram::paintWords(QPainter& painter, const StateGraph& graph) const
{
    for (int edge = 0; edge < StateGraph::edgeCount; ++edge) {
        const QString text = words(graph, edge);
        if (text.isEmpty())
            continue;
        const QSizeF size = fontMetrics().size(0, text);
        const QPointF at = graph.wordsAt(edge);
        const StateGraph::Side side = StateGraph::edge(edge).side;
        const double x = side == StateGraph::Side::left ? at.x() - size.width() - 5
            : side == StateGraph::Side::right           ? at.x() + 5
                                                        : at.x() - size.width() / 2;
        const QRectF box(
            QPointF(std::clamp(x, 1.0, width() - size.width() - 1.0), at.y() - size.height() / 2),
            size);
        painter.fillRect(
            box.adjusted(-wordsMargin, 0, wordsMargin, 0), palette().color(QPalette::Window));
        painter.setPen(edgeColor(edge));
        painter.drawText(box, Qt::AlignCenter, text);
    }
}

int StateDiagram::nodeOf(const End& end) const
{
    return StateGraph::nodeOf(end.state, end.endedInOrder);
}

void StateDiagram::paintNodes(QPainter& painter, const StateGraph& graph) const
{
    const Theme& theme = Theme::of(palette());
    for (int node = 0; node < StateGraph::nodeCount; ++node) {
        const bool isCurrent = node == nodeOf(m_ends[0]) || node == nodeOf(m_ends[1]);
        const QColor text = palette().color(QPalette::Text);
        painter.setPen(QPen(isCurrent ? text : theme.muted, isCurrent ? 2.5 : 1));
        painter.setBrush(isCurrent ? theme.accentFill : palette().color(QPalette::Base));
        painter.drawRoundedRect(graph.box(node), 4, 4);
        painter.setPen(text);
        painter.drawText(graph.box(node), Qt::AlignCenter,
            QLatin1String(tcpStateName(StateGraph::node(node).state)));
    }
}

void StateDiagram::paintMarks(QPainter& painter, const StateGraph& graph) const
{
    const Theme& theme = Theme::of(palette());
    const QColor letter = palette().color(QPalette::Base);
    for (const End& end : m_ends) {
        const int node = nodeOf(end);
        if (node < 0)
            continue;
        const QRectF box = graph.box(node);
        paintStateMark(painter, end.isMe ? StateMark::disk : StateMark::diamond,
            end.isMe ? box.topLeft() : box.topRight(), end.letter, end.isMe ? theme.me : theme.peer,
            letter);
    }
    if (!m_kernel)
        return;
    const End& far = m_ends[m_ends[0].isMe ? 1 : 0];
    if (const int node = StateGraph::nodeOf(*m_kernel, far.endedInOrder); node >= 0)
        paintStateMark(painter, StateMark::square, graph.box(node).bottomRight(),
            tr("K", "the peer's kernel"), theme.warning, letter);
}

bool StateDiagram::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const StateGraph graph(fontMetrics(), width());
    QString text = toolTip();
    for (int edge = 0; edge < StateGraph::edgeCount; ++edge)
        if (QLineF(graph.wordsAt(edge), help->pos()).length() < fontMetrics().height())
            text = tr("%1 → %2").arg(QLatin1String(tcpStateName(
                                         StateGraph::node(StateGraph::edge(edge).from).state)),
                       QLatin1String(
                           tcpStateName(StateGraph::node(StateGraph::edge(edge).to).state)))
                + QLatin1Char('\n') + StateGraph::edgeText(edge);
    QToolTip::showText(help->globalPos(), plainToolTip(text), this);
    return true;
}

} // namespace tcpw
