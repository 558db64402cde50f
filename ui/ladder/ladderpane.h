// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/followedconnection.h"

#include <QWidget>

#include <memory>

namespace tcpw {

/// The ladder diagram of one connection while its packets come: who sent what, when, and what got
/// lost.
class LadderPane : public QWidget
{
    Q_OBJECT
public:
    explicit LadderPane(QWidget* parent = nullptr);
    ~LadderPane() override;

    /// Shows another connection, or an empty one (ConnectionService::storyReset()); it must stay
    /// where it is until the next is set.
    void setStory(const FollowedConnection* story);
    /// It has more packets (ConnectionService::storyExtended()).
    void extendStory();
    /// Shows the packet at that place of the store as the current one, and scrolls to it.
    void setCurrentPacket(qsizetype packet);
    /// What the peer will do, and in how many milliseconds: "SYN,ACK again"; "" for nothing.
    void setCountdown(const QString& what, int milliseconds);

    /// The diagram as lines of text.
    QString text() const;
    void copyText() const;
    /// Saves it as PNG or SVG, by the file's name; ends in failed() when that cannot be done.
    void saveAs(const QString& path);

signals:
    void packetActivated(qsizetype packet); ///< was clicked or walked to: its place in the store
    void failed(const QString& message);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tcpw
