// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/worker.h"
#include "ui/packetlist/packetreading.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace tcpw {

/// What rows are sorted by.
struct RowOrder
{
    PacketListColumn column = PacketListColumn::number;
    Qt::SortOrder direction = Qt::AscendingOrder;
    friend bool operator==(const RowOrder&, const RowOrder&) = default;
};

/// Sorts packets by a column on a thread of its own. Its functions are for the thread that owns it.
class RowSorter : public QObject
{
    Q_OBJECT
public:
    explicit RowSorter(QObject* parent = nullptr);
    ~RowSorter() override;

    /// Sorts these packets of the source, which its thread lists in their order; equal ones keep
    /// it. Ends in sorted(), unless another sort or cancel() comes before.
    void sort(const RowSource& source, std::function<std::vector<quint32>()> list,
        const RowOrder& order, const ListStyle& style);
    /// Nothing is read any more on return.
    void cancel();
    bool isSorting() const { return m_isSorting; }
    /// What was sorted last, once.
    std::vector<quint32> takeSorted() { return std::exchange(m_sorted, {}); }

signals:
    void sorted();

private:
    std::mutex m_reading; ///< held by the worker while it reads
    std::atomic<quint64> m_generation = 0; ///< what runs for another is out of date
    bool m_isSorting = false;
    std::vector<quint32> m_sorted;
    Worker m_worker;
};

} // namespace tcpw
