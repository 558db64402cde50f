// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "templates/endpoints.h"
#include "templates/jsonnode.h"
#include "templates/placeholders.h"
#include "templates/resttext.h"
#include "templates/template.h"

#include <algorithm>

namespace tcpw {

namespace {

constexpr std::uint64_t knownFormat = 1;
constexpr std::size_t maximumLayers = 256; // the decoder makes at most 64 headers of a packet

/// Says which kind of JSON value a field wants, for the sentence that refuses another.
const char* wantedJson(const Field& field)
{
    switch (field.kind) {
    case FieldKind::number:
        return "a whole number without quotes, not negative, such as 1460";
    case FieldKind::hexNumber:
        return "a whole number, or one in quotes such as \"0x1f\"";
    case FieldKind::flag:
        return "true or false";
    default:
        return "a text in quotes";
    }
}

/// Reads one text into a template; every error names its place in the text.
class TemplateReader
{
public:
    explicit TemplateReader(std::string_view text)
        : m_text(text)
    {
    }

    Result<Template> read();

private:
    /// A field that the text gives, until the whole stack is known and it can be named.
    struct Given
    {
        FieldPath path;
        std::optional<Placeholder> placeholder;
    };

    tl::unexpected<Error> fail(std::size_t offset, const std::string& sentence) const
    {
        return failure(jsonPlace(m_text, offset) + ": " + sentence);
    }

    Result<void> checkFormat(const JsonNode& root) const;
    Result<void> readMember(const JsonNode& member);
    Result<void> readText(const JsonNode& member, std::string& text) const;
    Result<void> readLinkType(const JsonNode& member);
    Result<void> readLayers(const JsonNode& member);
    Result<void> readLayer(const JsonNode& node);
    Result<void> readField(const JsonNode& member, const LayerType& type);
    Result<void> readString(const JsonNode& member, const Field& field);
    Result<FieldValue> plainValue(const JsonNode& member, const Field& field) const;
    void keepUnknown(const JsonNode& member);
    void nameGivenFields();

    std::string_view m_text;
    Template m_template;
    std::vector<Given> m_given;
};

Result<Template> TemplateReader::read()
{
    const auto root = parseJson(m_text);
    if (!root)
        return tl::unexpected(root.error());
    if (root->kind != JsonNode::Kind::object)
        return fail(root->begin, "a template is an object: it begins with {.");
    if (auto known = checkFormat(*root); !known)
        return tl::unexpected(known.error());
    if (!root->member("packet"))
        return fail(root->begin, "there is no \"packet\", the list of layers.");

    for (const JsonNode& member : root->items)
        if (auto done = readMember(member); !done)
            return tl::unexpected(done.error());
    if (!m_template.unknown.empty())
        m_template.unknown = "{" + m_template.unknown + "}";
    nameGivenFields();
    return std::move(m_template);
}

Result<void> TemplateReader::checkFormat(const JsonNode& root) const
{
    const JsonNode* const format = root.member("format");
    if (!format)
        return fail(root.begin, "there is no \"format\": a template has \"format\": 1.");
    if (!format->whole || *format->whole == 0)
        return fail(format->begin, "format: a template has \"format\": 1.");
    if (*format->whole > knownFormat)
        return fail(format->begin,
            "format " + std::to_string(*format->whole)
                + " is newer than this program knows (1): a newer TCP Workbench opens it.");
    return {};
}

Result<void> TemplateReader::readMember(const JsonNode& member)
{
    if (member.key == "name")
        return readText(member, m_template.name);
    if (member.key == "group")
        return readText(member, m_template.group);
    if (member.key == "before")
        return readText(member, m_template.before);
    if (member.key == "shows")
        return readText(member, m_template.shows);
    if (member.key == "expects")
        return readText(member, m_template.expects);
    if (member.key == "linkType")
        return readLinkType(member);
    if (member.key == "packet")
        return readLayers(member);
    if (member.key != "format")
        keepUnknown(member);
    return {};
}

Result<void> TemplateReader::readText(const JsonNode& member, std::string& text) const
{
    if (member.kind != JsonNode::Kind::string)
        return fail(member.begin, member.key + ": this is a text in quotes.");
    text = member.string;
    return {};
}

Result<void> TemplateReader::readLinkType(const JsonNode& member)
{
    if (!member.whole || *member.whole > 0xffff)
        return fail(
            member.begin, "linkType: this is a number of the LINKTYPE_ registry, up to 65535.");
    m_template.draft.packet.linkType = static_cast<LinkType>(*member.whole);
    return {};
}

Result<void> TemplateReader::readLayers(const JsonNode& member)
{
    if (member.kind != JsonNode::Kind::array)
        return fail(member.begin, "packet: this is a list of layers: it begins with [.");
    if (member.items.size() > maximumLayers)
        return fail(member.items[maximumLayers].begin,
            "packet: there are more than " + std::to_string(maximumLayers) + " layers.");
    for (const JsonNode& layer : member.items)
        if (auto done = readLayer(layer); !done)
            return done;
    return {};
}

Result<void> TemplateReader::readLayer(const JsonNode& node)
{
    if (node.kind != JsonNode::Kind::object)
        return fail(node.begin, "packet: a layer is an object: it begins with {.");
    const JsonNode* const name = node.member("layer");
    if (!name || name->kind != JsonNode::Kind::string)
        return fail(name ? name->begin : node.begin,
            "packet: a layer says which it is, such as \"layer\": \"tcp\".");

    const LayerType* const type = findLayerType(name->string);
    if (!type) {
        std::string known;
        for (const LayerType& one : layerTypes())
            known += std::string(known.empty() ? "" : ", ") + one.name;
        return fail(name->begin,
            "packet: there is no layer " + jsonQuoted(name->string.substr(0, 40)) + "; there are "
                + known + ".");
    }
    m_template.draft.packet.layers.push_back(type->make());
    for (const JsonNode& member : node.items)
        if (&member != name)
            if (auto done = readField(member, *type); !done)
                return done;
    return {};
}

Result<void> TemplateReader::readField(const JsonNode& member, const LayerType& type)
{
    const Field* const field = findField(type, member.key);
    if (!field) {
        std::string known;
        for (const Field& one : type.fields)
            known += std::string(known.empty() ? "" : ", ") + one.name;
        return fail(member.keyBegin,
            std::string(type.name) + " has no field " + jsonQuoted(member.key.substr(0, 40))
                + "; it has " + known + ".");
    }

    const auto named = [&](const Error& error) {
        return fail(
            member.begin, std::string(type.name) + "." + field->name + ": " + error.message);
    };
    if (member.kind == JsonNode::Kind::string) {
        if (auto read = readString(member, *field); !read)
            return named(read.error());
        return {};
    }
    const auto value = plainValue(member, *field);
    if (!value)
        return named(value.error());
    auto& layers = m_template.draft.packet.layers;
    if (auto set = field->set(layers.back(), *value); !set)
        return named(set.error());
    m_given.push_back({{layers.size() - 1, field}, {}});
    return {};
}

/// Reads a text in quotes: a placeholder, "auto" or a value in the shared notation.
Result<void> TemplateReader::readString(const JsonNode& member, const Field& field)
{
    auto& layers = m_template.draft.packet.layers;
    const FieldPath path{layers.size() - 1, &field};
    if (std::string* const text = restText(layers.back(), field)) {
        *text = member.string;
        m_given.push_back({path, {}});
        return {};
    }
    if (member.string.substr(0, 1) == "{" && mayHoldPlaceholder(field)) {
        const auto placeholder = placeholderFor(field, member.string);
        if (!placeholder)
            return tl::unexpected(placeholder.error());
        m_given.push_back({path, *placeholder});
        return {};
    }
    const bool isAutomatic = field.computed && member.string == "auto";
    if (!isAutomatic && (field.kind == FieldKind::number || field.kind == FieldKind::flag))
        return failure(std::string("this is ") + wantedJson(field) + ".");

    const auto value = parseValue(field, member.string);
    if (!value)
        return tl::unexpected(value.error());
    m_given.push_back({path, {}});
    return field.set(layers.back(), *value);
}

/// Reads a number or a boolean where the field is one.
Result<FieldValue> TemplateReader::plainValue(const JsonNode& member, const Field& field) const
{
    const bool isNumber = field.kind == FieldKind::number || field.kind == FieldKind::hexNumber;
    if (isNumber && member.kind == JsonNode::Kind::number && member.whole)
        return parseValue(field, std::to_string(*member.whole));
    if (field.kind == FieldKind::flag && member.kind == JsonNode::Kind::boolean)
        return FieldValue(std::uint64_t(member.boolean ? 1 : 0));
    return failure(std::string("this is ") + wantedJson(field) + ".");
}

void TemplateReader::keepUnknown(const JsonNode& member)
{
    if (!m_template.unknown.empty())
        m_template.unknown += ", ";
    m_template.unknown += jsonQuoted(member.key) + ": "
        + std::string(m_text.substr(member.begin, member.end - member.begin));
}

/// Names are known once the stack is whole: a second header of a type makes it "vlan[0].…".
void TemplateReader::nameGivenFields()
{
    Draft& draft = m_template.draft;
    const auto isGiven = [this](const FieldPath& path) {
        return std::ranges::any_of(m_given, [&](const Given& given) {
            return given.path.layer == path.layer && given.path.field == path.field;
        });
    };
    for (const EndpointField& endpoint : endpointFields())
        if (const auto path = findEndpoint(draft.packet, endpoint); path && !isGiven(*path))
            setUsualEndpoint(draft, endpoint);
    for (const Given& given : m_given) {
        if (given.placeholder)
            putPlaceholder(draft, given.path, *given.placeholder);
        m_template.stated.push_back(pathName(draft.packet, given.path));
    }
}

} // namespace

Result<Template> parseTemplate(std::string_view json)
{
    return TemplateReader(json).read();
}

} // namespace tcpw
