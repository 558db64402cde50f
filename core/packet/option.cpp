// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/option.h"

#include "base/bytereader.h"
#include "base/bytewriter.h"
#include "base/fieldwriter.h"

namespace tcpw {

namespace {

constexpr std::uint8_t endOfListKind = 0;
constexpr std::uint8_t lastSingleByteKind = 1;
constexpr std::size_t preambleSize = 2; // kind and length

/// How many zeros lead from `size` to the next multiple of four.
std::size_t padding(std::size_t size)
{
    return (4 - size % 4) % 4;
}

std::size_t listSize(const OptionList& list)
{
    std::size_t size = 0;
    for (const Option& option : list)
        size += encodedSize(option);
    return size;
}

/// True when the bytes are what encodeOptions() writes by itself behind `listed` bytes of options.
bool isAutomaticTail(ByteView bytes, std::size_t listed)
{
    return bytes.size() == padding(listed)
        && std::all_of(bytes.begin(), bytes.end(), [](auto byte) { return byte == 0; });
}

/// Reads an option that has a length byte; false when its length ends the list.
bool readLongOption(ByteReader& reader, std::uint8_t kind, OptionList& list)
{
    const std::uint8_t length = reader.u8();
    const std::size_t wanted = std::max<std::size_t>(length, preambleSize) - preambleSize;
    const bool fits = length >= preambleSize && wanted <= reader.remaining();
    Option& option = list.emplace_back();
    option.kind = kind;
    option.data.assign(reader.take(std::min(wanted, reader.remaining())));
    if (!fits)
        option.length = length;
    return fits;
}

} // namespace

std::uint8_t writtenLength(const Option& option)
{
    return option.length.value_or(
        static_cast<std::uint8_t>(std::min<std::size_t>(preambleSize + option.data.size(), 255)));
}

bool hasTrueLength(const Option& option)
{
    return writtenLength(option) == preambleSize + option.data.size();
}

bool hasAutomaticTail(const Options& options)
{
    return !options.tail || isAutomaticTail(*options.tail, listSize(options.list));
}

std::size_t encodedSize(const Option& option)
{
    return option.kind <= lastSingleByteKind ? 1 : preambleSize + option.data.size();
}

std::size_t encodedSize(const Options& options)
{
    const std::size_t listed = listSize(options.list);
    return listed + (options.tail ? options.tail->size() : padding(listed));
}

void encodeOptions(const Options& options, ByteWriter& writer)
{
    encodeOptions(options, writer.room(encodedSize(options)));
}

void encodeOptions(const Options& options, std::span<std::uint8_t> room)
{
    FieldWriter writer(room);
    for (const Option& option : options.list) {
        writer.u8(option.kind);
        if (option.kind <= lastSingleByteKind)
            continue;
        writer.u8(writtenLength(option));
        writer.append(option.data.view());
    }
    if (options.tail)
        writer.append(*options.tail);
}

Options decodeOptions(ByteView space)
{
    Options options;
    decodeOptions(space, options);
    return options;
}

void decodeOptions(ByteView space, Options& options)
{
    ByteReader reader(space);
    bool goesOn = true;
    while (goesOn && reader.remaining() > 0) {
        const std::size_t listed = reader.position();
        const std::uint8_t kind = space[listed];
        // Zeros that are written anyway are no option; a kind without its length byte is none.
        if (kind == endOfListKind && isAutomaticTail(space.subspan(listed), listed))
            return;
        if (kind > lastSingleByteKind && reader.remaining() < preambleSize)
            break;
        reader.skip(1);
        if (kind <= lastSingleByteKind) {
            options.list.emplace_back().kind = kind;
            goesOn = kind != endOfListKind;
        } else {
            goesOn = readLongOption(reader, kind, options.list);
        }
    }
    const std::size_t listed = reader.position();
    const ByteView tail = reader.rest();
    if (!isAutomaticTail(tail, listed))
        options.tail = Bytes(tail.begin(), tail.end());
}

} // namespace tcpw
