// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/far.h"
#include "session/followedconnection.h"

#include <QWidget>

#include <memory>

namespace tcpw {

/// The states of both ends of one connection: RFC 9293's diagram, and the same in words; in the
/// practice network beside it what the far end's kernel says.
class StatesPane : public QWidget
{
    Q_OBJECT
public:
    explicit StatesPane(QWidget* parent = nullptr);
    ~StatesPane() override;

    /// Shows another connection, or an empty one (ConnectionService::storyReset()); it must stay
    /// where it is until the next is set.
    void setStory(const FollowedConnection* story);
    /// It has more packets (ConnectionService::storyExtended()).
    void extendStory();
    /// What the far end's kernel says of this connection now, if anything (farSocketOf() in
    /// ui/states/kerneltruth.h finds it). What packets tell later makes it old: it is then shown
    /// no more.
    void setKernelTruth(const std::optional<FarSocket>& socket);

    /// All of it in words, as lines of text.
    QString text() const;
    void copyText() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tcpw
