// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytereader.h"
#include "base/bytewriter.h"
#include "helper/messagefields.h"

#include <bit>

/// How each kind of field is written and read: numbers big-endian, text, bytes and lists with a
/// 32-bit count before them.
namespace tcpw {

/// The most bytes of one text; longer ones are cut when written and refused when read.
inline constexpr std::size_t maximumTextLength = 65536;

template <typename T>
concept Number = std::integral<T> && !std::same_as<T, bool>;
template <typename T>
concept Enumeration = std::is_enum_v<T>;
template <typename T>
concept Composed = std::is_class_v<T>;

/// Appends fields to a message.
class WritingArchive
{
public:
    explicit WritingArchive(ByteWriter& writer)
        : m_writer(writer)
    {
    }

    template <typename... T> void operator()(const T&... values) { (field(values), ...); }

private:
    void field(bool value) { m_writer.u8(value); }
    void field(double value) { field(std::bit_cast<std::uint64_t>(value)); }
    template <Number T> void field(T value)
    {
        const auto wide = static_cast<std::uint64_t>(value);
        for (int shift = int(sizeof(T)) * 8 - 8; shift >= 0; shift -= 8)
            m_writer.u8(static_cast<std::uint8_t>(wide >> shift));
    }
    template <Enumeration T> void field(T value)
    {
        field(static_cast<std::underlying_type_t<T>>(value));
    }
    void field(const std::string& value)
    {
        const auto length = std::min(value.size(), maximumTextLength);
        count(length);
        m_writer.append({reinterpret_cast<const std::uint8_t*>(value.data()), length});
    }
    void field(const Bytes& value)
    {
        count(value.size());
        m_writer.append(value);
    }
    void field(const MacAddress& value) { m_writer.append(value.octets); }
    void field(const IpAddress& value)
    {
        if (const auto* v4 = std::get_if<Ipv4Address>(&value)) {
            m_writer.u8(4);
            m_writer.u32(v4->value);
        } else {
            m_writer.u8(6);
            m_writer.append(std::get<Ipv6Address>(value).octets);
        }
    }
    template <typename T> void field(const std::vector<T>& values)
    {
        count(values.size());
        for (const T& value : values)
            field(value);
    }
    template <Composed T> void field(const T& value) { fields(*this, value); }

    void count(std::size_t value) { m_writer.u32(static_cast<std::uint32_t>(value)); }

    ByteWriter& m_writer;
};

/// Takes fields from a message; failed() tells that it was not what it should be. No count is
/// believed before it was held against the bytes that are there.
class ReadingArchive
{
public:
    explicit ReadingArchive(ByteReader& reader)
        : m_reader(reader)
    {
    }

    bool failed() const { return m_failed || m_reader.failed(); }
    template <typename... T> void operator()(T&... values) { (field(values), ...); }

private:
    void field(bool& value)
    {
        const auto raw = m_reader.u8();
        m_failed |= raw > 1;
        value = raw == 1;
    }
    void field(double& value)
    {
        std::uint64_t raw = 0;
        field(raw);
        value = std::bit_cast<double>(raw);
    }
    template <Number T> void field(T& value)
    {
        std::uint64_t wide = 0;
        for (std::size_t i = 0; i < sizeof(T); ++i)
            wide = wide << 8 | m_reader.u8();
        value = static_cast<T>(wide);
    }
    template <Enumeration T> void field(T& value)
    {
        std::underlying_type_t<T> raw{};
        field(raw);
        m_failed |= T(raw) > lastValue<T>;
        value = m_failed ? T{} : T(raw);
    }
    void field(std::string& value)
    {
        const auto length = count();
        m_failed |= length > maximumTextLength;
        const auto bytes = m_reader.take(m_failed ? 0 : length);
        value.assign(bytes.begin(), bytes.end());
    }
    void field(Bytes& value)
    {
        const auto bytes = m_reader.take(count());
        value.assign(bytes.begin(), bytes.end());
    }
    void field(MacAddress& value) { octets(value.octets); }
    void field(IpAddress& value)
    {
        switch (m_reader.u8()) {
        case 4:
            value = Ipv4Address{m_reader.u32()};
            break;
        case 6:
            octets(value.emplace<Ipv6Address>().octets);
            break;
        default:
            m_failed = true;
        }
    }
    template <typename T> void field(std::vector<T>& values)
    {
        // Each element takes a byte at least and reading stops with the bytes, so that a
        // count costs no memory that the peer did not pay for.
        for (auto left = count(); left > 0 && !failed(); --left)
            field(values.emplace_back());
    }
    template <Composed T> void field(T& value) { fields(*this, value); }

    template <std::size_t Size> void octets(std::array<std::uint8_t, Size>& value)
    {
        const auto bytes = m_reader.take(Size);
        std::copy(bytes.begin(), bytes.end(), value.begin());
    }
    std::size_t count()
    {
        const std::size_t value = m_reader.u32();
        m_failed |= value > m_reader.remaining();
        return m_failed ? 0 : value;
    }

    ByteReader& m_reader;
    bool m_failed = false;
};

/// Mixes the kinds of all fields into a number, so that two programs whose messages differ can
/// tell.
class ShapeArchive
{
public:
    std::uint64_t shape() const { return m_shape; }
    void mix(std::uint64_t kind)
    {
        m_shape = (m_shape ^ kind) * 0x100000001b3u; // FNV-1a
    }
    template <typename... T> void operator()(const T&... values) { (field(values), ...); }

private:
    void field(bool) { mix('b'); }
    void field(double) { mix('d'); }
    template <Number T> void field(T) { mix('0' + sizeof(T)); }
    template <Enumeration T> void field(T)
    {
        mix('e');
        mix(static_cast<std::uint64_t>(lastValue<T>));
    }
    void field(const std::string&) { mix('s'); }
    void field(const Bytes&) { mix('B'); }
    void field(const MacAddress&) { mix('m'); }
    void field(const IpAddress&) { mix('i'); }
    template <typename T> void field(const std::vector<T>&)
    {
        mix('[');
        field(T{});
        mix(']');
    }
    template <Composed T> void field(const T& value)
    {
        mix('{');
        fields(*this, value);
        mix('}');
    }

    std::uint64_t m_shape = 0xcbf29ce484222325u;
};

} // namespace tcpw
