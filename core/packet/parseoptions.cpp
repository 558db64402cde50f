// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/numbers.h"
#include "packet/optionnames.h"
#include "packet/tcpoptions.h"

namespace tcpw {

namespace {

/// One word of the notation, taken apart: NAME, NAME=VALUE or NAME/LENGTH=VALUE.
struct Word
{
    std::string_view whole;
    std::string_view name;
    std::optional<std::string_view> length;
    std::optional<std::string_view> value;
};

Word splitWord(std::string_view whole)
{
    Word word{whole, whole, std::nullopt, std::nullopt};
    if (const auto equals = whole.find('='); equals != std::string_view::npos) {
        word.value = whole.substr(equals + 1);
        word.name = whole.substr(0, equals);
    }
    if (const auto slash = word.name.find('/'); slash != std::string_view::npos) {
        word.length = word.name.substr(slash + 1);
        word.name = word.name.substr(0, slash);
    }
    return word;
}

tl::unexpected<Error> unreadable(const Word& word, const std::string& why)
{
    return failure("The option \"" + std::string(word.whole.substr(0, 60)) + "\" " + why);
}

Result<Bytes> hexOf(const Word& word)
{
    auto bytes = fromHex(word.value.value_or(""));
    if (!bytes)
        return unreadable(
            word, "needs pairs of hexadecimal digits behind '='. " + bytes.error().message);
    return bytes;
}

/// An option as NAME/LENGTH=HEX or kind-N=HEX state it. A length that is the right one is left
/// empty, as decoding would.
Result<Option> parseRaw(const Word& word, std::uint8_t kind)
{
    const auto data = hexOf(word);
    if (!data)
        return tl::unexpected(data.error());
    if (kind <= TcpOptionKind::noOperation)
        return word.length || !data->empty()
            ? Result<Option>(unreadable(word, "is a single byte; it has no length and no data."))
            : Option{kind, std::nullopt, {}};
    Option option{kind, std::nullopt, SmallBytes(*data)};
    if (!word.length)
        return option;
    const auto length = parseNumber(*word.length, 255);
    if (!length)
        return unreadable(word, "needs a length from 0 to 255 behind '/'.");
    option.length = static_cast<std::uint8_t>(*length);
    if (hasTrueLength(option))
        option.length.reset();
    return option;
}

Result<Option> parseSack(const Word& word)
{
    std::vector<SackBlock> blocks;
    for (const std::string_view part : split(word.value.value_or(""), '+')) {
        const auto edges = parsePair(part, '-', 0xffff'ffff);
        if (!edges)
            return unreadable(word, "needs blocks LEFT-RIGHT joined by '+', such as 1-10+20-30.");
        blocks.push_back(
            {static_cast<std::uint32_t>(edges->first), static_cast<std::uint32_t>(edges->second)});
    }
    if (blocks.empty() || blocks.size() > 4)
        return unreadable(word, "needs 1 to 4 blocks; state others as sack/LENGTH=HEX.");
    return tcpOption::sack(blocks);
}

Result<Option> parseUserTimeout(const Word& word)
{
    const std::string_view text = word.value.value_or("");
    const char unit = text.empty() ? '\0' : text.back();
    const auto number = parseNumber(text.substr(0, text.size() - (text.empty() ? 0 : 1)), 0x7fff);
    if (!number || (unit != 's' && unit != 'm'))
        return unreadable(word, "needs up to 32767 seconds or minutes, such as 30s or 2m.");
    return tcpOption::userTimeout(static_cast<std::uint16_t>(*number), unit == 'm');
}

Result<Option> parseAuthentication(const Word& word)
{
    const auto parts = split(word.value.value_or(""), ':');
    const auto keyId = parts.size() == 3 ? parseNumber(parts[0], 255) : std::nullopt;
    const auto nextKeyId = parts.size() == 3 ? parseNumber(parts[1], 255) : std::nullopt;
    if (!keyId || !nextKeyId)
        return unreadable(word, "needs KEYID:NEXT:HEX, such as 1:1:00112233445566778899aabb.");
    const auto code = fromHex(parts[2]);
    if (!code)
        return unreadable(word, "has an unreadable code. " + code.error().message);
    return tcpOption::authentication(
        static_cast<std::uint8_t>(*keyId), static_cast<std::uint8_t>(*nextKeyId), *code);
}

Result<Option> parseBytesOption(const Word& word, std::uint8_t kind, const char* needs)
{
    const auto data = hexOf(word);
    if (!data)
        return tl::unexpected(data.error());
    const Option option{kind, std::nullopt, SmallBytes(*data)};
    if (!isWellFormed(option))
        return unreadable(word, needs);
    return option;
}

Result<Option> parseNumberOption(const Word& word, std::uint8_t kind)
{
    const bool isSize = kind == TcpOptionKind::maximumSegmentSize;
    const auto number = parseNumber(word.value.value_or(""), isSize ? 0xffff : 0xff);
    if (!number)
        return unreadable(word,
            isSize ? "needs a number of bytes up to 65535, such as 1460."
                   : "needs a shift count up to 255, such as 7.");
    return isSize ? tcpOption::maximumSegmentSize(static_cast<std::uint16_t>(*number))
                  : tcpOption::windowScale(static_cast<std::uint8_t>(*number));
}

Result<Option> parseTimestamps(const Word& word)
{
    const auto pair = parsePair(word.value.value_or(""), ':', 0xffff'ffff);
    if (!pair)
        return unreadable(word, "needs VALUE:ECHO, two numbers up to 4294967295, such as 123:0.");
    return tcpOption::timestamps(
        {static_cast<std::uint32_t>(pair->first), static_cast<std::uint32_t>(pair->second)});
}

Result<Option> parseNamed(const Word& word, std::uint8_t kind)
{
    switch (kind) {
    case TcpOptionKind::maximumSegmentSize:
    case TcpOptionKind::windowScale:
        return parseNumberOption(word, kind);
    case TcpOptionKind::sack:
        return parseSack(word);
    case TcpOptionKind::timestamps:
        return parseTimestamps(word);
    case TcpOptionKind::userTimeout:
        return parseUserTimeout(word);
    case TcpOptionKind::authentication:
        return parseAuthentication(word);
    case TcpOptionKind::md5Signature:
        return parseBytesOption(word, kind, "needs 16 bytes; state others as md5/LENGTH=HEX.");
    case TcpOptionKind::fastOpenCookie:
        return parseBytesOption(word, kind,
            "needs no byte, or an even number from 4 to 16; state others as "
            "fast-open/LENGTH=HEX.");
    }
    if (word.value && !word.value->empty())
        return unreadable(word, "takes no value; state one as NAME/LENGTH=HEX.");
    return Option{kind, std::nullopt, {}};
}

Result<Option> parseWord(const Word& word, bool tcpNames)
{
    if (word.name.starts_with("kind-")) {
        const auto kind = parseNumber(word.name.substr(5), 255);
        if (!kind)
            return unreadable(word, "needs a kind from 0 to 255 behind \"kind-\".");
        return parseRaw(word, static_cast<std::uint8_t>(*kind));
    }
    const auto kind = findOptionKind(word.name, tcpNames);
    if (!kind)
        return unreadable(word, "is not known. There are " + optionNames(tcpNames) + ".");
    return word.length ? parseRaw(word, *kind) : parseNamed(word, *kind);
}

Result<Options> parseOptions(std::string_view text, bool tcpNames)
{
    Options options;
    if (trimmed(text).empty())
        return options;
    const auto words = split(text, ',');
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Word word = splitWord(trimmed(words[i]));
        if (word.name == "tail" && !word.length) {
            if (i + 1 < words.size())
                return unreadable(word, "must stand last.");
            auto tail = hexOf(word);
            if (!tail)
                return tl::unexpected(tail.error());
            options.tail = std::move(*tail);
            continue;
        }
        auto option = parseWord(word, tcpNames);
        if (!option)
            return tl::unexpected(option.error());
        options.list.push_back(std::move(*option));
    }
    if (hasAutomaticTail(options))
        options.tail.reset();
    return options;
}

} // namespace

Result<Options> parseTcpOptions(std::string_view text)
{
    return parseOptions(text, true);
}

Result<Options> parseIpv4Options(std::string_view text)
{
    return parseOptions(text, false);
}

} // namespace tcpw
