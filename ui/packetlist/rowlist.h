// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QtGlobal>

#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace tcpw {

/// Which packet stands in which row: all in their order, or those that were picked, or either of
/// them sorted. Rows are counted from 0 and packets too; both are numbers of the store.
class RowList
{
public:
    qsizetype size() const;
    qsizetype packetAt(qsizetype row) const;
    /// -1 when the packet has no row.
    qsizetype rowOf(qsizetype packet) const;

    /// All packets from `first` to before `end` have a row, unless rows are picked.
    void setRange(qsizetype first, qsizetype end);
    qsizetype first() const { return m_first; }
    qsizetype end() const { return m_end; }

    bool isPicked() const { return m_picked.has_value(); }
    /// Only packets that are picked() from now on, or all again.
    void setPicking(bool picking);
    void pick(const std::vector<quint32>& packets);

    bool isSorted() const { return m_sorted.has_value(); }
    /// The packets in this order, or in their own again.
    void setSorted(std::optional<std::vector<quint32>> packets) { m_sorted = std::move(packets); }
    /// All packets that have a row when nothing is sorted.
    std::vector<quint32> inOrder() const;
    /// Gives that list, as it is now, wherever and whenever it is called, which is once.
    std::function<std::vector<quint32>()> listInOrder() const;
    qsizetype sizeInOrder() const;

    /// Forgets the picked and sorted packets before `first`; gives how many rows that were, all of
    /// them the first ones while nothing is sorted.
    qsizetype forgottenBy(qsizetype first) const;
    void forget(qsizetype first);

private:
    qsizetype m_first = 0;
    qsizetype m_end = 0;
    std::optional<std::deque<quint32>> m_picked; ///< rising; grows without being moved
    std::optional<std::vector<quint32>> m_sorted;
};

} // namespace tcpw
