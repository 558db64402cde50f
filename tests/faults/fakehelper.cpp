// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/messagereader.h"

#include <poll.h>
#include <random>
#include <signal.h>
#include <sys/socket.h>

using namespace tcpw;

/// A helper that misbehaves in the way its argument says; for tests of whoever starts it.
namespace {

constexpr int stream = 3;

void say(const Bytes& bytes)
{
    send(stream, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

void say(const std::string& text)
{
    say(Bytes(text.begin(), text.end()));
}

Bytes randomBytes(std::size_t count)
{
    std::mt19937 random(1);
    Bytes bytes(count);
    for (auto& byte : bytes)
        byte = std::uint8_t(random());
    return bytes;
}

/// Waits for the peer to close the stream, and reads nothing.
void waitForTheEnd()
{
    pollfd waited{stream, POLLRDHUP, 0};
    poll(&waited, 1, 60'000);
}

/// Calls `answer` with each request's number until it gives false or the peer is gone.
template <typename Answer> void answerRequests(Answer answer)
{
    MessageReader reader;
    while (true) {
        const auto space = reader.space();
        const auto count = recv(stream, space.data(), space.size(), 0);
        if (count <= 0)
            return;
        reader.filled(std::size_t(count));
        for (auto message = reader.next(); message && *message; message = reader.next())
            if ((*message)->number != messageNumber<Greeting> && !answer((*message)->request))
                return;
    }
}

int misbehaveFromTheStart(const std::string& how)
{
    Greeting greeting = ourGreeting();
    if (how == "exit 3")
        return 3;
    if (how == "rubbish")
        say(randomBytes(100'000));
    if (how == "text")
        say("220 mail.example.net ESMTP ready\r\n");
    if (how == "huge length")
        say(Bytes{0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0, 0});
    if (how == "no greeting")
        say(encodeMessage(Done{}, 0));
    if (how == "half a greeting") {
        Bytes half = encodeMessage(greeting, 0);
        half.resize(half.size() / 2);
        say(half);
        return 0;
    }
    if (how == "other magic")
        greeting.magic = 0x12345678;
    if (how == "other version") {
        ++greeting.protocolVersion;
        greeting.programVersion = "9.8.7";
    }
    if (how == "other fields")
        ++greeting.fingerprint;
    if (how == "problem") {
        greeting.problem = "The moon is full.";
        greeting.command = "sudo wait";
    }
    if (how.starts_with("other") || how == "problem")
        say(encodeMessage(greeting, 0));
    waitForTheEnd();
    return 0;
}

int misbehaveLater(const std::string& how)
{
    say(encodeMessage(ourGreeting(), 0));
    answerRequests([&how](std::uint32_t request) {
        if (how == "later dies")
            raise(SIGKILL);
        if (how == "later closes")
            return false;
        if (how == "later rubbish")
            say(randomBytes(1000));
        if (how == "later other reply")
            say(encodeMessage(FarReply{}, request));
        if (how == "later other request")
            say(encodeMessage(PortFound{}, request + 1));
        if (how == "later packets, then the reply") {
            say(encodeMessage(Packets{0, 4}, 0));
            say(encodeMessage(PortFound{4321}, request));
        }
        if (how == "later packets outside the memory")
            say(encodeMessage(Packets{0xffff'ffff, 100, 100}, 0));
        if (how == "later packets that are none")
            say(encodeMessage(Packets{0, 100, 100}, 0)); // zeros, of which four are read
        if (how == "later slow") {
            poll(nullptr, 0, 1000);
            say(encodeMessage(PortFound{4321}, request));
        }
        if (how == "later request")
            say(encodeMessage(NewPort{}, 0));
        if (how == "later broken reply") {
            Bytes message = encodeMessage(PortFound{1}, request);
            message[3] += 1; // one byte longer than a port
            message.push_back(0);
            say(message);
        }
        return true; // "later silent"
    });
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const std::string how = argc > 1 ? argv[1] : "";
    return how.starts_with("later") ? misbehaveLater(how) : misbehaveFromTheStart(how);
}
