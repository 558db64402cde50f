// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/worker.h"
#include "ui/packetlist/packetreading.h"

#include <QObject>

#include <atomic>
#include <mutex>

namespace tcpw {

/// Where a text is looked for.
enum class FindIn
{
    rows, ///< what the list's columns say, whether they are shown or not
    fields, ///< names, values and meanings of all fields
    text, ///< the packet's bytes, read as UTF-8
    bytes, ///< the same, given in hexadecimal
};
inline constexpr int findInCount = 4;

/// What is looked for. Letters count as equal in both cases, but for bytes in hexadecimal.
struct PacketSearch
{
    FindIn in = FindIn::rows;
    QString text;
    Bytes bytes; ///< of FindIn::bytes
};

/// Reads what was typed; fails with a sentence where it is no hexadecimal number.
Result<PacketSearch> readSearch(FindIn in, const QString& typed);

/// How the rows are written, as the list has it now.
struct RowWording
{
    EndNames names;
    ListStyle style;
    QStringList devices;
};

/// Looks for packets on a thread of its own. Its functions are for the thread that owns it.
class PacketFinder : public QObject
{
    Q_OBJECT
public:
    explicit PacketFinder(QObject* parent = nullptr);
    ~PacketFinder() override;

    /// Looks through `packets` in their order; ends in found() or notFound(), unless another search
    /// or cancel() comes before.
    void find(const RowSource& source, const PacketSearch& search, const RowWording& wording,
        std::vector<quint32> packets);
    /// Nothing is read any more on return.
    void cancel();

signals:
    void found(qsizetype packet);
    void notFound();
    void progressed(qsizetype looked); ///< now and then

private:
    std::mutex m_reading; ///< held by the worker while it reads
    std::atomic<quint64> m_generation = 0;
    Worker m_worker;
};

} // namespace tcpw
