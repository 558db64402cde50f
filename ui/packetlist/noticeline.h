// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/notice.h"

#include <QFrame>

#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QToolButton;

namespace tcpw {

/// The reserved line for notices: it always takes its room, so that nothing jumps. Shows the newest
/// notice; an earlier one that waits for a decision comes back when that is closed. Plain text
/// only.
class NoticeLine : public QFrame
{
    Q_OBJECT
public:
    explicit NoticeLine(QWidget* parent = nullptr);

    /// Shows a notice. A hint replaces the hint before it, and the same text is not kept twice.
    void show(const Notice& notice);
    /// Takes away hints, which are about what is past.
    void clearHints();
    /// Takes away notices that offer this action.
    void clearAction(int actionId);
    /// Shows this before all notices while it is not empty: what is wrong with what is being typed.
    void setProblem(const QString& sentence);
    /// What the line says while there is no notice.
    void setIdleText(const QString& text);

    /// The notice that is shown; its text is empty when there is none.
    Notice current() const;

signals:
    void activated(const tcpw::Notice& notice); ///< its action's button
    void discarded(const tcpw::Notice& notice); ///< the button beside it, of RestoreSpoolAction
    void closed(const tcpw::Notice& notice);

protected:
    void changeEvent(QEvent* event) override;

private:
    void makeButtons();
    void showNewest();
    void showText(
        const QString& mark, const QString& text, const QColor& color, const QColor& fill);
    void take();
    void reserve();

    QLabel* m_mark;
    QLabel* m_text;
    QScrollArea* m_scroll;
    QLineEdit* m_command;
    QPushButton* m_copy;
    QPushButton* m_action;
    QPushButton* m_discard;
    QToolButton* m_close;
    std::vector<Notice> m_notices;
    QString m_problem;
    QString m_idle;
};

} // namespace tcpw
