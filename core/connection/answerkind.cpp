// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/answerkind.h"

#include <algorithm>
#include <cctype>

namespace tcpw {

namespace {

bool equalIgnoringCase(std::string_view a, std::string_view b)
{
    return std::ranges::equal(
        a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

} // namespace

const char* answerKindName(AnswerKind kind)
{
    switch (kind) {
    case AnswerKind::ack:
        return "ACK";
    case AnswerKind::data:
        return "data";
    case AnswerKind::finAck:
        return "FIN";
    case AnswerKind::rst:
        return "RST";
    case AnswerKind::synAck:
        return "SYN,ACK";
    case AnswerKind::sack:
        return "SACK";
    case AnswerKind::windowUpdate:
        return "window-update";
    case AnswerKind::keepAlive:
        return "keep-alive";
    }
    return "";
}

std::string answerKindNames()
{
    std::string names;
    for (const AnswerKind kind : allAnswerKinds) {
        if (!names.empty())
            names += kind == allAnswerKinds.back() ? " and " : ", ";
        names += answerKindName(kind);
    }
    return names;
}

Result<AnswerKind> parseAnswerKind(std::string_view name)
{
    for (const AnswerKind kind : allAnswerKinds)
        if (equalIgnoringCase(name, answerKindName(kind)))
            return kind;
    if (equalIgnoringCase(name, "FIN,ACK"))
        return AnswerKind::finAck;
    return failure("\"" + std::string(name.substr(0, 40)) + "\" is no answer: there are "
        + answerKindNames() + ".");
}

} // namespace tcpw
