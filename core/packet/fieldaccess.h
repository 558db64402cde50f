// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/fields.h"

#include <algorithm>
#include <type_traits>

/// Makes the entries of the table of fields out of pointers to the members of the header structs.
namespace tcpw::fieldaccess {

template <typename T> struct Member;
template <typename H, typename T> struct Member<T H::*>
{
    using Header = H;
    using Type = T;
};

template <typename T> struct Computed : std::false_type
{
    using Value = T;
};
template <typename T> struct Computed<std::optional<T>> : std::true_type
{
    using Value = T;
};

inline FieldValue toValue(ControlBits bits)
{
    return std::uint64_t{bits.value};
}
inline FieldValue toValue(const std::array<std::uint8_t, 8>& octets)
{
    return Bytes(octets.begin(), octets.end());
}
template <typename T> FieldValue toValue(const T& held)
{
    if constexpr (std::is_integral_v<T>)
        return static_cast<std::uint64_t>(held);
    else
        return held;
}

Result<void> wrongKind();
Result<void> doesNotFit(std::uint64_t value, unsigned width);
Result<void> wrongSize(std::size_t size, std::size_t wanted);

template <unsigned width, typename T> Result<void> fromValue(const FieldValue& value, T& target)
{
    if constexpr (std::is_integral_v<T>) {
        const auto* number = std::get_if<std::uint64_t>(&value);
        if (!number)
            return wrongKind();
        if (*number >> width != 0)
            return doesNotFit(*number, width);
        target = static_cast<T>(*number);
    } else {
        const auto* held = std::get_if<T>(&value);
        if (!held)
            return wrongKind();
        target = *held;
    }
    return {};
}
template <unsigned width> Result<void> fromValue(const FieldValue& value, ControlBits& target)
{
    return fromValue<width>(value, target.value);
}
template <unsigned width>
Result<void> fromValue(const FieldValue& value, std::array<std::uint8_t, 8>& target)
{
    const auto* bytes = std::get_if<Bytes>(&value);
    if (!bytes)
        return wrongKind();
    if (bytes->size() != target.size())
        return wrongSize(bytes->size(), target.size());
    std::ranges::copy(*bytes, target.begin());
    return {};
}

template <auto member> FieldValue get(const Layer& layer)
{
    using Type = typename Member<decltype(member)>::Type;
    const auto* header = std::get_if<typename Member<decltype(member)>::Header>(&layer);
    if (!header)
        return {};
    if constexpr (Computed<Type>::value)
        return header->*member ? toValue(*(header->*member)) : FieldValue();
    else
        return toValue(header->*member);
}

template <auto member, unsigned width> Result<void> set(Layer& layer, const FieldValue& value)
{
    using Type = typename Member<decltype(member)>::Type;
    auto* header = std::get_if<typename Member<decltype(member)>::Header>(&layer);
    if (!header)
        return wrongKind();
    if constexpr (Computed<Type>::value) {
        if (std::holds_alternative<std::monostate>(value)) {
            (header->*member).reset();
            return {};
        }
        typename Computed<Type>::Value read{};
        const auto result = fromValue<width>(value, read);
        if (result)
            header->*member = read;
        return result;
    } else {
        return fromValue<width>(value, header->*member);
    }
}

Result<void> refuse(Layer& layer, const FieldValue& value);

template <typename T> constexpr FieldKind kindOf()
{
    using Value = typename Computed<T>::Value;
    if constexpr (std::is_same_v<Value, bool>)
        return FieldKind::flag;
    else if constexpr (std::is_integral_v<Value>)
        return FieldKind::number;
    else if constexpr (std::is_same_v<Value, ControlBits>)
        return FieldKind::controlBits;
    else if constexpr (std::is_same_v<Value, MacAddress>)
        return FieldKind::mac;
    else if constexpr (std::is_same_v<Value, Ipv4Address>)
        return FieldKind::ipv4;
    else if constexpr (std::is_same_v<Value, Ipv6Address>)
        return FieldKind::ipv6;
    else
        return FieldKind::bytes;
}

/// What a field is for a reader, beside its name and place.
struct Words
{
    const char* label;
    const char* unit;
    const char* reference;
    const char* help;
};

/// The bits of a value that is not among its layer's bytes, but that still has a width.
template <auto member> constexpr unsigned widthOf(std::uint16_t bitWidth)
{
    using Value = typename Computed<typename Member<decltype(member)>::Type>::Value;
    if constexpr (std::is_same_v<Value, bool>)
        return 1;
    else
        return bitWidth != 0 && bitWidth < 64 ? bitWidth : unsigned{8 * sizeof(Value)} % 64;
}

template <auto member, std::uint16_t bitOffset, std::uint16_t bitWidth>
constexpr Field field(const char* name, const Words& words,
    FieldKind kind = kindOf<typename Member<decltype(member)>::Type>())
{
    return {name, words.label, kind, bitOffset, bitWidth,
        Computed<typename Member<decltype(member)>::Type>::value, words.unit, words.help,
        words.reference, get<member>, set<member, widthOf<member>(bitWidth)>};
}

/// A field that says something of the layer without being in its bytes.
template <auto member> constexpr Field outside(const char* name, const Words& words)
{
    return field<member, notOnTheWire, 0>(name, words);
}

/// A read-only text.
template <auto member> constexpr Field text(const char* name, const Words& words)
{
    return {name, words.label, FieldKind::text, notOnTheWire, 0, false, words.unit, words.help,
        words.reference, get<member>, refuse};
}

} // namespace tcpw::fieldaccess
