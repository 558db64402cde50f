// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/gzip.h"

#include "store/capturereader.h"
#include "store/temporaryfile.h"

#include <zlib.h>

#include <algorithm>
#include <vector>

namespace tcpw {

namespace {

constexpr std::size_t pieceSize = 256 * 1024;
constexpr int gzipWindowBits = 15 + 16; // the largest window, with gzip's header

/// One pass over a compressed source.
class Unpacker
{
public:
    Unpacker(ByteSource& source, int file)
        : m_source(source)
        , m_file(file)
        , m_input(pieceSize)
        , m_output(pieceSize)
    {
        m_ready = inflateInit2(&m_stream, gzipWindowBits) == Z_OK;
    }
    ~Unpacker() { inflateEnd(&m_stream); }
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;

    /// Fails when cancelled, when nothing can be written, or when it is no capture.
    Result<void> run(const Progress& progress);
    const std::string& problem() const { return m_problem; }

private:
    bool fillInput();
    bool isMemberStart() const;
    Result<void> write();
    void stop(std::string sentence);

    ByteSource& m_source;
    int m_file;
    z_stream m_stream = {};
    bool m_ready = false;
    bool m_done = false;
    bool m_insideMember = true;
    Bytes m_input;
    Bytes m_output;
    std::uint64_t m_read = 0;
    std::uint64_t m_written = 0;
    std::string m_problem;
};

void Unpacker::stop(std::string sentence)
{
    m_problem = std::move(sentence);
    m_done = true;
}

/// Sees to it that there is input; false at its end.
bool Unpacker::fillInput()
{
    if (m_stream.avail_in > 0)
        return true;
    const Transfer got = m_source.read(m_read, m_input);
    m_stream.next_in = m_input.data();
    m_stream.avail_in = static_cast<uInt>(got.count);
    m_read += got.count;
    if (got.count > 0)
        return true;
    if (got.error != 0)
        stop("The compressed file cannot be read to its end: " + systemReason(got.error) + ".");
    else if (m_insideMember)
        stop("The compressed file ends too early.");
    m_done = true;
    return false;
}

bool Unpacker::isMemberStart() const
{
    return m_stream.avail_in >= 2 ? isGzip({m_stream.next_in, m_stream.avail_in})
                                  : m_stream.avail_in == 1 && *m_stream.next_in == 0x1f;
}

Result<void> Unpacker::write()
{
    const ByteView bytes = ByteView(m_output).first(m_output.size() - m_stream.avail_out);
    if (m_written == 0 && !bytes.empty() && !CaptureReader::isCapture(bytes))
        return failure("It is compressed with gzip, and what is inside is not a capture.");
    const std::uint64_t room = unpackedLimit(m_source.size()) - m_written;
    const auto part
        = bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), room)));
    if (const Transfer written = writeAt(m_file, m_written, part); written.error != 0)
        return failure("It is compressed, and there is no room to unpack it: "
            + systemReason(written.error) + ".");
    m_written += part.size();
    if (part.size() < bytes.size())
        stop("The file unpacks to more than " + std::to_string(m_written >> 20)
            + " MiB, which no ordinary capture of its size does; the rest was left out. If you "
              "trust it, unpack it with gunzip first.");
    return {};
}

Result<void> Unpacker::run(const Progress& progress)
{
    if (!m_ready)
        return failure("There is not enough memory to unpack it.");
    while (!m_done && fillInput()) {
        if (!m_insideMember && !isMemberStart())
            break; // like gzip: what follows the last member is no matter
        if (!m_insideMember)
            inflateReset(&m_stream);
        m_insideMember = true;
        m_stream.next_out = m_output.data();
        m_stream.avail_out = static_cast<uInt>(m_output.size());
        const int status = inflate(&m_stream, Z_NO_FLUSH);
        if (auto written = write(); !written)
            return written;
        if (status == Z_STREAM_END)
            m_insideMember = false;
        else if (status != Z_OK && status != Z_BUF_ERROR)
            stop("The compressed file is damaged near offset "
                + std::to_string(m_read - m_stream.avail_in) + '.');
        const double share = static_cast<double>(m_read) / static_cast<double>(m_source.size());
        if (progress && !progress(std::min(share, 1.0)))
            return failure("Opening was cancelled.");
    }
    if (m_written == 0)
        return failure(m_problem.empty()
                ? "It is compressed with gzip, and there is nothing inside."
                : "It cannot be unpacked. " + m_problem);
    return {};
}

} // namespace

bool isGzip(ByteView start)
{
    return start.size() >= 2 && start[0] == 0x1f && start[1] == 0x8b;
}

Result<UnpackedFile> unpackGzip(
    ByteSource& source, const std::string& folder, const Progress& progress)
{
    if (auto made = makeFolder(folder); !made)
        return tl::unexpected<Error>(made.error());
    auto temporary = TemporaryFile::create(folder, 0600);
    if (!temporary)
        return failure("It is compressed. " + temporary.error().message);
    Unpacker unpacker(source, temporary->get());
    if (auto done = unpacker.run(progress); !done)
        return tl::unexpected<Error>(done.error());
    return UnpackedFile{temporary->takeDescriptor(), unpacker.problem()};
}

} // namespace tcpw
