// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/capturefile.h"

#include "store/captureencoder.h"
#include "store/packetreader.h"
#include "store/savetarget.h"
#include "store/timescale.h"

#include <algorithm>
#include <limits>

namespace tcpw {

namespace {

constexpr std::size_t packetsBetweenReports = 4096;

/// The packets to save: those of a list of numbers, or all that the store had at the start; of
/// either, those that it still has when their turn comes.
struct Selection
{
    const PacketStore& store;
    const std::vector<std::size_t>& numbers;
    std::size_t first;
    std::size_t count;

    Selection(const PacketStore& from, const std::vector<std::size_t>& chosen)
        : store(from)
        , numbers(chosen)
        , first(from.first())
        , count(chosen.empty() ? from.size() - first : chosen.size())
    {
    }

    std::size_t number(std::size_t i) const { return numbers.empty() ? first + i : numbers[i]; }
    bool isDropped(std::size_t i) const { return number(i) < store.first(); }
    PacketRecord record(std::size_t i) const { return store.record(number(i)); }
};

/// What the beginning of the file must say about the packets in it.
struct Contents
{
    InterfaceTable interfaces;
    std::int64_t earliest = 0; ///< in nanoseconds; 0 when none is before 1970
    std::size_t outsideOfPcap = 0; ///< number, from 1, of one whose time pcap cannot hold; 0: none

    /// In seconds. Before 1970 only an offset leads there, for a time stamp has no sign.
    std::int64_t timeOffset() const
    {
        return earliest / nanosecondsPerSecond - (earliest % nanosecondsPerSecond < 0 ? 1 : 0);
    }
};

Contents contentsOf(const Selection& selection)
{
    constexpr std::int64_t latestOfPcap = std::numeric_limits<std::uint32_t>::max();
    Contents contents;
    for (std::size_t i = 0; i < selection.count; ++i) {
        const PacketRecord record = selection.record(i);
        if (selection.isDropped(i))
            continue;
        if (!contents.interfaces.find(record.device, record.linkType))
            contents.interfaces.add(record.device, record.linkType);
        contents.earliest = std::min(contents.earliest, record.timestamp);
        if (record.timestamp < 0 || record.timestamp / nanosecondsPerSecond > latestOfPcap)
            contents.outsideOfPcap = selection.number(i) + 1;
    }
    return contents;
}

/// Fails with what stands against a classic pcap file.
Result<void> checkForPcap(const Contents& contents)
{
    const InterfaceTable& interfaces = contents.interfaces;
    for (std::size_t i = 1; i < interfaces.size(); ++i)
        if (interfaces.linkType(i) != interfaces.linkType(0))
            return failure("The packets are of different link types ("
                + linkTypeName(interfaces.linkType(0)) + " and "
                + linkTypeName(interfaces.linkType(i))
                + "), and a classic pcap file holds one. Save them as pcapng.");
    if (contents.outsideOfPcap > 0)
        return failure("The time of packet " + std::to_string(contents.outsideOfPcap)
            + " is before 1970 or after 2106, which a classic pcap file cannot hold. Save as "
              "pcapng.");
    return {};
}

Result<void> flush(CaptureEncoder& encoder, SaveTarget& target)
{
    auto written = target.write(encoder.bytes());
    encoder.clear();
    return written;
}

Result<void> writeHeader(CaptureEncoder& encoder, const PacketStore& store,
    const Contents& contents, CaptureFormat format, SaveTarget& target)
{
    const InterfaceTable& interfaces = contents.interfaces;
    if (format == CaptureFormat::pcap)
        encoder.addPcapHeader(interfaces.size() > 0 ? interfaces.linkType(0) : LinkType::ethernet);
    else
        encoder.addSection();
    for (std::size_t i = 0; format == CaptureFormat::pcapng && i < interfaces.size(); ++i) {
        encoder.addInterface(interfaces.linkType(i), interfaces.device(i), contents.timeOffset(),
            store.deviceName(interfaces.device(i)));
        if (encoder.isFull()) {
            if (auto flushed = flush(encoder, target); !flushed)
                return flushed;
        }
    }
    return {};
}

void addPacket(CaptureEncoder& encoder, Contents& contents, CaptureFormat format,
    const Selection& selection, std::size_t i, const PacketRecord& record, ByteView bytes)
{
    if (format == CaptureFormat::pcap) {
        encoder.addPcapRecord(record, bytes);
        return;
    }
    const auto interface = contents.interfaces.find(record.device, record.linkType);
    encoder.addPacket(record, bytes, interface.value_or(0), contents.timeOffset(),
        selection.store.comments(selection.number(i)));
}

/// Gives how many were not there any more.
Result<std::size_t> writePackets(CaptureEncoder& encoder, Contents& contents, CaptureFormat format,
    const Selection& selection, SaveTarget& target, const std::function<bool(double)>& progress)
{
    PacketReader reader(selection.store);
    std::size_t leftOut = 0;
    for (std::size_t i = 0; i < selection.count; ++i) {
        const PacketRecord record = selection.record(i); // before the bytes: theirs if these come
        const auto bytes = reader.bytes(selection.number(i));
        if (!bytes && selection.isDropped(i)) {
            ++leftOut;
            continue;
        }
        if (!bytes)
            return tl::unexpected<Error>(bytes.error());
        addPacket(encoder, contents, format, selection, i, record, *bytes);
        if (encoder.isFull()) {
            if (auto flushed = flush(encoder, target); !flushed)
                return tl::unexpected<Error>(flushed.error());
        }
        const double share = static_cast<double>(i) / static_cast<double>(selection.count);
        if (progress && i % packetsBetweenReports == 0 && !progress(share))
            return failure("Saving was cancelled; what was there before is as it was.");
    }
    if (leftOut > 0 && leftOut == selection.numbers.size())
        return failure("None of the packets is kept any more: the limit of this capture dropped "
                       "them before they could be saved.");
    return leftOut;
}

Result<void> checkNumbers(const Selection& selection)
{
    const std::size_t size = selection.store.size();
    for (const std::size_t number : selection.numbers)
        if (number >= size)
            return failure("There is no packet " + std::to_string(number + 1) + " to save.");
    return {};
}

} // namespace

Result<std::size_t> saveCapture(const PacketStore& store, const std::vector<std::size_t>& numbers,
    const std::string& path, CaptureFormat format, const std::function<bool(double)>& progress)
{
    const Selection selection(store, numbers);
    if (auto checked = checkNumbers(selection); !checked)
        return tl::unexpected<Error>(checked.error());
    Contents contents = contentsOf(selection);
    if (format == CaptureFormat::pcap) {
        if (auto checked = checkForPcap(contents); !checked)
            return tl::unexpected<Error>(checked.error());
    }
    auto target = SaveTarget::create(path);
    if (!target)
        return tl::unexpected<Error>(target.error());
    CaptureEncoder encoder;
    if (auto written = writeHeader(encoder, store, contents, format, *target); !written)
        return tl::unexpected<Error>(written.error());

    auto leftOut = writePackets(encoder, contents, format, selection, *target, progress);
    if (!leftOut)
        return leftOut;
    if (auto flushed = flush(encoder, *target); !flushed)
        return tl::unexpected<Error>(flushed.error());
    if (auto committed = target->commit(); !committed)
        return tl::unexpected<Error>(committed.error());
    return leftOut;
}

} // namespace tcpw
