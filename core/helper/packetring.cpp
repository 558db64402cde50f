// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/packetring.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

namespace tcpw {

namespace {

constexpr std::size_t headerSize = 4096; // a page
/// A block takes a multiple of this, so that the messages that tell of blocks have a bound, too.
constexpr std::size_t grain = 1024;
constexpr std::size_t growthFactor = 4;
constexpr auto shrinkAfter = std::chrono::seconds(1);
constexpr int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;

std::uint64_t roundedUp(std::uint64_t value, std::uint64_t step)
{
    return (value + step - 1) / step * step;
}

bool isSizeOfRing(off_t size)
{
    const off_t capacity = size - off_t(headerSize);
    return capacity > 0 && capacity % off_t(PacketRing::usualCapacity) == 0
        && capacity <= off_t(PacketRing::largestCapacity);
}

tl::unexpected<Error> noMemory()
{
    return failure(
        std::string("No memory can be shared with a helper: ") + std::strerror(errno) + ".");
}

} // namespace

Result<PacketRing> PacketRing::create(std::size_t capacity)
{
    assert(capacity > 0 && capacity % usualCapacity == 0 && capacity <= largestCapacity);
    Descriptor file(memfd_create("tcpw-packets", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!file || ftruncate(file.get(), off_t(headerSize + capacity)) != 0
        || fcntl(file.get(), F_ADD_SEALS, seals) != 0)
        return noMemory();
    return map(std::move(file), capacity);
}

Result<PacketRing> PacketRing::attach(Descriptor file)
{
    struct stat status
    {
    };
    // Could it be cut off, a write behind its end would kill the helper.
    if (!file || fstat(file.get(), &status) != 0 || !isSizeOfRing(status.st_size)
        || (fcntl(file.get(), F_GET_SEALS) & F_SEAL_SHRINK) == 0)
        return failure("The program that started the helper gave it no memory for packets.");
    return map(std::move(file), std::size_t(status.st_size) - headerSize);
}

Result<PacketRing> PacketRing::map(Descriptor file, std::size_t capacity)
{
    static_assert(sizeof(Shared) <= headerSize && decltype(Shared::released)::is_always_lock_free);
    void* const memory
        = mmap(nullptr, headerSize + capacity, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
    if (memory == MAP_FAILED)
        return noMemory();
    PacketRing ring;
    ring.m_file = std::move(file);
    ring.m_shared = static_cast<Shared*>(memory); // all zero from the start
    ring.m_capacity = capacity;
    return ring;
}

PacketRing::PacketRing(PacketRing&& other) noexcept
{
    *this = std::move(other);
}

PacketRing& PacketRing::operator=(PacketRing&& other) noexcept
{
    std::swap(m_file, other.m_file);
    std::swap(m_shared, other.m_shared);
    std::swap(m_capacity, other.m_capacity);
    std::swap(m_next, other.m_next);
    std::swap(m_base, other.m_base);
    std::swap(m_origin, other.m_origin);
    std::swap(m_lap, other.m_lap);
    std::swap(m_busy, other.m_busy);
    return *this;
}

PacketRing::~PacketRing()
{
    if (m_shared)
        munmap(m_shared, headerSize + m_capacity);
}

std::uint8_t* PacketRing::data() const
{
    return reinterpret_cast<std::uint8_t*>(m_shared) + headerSize;
}

/// The first position from this one on whose offset is 0.
std::uint64_t PacketRing::lapAfter(std::uint64_t position) const
{
    return m_origin + roundedUp(position - m_origin, m_lap);
}

std::optional<PacketRing::Block> PacketRing::reserve(std::size_t size)
{
    const std::uint64_t released
        = m_shared ? m_shared->released.load(std::memory_order_acquire) : 0;
    if (!m_shared || size > m_capacity || released > m_next)
        return {};
    if (released == m_next)
        beginAgain();
    const auto block = reserveHere(size, std::max(released, m_base));
    if (m_lap > usualCapacity && m_next - std::max(released, m_base) > usualCapacity)
        m_busy = std::chrono::steady_clock::now();
    return block;
}

/// When nothing waits, the beginning is used again, whose memory is there and warm.
void PacketRing::beginAgain()
{
    m_base = m_next = lapAfter(m_next);
    if (m_lap > usualCapacity && std::chrono::steady_clock::now() - m_busy > shrinkAfter)
        shrink();
}

std::optional<PacketRing::Block> PacketRing::reserveHere(std::size_t size, std::uint64_t released)
{
    const std::uint64_t taken = roundedUp(size, grain);
    std::uint64_t position = m_next;
    if ((position - m_origin) % m_lap + taken > m_lap)
        position = lapAfter(position);
    if (position + taken - released > m_lap)
        return {};
    m_next = position + taken;
    const std::size_t offset = (position - m_origin) % m_lap;
    return Block{offset, m_next, {data() + offset, size}};
}

/// Goes on behind the part that is full. What waits there is a lap of the old kind at most, and the
/// new lap comes back to its offsets in their order: it cannot overtake what waits.
bool PacketRing::grow()
{
    if (m_lap >= m_capacity)
        return false;
    m_next = lapAfter(m_next);
    m_origin = m_next - m_lap;
    m_lap = std::min(m_lap * growthFactor, m_capacity);
    return true;
}

/// Gives memory back, while nothing waits.
void PacketRing::shrink()
{
    m_origin = m_next;
    m_lap = usualCapacity;
    fallocate(m_file.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
        off_t(headerSize + usualCapacity), off_t(m_capacity - usualCapacity));
}

std::optional<ByteView> PacketRing::at(std::size_t offset, std::size_t size) const
{
    if (!m_shared || offset > m_capacity || size > m_capacity - offset)
        return {};
    return ByteView(data() + offset, size);
}

void PacketRing::release(std::uint64_t end)
{
    m_shared->released.store(end, std::memory_order_release);
}

} // namespace tcpw
