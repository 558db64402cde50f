// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/checksum.h"

#include "packet/onescomplement.h"

namespace tcpw {

std::uint16_t onesComplementSum(ByteView bytes, std::uint16_t start)
{
    OnesComplement sum;
    sum.addNumber(start);
    sum.add(bytes);
    return sum.folded();
}

const char* checksumStateName(ChecksumState state)
{
    switch (state) {
    case ChecksumState::good:
        return "good";
    case ChecksumState::bad:
        return "bad";
    case ChecksumState::offload:
        return "offload";
    case ChecksumState::unverified:
        return "unverified";
    case ChecksumState::none:
        break;
    }
    return "none";
}

} // namespace tcpw
