// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/messagefields.h"

#include <random>

namespace tcpw {

/// Fills every field of a message with something random, the same for the same seed.
class FillingArchive
{
public:
    explicit FillingArchive(unsigned seed)
        : m_random(seed)
    {
    }

    template <typename... T> void operator()(T&... values) { (field(values), ...); }

private:
    std::uint64_t number() { return m_random(); }
    std::size_t someCount() { return number() % 4; }

    void field(bool& value) { value = number() % 2 == 1; }
    void field(double& value) { value = double(number() % 1000) / 8; }
    template <std::integral T> void field(T& value) { value = T(number()); }
    template <typename T>
    requires std::is_enum_v<T>
    void field(T& value) { value = T(number() % (std::uint64_t(lastValue<T>) + 1)); }
    void field(std::string& value)
    {
        value.clear();
        for (auto left = number() % 40; left > 0; --left)
            value += char(number());
    }
    void field(Bytes& value)
    {
        value.resize(number() % 100);
        for (auto& byte : value)
            byte = std::uint8_t(number());
    }
    void field(MacAddress& value)
    {
        for (auto& octet : value.octets)
            octet = std::uint8_t(number());
    }
    void field(IpAddress& value)
    {
        if (number() % 2 == 0) {
            value = Ipv4Address{std::uint32_t(number())};
            return;
        }
        for (auto& octet : value.emplace<Ipv6Address>().octets)
            octet = std::uint8_t(number());
    }
    template <typename T> void field(std::vector<T>& values)
    {
        values.resize(someCount());
        for (T& value : values)
            field(value);
    }
    template <typename T>
    requires std::is_class_v<T>
    void field(T& value) { fields(*this, value); }

    std::mt19937_64 m_random;
};

template <typename Message> Message filled(unsigned seed)
{
    Message message;
    FillingArchive archive(seed);
    fields(archive, message);
    return message;
}

inline bool operator==(const PacketBatch& a, const PacketBatch& b)
{
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const PacketRecord &x = a.record(i), &y = b.record(i);
        if (x.timestamp != y.timestamp || x.capturedLength != y.capturedLength
            || x.originalLength != y.originalLength || x.linkType != y.linkType
            || x.device != y.device || x.origin != y.origin
            || !std::ranges::equal(a.bytes(i), b.bytes(i)))
            return false;
    }
    return true;
}

} // namespace tcpw
