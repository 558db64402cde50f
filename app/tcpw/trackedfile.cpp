// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "trackedfile.h"

#include "store/packetreader.h"

#include <QFile>

namespace tcpw {

Result<void> visitTracked(const PacketStore& store, Tracker& tracker, const TrackedVisit& visit)
{
    PacketReader reader(store);
    for (std::size_t i = 0; i < store.size(); ++i) {
        const auto bytes = reader.bytes(i);
        if (!bytes)
            return tl::unexpected<Error>(bytes.error());
        const PacketRecord record = store.record(i);
        const TrackedPacket tracked
            = tracker.add(static_cast<std::uint32_t>(i + 1), record, *bytes);
        if (!visit(i, record, *bytes, tracked))
            return {};
    }
    return {};
}

Result<std::unique_ptr<PacketStore>> openCapture(const QString& path)
{
    return PacketStore::open(QFile::encodeName(path).toStdString());
}

} // namespace tcpw
