// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/farcodec.h"
#include "lab/farserver.h"
#include "lab/lab.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace tcpw {

namespace {

constexpr FarService madeService{"connect", 0, FarBehaviour::stayOpen, 0, 0};
constexpr std::size_t mostListeners = 64;
constexpr std::size_t mostSockets = 1000; // in one answer

std::string socketName(std::uint32_t number)
{
    return "Socket " + std::to_string(number);
}

/// All zero means the lab's near end, of the same family.
FarEndpoint destination(const FarRequest& request)
{
    if (request.address == IpAddress(Ipv4Address{}))
        return {labAddress::near4, request.port};
    if (request.address == IpAddress(Ipv6Address{}))
        return {labAddress::near6, request.port};
    return {request.address, request.port};
}

} // namespace

Result<FarReply> FarServer::answer(const FarRequest& request)
{
    switch (request.verb) {
    case FarVerb::state:
        return state();
    case FarVerb::connect:
        return connect(request);
    case FarVerb::listen:
        return listen(request.port);
    case FarVerb::send:
        return send(request);
    case FarVerb::shutdown:
        return shutdown(request.socket);
    case FarVerb::close:
        return close(request.socket, false);
    case FarVerb::abort:
        return close(request.socket, true);
    case FarVerb::stopReading:
        return setReading(request.socket, false);
    case FarVerb::resumeReading:
        return setReading(request.socket, true);
    case FarVerb::patient:
        return setPatient(true);
    case FarVerb::realTimers:
        return setPatient(false);
    case FarVerb::log:
        return log();
    }
    return failure("The far end does not know this verb.");
}

Result<FarReply> FarServer::connect(const FarRequest& request)
{
    if (request.port == 0)
        return failure("The far end needs a port from 1 to 65535 to connect to.");
    const FarEndpoint remote = destination(request);
    sockaddr_storage address;
    const socklen_t size = fill(address, remote);
    OwnedFd socket(
        ::socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
    const bool begun = socket
        && (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), size) == 0
            || errno == EINPROGRESS);
    if (const int error = errno; !begun)
        return failure("The far end cannot connect to " + toText(remote) + " ("
            + std::strerror(error) + "). From there only the practice network is reached: "
            + toText(labAddress::near4) + " and " + toText(labAddress::near6) + ".");
    const std::uint32_t number = ++m_lastNumber;
    m_log.add(number, "connect: sends a SYN to " + toText(remote) + ".");
    add(std::make_unique<FarConnection>(
        number, std::move(socket), madeService, remote, false, m_log));
    return done(number,
        "The far end sent a SYN to " + toText(remote) + " (socket " + std::to_string(number)
            + "); the log tells what comes of it.");
}

Result<FarReply> FarServer::listen(std::uint16_t port)
{
    if (port == 0)
        return failure("The far end needs a port from 1 to 65535 to listen on.");
    for (const auto& [number, listener] : m_listeners) {
        if (listener.service.port == port)
            return failure("Port " + std::to_string(port) + " of the far end is taken already ("
                + listener.service.name + ", socket " + std::to_string(number) + ").");
    }
    if (m_listeners.size() >= mostListeners)
        return failure("The far end listens on " + std::to_string(mostListeners)
            + " ports; close one of them first.");
    const auto number = addListener({"listen", port, FarBehaviour::stayOpen, 1024, 0});
    if (!number)
        return failure(number.error().message);
    m_log.add(*number, "listen: listens on port " + std::to_string(port) + ".");
    return done(*number,
        "The far end listens on port " + std::to_string(port) + " (socket "
            + std::to_string(*number) + "); what arrives is accepted and stays open.");
}

Result<FarReply> FarServer::send(const FarRequest& request)
{
    if (request.data.empty())
        return failure("There is nothing to send: give the far end some data.");
    if (request.data.size() > farDataLimit)
        return failure("The far end sends at most 1 MiB at once.");
    const auto found = find(
        request.socket, [](const FarConnection& c) { return c.maySend(); },
        "is established and has not sent its FIN");
    if (!found)
        return failure(found.error().message);
    const std::uint32_t number = (*found)->number();
    const auto sent = (*found)->send(request.data);
    settle(number);
    if (!sent)
        return failure(sent.error().message);
    return done(number, socketName(number) + ": " + *sent);
}

Result<FarReply> FarServer::shutdown(std::uint32_t number)
{
    const auto found = find(
        number, [](const FarConnection& c) { return c.maySend(); },
        "is established and has not sent its FIN");
    if (!found)
        return failure(found.error().message);
    number = (*found)->number();
    return done(number, socketName(number) + ": " + (*found)->shutdown());
}

Result<FarReply> FarServer::close(std::uint32_t number, bool abort)
{
    if (m_listeners.count(number) > 0)
        return closeListener(number);
    const auto found = find(
        number, [](const FarConnection&) { return true; }, "could be closed");
    if (!found && number == 0
        && findFarService(m_listeners.rbegin()->second.service.port) == nullptr)
        return closeListener(m_listeners.rbegin()->first);
    if (!found)
        return failure(found.error().message);
    number = (*found)->number();
    return done(
        number, socketName(number) + ": " + (abort ? (*found)->abort() : (*found)->close()));
}

Result<FarReply> FarServer::closeListener(std::uint32_t number)
{
    const auto found = m_listeners.find(number);
    if (findFarService(found->second.service.port) != nullptr)
        return failure(socketName(number) + " is the listening socket of one of the far end's "
            + "servers (" + found->second.service.name + "); it stays.");
    const std::string port = std::to_string(found->second.service.port);
    m_loop.forget(found->second.watch);
    m_listeners.erase(found);
    m_log.add(number, "listen: port " + port + " is closed again.");
    return done(number, "Port " + port + " of the far end is closed again.");
}

Result<FarReply> FarServer::setReading(std::uint32_t number, bool reading)
{
    const auto found = reading
        ? find(
            number, [](const FarConnection& c) { return !c.reading(); }, "has stopped reading")
        : find(
            number, [](const FarConnection& c) { return c.reading() && !c.peerEnded(); },
            "is being read");
    if (!found)
        return failure(found.error().message);
    number = (*found)->number();
    return done(number, socketName(number) + ": " + (*found)->setReading(reading));
}

Result<FarReply> FarServer::setPatient(bool patient)
{
    const auto set = m_timers.setPatient(patient);
    if (const int retries = m_timers.synAckRetries()) {
        for (const auto& [number, listener] : m_listeners)
            static_cast<void>(::setsockopt(
                listener.socket.get(), IPPROTO_TCP, TCP_SYNCNT, &retries, sizeof(retries)));
    }
    if (!set)
        return failure(set.error().message);
    const std::string text = patient
        ? "The far end is patient: it repeats what nobody acknowledges for about 50 minutes."
        : "The far end has the timers that this system has.";
    m_log.add(0, text);
    return done(0, text);
}

Result<FarReply> FarServer::state()
{
    auto found = m_diagnosis.read(mostSockets);
    if (!found)
        return failure(found.error().message);
    const std::map<std::uint32_t, std::uint32_t> numbers = numbersByInode();
    FarReply reply;
    std::size_t listening = 0;
    for (DiagnosedSocket& socket : *found) {
        if (const auto own = numbers.find(socket.inode); own != numbers.end())
            socket.socket.socket = own->second;
        name(socket.socket);
        listening += socket.socket.state == "LISTEN";
        reply.sockets.push_back(std::move(socket.socket));
    }
    // By number; the kernel's own, number 0, last.
    std::stable_sort(reply.sockets.begin(), reply.sockets.end(),
        [](const FarSocket& a, const FarSocket& b) { return a.socket - 1 < b.socket - 1; });
    reply.text = "The far end listens on " + std::to_string(listening) + " ports and has "
        + std::to_string(reply.sockets.size() - listening) + " other TCP sockets.";
    if (reply.sockets.size() >= mostSockets)
        reply.text += " No more than " + std::to_string(mostSockets) + " sockets are listed.";
    return reply;
}

std::map<std::uint32_t, std::uint32_t> FarServer::numbersByInode() const
{
    std::map<std::uint32_t, std::uint32_t> numbers;
    for (const auto& [number, listener] : m_listeners)
        numbers[inodeOf(listener.socket)] = number;
    for (const auto& [number, watched] : m_connections)
        numbers[inodeOf(watched.connection->socket())] = number;
    numbers.erase(0); // means none
    return numbers;
}

/// Whose it is here; the kernel's own take the service of their port.
void FarServer::name(FarSocket& socket) const
{
    for (const auto& [number, listener] : m_listeners) {
        if (listener.service.port == socket.localPort)
            socket.service = listener.service.name;
    }
    if (const auto found = m_connections.find(socket.socket); found != m_connections.end()) {
        socket.service = found->second.connection->service();
        socket.reading = found->second.connection->reading();
    }
}

Result<FarReply> FarServer::log() const
{
    FarReply reply;
    reply.events = m_log.events();
    reply.text = "The far end's log has " + std::to_string(reply.events.size()) + " entries.";
    return reply;
}

/// The connection of that number if it is as wanted; for 0 the newest that is.
Result<FarConnection*> FarServer::find(std::uint32_t number, Wanted wanted, const char* what)
{
    for (auto entry = m_connections.rbegin(); entry != m_connections.rend(); ++entry) {
        FarConnection& connection = *entry->second.connection;
        if ((number == 0 || number == entry->first) && wanted(connection))
            return &connection;
    }
    if (number == 0)
        return failure(std::string("The far end has no connection that ") + what + ".");
    if (m_listeners.count(number) > 0)
        return failure(socketName(number) + " listens; it is no connection.");
    if (m_connections.count(number) > 0)
        return failure(socketName(number) + " is no connection that " + what + ".");
    return failure("The far end has no open socket " + std::to_string(number) + ".");
}

FarReply FarServer::done(std::uint32_t number, const std::string& text)
{
    settle(number);
    FarReply reply;
    reply.text = text;
    reply.socket = number;
    return reply;
}

} // namespace tcpw
