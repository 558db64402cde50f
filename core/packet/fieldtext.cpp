// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/bytestext.h"
#include "packet/fields.h"
#include "packet/numbers.h"
#include "packet/tcpoptions.h"

#include <algorithm>
#include <charconv>

namespace tcpw {

namespace {

constexpr std::string_view automatic = "auto";

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/// The label as it stands within a sentence: "destination port", but "DSCP" and "EtherType".
std::string noun(const Field& field)
{
    std::string label = field.label;
    const std::string firstWord = label.substr(0, label.find(' '));
    if (!std::any_of(firstWord.begin() + 1, firstWord.end(), isUpper))
        label[0] = static_cast<char>(label[0] - 'A' + 'a');
    return label;
}

unsigned widthOf(const Field& field)
{
    if (field.bitWidth != 0)
        return field.bitWidth;
    return field.kind == FieldKind::flag ? 1 : 8; // values that are not on the wire
}

std::uint64_t largestOf(const Field& field)
{
    const unsigned width = widthOf(field);
    return width >= 64 ? UINT64_MAX : (std::uint64_t{1} << width) - 1;
}

std::string hexNumber(std::uint64_t value, unsigned width)
{
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, 16).ptr;
    const std::string text(digits, end);
    const std::size_t wanted = (width + 3) / 4;
    return "0x" + std::string(wanted - std::min(wanted, text.size()), '0') + text;
}

std::string formatNumber(const Field& field, std::uint64_t value)
{
    switch (field.kind) {
    case FieldKind::hexNumber:
        return hexNumber(value, widthOf(field));
    case FieldKind::controlBits: {
        const std::string names = toText(ControlBits{static_cast<std::uint16_t>(value & 0xfff)});
        return names.empty() ? "none" : names;
    }
    default:
        return std::to_string(value);
    }
}

bool isWritten(std::string_view text, const char* digits)
{
    return !text.empty() && text.find_first_not_of(digits) == std::string_view::npos;
}

bool looksLikeNumber(std::string_view text)
{
    if (text.starts_with("0x") || text.starts_with("0X"))
        return isWritten(text.substr(2), "0123456789abcdefABCDEF");
    return isWritten(text, "0123456789");
}

tl::unexpected<Error> notANumber(const Field& field, std::string_view text)
{
    const unsigned width = widthOf(field);
    const std::string shown(text.substr(0, 40));
    if (field.kind == FieldKind::flag)
        return failure("\"" + shown + "\" does not fit: " + noun(field) + " is a flag, 0 or 1.");
    if (looksLikeNumber(text))
        return failure(shown + " does not fit: the " + noun(field) + " has " + std::to_string(width)
            + (width == 1 ? " bit" : " bits") + ", up to " + std::to_string(largestOf(field))
            + ".");
    return failure("\"" + shown + "\" is not a number: the " + noun(field) + " takes 0 to "
        + std::to_string(largestOf(field)) + ", decimal or as 0x....");
}

Result<FieldValue> parseNumberValue(const Field& field, std::string_view text)
{
    const auto number = parseNumber(text, largestOf(field));
    if (!number)
        return notANumber(field, text);
    return FieldValue(*number);
}

Result<FieldValue> parseFlag(const Field& field, std::string_view text)
{
    if (text == "true")
        return FieldValue(std::uint64_t{1});
    if (text == "false")
        return FieldValue(std::uint64_t{0});
    return parseNumberValue(field, text);
}

template <typename T> Result<FieldValue> widened(Result<T> result)
{
    if (!result)
        return tl::unexpected(result.error());
    return FieldValue(std::move(*result));
}

Result<FieldValue> parseControlBitsValue(std::string_view text)
{
    const auto bits = parseControlBits(text);
    if (!bits)
        return tl::unexpected(bits.error());
    return FieldValue(std::uint64_t{bits->value});
}

Result<FieldValue> parseBytesValue(const Field& field, std::string_view text)
{
    auto bytes = parseBytes(text);
    const std::size_t wanted = field.bitWidth / 8u;
    if (bytes && wanted != 0 && bytes->size() != wanted)
        return failure("The " + noun(field) + " has exactly " + std::to_string(wanted)
            + " bytes, not " + std::to_string(bytes->size()) + ".");
    return widened(std::move(bytes));
}

Result<FieldValue> parseAutomatic(const Field& field)
{
    if (!field.computed)
        return failure("The " + noun(field)
            + " is never automatic, as nothing in the packet tells its value; give one.");
    return FieldValue();
}

/// Writes the one kind of value that a variant holds.
class Formatting
{
public:
    explicit Formatting(const Field& field)
        : m_field(field)
    {
    }

    std::string operator()(std::monostate) const { return std::string(automatic); }
    std::string operator()(std::uint64_t value) const { return formatNumber(m_field, value); }
    std::string operator()(const MacAddress& address) const { return toText(address); }
    std::string operator()(const Ipv4Address& address) const { return toText(address); }
    std::string operator()(const Ipv6Address& address) const { return toText(address); }
    std::string operator()(const Bytes& bytes) const
    {
        return m_field.bitWidth == 0 ? bytesToText(bytes) : "hex:" + toHex(bytes);
    }
    std::string operator()(const Options& options) const
    {
        return m_field.kind == FieldKind::ipv4Options ? ipv4OptionsToText(options)
                                                      : toText(options);
    }
    std::string operator()(const std::string& text) const { return text; }

private:
    const Field& m_field;
};

} // namespace

std::string formatValue(const Field& field, const FieldValue& value)
{
    return std::visit(Formatting(field), value);
}

Result<FieldValue> parseValue(const Field& field, std::string_view text)
{
    const std::string_view word = trimmed(text);
    if (word == automatic && field.kind != FieldKind::text)
        return parseAutomatic(field);
    switch (field.kind) {
    case FieldKind::number:
    case FieldKind::hexNumber:
        return parseNumberValue(field, word);
    case FieldKind::flag:
        return parseFlag(field, word);
    case FieldKind::controlBits:
        return parseControlBitsValue(word);
    case FieldKind::mac:
        return widened(parseMac(word));
    case FieldKind::ipv4:
        return widened(parseIpv4(word));
    case FieldKind::ipv6:
        return widened(parseIpv6(word));
    case FieldKind::bytes:
        return parseBytesValue(field, text);
    case FieldKind::tcpOptions:
        return widened(parseTcpOptions(word));
    case FieldKind::ipv4Options:
        return widened(parseIpv4Options(word));
    case FieldKind::text:
        break;
    }
    return FieldValue(std::string(text));
}

} // namespace tcpw
