// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "templates/draft.h"

#include <QObject>
#include <QUndoStack>

class QAction;

namespace tcpw {

/// The edits of a draft, to be undone and done again. Those of one field, one after the other, are
/// one step.
class DraftHistory : public QObject
{
    Q_OBJECT
public:
    /// A draft, and what going back leads to.
    struct State
    {
        Draft draft;
        Draft base;
    };

    explicit DraftHistory(QObject* parent);

    /// Notes an edit that was made. `name` is what it changed: "Window"; `field` the path, or ""
    /// for what is never one step with what comes next.
    void note(State before, State after, const QString& name, const QString& field = {});
    /// The next edit is a step of its own.
    void endStep() { ++m_step; }

    /// "Undo: Window", Ctrl+Z.
    QAction* undoAction() const { return m_undo; }
    QAction* redoAction() const { return m_redo; }

signals:
    /// The draft is to be as it was, or will be; `field` is what differs, or "".
    void wanted(const tcpw::DraftHistory::State& state, const QString& field);

private:
    class Edit;

    void updateActions();

    QUndoStack m_stack;
    QAction* m_undo;
    QAction* m_redo;
    int m_step = 0;
};

} // namespace tcpw
