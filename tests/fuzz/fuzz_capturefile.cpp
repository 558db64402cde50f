// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/captureformat.h"
#include "store/capturereader.h"
#include "store/packetindexlist.h"

#include <cstdlib>

namespace {

using namespace tcpw;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// Every packet lies within the file, in order, and the index gives back what was found.
void readToTheEnd(CaptureReader& reader, std::size_t size)
{
    static PacketIndexList index; // for all inputs: a new one costs more than all the rest
    if (index.size() > 1'000'000)
        index.clear();
    FoundPacket packet;
    std::uint64_t end = 0;
    for (std::size_t steps = 0;; ++steps) {
        require(steps <= size / 12 + 1);
        const std::uint64_t position = reader.position();
        const CaptureReader::Step step = reader.next(packet);
        if (step == CaptureReader::Step::end)
            break;
        require(reader.position() >= position + 12 && reader.position() <= size);
        if (step != CaptureReader::Step::packet)
            continue;
        require(packet.record.capturedLength <= captureformat::maximumPacketLength);
        require(packet.offset >= end && packet.offset + packet.record.capturedLength <= size);
        end = packet.offset + packet.record.capturedLength;
        require(packet.comments.size() <= captureformat::maximumComments);
        for (const FoundComment& comment : packet.comments)
            require(comment.offset >= end && comment.offset + comment.length <= size);
        if (index.stage(packet.record, packet.offset)) {
            index.publish(1);
            const PacketRecord record = index.record(index.size() - 1);
            require(record.timestamp == packet.record.timestamp
                && record.linkType == packet.record.linkType
                && record.origin == packet.record.origin
                && record.capturedLength == packet.record.capturedLength
                && index.offset(index.size() - 1) == packet.offset);
        }
    }
    require(reader.problem().empty() || reader.problem().back() == '.');
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    MemorySource source({data, size});
    auto reader = CaptureReader::create(source);
    if (reader)
        readToTheEnd(**reader, size);
    else
        require(reader.error().message.back() == '.');
    return 0;
}
