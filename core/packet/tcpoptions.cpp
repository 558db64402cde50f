// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/tcpoptions.h"

#include "base/bytereader.h"
#include "base/bytewriter.h"
#include "base/fieldwriter.h"

namespace tcpw {

namespace {

constexpr std::size_t sackBlockSize = 8;
constexpr std::size_t digestSize = 16;
constexpr std::uint16_t inMinutesBit = 0x8000; // RFC 5482, section 3

Option withData(std::uint8_t kind, ByteWriter data)
{
    return Option{kind, std::nullopt, SmallBytes(data.view())};
}

/// An option with `size` bytes of data, which `write` fills in.
template <std::size_t size, typename Write> Option withFields(std::uint8_t kind, const Write& write)
{
    std::array<std::uint8_t, size> data{};
    FieldWriter writer(data);
    write(writer);
    return Option{kind, std::nullopt, SmallBytes(data)};
}

/// The data of an option of this kind whose length byte tells the truth, else nothing.
std::optional<ByteView> honestData(const Option& option, std::uint8_t kind)
{
    if (option.kind != kind || !hasTrueLength(option))
        return std::nullopt;
    return option.data.view();
}

bool hasSize(const std::optional<ByteView>& data, std::size_t size)
{
    return data && data->size() == size;
}

bool isCookie(const std::optional<ByteView>& data)
{
    return data
        && (data->empty() || (data->size() >= 4 && data->size() <= 16 && data->size() % 2 == 0));
}

} // namespace

namespace tcpOption {

Option endOfList()
{
    return Option{TcpOptionKind::endOfList, std::nullopt, {}};
}

Option noOperation()
{
    return Option{TcpOptionKind::noOperation, std::nullopt, {}};
}

Option maximumSegmentSize(std::uint16_t bytes)
{
    return withFields<2>(TcpOptionKind::maximumSegmentSize, [=](auto& data) { data.u16(bytes); });
}

Option windowScale(std::uint8_t shift)
{
    return Option{TcpOptionKind::windowScale, std::nullopt, {shift}};
}

Option sackPermitted()
{
    return Option{TcpOptionKind::sackPermitted, std::nullopt, {}};
}

Option sack(const std::vector<SackBlock>& blocks)
{
    ByteWriter data(blocks.size() * sackBlockSize);
    for (const SackBlock& block : blocks) {
        data.u32(block.leftEdge);
        data.u32(block.rightEdge);
    }
    return withData(TcpOptionKind::sack, std::move(data));
}

Option timestamps(Timestamps values)
{
    return withFields<8>(TcpOptionKind::timestamps,
        [=](auto& data) { data.u64(std::uint64_t{values.value} << 32 | values.echoReply); });
}

Option md5Signature(ByteView digest)
{
    return Option{TcpOptionKind::md5Signature, std::nullopt, SmallBytes(digest)};
}

Option userTimeout(std::uint16_t timeout, bool inMinutes)
{
    ByteWriter data(2);
    data.u16(
        static_cast<std::uint16_t>((timeout & ~inMinutesBit) | (inMinutes ? inMinutesBit : 0)));
    return withData(TcpOptionKind::userTimeout, std::move(data));
}

Option authentication(std::uint8_t keyId, std::uint8_t nextKeyId, ByteView code)
{
    ByteWriter data(2 + code.size());
    data.u8(keyId);
    data.u8(nextKeyId);
    data.append(code);
    return withData(TcpOptionKind::authentication, std::move(data));
}

Option fastOpenCookie(ByteView cookie)
{
    return Option{TcpOptionKind::fastOpenCookie, std::nullopt, SmallBytes(cookie)};
}

} // namespace tcpOption

std::optional<std::uint16_t> maximumSegmentSize(const Option& option)
{
    const auto data = honestData(option, TcpOptionKind::maximumSegmentSize);
    if (!hasSize(data, 2))
        return std::nullopt;
    return ByteReader(*data).u16();
}

std::optional<std::uint8_t> windowScale(const Option& option)
{
    const auto data = honestData(option, TcpOptionKind::windowScale);
    if (!hasSize(data, 1))
        return std::nullopt;
    return data->front();
}

std::optional<Timestamps> timestamps(const Option& option)
{
    const auto data = honestData(option, TcpOptionKind::timestamps);
    if (!hasSize(data, 8))
        return std::nullopt;
    ByteReader reader(*data);
    const std::uint32_t value = reader.u32();
    return Timestamps{value, reader.u32()};
}

std::optional<std::vector<SackBlock>> sackBlocks(const Option& option)
{
    const auto data = honestData(option, TcpOptionKind::sack);
    constexpr std::size_t mostBlocks = 4;
    if (!data || data->empty() || data->size() % sackBlockSize != 0
        || data->size() > mostBlocks * sackBlockSize)
        return std::nullopt;
    std::vector<SackBlock> blocks;
    blocks.reserve(mostBlocks);
    ByteReader reader(*data);
    while (reader.remaining() > 0) {
        const std::uint32_t leftEdge = reader.u32();
        blocks.push_back({leftEdge, reader.u32()});
    }
    return blocks;
}

std::optional<Timestamps> findTimestamps(const Options& options)
{
    for (const Option& option : options.list)
        if (const auto found = timestamps(option))
            return found;
    return std::nullopt;
}

bool isWellFormed(const Option& tcpOption)
{
    const auto data = honestData(tcpOption, tcpOption.kind);
    switch (tcpOption.kind) {
    case TcpOptionKind::endOfList:
    case TcpOptionKind::noOperation:
        return true;
    case TcpOptionKind::maximumSegmentSize:
    case TcpOptionKind::userTimeout:
        return hasSize(data, 2);
    case TcpOptionKind::windowScale:
        return hasSize(data, 1);
    case TcpOptionKind::sackPermitted:
        return hasSize(data, 0);
    case TcpOptionKind::sack:
        return sackBlocks(tcpOption).has_value();
    case TcpOptionKind::timestamps:
        return hasSize(data, 8);
    case TcpOptionKind::md5Signature:
        return hasSize(data, digestSize);
    case TcpOptionKind::authentication:
        return data && data->size() >= 2;
    case TcpOptionKind::fastOpenCookie:
        return isCookie(data);
    }
    return data.has_value();
}

} // namespace tcpw
