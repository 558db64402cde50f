// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/builder/drafthistory.h"

#include <QAction>
#include <QUndoCommand>

namespace tcpw {

namespace {

constexpr int mostSteps = 500; // each holds two drafts
constexpr int editId = 1;

} // namespace

/// One step. It was done already when it is noted.
class DraftHistory::Edit : public QUndoCommand
{
public:
    Edit(
        DraftHistory& history, State before, State after, const QString& name, const QString& field)
        : QUndoCommand(name)
        , m_history(history)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_field(field)
        , m_step(history.m_step)
    {
    }

    int id() const override { return m_field.isEmpty() ? -1 : editId; }

    bool mergeWith(const QUndoCommand* next) override
    {
        const auto* edit = static_cast<const Edit*>(next);
        if (edit->m_field != m_field || edit->m_step != m_step)
            return false;
        m_after = edit->m_after;
        return true;
    }

    void undo() override
    {
        m_history.endStep();
        emit m_history.wanted(m_before, m_field);
    }

    void redo() override
    {
        if (std::exchange(m_isDone, false))
            return;
        m_history.endStep();
        emit m_history.wanted(m_after, m_field);
    }

private:
    DraftHistory& m_history;
    State m_before;
    State m_after;
    QString m_field;
    int m_step;
    bool m_isDone = true; ///< when it is pushed
};

DraftHistory::DraftHistory(QObject* parent)
    : QObject(parent)
    , m_undo(new QAction(this))
    , m_redo(new QAction(this))
{
    m_stack.setUndoLimit(mostSteps);
    connect(m_undo, &QAction::triggered, &m_stack, &QUndoStack::undo);
    connect(m_redo, &QAction::triggered, &m_stack, &QUndoStack::redo);
    connect(&m_stack, &QUndoStack::indexChanged, this, &DraftHistory::updateActions);
    m_undo->setShortcut(QKeySequence::Undo);
    m_redo->setShortcuts(QKeySequence::Redo);
    updateActions();
}

void DraftHistory::updateActions()
{
    m_undo->setEnabled(m_stack.canUndo());
    m_redo->setEnabled(m_stack.canRedo());
    m_undo->setText(m_stack.canUndo() ? tr("&Undo: %1").arg(m_stack.undoText()) : tr("&Undo"));
    m_redo->setText(m_stack.canRedo() ? tr("&Redo: %1").arg(m_stack.redoText()) : tr("&Redo"));
}

void DraftHistory::note(State before, State after, const QString& name, const QString& field)
{
    m_stack.push(new Edit(*this, std::move(before), std::move(after), name, field));
    updateActions(); // a merged step changes no index
}

} // namespace tcpw
