// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"
#include "store/bytewindow.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace tcpw {

/// Where a comment on a packet lies in a file.
struct FoundComment
{
    std::uint64_t offset = 0;
    std::uint16_t length = 0; ///< in bytes, not 0
};

/// A packet that a capture file has, and where its bytes lie.
struct FoundPacket
{
    PacketRecord record;
    std::uint64_t offset = 0; ///< of the packet's bytes in the file
    std::vector<FoundComment> comments; ///< the first ones
};

/// Walks through a capture file, one record or block a step. Needs no memory for what the file
/// says: packets are found, not read. Never fails after its start: it stops where the file makes no
/// sense any more, and problem() says where and why.
class CaptureReader
{
public:
    enum class Step
    {
        packet, ///< found one
        nothing, ///< passed over something else
        end, ///< of the file, or of what can be read
    };

    /// The reader for what the source holds. Fails with a sentence about the file ("It is ...")
    /// when that is no capture.
    static Result<std::unique_ptr<CaptureReader>> create(ByteSource& source);
    /// Tells whether a file that begins so (4 bytes are enough) may be a capture.
    static bool isCapture(ByteView start);

    virtual ~CaptureReader() = default;

    virtual Step next(FoundPacket& packet) = 0;
    /// Whether the four bytes before a packet's are its original length, in some byte order.
    virtual bool lengthPrecedesBytes() const = 0;

    /// What is wrong with the file, in whole sentences; "" when nothing.
    std::string problem() const;
    /// What the file calls its devices, by their numbers, as far as it came: text from outside.
    const std::map<std::uint8_t, std::string>& deviceNames() const { return m_deviceNames; }
    /// How far it came, in bytes.
    std::uint64_t position() const { return m_position; }

    /// Goes on after an end that came too early: the source has grown.
    void resume();

protected:
    explicit CaptureReader(ByteSource& source)
        : m_window(source)
    {
    }

    /// Says something that does not end the walk.
    void note(std::string sentence) { m_note = std::move(sentence); }
    /// Ends the walk with this sentence.
    Step stop(std::string sentence);
    /// Ends the walk where the file ends too early or cannot be read; `what` was to come there.
    Step stopCut(const std::string& what);
    /// Passes over `size` bytes that cannot be used; the first sentence is kept, the rest counted.
    Step leaveOut(std::uint64_t size, std::string sentence);
    /// Counts a packet and passes over its record.
    Step found(std::uint64_t size);
    Step pass(std::uint64_t size);

    bool stopped() const { return !m_stop.empty(); }
    /// "packet 7, which begins at offset 612", for the packet that comes next.
    std::string nextPacketName() const;
    std::string place() const; ///< "at offset 612"

    std::map<std::uint8_t, std::string> m_deviceNames;
    ByteWindow m_window;
    std::uint64_t m_position = 0; ///< of the record or block that comes next

private:
    std::uint64_t m_count = 0;
    std::uint64_t m_leftOut = 0;
    std::string m_firstLeftOut;
    std::string m_note;
    std::string m_stop;
};

} // namespace tcpw
