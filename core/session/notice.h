// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QMetaType>
#include <QString>

namespace tcpw {

/// Something that the user should know, shown in the reserved line above the packet list.
struct Notice
{
    enum class Kind
    {
        hint,
        warning,
        error
    };
    Kind kind = Kind::hint;
    QString text; ///< whole sentences, plain text
    QString command; ///< a command to copy; "" for none
    QString action; ///< the caption of a button; "" for none
    int actionId = 0; ///< what the button does: a NoticeAction
    qsizetype row = -1; ///< the packet it is about
};

enum NoticeAction
{
    NoAction,
    KernelSilentAction,
    AnswerAction,
    WidenFilterAction,
    TryAgainAction,
    RestoreSpoolAction,
    OpenRecordingAction
};

} // namespace tcpw

Q_DECLARE_METATYPE(tcpw::Notice)
