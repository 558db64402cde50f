// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/capturereader.h"

#include "store/captureformat.h"
#include "store/fieldreader.h"
#include "store/pcapngreader.h"
#include "store/pcapreader.h"

namespace tcpw {

namespace {

namespace format = captureformat;

struct Archive
{
    std::string_view magic;
    const char* name;
    const char* tool;
};

constexpr Archive archives[] = {
    {"\x28\xb5\x2f\xfd", "Zstandard", "unzstd"},
    {"\x04\x22\x4d\x18", "LZ4", "unlz4"},
    {"PK\x03\x04", "zip", "unzip"},
    {"\xfd\x37zXZ", "xz", "unxz"},
    {"BZh", "bzip2", "bunzip2"},
    {"\x1f\x8b", "gzip", "gunzip"},
};

bool beginsWith(ByteView bytes, std::string_view magic)
{
    if (bytes.size() < magic.size())
        return false;
    for (std::size_t i = 0; i < magic.size(); ++i)
        if (bytes[i] != static_cast<std::uint8_t>(magic[i]))
            return false;
    return true;
}

std::string notACapture(ByteView start)
{
    if (start.empty())
        return "It is empty, not a capture file.";
    for (const Archive& archive : archives)
        if (beginsWith(start, archive.magic))
            return std::string("It is compressed with ") + archive.name + "; unpack it first (with "
                + archive.tool + ").";
    return "It is not a capture file: it begins neither as pcap nor as pcapng does.";
}

bool isPcapng(ByteView start)
{
    FieldReader reader(start, ByteOrder::big);
    return reader.u32() == format::pcapng::sectionHeader && !reader.failed();
}

} // namespace

bool CaptureReader::isCapture(ByteView start)
{
    return isPcapng(start) || PcapReader::byteOrder(start).has_value();
}

Result<std::unique_ptr<CaptureReader>> CaptureReader::create(ByteSource& source)
{
    std::uint8_t buffer[8] = {};
    const Transfer got = source.read(0, buffer);
    if (got.error != 0)
        return failure("It cannot be read: " + systemReason(got.error) + ".");
    const auto start = ByteView(buffer).first(got.count);
    if (isPcapng(start))
        return PcapngReader::open(source);
    if (PcapReader::byteOrder(start))
        return PcapReader::open(source);
    return failure(notACapture(start));
}

std::string CaptureReader::problem() const
{
    std::string text = m_note;
    const auto add = [&text](const std::string& sentence) {
        text += (text.empty() || sentence.empty() ? "" : " ") + sentence;
    };
    add(m_firstLeftOut);
    if (m_leftOut > 1)
        add("In all " + std::to_string(m_leftOut) + " such packets were left out.");
    add(m_stop);
    return text;
}

void CaptureReader::resume()
{
    m_stop.clear();
    m_window.refresh();
}

CaptureReader::Step CaptureReader::stop(std::string sentence)
{
    m_stop = std::move(sentence);
    return Step::end;
}

CaptureReader::Step CaptureReader::stopCut(const std::string& what)
{
    if (m_window.error() != 0)
        return stop("Reading failed in " + what + ": " + systemReason(m_window.error()) + ".");
    return stop("The file ends in the middle of " + what + ".");
}

CaptureReader::Step CaptureReader::leaveOut(std::uint64_t size, std::string sentence)
{
    if (m_leftOut++ == 0)
        m_firstLeftOut = std::move(sentence);
    return pass(size);
}

CaptureReader::Step CaptureReader::found(std::uint64_t size)
{
    ++m_count;
    m_position += size;
    return Step::packet;
}

CaptureReader::Step CaptureReader::pass(std::uint64_t size)
{
    m_position += size;
    return Step::nothing;
}

std::string CaptureReader::nextPacketName() const
{
    return "packet " + std::to_string(m_count + 1) + ", which begins " + place();
}

std::string CaptureReader::place() const
{
    return "at offset " + std::to_string(m_position);
}

} // namespace tcpw
