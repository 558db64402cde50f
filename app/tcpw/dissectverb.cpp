// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/anomalies.h"
#include "packet/checksum.h"
#include "packet/fields.h"
#include "verb.h"

#include <QCommandLineParser>

#include <nlohmann/json.hpp>

#include <cstdio>

namespace tcpw {

namespace {

constexpr std::size_t mostInput = 4u << 20; // characters; a frame has at most 256 KiB

Result<std::string> input(const QString& word)
{
    if (word != QLatin1String("-"))
        return word.toStdString();
    std::string text;
    char part[4096];
    while (const std::size_t got = std::fread(part, 1, sizeof part, stdin)) {
        text.append(part, got);
        if (text.size() > mostInput)
            return failure("There is more on standard input than a packet can have.");
    }
    return text;
}

std::string fieldLine(const Layer& layer, const Field& field, const std::string& value)
{
    std::string line = std::string("    ") + field.label + ": " + value;
    if (*field.unit != '\0')
        line += std::string(" ") + field.unit;
    if (const std::string words = meaning(layer, field); !words.empty())
        line += " (" + words + ")";
    return line;
}

std::string tree(const Packet& packet, std::size_t length)
{
    const Packet whole = completed(packet);
    const auto extents = layout(packet);
    const auto problems = anomalies(packet, length);
    std::string text;
    for (std::size_t i = 0; i < whole.layers.size(); ++i) {
        const Layer& layer = whole.layers[i];
        const LayerType& type = layerType(layer);
        text += std::string(type.label) + ", bytes " + std::to_string(extents[i].offset) + " to "
            + std::to_string(extents[i].offset + extents[i].length) + "\n";
        const ChecksumState state = checksumState(packet, i, length);
        for (const Field& field : type.fields) {
            text += fieldLine(layer, field, formatValue(field, field.get(layer)));
            if (state != ChecksumState::none
                && (field.name == std::string_view("checksum")
                    || field.name == std::string_view("headerChecksum")))
                text += std::string(" [") + checksumStateName(state) + "]";
            text += "\n";
        }
        for (const Anomaly& problem : problems)
            if (problem.layer == i)
                text += "    ! " + problem.text + "\n";
    }
    return text;
}

std::string json(const Packet& packet, std::size_t length)
{
    const Packet whole = completed(packet);
    const auto extents = layout(packet);
    auto layers = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < whole.layers.size(); ++i) {
        nlohmann::ordered_json object{{"layer", layerType(whole.layers[i]).name},
            {"offset", extents[i].offset}, {"length", extents[i].length}};
        for (const Field& field : layerType(whole.layers[i]).fields) {
            const FieldValue value = field.get(whole.layers[i]);
            if (const auto* number = std::get_if<std::uint64_t>(&value);
                number && field.kind != FieldKind::controlBits)
                object["fields"][field.name] = *number;
            else
                object["fields"][field.name] = formatValue(field, value);
        }
        const ChecksumState state = checksumState(packet, i, length);
        if (state != ChecksumState::none)
            object["checksum"] = checksumStateName(state);
        for (const Anomaly& problem : anomalies(packet, length))
            if (problem.layer == i)
                object["anomalies"].push_back(problem.text);
        layers.push_back(object);
    }
    return layers.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void declare(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("format"), QStringLiteral("tree or json."),
        QStringLiteral("FORMAT"), QStringLiteral("tree")});
    parser.addOption({QStringLiteral("link-type"),
        QStringLiteral("The number of what the bytes begin with: 1 Ethernet, 101 raw IP, ..."),
        QStringLiteral("NUMBER"), QStringLiteral("1")});
}

int run(const QCommandLineParser& parser)
{
    const QStringList words = parser.positionalArguments();
    if (words.size() != 1)
        return misuse("\"dissect\" needs the packet in hexadecimal, or - for standard input.");
    const QString format = parser.value(QStringLiteral("format"));
    if (format != QLatin1String("tree") && format != QLatin1String("json"))
        return misuse("--format " + format.toStdString() + ": there are tree and json.");
    const auto number = numberOption(parser, QStringLiteral("link-type"), 0, 65535);
    if (!number)
        return misuse(number.error().message);
    const auto text = input(words.front());
    if (!text)
        return fail(text.error().message);
    const auto bytes = fromHex(*text);
    if (!bytes)
        return fail(bytes.error().message);
    const Packet packet
        = decode(*bytes, static_cast<LinkType>(static_cast<std::uint16_t>(*number)));
    const bool asTree = format == QLatin1String("tree");
    return print(asTree ? tree(packet, bytes->size()) : json(packet, bytes->size())) ? done
                                                                                     : failed;
}

} // namespace

const Verb dissectVerb{"dissect", "dissect HEX|- [--format tree|json] [--link-type NUMBER]",
    "Explains the bytes of one packet, field by field.", declare, run};

} // namespace tcpw
