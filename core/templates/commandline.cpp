// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "templates/commandline.h"

#include <algorithm>
#include <cctype>

namespace tcpw {

namespace {

constexpr std::string_view brokenGroup = "Broken on purpose";

/// Whether `from` has the layers of `packet`, but for a payload at the end, which can be set.
bool hasTheLayersOf(const Packet& from, const Packet& packet)
{
    std::size_t count = packet.layers.size();
    if (count == from.layers.size() + 1 && std::holds_alternative<Payload>(packet.layers.back()))
        --count;
    return from.linkType == packet.linkType && from.layers.size() == count
        && std::equal(from.layers.begin(), from.layers.end(), packet.layers.begin(),
            [](const Layer& a, const Layer& b) { return a.index() == b.index(); });
}

std::vector<std::string> settingsFor(const Draft& from, const Packet& packet)
{
    std::vector<std::string> settings;
    for (std::size_t i = 0; i < packet.layers.size(); ++i)
        for (const Field& field : layerType(packet.layers[i]).fields) {
            const std::string path = pathName(packet, {i, &field});
            const std::string wanted = formatValue(field, field.get(packet.layers[i]));
            const auto given = draftFieldText(from, path);
            if (!given || *given != wanted)
                settings.push_back(path + "=" + wanted);
        }
    return settings;
}

std::string quoted(const std::string& word)
{
    const auto isPlain = [](unsigned char c) {
        return std::isalnum(c) != 0
            || (c != 0
                && std::string_view("_.,:=/+-").find(static_cast<char>(c))
                    != std::string_view::npos);
    };
    if (!word.empty() && std::ranges::all_of(word, isPlain))
        return word;
    std::string text = "'";
    for (const char c : word)
        text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

} // namespace

Result<PacketRecipe> recipeFor(const Packet& packet)
{
    std::optional<PacketRecipe> best;
    for (const Template& builtin : builtinTemplates()) {
        if (builtin.group == brokenGroup) // a packet that is not is told from another one
            continue;
        const Draft draft = applyTemplate(builtin, {});
        if (!hasTheLayersOf(draft.packet, packet))
            continue;
        auto settings = settingsFor(draft, packet);
        if (!best || settings.size() < best->settings.size())
            best = PacketRecipe{builtin.id, std::move(settings)};
    }
    if (!best)
        return failure("No built-in template has these layers. Save the packet as a template of "
                       "your own: tcpw send takes its file.");
    return *best;
}

Result<std::string> sendCommand(const Packet& packet, const std::string& device)
{
    const auto recipe = recipeFor(packet);
    if (!recipe)
        return tl::unexpected<Error>(recipe.error());
    std::string command = "tcpw send " + recipe->builtin + " --device " + quoted(device);
    for (const std::string& setting : recipe->settings)
        command += " --set " + quoted(setting);
    return command;
}

} // namespace tcpw
