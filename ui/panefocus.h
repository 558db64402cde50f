// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QList>
#include <QObject>

class QWidget;

namespace tcpw {

class WindowActions;
class WindowArea;
class WindowToolBar;
struct WindowPanes;

/// Brings the keyboard from pane to pane: Ctrl+1 to Ctrl+5 and F6.
class PaneFocus : public QObject
{
    Q_OBJECT
public:
    PaneFocus(const WindowPanes& panes, WindowArea& area, WindowToolBar& toolBar,
        const WindowActions& actions, QObject* parent);

    /// A WindowActions::Pane, wherever it is shown.
    void focus(int pane);
    void focusNext();

private:
    int current() const;

    QList<QWidget*> m_panes; ///< in the order of WindowActions::Pane
    WindowArea& m_area;
    WindowToolBar& m_toolBar;
};

} // namespace tcpw
