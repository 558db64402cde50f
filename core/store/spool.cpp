// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/spool.h"

#include "store/captureformat.h"
#include "store/temporaryfile.h"

#include <algorithm>
#include <cerrno>
#include <sys/file.h>
#include <unistd.h>

namespace tcpw {

namespace {

constexpr std::string_view namePrefix = "spool-";
constexpr std::string_view nameSuffix = ".pcapng";

std::string newName(const std::string& folder)
{
    return folder + '/' + std::string(namePrefix) + std::to_string(getpid()) + '-' + randomSuffix()
        + std::string(nameSuffix);
}

tl::unexpected<Error> cannotWrite(const std::string& path, int error)
{
    return failure("The captured packets cannot be written to " + shownPath(path) + ": "
        + systemReason(error) + ". What was captured before is kept.");
}

} // namespace

Spool::Spool(FileDescriptor file)
    : m_file(std::move(file))
    , m_owner(getpid())
{
}

Spool::~Spool()
{
    if (!m_path.empty() && m_owner == getpid())
        unlink(m_path.c_str());
}

bool Spool::isSpoolName(const std::string& path)
{
    const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
    return name.size() > namePrefix.size() + nameSuffix.size()
        && name.substr(0, namePrefix.size()) == namePrefix
        && name.substr(name.size() - nameSuffix.size()) == nameSuffix;
}

Result<std::unique_ptr<Spool>> Spool::create(const std::string& folder)
{
    if (auto made = makeFolder(folder); !made)
        return tl::unexpected<Error>(made.error());
    removeLeftTemporaries(folder);
    auto temporary = TemporaryFile::create(folder, 0600);
    if (!temporary)
        return tl::unexpected<Error>(temporary.error());
    // Locked before it has its name, so that nobody ever finds it without its lock.
    if (flock(temporary->get(), LOCK_EX | LOCK_NB) != 0)
        return cannotWrite(folder, errno);

    std::string path;
    int error = EEXIST;
    for (int i = 0; i < 100 && error == EEXIST; ++i) {
        path = newName(folder);
        error = temporary->giveName(path);
    }
    if (error != 0)
        return cannotWrite(path, error);
    std::unique_ptr<Spool> spool(new Spool(temporary->takeDescriptor()));
    spool->m_path = path;
    if (auto begun = spool->restart(); !begun)
        return tl::unexpected<Error>(begun.error());
    return spool;
}

Result<void> Spool::restart()
{
    m_end = 0;
    m_interfaces.clear();
    m_encoder.clear();
    if (ftruncate(m_file.get(), 0) != 0)
        return cannotWrite(m_path, errno);
    m_encoder.addSection();
    auto begun = writePlain();
    m_dropped.restart(m_end);
    return begun;
}

/// Writes what has no packets in it: all of it, or nothing.
Result<void> Spool::writePlain()
{
    const Transfer written = writeAt(m_file.get(), m_end, m_encoder.bytes());
    const bool whole = written.count == m_encoder.size();
    m_encoder.clear();
    if (whole) {
        m_end += written.count;
        return {};
    }
    // Should this fail too, the next block is written over the rest.
    if (ftruncate(m_file.get(), static_cast<off_t>(m_end)) != 0)
        return cannotWrite(m_path, errno);
    return cannotWrite(m_path, written.error);
}

Result<void> Spool::append(
    const PacketBatch& batch, PacketIndexList& index, const DeviceNames& names)
{
    // A spool whose beginning could not be written is begun again when there is space.
    if (m_end == 0) {
        if (auto begun = restart(); !begun)
            return begun;
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (auto added = add(batch.record(i), batch.bytes(i), index, names); !added) {
            auto flushed = flush(index);
            return flushed ? added : flushed;
        }
    }
    return flush(index);
}

Result<void> Spool::add(
    PacketRecord record, ByteView packet, PacketIndexList& index, const DeviceNames& names)
{
    const auto interface = interfaceFor(record, index, names);
    if (!interface)
        return tl::unexpected<Error>(interface.error());
    packet = packet.first(std::min<std::size_t>(packet.size(), captureformat::maximumPacketLength));
    record.capturedLength = static_cast<std::uint32_t>(packet.size());
    const std::uint64_t start = m_end + m_encoder.size();
    if (auto staged = index.stage(record, start + CaptureEncoder::packetDataOffset); !staged)
        return failure("No more packets can be kept: " + staged.error().message);
    m_encoder.addPacket(record, packet, *interface);
    return m_encoder.isFull() ? flush(index) : Result<void>();
}

/// The number of the packet's interface; a new one is described in the file first.
Result<std::uint32_t> Spool::interfaceFor(
    const PacketRecord& record, PacketIndexList& index, const DeviceNames& names)
{
    if (const auto known = m_interfaces.find(record.device, record.linkType))
        return *known;
    if (auto flushed = flush(index); !flushed)
        return tl::unexpected<Error>(flushed.error());
    const std::uint64_t start = m_end;
    m_encoder.addInterface(record.linkType, record.device, 0, names.of(record.device));
    if (auto written = writePlain(); !written)
        return tl::unexpected<Error>(written.error());
    m_dropped.keep(start, m_end - start);
    return m_interfaces.add(record.device, record.linkType);
}

std::size_t Spool::wholePackets(std::size_t written, const PacketIndexList& index) const
{
    std::size_t count = 0;
    while (count + 1 < index.staged()
        && index.stagedOffset(count + 1) - CaptureEncoder::packetDataOffset <= m_end + written)
        ++count;
    return count;
}

Result<void> Spool::flush(PacketIndexList& index)
{
    const Transfer written = writeAt(m_file.get(), m_end, m_encoder.bytes());
    if (written.count == m_encoder.size()) {
        index.publish(index.staged());
        m_end += written.count;
        m_encoder.clear();
        return {};
    }
    const std::size_t whole = wholePackets(written.count, index);
    m_end = whole > 0 ? index.stagedOffset(whole) - CaptureEncoder::packetDataOffset : m_end;
    index.publish(whole);
    m_encoder.clear();
    if (ftruncate(m_file.get(), static_cast<off_t>(m_end)) != 0)
        return cannotWrite(m_path, errno);
    return cannotWrite(m_path, written.error);
}

Result<void> Spool::dropBefore(std::size_t packet, const PacketIndexList& index)
{
    const std::uint64_t end
        = packet < index.size() ? index.offset(packet) - CaptureEncoder::packetDataOffset : m_end;
    if (const int error = m_dropped.dropBefore(m_file.get(), packet, end, index); error != 0)
        return failure("Dropped packets stay in " + shownPath(m_path) + ": " + systemReason(error)
            + ". They take up space on the disk until the capture ends.");
    return {};
}

} // namespace tcpw
