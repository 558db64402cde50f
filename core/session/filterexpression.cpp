// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/filterexpression.h"

#include "packet/tcpoptions.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace tcpw {

namespace {

using Node = DisplayFilter::Node;
using NodePointer = std::shared_ptr<Node>;
using ConstNode = std::shared_ptr<const Node>;

constexpr int maximumDepth = 100;

struct NumberWord
{
    std::string_view word;
    FilterNumber number;
};
constexpr NumberWord numberWords[]
    = {{"connection", FilterNumber::connection}, {"seq", FilterNumber::sequence},
        {"ack", FilterNumber::acknowledgment}, {"window", FilterNumber::window},
        {"payload", FilterNumber::payload}, {"device", FilterNumber::device}};

struct Token
{
    std::string_view text;
    std::size_t begin = 0;
    std::size_t end = 0;
};

std::vector<Token> tokens(const std::string& text)
{
    std::vector<Token> found;
    const std::string_view view = text;
    const auto add = [&](std::size_t from, std::size_t to) {
        found.push_back({view.substr(from, to - from), from, to});
    };
    for (std::size_t i = 0; i < text.size();) {
        if (std::isspace(static_cast<unsigned char>(text[i]))) {
            ++i;
            continue;
        }
        const std::size_t from = i;
        if (text.compare(i, 2, "&&") == 0 || text.compare(i, 2, "||") == 0) {
            i += 2;
        } else if (text[i] == '(' || text[i] == ')'
            || (text[i] == '!' && text.compare(i, 2, "!=") != 0)) {
            ++i;
        } else {
            // A bracketed index such as tcp[13] & 2 is one word of tcpdump's.
            for (int depth = 0; i < text.size(); ++i) {
                const char c = text[i];
                depth += c == '[' ? 1 : c == ']' ? -1 : 0;
                if (depth == 0
                    && (std::isspace(static_cast<unsigned char>(c)) || c == '(' || c == ')'))
                    break;
            }
        }
        add(from, i);
    }
    return found;
}

bool joins(std::string_view word)
{
    return word == "and" || word == "or" || word == "&&" || word == "||";
}

bool isOwnWord(std::string_view word)
{
    return word == "from" || word == "flags" || word == "option" || word == "problem"
        || word == "checksum"
        || std::ranges::find(numberWords, word, &NumberWord::word) != std::end(numberWords);
}

/// A recursive-descent parser; what is tcpdump's alone stays one text, so that its own shorthands
/// (`port 80 or 443`) keep their meaning.
class Parser
{
public:
    Parser(const std::string& text, LinkType linkType)
        : m_text(text)
        , m_tokens(tokens(text))
        , m_linkType(linkType)
    {
    }

    Result<NodePointer> parse()
    {
        auto root = expression(0);
        if (root && m_position < m_tokens.size())
            return failure("The bracket at character " + place() + " closes nothing.");
        return root ? finished(*root) : root;
    }

private:
    bool atEnd() const { return m_position >= m_tokens.size(); }
    std::string_view word() const
    {
        return atEnd() ? std::string_view() : m_tokens[m_position].text;
    }
    std::string place() const
    {
        return std::to_string((atEnd() ? m_text.size() : m_tokens[m_position].begin) + 1);
    }

    Result<NodePointer> expression(int depth)
    {
        if (depth > maximumDepth)
            return failure("The filter has too many brackets within each other.");
        auto left = term(depth);
        while (left && joins(word())) {
            const bool both = word() == "and" || word() == "&&";
            ++m_position;
            auto right = term(depth);
            if (!right)
                return right;
            left = joinNext(both ? Node::Kind::both : Node::Kind::either, *left, *right);
        }
        return left;
    }

    Result<NodePointer> term(int depth)
    {
        if (atEnd() || word() == ")" || joins(word()))
            return failure("Something is missing at character " + place() + " of the filter.");
        if (word() == "not" || word() == "!") {
            const std::size_t begin = m_tokens[m_position++].begin;
            auto inner
                = depth > maximumDepth ? failure("The filter is too deep.") : term(depth + 1);
            if (!inner)
                return inner;
            auto node = std::make_shared<Node>();
            node->kind = Node::Kind::negation;
            node->begin = begin;
            node->end = (*inner)->end;
            node->left = *inner;
            return NodePointer(node);
        }
        if (word() == "(")
            return bracket(depth);
        return isOwnWord(word()) ? own() : tcpdump();
    }

    /// A bracket is no node of its own: what stands in it has it around.
    Result<NodePointer> bracket(int depth)
    {
        const Token open = m_tokens[m_position++];
        auto inner = expression(depth + 1);
        if (!inner)
            return inner;
        if (word() != ")")
            return failure(
                "The bracket at character " + std::to_string(open.begin + 1) + " is not closed.");
        (*inner)->begin = open.begin;
        (*inner)->end = m_tokens[m_position++].end;
        return inner;
    }

    Result<NodePointer> own()
    {
        const Token name = m_tokens[m_position++];
        if (atEnd())
            return failure("\"" + std::string(name.text)
                + "\" at the end of the filter needs a word after it.");
        const Token value = m_tokens[m_position++];
        auto node = std::make_shared<Node>();
        node->begin = name.begin;
        node->end = value.end;
        const auto read = readValue(name.text, std::string(value.text), *node);
        return read ? Result<NodePointer>(node) : tl::unexpected<Error>(read.error());
    }

    static Result<void> readValue(std::string_view name, const std::string& text, Node& node)
    {
        if (name == "from")
            return readOrigin(text, node);
        if (name == "flags")
            return readFlags(text, node);
        if (name == "option")
            return readOption(text, node);
        if (name == "checksum")
            return readChecksum(text, node);
        return name == "problem" ? readProblem(text, node) : readNumber(name, text, node);
    }

    static Result<void> readOrigin(const std::string& text, Node& node)
    {
        node.kind = Node::Kind::from;
        for (const Origin origin : {Origin::me, Origin::kernel, Origin::peer})
            if (text == originName(origin))
                node.origin = origin;
        if (node.origin == Origin::unknown)
            return failure("\"from " + text + "\": it is from me, from kernel or from peer.");
        return {};
    }

    static Result<void> readFlags(const std::string& text, Node& node)
    {
        node.kind = Node::Kind::flags;
        const auto bits = parseControlBits(text);
        if (!bits)
            return tl::unexpected<Error>(bits.error());
        node.flags = *bits;
        return {};
    }

    static Result<void> readOption(const std::string& text, Node& node)
    {
        node.kind = Node::Kind::option;
        int kind = 0;
        while (kind < 256 && tcpOptionName(static_cast<std::uint8_t>(kind)) != text)
            ++kind;
        if (kind == 256)
            return failure("\"" + text
                + "\" is no TCP option that has a name here; there are mss, sack, timestamps, "
                  "...");
        node.optionKind = static_cast<std::uint8_t>(kind);
        return {};
    }

    static Result<void> readProblem(const std::string& text, Node& node)
    {
        node.kind = Node::Kind::problem;
        for (std::size_t i = 0; i < analysisNameCount; ++i)
            if (text == "any" || text == analysisNameText(AnalysisName(i)))
                node.problems.add(AnalysisName(i));
        node.wrongChecksum = text == "any" || text == "wrong_checksum";
        if (node.problems.empty() && !node.wrongChecksum)
            return failure("\"" + text
                + "\" is no problem that has a name here; there are any, retransmission, "
                  "duplicate_ack, zero_window, wrong_checksum, ...");
        return {};
    }

    static Result<void> readChecksum(const std::string& text, Node& node)
    {
        node.kind = Node::Kind::checksum;
        for (const ChecksumState state : {ChecksumState::none, ChecksumState::good,
                 ChecksumState::bad, ChecksumState::offload, ChecksumState::unverified})
            if (text == checksumStateName(state)) {
                node.checksum = state;
                return {};
            }
        return failure("\"checksum " + text + "\": it is good, bad, offload, unverified or none.");
    }

    static Result<void> readNumber(std::string_view name, const std::string& text, Node& node)
    {
        node.kind = Node::Kind::number;
        node.whichNumber = std::ranges::find(numberWords, name, &NumberWord::word)->number;
        const char* end = text.data() + text.size();
        const auto [last, error] = std::from_chars(text.data(), end, node.number);
        if (error != std::errc() || last != end)
            return failure("\"" + std::string(name) + " " + text
                + "\": a number from 0 to 4294967295 belongs there.");
        return {};
    }

    /// Everything up to the next joining word or closing bracket, brackets of its own included.
    Result<NodePointer> tcpdump()
    {
        auto node = std::make_shared<Node>();
        node->begin = m_tokens[m_position].begin;
        for (int open = 0; !atEnd(); ++m_position) {
            if (open == 0 && (joins(word()) || word() == ")" || isOwnWord(word())))
                break;
            open += word() == "(" ? 1 : word() == ")" ? -1 : 0;
            node->end = m_tokens[m_position].end;
        }
        if (!atEnd() && isOwnWord(word()))
            return failure("\"and\" or \"or\" is missing before \"" + std::string(word()) + "\".");
        return NodePointer(node);
    }

    /// (from me or port 80) or 443 is from me or (port 80 or 443): tcpdump's shorthands need what
    /// stands before them.
    static NodePointer joinNext(Node::Kind kind, const NodePointer& left, const NodePointer& right)
    {
        const bool endsInTcpdump = left->kind == kind && !left->pure() && left->right->pure()
            && left->end == left->right->end; // else a bracket is between
        return endsInTcpdump && right->pure()
            ? join(kind, left->left, join(kind, left->right, right))
            : join(kind, left, right);
    }

    static NodePointer join(Node::Kind kind, const ConstNode& left, const ConstNode& right)
    {
        auto node = std::make_shared<Node>();
        node->kind = kind;
        node->left = left;
        node->right = right;
        node->begin = left->begin;
        node->end = right->end;
        return node;
    }

    /// Compiles what is tcpdump's, each as large a piece as can be.
    Result<NodePointer> finished(const ConstNode& node) const
    {
        auto copy = std::make_shared<Node>();
        copy->begin = node->begin;
        copy->end = node->end;
        if (node->pure()) {
            copy->text = m_text.substr(node->begin, node->end - node->begin);
            if (const auto& program = copy->compiled(m_linkType); !program)
                return tl::unexpected<Error>(program.error());
            return NodePointer(copy);
        }
        copy->kind = node->kind;
        copy->origin = node->origin;
        copy->flags = node->flags;
        copy->optionKind = node->optionKind;
        copy->problems = node->problems;
        copy->wrongChecksum = node->wrongChecksum;
        copy->checksum = node->checksum;
        copy->whichNumber = node->whichNumber;
        copy->number = node->number;
        for (auto side : {&Node::left, &Node::right}) {
            if (!((*node).*side))
                continue;
            auto part = finished((*node).*side);
            if (!part)
                return part;
            (*copy).*side = *part;
        }
        return NodePointer(copy);
    }

    const std::string& m_text;
    std::vector<Token> m_tokens;
    std::size_t m_position = 0;
    LinkType m_linkType;
};

} // namespace

Result<std::shared_ptr<const Node>> parseFilterExpression(
    const std::string& text, LinkType linkType)
{
    return Parser(text, linkType).parse();
}

} // namespace tcpw
