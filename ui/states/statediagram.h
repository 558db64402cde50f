// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/followedconnection.h"
#include "ui/states/stategraph.h"

#include <QPainter>
#include <QWidget>

#include <array>

namespace tcpw {

struct StoryEnds;

/// RFC 9293's state diagram with the current states of both ends marked by shape and letter, and
/// the edges that they took drawn stronger.
class StateDiagram : public QWidget
{
    Q_OBJECT
public:
    explicit StateDiagram(QWidget* parent = nullptr);

    void setStory(const FollowedConnection& story);
    /// The state that the far end's kernel says it is in, or none.
    void setKernelState(std::optional<TcpState> state);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// What is to be seen of one end.
    struct End
    {
        QString letter;
        TcpState state = TcpState::unknown;
        bool isMe = false;
        bool endedInOrder = false; ///< it came to CLOSED from LAST-ACK or TIME-WAIT
    };

    void note(const StateTransition& transition);
    void paintEdges(QPainter& painter, const StateGraph& graph, bool taken) const;
    void paintWords(QPainter& painter, const StateGraph& graph) const;
    void paintNodes(QPainter& painter, const StateGraph& graph) const;
    void paintMarks(QPainter& painter, const StateGraph& graph) const;
    QColor edgeColor(int edge) const;
    QString words(const StateGraph& graph, int edge) const;
    int nodeOf(const End& end) const;

    std::array<End, 2> m_ends; ///< initiator, responder
    /// By edge, then by end: the packet that shows it was taken, 0 for none.
    std::array<std::array<std::uint32_t, 2>, StateGraph::edgeCount> m_taken{};
    std::optional<TcpState> m_kernel;
};

} // namespace tcpw
