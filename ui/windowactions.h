// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QList>
#include <QObject>

class QAction;
class QMenuBar;
class QWidget;

namespace tcpw {

/// The window's own actions, besides those of its panes. The window connects them.
class WindowActions : public QObject
{
    Q_OBJECT
public:
    explicit WindowActions(QWidget* window);

    QAction* quit;
    QAction* copy; ///< the selected rows
    QAction* find; ///< to the display filter
    QAction* goTo; ///< a packet by its number
    QAction* startStop;
    QAction* clear;
    QAction* limit; ///< of the capture
    QAction* captureFilter; ///< to its line
    QAction* kernelSilent; ///< checked while it is
    QAction* handshake;
    QAction* closeConnection;
    QAction* followStream;
    QAction* showLab;
    QAction* retryLab;
    QAction* templatesPane;
    QAction* labPane;
    QAction* fullAddresses;
    QList<QAction*> panes; ///< Ctrl+1 ... in the order of Pane
    QAction* nextPane;
    QAction* helpOnFocus;
    QAction* about;

    enum Pane
    {
        Builder,
        Inspector,
        Packets,
        Lab,
        Templates
    };

private:
    QAction* make(const QString& text, const QKeySequence& keys, const QString& toolTip = {});
    QAction* makeSwitch(const QString& text, const QString& toolTip);
    void makePanes();
};

/// What the menus hold; the lists are groups, and a null is a separator.
struct MenuContents
{
    QList<QAction*> file, edit, packet, capture, lab, view, help;
};

void fillMenuBar(QMenuBar* bar, const MenuContents& contents);

} // namespace tcpw
