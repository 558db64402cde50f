// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/followedconnection.h"

#include <QWidget>

#include <memory>

namespace tcpw {

/// What both ends of one connection said: the bytes in order, what came twice once, as they come;
/// to read, to copy and to save.
class StreamPane : public QWidget
{
    Q_OBJECT
public:
    explicit StreamPane(QWidget* parent = nullptr);
    ~StreamPane() override;

    /// Shows another connection, or an empty one (ConnectionService::storyReset()); it must stay
    /// where it is until the next is set.
    void setStory(const FollowedConnection* story);
    /// It has more packets (ConnectionService::storyExtended()).
    void extendStory();

    /// What is shown, as lines of text.
    QString text() const;
    void copyText() const;
    /// Writes the bytes of the sides that are shown, as they are; or reports that it failed.
    void saveAs(const QString& path);

signals:
    void failed(const QString& message);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tcpw
