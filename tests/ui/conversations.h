// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/connectionfollower.h"
#include "ui/testpackets.h"

#include <QString>
#include <QStringList>

namespace tcpw::test {

inline constexpr std::uint16_t syn = ControlBits::syn, ack = ControlBits::ack,
                               fin = ControlBits::fin, rst = ControlBits::rst,
                               psh = ControlBits::psh;

/// Plays one conversation into a store; I begin at number 1000, the peer at 5000.
class Conversationalist
{
public:
    explicit Conversationalist(TestStore& store)
        : m_store(store)
    {
    }

    /// Relative numbers; `origin` me or kernel.
    void mine(std::uint16_t flags, std::uint32_t sequence, std::uint32_t acknowledgment,
        const Bytes& data = {}, Origin origin = Origin::me)
    {
        const std::uint32_t acknowledged = (flags & ack) != 0 ? 5000 + acknowledgment : 0;
        m_store.add({origin, flags, 1000 + sequence, acknowledged, 40001, 8081, data});
    }
    void theirs(std::uint16_t flags, std::uint32_t sequence, std::uint32_t acknowledgment,
        const Bytes& data = {})
    {
        const std::uint32_t acknowledged = (flags & ack) != 0 ? 1000 + acknowledgment : 0;
        m_store.add({Origin::peer, flags, 5000 + sequence, acknowledged, 40001, 8081, data});
    }
    void handshake()
    {
        mine(syn, 0, 0);
        theirs(syn | ack, 0, 1);
        mine(ack, 1, 1);
    }
    void wait(double seconds) { m_store.wait(std::int64_t(seconds * 1e9) - 1'000'000); }

private:
    TestStore& m_store;
};

/// The eight that the text of ladder and states is held to.
inline const QStringList conversationNames{QStringLiteral("kernel-reset"),
    QStringLiteral("guarded"), QStringLiteral("orderly"), QStringLiteral("refused"),
    QStringLiteral("out-of-order"), QStringLiteral("half-close"),
    QStringLiteral("simultaneous-open"), QStringLiteral("reset")};

inline void playOrderly(Conversationalist& say)
{
    say.handshake();
    say.mine(psh | ack, 1, 1, Bytes(5, 'a'));
    say.theirs(ack, 1, 6);
    say.wait(0.25);
    say.theirs(psh | ack, 1, 6, Bytes(11, 'b'));
    say.mine(ack, 6, 12);
    say.mine(fin | ack, 6, 12);
    say.theirs(fin | ack, 12, 7);
    say.mine(ack, 7, 13);
}

/// The peer's segments overtake each other, and one of mine gets lost.
inline void playOutOfOrder(Conversationalist& say)
{
    say.handshake();
    say.theirs(ack, 6, 1, Bytes(5, 'b'));
    say.theirs(ack, 1, 1, Bytes(5, 'a'));
    say.mine(ack, 1, 11);
    say.mine(psh | ack, 1, 11, Bytes(5, 'c'));
    say.wait(0.3);
    say.mine(psh | ack, 1, 11, Bytes(5, 'c'));
    say.theirs(ack, 11, 6);
}

inline void playGuarded(Conversationalist& say)
{
    say.mine(syn, 0, 0);
    say.theirs(syn | ack, 0, 1);
    for (const double pause : {1.03, 2.02, 4.06}) {
        say.wait(pause);
        say.theirs(syn | ack, 0, 1);
    }
}

inline void play(TestStore& store, const QString& name)
{
    Conversationalist say(store);
    if (name == QLatin1String("guarded"))
        return playGuarded(say);
    if (name == QLatin1String("orderly"))
        return playOrderly(say);
    if (name == QLatin1String("out-of-order"))
        return playOutOfOrder(say);
    if (name == QLatin1String("kernel-reset")) {
        say.mine(syn, 0, 0);
        say.theirs(syn | ack, 0, 1);
        say.mine(rst, 1, 0, {}, Origin::kernel);
    } else if (name == QLatin1String("refused")) {
        say.mine(syn, 0, 0);
        say.theirs(rst | ack, 0, 1);
    } else if (name == QLatin1String("simultaneous-open")) {
        say.mine(syn, 0, 0);
        say.theirs(syn, 0, 0);
        say.mine(syn | ack, 0, 1);
        say.theirs(syn | ack, 0, 1);
    } else if (name == QLatin1String("half-close")) {
        say.handshake();
        say.mine(fin | ack, 1, 1);
        say.theirs(ack, 1, 2);
        say.theirs(psh | ack, 1, 2, Bytes(100, 'x'));
        say.mine(ack, 2, 101);
    } else {
        say.handshake();
        say.mine(psh | ack, 1, 1, Bytes(5, 'a'));
        say.theirs(rst | ack, 1, 6);
    }
}

/// The story of connection `number`, told at once.
inline FollowedConnection told(const PacketStore& store, std::uint32_t number = 0)
{
    ConnectionFollower follower;
    const auto never = [] {
        return false;
    };
    follower.setStore(&store);
    follower.track(never);
    follower.choose(number);
    return follower.tell(never);
}

} // namespace tcpw::test
