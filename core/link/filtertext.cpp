// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/filtertext.h"

#include "link/filter.h"
#include "link/filterwords.h"
#include "packet/addresses.h"

#include <algorithm>
#include <array>

namespace tcpw {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isWordCharacter(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_'
        || c == '-' || c == ':';
}

bool isDecimal(std::string_view word)
{
    return !word.empty() && word.size() <= 10 && std::all_of(word.begin(), word.end(), isDigit);
}

bool isNumber(std::string_view word)
{
    if (word.starts_with("0x") || word.starts_with("0X"))
        return word.size() > 2 && std::all_of(word.begin() + 2, word.end(), isHexDigit);
    return isDecimal(word);
}

/// Two to four decimal numbers joined by dots: an IPv4 address or the beginning of one.
bool isDotted(std::string_view word)
{
    int parts = 1;
    for (std::size_t dot = word.find('.'); dot != word.npos; dot = word.find('.')) {
        if (!isDecimal(word.substr(0, dot)))
            return false;
        word.remove_prefix(dot + 1);
        ++parts;
    }
    return parts >= 2 && parts <= 4 && isDecimal(word);
}

/// A MAC address in one of libpcap's ways: six groups joined by ':', '-' or '.', or three of four
/// digits joined by '.', or twelve digits.
bool isMac(std::string_view word)
{
    if (word.size() == 12 && std::all_of(word.begin(), word.end(), isHexDigit))
        return true;
    const std::size_t join = word.find_first_of(":-.");
    if (join == word.npos)
        return false;
    const char joint = word[join];
    std::size_t groups = 0, longest = 0, shortest = 4, length = 0;
    for (std::size_t i = 0; i <= word.size(); ++i) {
        if (i < word.size() && isHexDigit(word[i])) {
            ++length;
            continue;
        }
        if (i < word.size() && word[i] != joint)
            return false;
        ++groups;
        longest = std::max(longest, length);
        shortest = std::min(shortest, length);
        length = 0;
    }
    return (groups == 6 && longest <= 2 && shortest >= 1)
        || (groups == 3 && joint == '.' && longest == 4 && shortest == 4);
}

bool isNumberRange(std::string_view word)
{
    const std::size_t dash = word.find('-');
    return dash != word.npos && isDecimal(word.substr(0, dash)) && isDecimal(word.substr(dash + 1));
}

tl::unexpected<Error> unknownWord(std::string_view word)
{
    return failure("\"" + std::string(word)
        + "\" is neither a word of the filter language nor an address. Names are not looked up: "
          "write the address, or the number of the port.");
}

/// Copies a filter word by word.
class Rewriter
{
public:
    explicit Rewriter(std::string_view text)
        : m_text(text)
    {
    }

    Result<std::string> run()
    {
        while (m_position < m_text.size()) {
            const char c = m_text[m_position];
            const bool escaped = c == '\\';
            if (!escaped && !isWordCharacter(c)) {
                m_result += c;
                ++m_position;
                continue;
            }
            const std::string_view word = escaped ? takeEscaped() : takeWord();
            if (!(escaped ? putName(word) : putRun(word)))
                return unknownWord(word);
        }
        return m_result;
    }

private:
    /// What the next name may be, by the last word that says so; `or` and brackets keep it, as
    /// they do for libpcap.
    enum class Expected
    {
        address,
        port,
        portRange,
        protocol,
        etherType,
        frameType, ///< of 802.11, which libpcap knows by itself
    };

    std::string_view take(auto&& belongs)
    {
        const std::size_t start = m_position;
        while (m_position < m_text.size() && belongs(m_text[m_position]))
            ++m_position;
        return m_text.substr(start, m_position - start);
    }

    std::string_view takeWord() { return take(isWordCharacter); }

    std::string_view takeEscaped()
    {
        ++m_position;
        return take([](char c) { return std::string_view(" !()\n\t\r").find(c) == npos; });
    }

    /// A run of word characters is one word, an address, or two words joined by a colon
    /// (`tcp[0:2]`); '-' at its ends is the operator.
    bool putRun(std::string_view run)
    {
        if (isMac(run) || (run.find(':') != npos && parseIpv6(run))) {
            m_result += run;
            return true;
        }
        const std::size_t colon = run.find(':');
        if (colon == npos)
            return putWord(run);
        if (!putWord(run.substr(0, colon)))
            return false;
        m_result += ':';
        return putWord(run.substr(colon + 1));
    }

    bool putWord(std::string_view word)
    {
        for (; word.starts_with('-'); word.remove_prefix(1))
            m_result += '-';
        std::size_t size = word.size();
        while (size > 0 && word[size - 1] == '-')
            --size;
        const std::string dashes(word.size() - size, '-');
        word = word.substr(0, size);
        const bool good = word.empty() || putKeyword(word) || putNumber(word) || putName(word);
        m_result += dashes;
        return good;
    }

    bool putKeyword(std::string_view word)
    {
        if (!filterwords::isKeyword(word))
            return false;
        m_result += word;
        if (word == "port")
            m_expected = Expected::port;
        else if (word == "portrange")
            m_expected = Expected::portRange;
        else if (word == "proto" || word == "protochain")
            m_expected
                = filterwords::isLinkWord(m_keyword) ? Expected::etherType : Expected::protocol;
        else if (word == "type" || word == "subtype" || word == "dir" || word == "direction")
            m_expected = Expected::frameType;
        else if (word != "and" && word != "or" && word != "not")
            m_expected = Expected::address;
        m_keyword = word;
        return true;
    }

    bool putNumber(std::string_view word)
    {
        if (!isNumber(word) && !isDotted(word)
            && !(m_expected == Expected::portRange && isNumberRange(word)))
            return false;
        m_result += word;
        return true;
    }

    /// Names are allowed where a fixed list has them.
    bool putName(std::string_view name)
    {
        switch (m_expected) {
        case Expected::port:
            return putFound(filterwords::portNumber(name));
        case Expected::protocol:
            return putFound(filterwords::protocolNumber(name));
        case Expected::etherType:
            if (filterwords::isEtherType(name))
                m_result += "\\" + std::string(name);
            return filterwords::isEtherType(name);
        case Expected::frameType:
            m_result += name;
            m_expected = Expected::address;
            return true;
        case Expected::address:
        case Expected::portRange:
            break;
        }
        return false;
    }

    bool putFound(const auto& number)
    {
        if (number)
            m_result += std::to_string(*number);
        return number.has_value();
    }

    static constexpr std::size_t npos = std::string_view::npos;
    std::string_view m_text;
    std::size_t m_position = 0;
    std::string_view m_keyword; ///< the last one
    Expected m_expected = Expected::address;
    std::string m_result;
};

} // namespace

Result<std::string> withoutNames(const std::string& filter)
{
    if (filter.size() > maximumFilterLength)
        return failure("The filter has " + std::to_string(filter.size()) + " bytes; at most "
            + std::to_string(maximumFilterLength) + " are looked at.");
    const bool plain = std::all_of(filter.begin(), filter.end(),
        [](char c) { return (c >= ' ' && c <= '~') || c == '\t' || c == '\n' || c == '\r'; });
    if (!plain)
        return failure("The filter has a character in it that the filter language does not know; "
                       "it is written in ASCII.");
    return Rewriter(filter).run();
}

} // namespace tcpw
