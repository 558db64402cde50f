// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "capturewriter.h"

#include "store/fileaccess.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace tcpw {

namespace {

/// Writes all of it to a file that may be a pipe.
Transfer writeToStdout(ByteView bytes)
{
    Transfer written;
    while (written.count < bytes.size()) {
        const auto rest = bytes.subspan(written.count);
        const ssize_t count = ::write(STDOUT_FILENO, rest.data(), rest.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            written.error = errno;
            break;
        }
        written.count += static_cast<std::size_t>(count);
    }
    return written;
}

} // namespace

Result<CaptureFormat> CaptureWriter::formatOf(const QString& name)
{
    if (name == QLatin1String("-")) {
        if (isatty(STDOUT_FILENO))
            return failure(
                "--write -: a capture is no text for a terminal. Lead it to a file or to "
                "another program.");
        return CaptureFormat::pcapng;
    }
    for (const char* packed : {".gz", ".zst", ".xz", ".lz4", ".bz2", ".zip"})
        if (name.endsWith(QLatin1String(packed), Qt::CaseInsensitive))
            return failure("--write " + name.toStdString()
                + ": captures are not compressed while they are written. Leave out " + packed
                + ", and compress the file afterwards.");
    return name.endsWith(QLatin1String(".pcap"), Qt::CaseInsensitive) ? CaptureFormat::pcap
                                                                      : CaptureFormat::pcapng;
}

CaptureWriter::CaptureWriter(const QString& name, CaptureFormat format)
    : m_name(QFile::encodeName(name).toStdString())
    , m_format(format)
{
}

Result<CaptureWriter> CaptureWriter::create(const QString& name, CaptureFormat format)
{
    CaptureWriter writer(name, format);
    if (name == QLatin1String("-"))
        return writer;
    auto target = SaveTarget::create(writer.m_name);
    if (!target)
        return tl::unexpected<Error>(target.error());
    writer.m_target.emplace(std::move(*target));
    return writer;
}

Result<void> CaptureWriter::begin(const std::vector<Device>& devices)
{
    for (const Device& device : devices)
        if (m_format == CaptureFormat::pcap && device.linkType != devices.front().linkType)
            return failure("The devices are of different link types ("
                + linkTypeName(devices.front().linkType) + " and " + linkTypeName(device.linkType)
                + "), and a classic pcap file holds one. Give a name that ends in .pcapng.");
    if (m_format == CaptureFormat::pcap) {
        m_encoder.addPcapHeader(devices.front().linkType);
    } else {
        m_encoder.addSection();
        for (std::size_t i = 0; i < devices.size(); ++i) {
            const auto number = static_cast<std::uint8_t>(i);
            m_encoder.addInterface(devices[i].linkType, number, 0, devices[i].name);
            m_interfaces.add(number, devices[i].linkType);
        }
    }
    if (auto flushed = flush(); !flushed)
        return flushed;
    if (m_target)
        m_target->showEarly();
    return {};
}

Result<void> CaptureWriter::append(const PacketBatch& batch)
{
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const PacketRecord& record = batch.record(i);
        if (m_format == CaptureFormat::pcap)
            m_encoder.addPcapRecord(record, batch.bytes(i));
        else
            m_encoder.addPacket(record, batch.bytes(i),
                m_interfaces.find(record.device, record.linkType).value_or(0));
        m_ends.push_back(m_encoder.size());
        if (m_encoder.isFull())
            if (auto flushed = flush(); !flushed)
                return flushed;
    }
    return flush();
}

Result<void> CaptureWriter::flush()
{
    Transfer written;
    if (m_target) {
        const std::uint64_t before = m_target->size();
        written.error = m_target->add(m_encoder.bytes());
        written.count = static_cast<std::size_t>(m_target->size() - before);
    } else {
        written = writeToStdout(m_encoder.bytes());
    }
    auto result = keepWhole(written.count, written.error);
    m_encoder.clear();
    m_ends.clear();
    return result;
}

/// Takes away the packet that was begun when the disk was full.
Result<void> CaptureWriter::keepWhole(std::size_t written, int error)
{
    const auto whole = std::ranges::upper_bound(m_ends, written) - m_ends.begin();
    m_count += static_cast<std::uint64_t>(whole);
    if (error == 0)
        return {};
    m_broken = true;
    if (!m_target)
        return failure("Standard output takes no more: " + systemReason(error) + ".");
    const std::size_t end = whole > 0 ? m_ends[static_cast<std::size_t>(whole) - 1] : 0;
    if (auto cut = m_target->cutTo(m_target->size() - written + end); !cut)
        return cut;
    return failure(shownPath(m_name) + " takes no more: " + systemReason(error) + ". "
        + (m_count == 0 ? "No packet was saved."
                        : "It has the first " + std::to_string(m_count)
                    + (m_count == 1 ? " packet, which is whole." : " packets, which are whole.")));
}

Result<void> CaptureWriter::finish()
{
    if (!m_target || (m_broken && m_count == 0))
        return {};
    return m_target->commit();
}

} // namespace tcpw
