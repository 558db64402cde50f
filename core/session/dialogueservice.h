// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/dialogue.h"
#include "session/sendservice.h"

#include <QTimer>

#include <deque>

namespace tcpw {

/// Plays our end of a connection on the chosen device, a segment at a time, while everybody
/// watches: opens one with a SYN, or closes one. The own kernel is made to stay silent for it.
class DialogueService : public QObject
{
    Q_OBJECT
public:
    DialogueService(LiveSession& session, SendService& sender, QObject* parent = nullptr);

    /// Sends this SYN and goes on with what comes; ends in finished().
    void open(const Draft& syn, const Dialogue::Plan& plan);
    /// Carries the plan out on an established connection; see Dialogue.
    void goOn(const Dialogue::Standing& standing, const Dialogue::Plan& plan);
    bool playing() const { return m_playing; }
    /// Sends nothing more.
    void stop();

signals:
    void playingChanged();
    /// How it went, a sentence; `good` when the plan was carried out.
    void finished(const QString& outcome, bool good);

private:
    void begin();
    void take(const Packet& sent);
    void read();
    void sendNext();
    void repeat();
    void end(bool good);

    static constexpr int mostRepeats = 3;

    LiveSession& m_session;
    SendService& m_sender;
    std::optional<Dialogue> m_dialogue;
    Dialogue::Plan m_plan;
    std::deque<Packet> m_pending;
    std::size_t m_read = 0; ///< packets of the store that were looked at
    int m_repeats = 0;
    bool m_playing = false;
    bool m_sending = false; ///< one of ours is under way
    QTimer m_patience; ///< for what the peer has not acknowledged
};

} // namespace tcpw
