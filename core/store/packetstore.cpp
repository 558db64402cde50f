// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/packetstore.h"

#include "store/captureformat.h"
#include "store/fieldreader.h"
#include "store/gzip.h"
#include "store/packetstoreprivate.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <sys/file.h>
#include <sys/uio.h>

namespace tcpw {

namespace {

/// Reads a packet with the bytes before it, straight into place; 0, or errno, or -1 where the file
/// ends too early.
int readGuarded(int file, std::uint64_t offset, std::span<std::uint8_t> guard, Bytes& bytes)
{
    iovec parts[] = {{guard.data(), guard.size()}, {bytes.data(), bytes.size()}};
    const std::size_t wanted = guard.size() + bytes.size();
    ssize_t got = 0;
    do
        got = preadv(file, parts, 2, static_cast<off_t>(offset - guard.size()));
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return errno;
    return static_cast<std::size_t>(got) == wanted ? 0 : -1;
}

} // namespace

bool PacketStore::Private::guardHolds(ByteView guard, const PacketRecord& record) const
{
    return !guarded || FieldReader(guard, ByteOrder::little).u32() == record.originalLength
        || FieldReader(guard, ByteOrder::big).u32() == record.originalLength;
}

tl::unexpected<Error> PacketStore::Private::changed(std::size_t index)
{
    return failure("The file changed on disk since it was opened, and packet "
        + std::to_string(index + 1) + " is no longer where it was. Open the file again.");
}

tl::unexpected<Error> PacketStore::Private::unreadable(std::size_t index, int error)
{
    return failure(
        "Packet " + std::to_string(index + 1) + " cannot be read: " + systemReason(error) + ".");
}

Result<void> PacketStore::Private::isThere(std::size_t packet) const
{
    if (packet >= index.size())
        return failure("There is no packet " + std::to_string(packet + 1) + " any more.");
    if (packet < index.first())
        return failure("Packet " + std::to_string(packet + 1)
            + " is no longer kept: the limit of this capture dropped it.");
    return {};
}

double PacketStore::Private::share() const
{
    return static_cast<double>(reader->position()) / static_cast<double>(source->size());
}

bool PacketStore::Private::readOn(const std::function<bool(double)>& progress, std::size_t most)
{
    constexpr unsigned stepsBetweenReports = 65536;
    FoundPacket packet;
    std::string full;
    whole = false;
    for (unsigned steps = 1; full.empty(); ++steps) {
        if (index.size() >= most) {
            deviceNames.set(reader->deviceNames());
            return true;
        }
        const CaptureReader::Step step = reader->next(packet);
        if (step == CaptureReader::Step::end)
            break;
        if (step == CaptureReader::Step::packet) {
            if (auto staged = index.stage(packet.record, packet.offset); staged) {
                noteComments(packet);
                index.publish(1);
            } else
                full = "Reading stopped after packet " + std::to_string(index.size()) + ": "
                    + staged.error().message;
        }
        if (steps % stepsBetweenReports == 0 && progress && !progress(share()))
            return false;
    }
    deviceNames.set(reader->deviceNames());
    whole = true;
    keepProblem(full);
    return true;
}

/// Says what is wrong with the file by now; `full` is why no more packets were taken.
void PacketStore::Private::keepProblem(const std::string& full)
{
    problem = unpackProblem;
    for (const std::string& sentence : {reader->problem(), full})
        if (!sentence.empty())
            problem += (problem.empty() ? "" : " ") + sentence;
}

void PacketStore::Private::noteComments(const FoundPacket& packet)
{
    if (packet.comments.empty())
        return;
    const std::lock_guard guard(commentLock);
    for (const FoundComment& comment : packet.comments)
        comments.push_back({index.size(), comment});
}

PacketStore::PacketStore()
    : d(std::make_unique<Private>())
{
}

PacketStore::~PacketStore() = default;

Result<std::unique_ptr<PacketStore>> PacketStore::create(const std::string& folder)
{
    auto spool = Spool::create(folder);
    if (!spool)
        return tl::unexpected<Error>(spool.error());
    std::unique_ptr<PacketStore> store(new PacketStore);
    store->d->spool = std::move(*spool);
    store->d->path = store->d->spool->path();
    return store;
}

Result<std::unique_ptr<PacketStore>> PacketStore::open(
    const std::string& path, const std::function<bool(double)>& progress, std::size_t most)
{
    auto file = openRegularFile(path);
    if (!file)
        return tl::unexpected<Error>(file.error());
    const auto notOpened = [&path](const Error& error) {
        return failure(shownPath(path) + " was not opened. " + error.message);
    };
    std::unique_ptr<PacketStore> store(new PacketStore);
    Private& d = *store->d;
    d.path = path;
    d.opened = std::move(*file);
    // While somebody looks at a spool that was left, it is not offered to another one.
    if (Spool::isSpoolName(path))
        flock(d.opened.get(), LOCK_SH | LOCK_NB);
    d.source = std::make_unique<FileSource>(d.opened.get());

    std::array<std::uint8_t, 2> start = {};
    d.source->read(0, start);
    if (isGzip(start)) {
        const auto firstHalf = [&progress](double share) {
            return progress(share / 2);
        };
        auto unpacked
            = unpackGzip(*d.source, spoolFolder(), progress ? Progress(firstHalf) : Progress());
        if (!unpacked)
            return notOpened(unpacked.error());
        d.opened = std::move(unpacked->file);
        d.unpacked = true;
        d.unpackProblem = std::move(unpacked->problem);
        d.source = std::make_unique<FileSource>(d.opened.get());
    }
    auto reader = CaptureReader::create(*d.source);
    if (!reader)
        return notOpened(reader.error());
    d.reader = std::move(*reader);
    d.guarded = d.reader->lengthPrecedesBytes();
    const auto secondHalf = [&progress](double share) {
        return progress(0.5 + share / 2);
    };
    if (!d.readOn(progress && d.unpacked ? Progress(secondHalf) : progress, most))
        return notOpened(Error{"Opening was cancelled."});
    return store;
}

std::size_t PacketStore::size() const
{
    return d->index.size();
}

std::size_t PacketStore::first() const
{
    return d->index.first();
}

std::uint64_t PacketStore::byteCount() const
{
    return d->index.byteCount();
}

PacketRecord PacketStore::record(std::size_t index) const
{
    if (index >= d->index.size())
        return {};
    const PacketRecord record = d->index.record(index);
    return index < d->index.first() ? PacketRecord() : record; // see isThere()
}

Result<Bytes> PacketStore::bytes(std::size_t index) const
{
    if (index >= d->index.size())
        return tl::unexpected<Error>(d->isThere(index).error());
    const PacketRecord record = d->index.record(index);
    std::array<std::uint8_t, Private::guardSize> guard = {};
    Bytes bytes(record.capturedLength);
    const int error = readGuarded(d->file(), d->index.offset(index), guard, bytes);
    if (auto there = d->isThere(index); !there)
        return tl::unexpected<Error>(there.error());
    if (error > 0)
        return Private::unreadable(index, error);
    if (error < 0 || !d->guardHolds(guard, record))
        return Private::changed(index);
    return bytes;
}

std::vector<std::string> PacketStore::comments(std::size_t index) const
{
    std::vector<FoundComment> places;
    {
        const std::lock_guard guard(d->commentLock);
        if (const auto own = d->ownComments.find(index); own != d->ownComments.end())
            return own->second;
        auto at = std::lower_bound(d->comments.begin(), d->comments.end(), index,
            [](const Private::Comment& comment, std::size_t packet) {
                return comment.packet < packet;
            });
        for (; at != d->comments.end() && at->packet == index; ++at)
            places.push_back(at->place);
    }
    std::vector<std::string> texts;
    Bytes bytes;
    for (const FoundComment& place : places) {
        bytes.resize(place.length);
        if (readAt(d->file(), place.offset, bytes).count == place.length)
            texts.emplace_back(bytes.begin(), bytes.end());
    }
    return texts;
}

Result<void> PacketStore::setComments(std::size_t index, std::vector<std::string> comments)
{
    constexpr std::size_t longest = std::numeric_limits<std::uint16_t>::max();
    const auto tooLong = [](const std::string& comment) {
        return comment.size() > longest;
    };
    if (comments.size() > captureformat::maximumComments || std::ranges::any_of(comments, tooLong))
        return failure("A packet takes at most three comments of 65535 bytes each.");
    if (index >= size())
        return failure("There is no packet " + std::to_string(index + 1) + " any more.");
    const std::lock_guard guard(d->commentLock);
    d->ownComments[index] = std::move(comments);
    return {};
}

void PacketStore::readOn(const std::function<bool(double)>& progress)
{
    if (d->spool || d->whole)
        return;
    if (!d->readOn(progress, std::numeric_limits<std::size_t>::max()))
        d->keepProblem("Opening was cancelled after packet " + std::to_string(size()) + ".");
}

bool PacketStore::isLive() const
{
    return d->spool != nullptr;
}

bool PacketStore::isWhole() const
{
    return d->whole;
}

Result<std::size_t> PacketStore::follow()
{
    if (d->spool || d->unpacked || !d->whole)
        return std::size_t{0};
    const std::uint64_t before = d->source->size();
    d->source->refresh();
    if (d->source->size() < before)
        return failure("The file changed on disk since it was opened: it is shorter now. Open it "
                       "again.");
    const std::size_t count = d->index.size();
    if (d->source->size() > before) {
        d->reader->resume();
        d->readOn({}, std::numeric_limits<std::size_t>::max());
    }
    return d->index.size() - count;
}

Result<void> PacketStore::append(const PacketBatch& batch)
{
    if (!d->spool)
        return failure("Packets cannot be added to an opened file.");
    return d->spool->append(batch, d->index, d->deviceNames);
}

std::string PacketStore::deviceName(std::uint8_t number) const
{
    return d->deviceNames.of(number);
}

void PacketStore::nameDevice(std::uint8_t number, const std::string& name)
{
    if (d->spool)
        d->deviceNames.set(number, name);
}

Result<void> PacketStore::dropBefore(std::size_t packet)
{
    if (!d->spool)
        return failure("The packets of an opened file cannot be removed.");
    const std::size_t first = d->index.first();
    packet = std::min(packet, d->index.size());
    if (packet <= first)
        return {};
    d->index.hideBefore(packet);
    auto dropped = d->spool->dropBefore(packet, d->index);
    d->index.giveBackHidden();
    return dropped;
}

std::string PacketStore::problem() const
{
    return d->problem;
}

std::string PacketStore::path() const
{
    return d->path;
}

Result<void> PacketStore::clear()
{
    if (!d->spool)
        return failure("The packets of an opened file cannot be removed.");
    d->generation.fetch_add(1);
    d->index.clear();
    {
        const std::lock_guard guard(d->commentLock);
        d->ownComments.clear();
    }
    return d->spool->restart();
}

} // namespace tcpw
