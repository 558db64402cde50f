// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/fields/theme.h"
#include "ui/ladder/ladderlayout.h"
#include "ui/ladder/storyends.h"

#include <QFont>
#include <QPainter>
#include <QPalette>

namespace tcpw {

/// Paints a ladder diagram, or the part of it that is seen, on whatever takes a QPainter.
class LadderPainter
{
public:
    /// What the peer will do next, below the last arrow; "" for nothing.
    struct Next
    {
        QString text;
        bool isByInitiator = false;
    };

    LadderPainter(const FollowedConnection& story, const LadderLayout& layout, const QFont& font,
        const QPalette& palette, int width);

    /// The least distance of two arrows that have room for their words.
    static int rowHeight(const QFont& font);
    /// Of the titles and states, which stand above the diagram.
    int headHeight() const;
    void paintHead(QPainter& painter) const;
    /// The arrows between two heights of the diagram; `current` is a row or -1.
    void paintRows(
        QPainter& painter, int top, int bottom, qsizetype current, const Next& next) const;

private:
    int marginWidth() const;
    double lineOf(bool isInitiator) const;
    bool isLeft(bool isInitiator) const { return isInitiator == m_names.initiatorIsLeft; }
    void paintLines(QPainter& painter, int top, int bottom) const;
    void paintTies(QPainter& painter, qsizetype first, qsizetype last) const;
    void paintTie(QPainter& painter, const LadderLayout::Tie& tie) const;
    void paintRow(QPainter& painter, qsizetype row, bool isCurrent) const;
    void paintArrow(QPainter& painter, qsizetype row) const;
    QString labelOf(qsizetype row, double room) const;
    bool saysDuration(const LadderLayout::Tie& tie) const;
    bool isSaidByTie(qsizetype row) const;
    void paintLabel(QPainter& painter, qsizetype row, bool isCurrent) const;
    void paintNumber(QPainter& painter, qsizetype row, bool isCurrent) const;
    void paintGap(QPainter& painter, qsizetype row) const;
    void paintBreak(QPainter& painter, double y) const;
    void paintNext(QPainter& painter, const Next& next) const;

    const FollowedConnection& m_story;
    const LadderLayout& m_layout;
    StoryEnds m_names;
    QFont m_font;
    QFontMetrics m_metrics;
    QPalette m_palette;
    const Theme& m_theme;
    int m_width;
    double m_left; ///< the lines of the two ends
    double m_right;
};

} // namespace tcpw
