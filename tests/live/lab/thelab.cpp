// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "live/lab/thelab.h"

#include <QTest>

namespace tcpw {

namespace {

// Before main(), so before anything has made a thread.
const Result<std::unique_ptr<Lab>> started = Lab::start();

} // namespace

Lab* theLab()
{
    return started ? started->get() : nullptr;
}

QString whyNoLab()
{
    return started ? QString() : QString::fromStdString(started.error().message);
}

FarReply ask(const FarRequest& request)
{
    const auto reply = theLab()->far(request);
    if (reply)
        return *reply;
    QTest::qFail(reply.error().message.c_str(), __FILE__, __LINE__);
    return {};
}

FarReply ask(FarVerb verb, std::uint32_t socket, const QByteArray& data)
{
    FarRequest request;
    request.verb = verb;
    request.socket = socket;
    request.data.assign(data.begin(), data.end());
    return ask(request);
}

FarReply connectFar(std::uint16_t port, const IpAddress& address)
{
    FarRequest request;
    request.verb = FarVerb::connect;
    request.port = port;
    request.address = address;
    return ask(request);
}

QString refusal(const FarRequest& request)
{
    const auto reply = theLab()->far(request);
    if (!reply)
        return QString::fromStdString(reply.error().message);
    QTest::qFail("the far end did what it should refuse", __FILE__, __LINE__);
    return {};
}

bool hasLogged(const char* text, std::uint32_t socket)
{
    for (const FarEvent& event : ask(FarVerb::log).events) {
        if ((socket == 0 || event.socket == socket) && event.text.find(text) != std::string::npos)
            return true;
    }
    return false;
}

std::uint32_t newestSocketThat(const QString& text)
{
    const auto events = ask(FarVerb::log).events;
    for (auto event = events.rbegin(); event != events.rend(); ++event) {
        if (QString::fromStdString(event->text).contains(text))
            return event->socket;
    }
    return 0;
}

std::vector<FarSocket> socketsIn(const char* state, std::uint16_t localPort)
{
    std::vector<FarSocket> found;
    for (const FarSocket& socket : ask(FarVerb::state).sockets) {
        if (socket.state == state && (localPort == 0 || socket.localPort == localPort))
            found.push_back(socket);
    }
    return found;
}

} // namespace tcpw
