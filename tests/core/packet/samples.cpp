// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "samples.h"

#include "packet/fields.h"

#include <QStringList>

namespace tcpw::samples {

QString layerNames(const Packet& packet)
{
    QStringList names;
    for (const Layer& layer : packet.layers)
        names << QString::fromLatin1(layerType(layer).name);
    return names.join(QLatin1Char(' '));
}

} // namespace tcpw::samples
