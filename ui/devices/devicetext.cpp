// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/devices/devicetext.h"

#include "ui/fields/plaintext.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace tcpw {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("tcpw::DeviceText", text);
}

/// The address that a person knows the device by: the first of IPv4, else the first.
QString mainAddress(const Device& device)
{
    const auto isIpv4 = [](const DeviceAddress& address) {
        return std::holds_alternative<Ipv4Address>(address.address);
    };
    auto found = std::ranges::find_if(device.addresses, isIpv4);
    if (found == device.addresses.end())
        found = device.addresses.begin();
    return found == device.addresses.end() ? QString() : fromUtf8(toText(found->address));
}

QString stateWords(const Device& device)
{
    if (!device.up)
        return words("switched off");
    return device.running ? words("up") : words("no link");
}

QString addressList(const Device& device)
{
    QStringList list;
    for (const DeviceAddress& address : device.addresses)
        list << fromUtf8(toText(address.address)) + QLatin1Char('/')
                + QString::number(address.prefixLength);
    return list.isEmpty() ? words("no address") : list.join(QLatin1String(", "));
}

} // namespace

DeviceText deviceText(const Device& device)
{
    const QString name = harmless(fromUtf8(device.id.name));
    const QString address = mainAddress(device);
    DeviceText text;
    text.title = device.lab ? words("Practice network (%1)").arg(name) : name;
    if (!address.isEmpty())
        text.title += QStringLiteral(" \u00b7 ")
            + (device.lab ? words("you are %1").arg(address) : address);
    QStringList details;
    if (device.lab)
        details << words("A private network inside this program; nothing leaves this computer.");
    else if (!device.description.empty())
        details << harmless(fromUtf8(device.description));
    if (device.wireless)
        details << words("Wi-Fi");
    if (!device.lab || device.addresses.size() > 1)
        details << addressList(device);
    details << stateWords(device);
    text.details = details.join(QStringLiteral(" \u00b7 "));
    text.problem = harmless(
        fromUtf8(device.captureProblem.empty() ? device.injectProblem : device.captureProblem));
    return text;
}

bool isUnusable(const Device& device)
{
    return !device.captureProblem.empty();
}

} // namespace tcpw
