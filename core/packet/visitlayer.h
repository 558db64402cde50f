// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"

namespace tcpw {

/// std::visit for one layer, as a switch: what it calls can be inlined, and so costs no more than
/// its own work.
template <typename Visitor, typename AnyLayer>
decltype(auto) visitLayer(Visitor&& visitor, AnyLayer& layer)
{
    static_assert(std::variant_size_v<Layer> == 17);
    switch (layer.index()) {
    case 0:
        return visitor(*std::get_if<0>(&layer));
    case 1:
        return visitor(*std::get_if<1>(&layer));
    case 2:
        return visitor(*std::get_if<2>(&layer));
    case 3:
        return visitor(*std::get_if<3>(&layer));
    case 4:
        return visitor(*std::get_if<4>(&layer));
    case 5:
        return visitor(*std::get_if<5>(&layer));
    case 6:
        return visitor(*std::get_if<6>(&layer));
    case 7:
        return visitor(*std::get_if<7>(&layer));
    case 8:
        return visitor(*std::get_if<8>(&layer));
    case 9:
        return visitor(*std::get_if<9>(&layer));
    case 10:
        return visitor(*std::get_if<10>(&layer));
    case 11:
        return visitor(*std::get_if<11>(&layer));
    case 12:
        return visitor(*std::get_if<12>(&layer));
    case 13:
        return visitor(*std::get_if<13>(&layer));
    case 14:
        return visitor(*std::get_if<14>(&layer));
    case 15:
        return visitor(*std::get_if<15>(&layer));
    }
    return visitor(std::get<16>(layer));
}

} // namespace tcpw
