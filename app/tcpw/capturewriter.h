// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/captureencoder.h"
#include "store/capturefile.h"
#include "store/savetarget.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace tcpw {

/// Writes packets to a file or to stdout while they are captured. What is written is a whole
/// capture file at any time, but for the packet that is being written.
class CaptureWriter
{
public:
    /// A device whose packets are to be written; its number is its place.
    struct Device
    {
        std::string name;
        LinkType linkType = LinkType::ethernet;
    };

    /// What a name asks for: ".pcap" is classic, "-" and all else pcapng. Fails for what cannot be
    /// written.
    static Result<CaptureFormat> formatOf(const QString& name);
    /// Makes sure that there can be such a file; "-" is stdout.
    static Result<CaptureWriter> create(const QString& name, CaptureFormat format);

    /// Writes the beginning of the file.
    Result<void> begin(const std::vector<Device>& devices);
    /// Fails with a sentence when the disk is full; the packets that are whole stay.
    Result<void> append(const PacketBatch& batch);
    /// Puts the file in its place.
    Result<void> finish();

    std::uint64_t count() const { return m_count; } ///< packets that are whole in the file

private:
    CaptureWriter(const QString& name, CaptureFormat format);
    Result<void> flush();
    Result<void> keepWhole(std::size_t written, int error);

    std::string m_name;
    CaptureFormat m_format;
    std::optional<SaveTarget> m_target; ///< empty: stdout
    CaptureEncoder m_encoder;
    InterfaceTable m_interfaces;
    std::vector<std::size_t> m_ends; ///< of the packets in the encoder
    std::uint64_t m_count = 0;
    bool m_broken = false;
};

} // namespace tcpw
