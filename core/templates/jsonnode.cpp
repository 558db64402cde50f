// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "templates/jsonnode.h"

#include "templates/template.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

namespace tcpw {

namespace {

constexpr std::size_t maximumValues = 20'000; // a template of a real packet has a few hundred

/// Walks over the text and tells a shared place how far it came: the lexer's position.
class TrackedIterator
{
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    TrackedIterator(const char* at, const char** reached)
        : m_at(at)
        , m_reached(reached)
    {
    }
    reference operator*() const { return *m_at; }
    TrackedIterator& operator++()
    {
        *m_reached = ++m_at;
        return *this;
    }
    TrackedIterator operator++(int)
    {
        const TrackedIterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const TrackedIterator& a, const TrackedIterator& b)
    {
        return a.m_at == b.m_at;
    }
    friend bool operator!=(const TrackedIterator& a, const TrackedIterator& b) { return !(a == b); }

private:
    const char* m_at;
    const char** m_reached;
};

/// "syntax error while parsing value - unexpected end of input; expected ..." without the words
/// that only programmers need and without what was read, which may be long.
std::string reasonOf(std::string what)
{
    if (const auto dash = what.find(" - "); dash != std::string::npos)
        what.erase(0, dash + 3);
    else if (const auto bracket = what.find("] "); bracket != std::string::npos)
        what.erase(0, bracket + 2);
    if (const auto read = what.find("; last read: "); read != std::string::npos) {
        const auto expected = what.rfind("; expected ");
        const bool follows = expected != std::string::npos && expected > read;
        what.erase(read, follows ? expected - read : std::string::npos);
    }
    return what;
}

/// Builds the tree from the parser's events, each placed by how far the lexer came.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json>
{
public:
    TreeBuilder(std::string_view text, const char* const& reached)
        : m_text(text)
        , m_reached(reached)
    {
    }

    JsonNode takeRoot() { return std::move(m_root); }
    const std::string& error() const { return m_error; }

    bool null() override { return add(JsonNode::Kind::null) != nullptr; }

    bool boolean(bool value) override
    {
        JsonNode* const node = add(JsonNode::Kind::boolean);
        if (node)
            node->boolean = value;
        return node;
    }

    bool number_integer(number_integer_t) override { return addNumber({}); }
    bool number_unsigned(number_unsigned_t value) override { return addNumber(value); }
    bool number_float(number_float_t, const string_t&) override { return addNumber({}); }

    bool string(string_t& value) override
    {
        JsonNode* const node = add(JsonNode::Kind::string);
        if (node)
            node->string = std::move(value);
        return node;
    }

    bool binary(binary_t&) override { return false; }

    bool start_object(std::size_t) override { return open(JsonNode::Kind::object); }
    bool start_array(std::size_t) override { return open(JsonNode::Kind::array); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& value) override
    {
        m_keyBegin = tokenBegin();
        m_tokenEnd = reachedOffset();
        if (!m_keys.back().insert(value).second)
            return fail(m_keyBegin, jsonQuoted(value.substr(0, 100)) + " stands here twice.");
        m_key = std::move(value);
        return true;
    }

    bool parse_error(std::size_t position, const std::string&,
        const nlohmann::detail::exception& exception) override
    {
        const std::size_t offset = std::min(position > 0 ? position - 1 : 0, m_text.size());
        return fail(offset, "this is not JSON: " + reasonOf(exception.what()) + ".");
    }

private:
    std::size_t reachedOffset() const
    {
        return static_cast<std::size_t>(m_reached - m_text.data());
    }

    /// Between two tokens stand only white space and the two separators.
    std::size_t tokenBegin() const
    {
        const auto begin = m_text.find_first_not_of(" \t\r\n,:", m_tokenEnd);
        return begin == std::string_view::npos ? m_text.size() : begin;
    }

    JsonNode* add(JsonNode::Kind kind)
    {
        JsonNode node;
        node.kind = kind;
        node.key = std::exchange(m_key, {});
        node.keyBegin = m_keyBegin;
        node.begin = tokenBegin();
        m_tokenEnd = node.end = reachedOffset();
        if (++m_count > maximumValues) {
            fail(node.begin, "there are more values than any template has.");
            return nullptr;
        }
        JsonNode& place = m_open.empty() ? m_root : m_open.back()->items.emplace_back();
        place = std::move(node);
        return &place;
    }

    bool addNumber(std::optional<std::uint64_t> whole)
    {
        JsonNode* const node = add(JsonNode::Kind::number);
        if (!node)
            return false;
        node->whole = whole;
        // The lexer looks one character further to see that a number has ended.
        const auto end = m_text.find_first_not_of("+-.0123456789eE", node->begin);
        m_tokenEnd = node->end = std::min(end, m_text.size());
        return true;
    }

    bool open(JsonNode::Kind kind)
    {
        JsonNode* const node = add(kind);
        if (!node)
            return false;
        m_open.push_back(node);
        m_keys.emplace_back();
        if (m_open.size() > static_cast<std::size_t>(maximumTemplateDepth))
            return fail(node->begin,
                "more than " + std::to_string(maximumTemplateDepth)
                    + " brackets are open here: a template is not that deep.");
        return true;
    }

    bool close()
    {
        m_tokenEnd = m_open.back()->end = reachedOffset();
        m_open.pop_back();
        m_keys.pop_back();
        return true;
    }

    bool fail(std::size_t offset, const std::string& sentence)
    {
        m_error = jsonPlace(m_text, offset) + ": " + sentence;
        return false;
    }

    std::string_view m_text;
    const char* const& m_reached;
    JsonNode m_root;
    std::vector<JsonNode*> m_open;
    std::vector<std::unordered_set<std::string>> m_keys;
    std::string m_key;
    std::size_t m_keyBegin = 0;
    std::size_t m_tokenEnd = 0;
    std::size_t m_count = 0;
    std::string m_error;
};

/// What stands before any JSON and makes a text unreadable; "" when nothing does.
std::string encodingProblem(std::string_view text)
{
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return "the file is empty.";
    if (text.substr(0, 3) == "\xef\xbb\xbf")
        return "the file begins with a byte order mark: save it as UTF-8 without one.";
    const auto start = text.substr(0, 2);
    if (start == "\xff\xfe" || start == "\xfe\xff" || start.find('\0') != std::string_view::npos)
        return "the file is in UTF-16 or UTF-32: save it as UTF-8.";
    return {};
}

} // namespace

const JsonNode* JsonNode::member(std::string_view name) const
{
    const auto found
        = std::ranges::find_if(items, [name](const JsonNode& item) { return item.key == name; });
    return kind == Kind::object && found != items.end() ? &*found : nullptr;
}

Result<JsonNode> parseJson(std::string_view text)
{
    if (text.size() > maximumTemplateSize)
        return failure("The file has more than 1 MiB, which no template needs.");
    if (const std::string problem = encodingProblem(text); !problem.empty())
        return failure(jsonPlace(text, 0) + ": " + problem);

    const char* reached = text.data();
    TreeBuilder builder(text, reached);
    const bool read = nlohmann::json::sax_parse(TrackedIterator(text.data(), &reached),
        TrackedIterator(text.data() + text.size(), &reached), &builder);
    if (!read)
        return failure(builder.error());
    return builder.takeRoot();
}

std::string jsonPlace(std::string_view text, std::size_t offset)
{
    const auto before = text.substr(0, offset);
    const auto line = std::ranges::count(before, '\n') + 1;
    const auto lastBreak = before.rfind('\n');
    const auto row = before.substr(lastBreak == std::string_view::npos ? 0 : lastBreak + 1);
    const auto isCharacterStart = [](char byte) {
        return (byte & 0xc0) != 0x80;
    };
    const auto column = std::ranges::count_if(row, isCharacterStart) + 1;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

std::string jsonQuoted(std::string_view text)
{
    return nlohmann::json(std::string(text))
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace tcpw
