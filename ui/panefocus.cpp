// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/panefocus.h"

#include "ui/inspector/inspectorpane.h"
#include "ui/windowactions.h"
#include "ui/windowarea.h"
#include "ui/windowtoolbar.h"

#include <QAction>
#include <QApplication>
#include <QTabWidget>
#include <QToolButton>

namespace tcpw {

namespace {

/// Gives the focus to the first widget within, or the widget itself, that Tab would reach.
void focusFirst(QWidget* within)
{
    QWidget* widget = within;
    do {
        const bool reachable = widget->isVisible() && widget->isEnabled()
            && (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
        if (reachable && (widget == within || within->isAncestorOf(widget)))
            return widget->setFocus(Qt::ShortcutFocusReason);
        widget = widget->nextInFocusChain();
    } while (widget != within);
}

} // namespace

PaneFocus::PaneFocus(const WindowPanes& panes, WindowArea& area, WindowToolBar& toolBar,
    const WindowActions& actions, QObject* parent)
    : QObject(parent)
    , m_panes({panes.builder, panes.inspector, panes.packets, panes.lab, panes.templates})
    , m_area(area)
    , m_toolBar(toolBar)
{
    for (qsizetype pane = 0; pane < actions.panes.size(); ++pane)
        connect(actions.panes[pane], &QAction::triggered, this, [this, pane] { focus(int(pane)); });
    connect(actions.nextPane, &QAction::triggered, this, &PaneFocus::focusNext);
    connect(actions.showLab, &QAction::triggered, this, [this] { focus(WindowActions::Lab); });
}

void PaneFocus::focus(int pane)
{
    QWidget* target = m_panes[pane];
    if (pane == WindowActions::Lab)
        m_area.bringToFront(target);
    if (pane == WindowActions::Templates && !m_area.templatesAtSide())
        return m_toolBar.templatesButton()->setFocus(Qt::ShortcutFocusReason);
    if (const auto* inspector = qobject_cast<InspectorPane*>(target))
        target = inspector->tabs()->currentWidget();
    if (target->focusProxy())
        return target->setFocus(Qt::ShortcutFocusReason);
    focusFirst(target);
}

int PaneFocus::current() const
{
    const QWidget* focused = QApplication::focusWidget();
    int found = -1;
    for (qsizetype pane = 0; pane < m_panes.size(); ++pane)
        if (m_panes[pane]->isVisible() && m_panes[pane]->isAncestorOf(focused))
            found = int(pane); // the lab may be a tab of the inspector: the inner one counts
    return found;
}

void PaneFocus::focusNext()
{
    const int count = int(m_panes.size());
    const int from = current();
    for (int step = 1; step <= count; ++step) {
        const int pane = (from + step) % count;
        if (m_panes[pane]->isVisible())
            return focus(pane);
    }
}

} // namespace tcpw
