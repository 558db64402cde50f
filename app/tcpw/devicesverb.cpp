// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "networks.h"
#include "verb.h"

#include <QCommandLineParser>

#include <nlohmann/json.hpp>

namespace tcpw {

namespace {

std::string stateOf(const Device& device)
{
    return !device.up ? "down" : device.running ? "up" : "up, no link";
}

std::string addressesOf(const Device& device)
{
    std::string text;
    for (const DeviceAddress& entry : device.addresses)
        text += (text.empty() ? "" : ", ") + toText(entry.address) + "/"
            + std::to_string(entry.prefixLength);
    return text;
}

nlohmann::ordered_json asJson(const Device& device)
{
    nlohmann::ordered_json object{{"name", device.id.name}, {"index", device.id.index},
        {"description", device.description}, {"mac", toText(device.mac)}, {"mtu", device.mtu},
        {"linkType", linkTypeName(device.linkType)}, {"state", stateOf(device)},
        {"lab", device.lab}, {"addresses", nlohmann::ordered_json::array()}};
    for (const DeviceAddress& entry : device.addresses)
        object["addresses"].push_back(
            toText(entry.address) + "/" + std::to_string(entry.prefixLength));
    if (!device.captureProblem.empty())
        object["captureProblem"] = device.captureProblem;
    if (!device.injectProblem.empty())
        object["injectProblem"] = device.injectProblem;
    return object;
}

std::string asText(const Device& device)
{
    std::string text = device.id.name;
    if (device.lab)
        text += "  practice network: a private network inside this program";
    else if (!device.description.empty())
        text += "  " + device.description;
    text += "\n    " + stateOf(device);
    if (device.mac != MacAddress{})
        text += ", MAC " + toText(device.mac);
    if (device.mtu > 0)
        text += ", MTU " + std::to_string(device.mtu);
    if (!device.addresses.empty())
        text += ", " + addressesOf(device);
    text += "\n";
    if (!device.captureProblem.empty())
        text += "    " + device.captureProblem + "\n";
    if (!device.injectProblem.empty() && device.injectProblem != device.captureProblem)
        text += "    " + device.injectProblem + "\n";
    return text;
}

void declare(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("json"), QStringLiteral("Print a JSON array.")});
}

int run(const QCommandLineParser& parser)
{
    if (!parser.positionalArguments().isEmpty())
        return misuse("\"devices\" takes no argument.");
    const auto devices = allDevices();
    if (!devices)
        return fail(devices.error().message);
    std::string text;
    auto array = nlohmann::ordered_json::array();
    for (const Device& device : *devices) {
        text += asText(device);
        array.push_back(asJson(device));
    }
    if (parser.isSet(QStringLiteral("json")))
        text = array.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    return print(text) ? done : failed;
}

} // namespace

const Verb devicesVerb{"devices", "devices [--json]", "Lists the network devices.", declare, run};

} // namespace tcpw
