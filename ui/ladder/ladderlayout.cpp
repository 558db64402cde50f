// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/ladder/ladderlayout.h"

#include "connection/sequence.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tcpw {

namespace {

constexpr double pixelsPerSecond = 60; // at zoom 1
constexpr int mostRowsOfGap = 5; // a longer one is compressed to this
constexpr int smallestStep = 3; // pixels
constexpr int largestSlant = 12;
constexpr double largestStep = 4; // rows, of one step a packet

std::uint32_t endOf(const StoryArrow& arrow)
{
    return arrow.relativeSequence + arrow.dataLength
        + (arrow.controlBits.has(ControlBits::syn) ? 1u : 0u)
        + (arrow.controlBits.has(ControlBits::fin) ? 1u : 0u);
}

/// Whether one may say of a packet that it got lost. What came in did arrive; and nobody knows of a
/// SYN,ACK in a file, which is repeated as well when its ACK does not come.
bool canBeLost(const StoryArrow& arrow)
{
    return arrow.origin != Origin::peer
        && !(arrow.origin == Origin::unknown
            && arrow.controlBits.has(ControlBits::syn | ControlBits::ack));
}

} // namespace

void LadderLayout::setAxis(Axis axis)
{
    m_axis = axis;
    place(0);
}

void LadderLayout::setRowHeight(int pixels)
{
    m_rowHeight = pixels;
    place(0);
}

void LadderLayout::setZoom(double zoom)
{
    m_zoom = std::clamp(zoom, smallestZoom, m_axis == Axis::steps ? largestStep : largestZoom);
    place(0);
}

void LadderLayout::clear()
{
    m_rows.clear();
    m_ties.clear();
    m_longestTie = 0;
    m_lastOf.clear();
    m_acknowledged = {};
    m_sentSynAck = {};
    m_laneEnds = {};
}

void LadderLayout::extend(const std::vector<StoryArrow>& arrows)
{
    const std::size_t first = m_rows.size();
    for (std::size_t at = first; at < arrows.size(); ++at) {
        const StoryArrow& arrow = arrows[at];
        m_rows.push_back({arrow.timestamp, arrow.number});
        m_rows.back().isAgain = isAgain(arrow);
        if (m_rows.back().isAgain && arrow.tracked.refersTo != 0)
            tie(arrow, qsizetype(at), arrows);
        std::uint32_t& acknowledged = m_acknowledged[arrow.fromInitiator ? 0 : 1];
        if (arrow.controlBits.has(ControlBits::ack)
            && comesBefore(acknowledged, arrow.relativeAcknowledgment))
            acknowledged = arrow.relativeAcknowledgment;
    }
    place(first);
}

/// Whether it repeats a packet. The SYN,ACK of a simultaneous open has the number of the SYN before
/// it, and so its name, but says something new.
bool LadderLayout::isAgain(const StoryArrow& arrow)
{
    if (!arrow.controlBits.has(ControlBits::syn | ControlBits::ack))
        return arrow.isRetransmission;
    return std::exchange(m_sentSynAck[arrow.fromInitiator ? 0 : 1], true) && arrow.isRetransmission;
}

/// Ties a retransmission to what it repeats, which got lost unless it was acknowledged meanwhile.
void LadderLayout::tie(
    const StoryArrow& arrow, qsizetype row, const std::vector<StoryArrow>& arrows)
{
    const auto last = m_lastOf.find(arrow.tracked.refersTo);
    const qsizetype from = last != m_lastOf.end() ? last->second : rowOf(arrow.tracked.refersTo);
    m_lastOf[arrow.tracked.refersTo] = row;
    if (from < 0 || from >= row)
        return;
    Row& repeated = m_rows[std::size_t(from)];
    Tie tie{from, row, arrow.timestamp - repeated.timestamp, 0, arrow.fromInitiator};
    tie.lane = freeLane(tie);
    m_ties.push_back(tie);
    m_longestTie = std::max(m_longestTie, row - from);

    const StoryArrow& before = arrows[std::size_t(from)];
    const std::uint32_t acknowledged = m_acknowledged[arrow.fromInitiator ? 1 : 0];
    repeated.isLost = canBeLost(before) && !isAtOrBefore(endOf(before), acknowledged)
        && !arrow.tracked.names.has(AnalysisName::spuriousRetransmission);
}

int LadderLayout::freeLane(const Tie& tie)
{
    auto& ends = m_laneEnds[tie.ofInitiator ? 0 : 1];
    const auto free = std::ranges::find_if(ends, [&](qsizetype end) { return end <= tie.from; });
    const auto lane = free == ends.end() ? std::prev(ends.end()) : free;
    *lane = tie.to;
    return int(lane - ends.begin());
}

const LadderLayout::Tie* LadderLayout::tieTo(qsizetype row) const
{
    const auto tie = std::ranges::lower_bound(m_ties, row, {}, &Tie::to);
    return tie != m_ties.end() && tie->to == row ? &*tie : nullptr;
}

int LadderLayout::step() const
{
    const double scale = m_axis == Axis::steps ? m_zoom : std::min(m_zoom, 1.0);
    return std::max(smallestStep, int(m_rowHeight * scale));
}

int LadderLayout::slant() const
{
    return std::clamp(step() / 3, 1, largestSlant);
}

/// How far two arrows are apart.
int LadderLayout::distance(std::int64_t gap, bool& isCompressed) const
{
    isCompressed = false;
    if (m_axis == Axis::steps || gap <= 0)
        return step();
    const double stretch = double(gap) * 1e-9 * pixelsPerSecond * m_zoom;
    const int most = mostRowsOfGap * m_rowHeight;
    isCompressed = stretch > most;
    return step() + (isCompressed ? most : int(stretch));
}

void LadderLayout::place(std::size_t first)
{
    for (std::size_t at = first; at < m_rows.size(); ++at) {
        Row& row = m_rows[at];
        row.y = m_rowHeight;
        if (at > 0)
            row.y = m_rows[at - 1].y
                + distance(row.timestamp - m_rows[at - 1].timestamp, row.isCompressed);
    }
}

int LadderLayout::height() const
{
    return m_rows.empty() ? 0 : m_rows.back().y + slant() + m_rowHeight / 2;
}

int LadderLayout::heightAt(double zoom) const
{
    LadderLayout other;
    other.m_axis = m_axis;
    other.m_rowHeight = m_rowHeight;
    other.m_rows = m_rows;
    other.setZoom(zoom);
    return other.height();
}

double LadderLayout::zoomToFit(int height) const
{
    double low = std::log2(smallestZoom);
    double high = std::log2(m_axis == Axis::steps ? 1.0 : largestZoom);
    for (int i = 0; i < 16; ++i) {
        const double middle = (low + high) / 2;
        (heightAt(std::exp2(middle)) <= height ? low : high) = middle;
    }
    return std::exp2(low);
}

std::pair<qsizetype, qsizetype> LadderLayout::rowsBetween(int top, int bottom) const
{
    const auto first = std::ranges::lower_bound(m_rows, top, {}, &Row::y);
    const auto last = std::ranges::upper_bound(m_rows, bottom, {}, &Row::y);
    return {std::max<qsizetype>(0, first - m_rows.begin() - 1),
        std::min<qsizetype>(rowCount(), last - m_rows.begin() + 1)};
}

qsizetype LadderLayout::rowAt(int y) const
{
    if (m_rows.empty())
        return -1;
    const auto below = std::ranges::lower_bound(m_rows, y, {}, &Row::y);
    const qsizetype row = below - m_rows.begin();
    if (row == rowCount() || (row > 0 && y - m_rows[std::size_t(row - 1)].y < below->y - y))
        return row - 1;
    return row;
}

qsizetype LadderLayout::rowOf(std::uint32_t number) const
{
    const auto found = std::ranges::lower_bound(m_rows, number, {}, &Row::number);
    return found != m_rows.end() && found->number == number ? found - m_rows.begin() : -1;
}

} // namespace tcpw
