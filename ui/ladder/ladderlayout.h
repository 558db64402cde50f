// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/connectionstory.h"

#include <QtGlobal>

#include <array>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tcpw {

/// Where the arrows of a ladder diagram stand, from its top down, in pixels: a row an arrow. Knows
/// no widget and no pen.
class LadderLayout
{
public:
    enum class Axis
    {
        realTime, ///< long gaps are compressed
        steps, ///< one step a packet
    };

    struct Row
    {
        std::int64_t timestamp = 0; ///< in nanoseconds since 1970
        std::uint32_t number = 0; ///< of the packet
        int y = 0; ///< where the arrow leaves its sender
        bool isAgain = false; ///< it repeats a packet
        bool isLost = false; ///< it did not arrive, as a later packet shows
        bool isCompressed = false; ///< the gap before it is longer than it looks
    };

    /// A retransmission and what it repeats.
    struct Tie
    {
        qsizetype from = 0; ///< row of the transmission before
        qsizetype to = 0; ///< row of the retransmission
        std::int64_t duration = 0; ///< between them, in nanoseconds
        int lane = 0; ///< ties of different lanes may overlap
        bool ofInitiator = false;
    };

    static constexpr int lanes = 3;
    static constexpr double smallestZoom = 1.0 / 64;
    static constexpr double largestZoom = 1 << 20; ///< of real time: about 16 ns a pixel

    void setAxis(Axis axis);
    Axis axis() const { return m_axis; }
    /// The least distance of two arrows that have room for their words.
    void setRowHeight(int pixels);
    /// From smallestZoom to largestZoom; 1 is a minute in 3,600 pixels, and steps of rowHeight.
    void setZoom(double zoom);
    double zoom() const { return m_zoom; }
    /// The zoom at which everything has room in `height` pixels, or nearly so.
    double zoomToFit(int height) const;

    void clear();
    /// Places the arrows behind those that are placed.
    void extend(const std::vector<StoryArrow>& arrows);

    qsizetype rowCount() const { return qsizetype(m_rows.size()); }
    const Row& row(qsizetype index) const { return m_rows[std::size_t(index)]; }
    const std::vector<Tie>& ties() const { return m_ties; } ///< in the order of `to`
    qsizetype longestTie() const { return m_longestTie; } ///< in rows
    /// What ties this row to the one that it repeats, or null.
    const Tie* tieTo(qsizetype row) const;
    int step() const; ///< the least distance of two rows
    int slant() const; ///< how much lower an arrow ends
    int height() const;

    /// First row and one behind the last between two heights, and a row beyond each of them.
    std::pair<qsizetype, qsizetype> rowsBetween(int top, int bottom) const;
    /// The row nearest to a height, or -1 when there is none.
    qsizetype rowAt(int y) const;
    /// The row of a packet, or -1.
    qsizetype rowOf(std::uint32_t number) const;

private:
    void place(std::size_t first);
    int distance(std::int64_t gap, bool& isCompressed) const;
    int heightAt(double zoom) const;
    bool isAgain(const StoryArrow& arrow);
    void tie(const StoryArrow& arrow, qsizetype row, const std::vector<StoryArrow>& arrows);
    int freeLane(const Tie& tie);

    Axis m_axis = Axis::realTime;
    int m_rowHeight = 36;
    double m_zoom = 1;
    std::vector<Row> m_rows;
    std::vector<Tie> m_ties;
    qsizetype m_longestTie = 0;
    std::unordered_map<std::uint32_t, qsizetype> m_lastOf; ///< last row that repeats a packet
    std::array<std::uint32_t, 2> m_acknowledged{}; ///< by the initiator, by the responder
    std::array<bool, 2> m_sentSynAck{}; ///< the initiator, the responder
    std::array<std::array<qsizetype, lanes>, 2> m_laneEnds{};
};

} // namespace tcpw
