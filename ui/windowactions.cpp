// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/windowactions.h"

#include "ui/fields/plaintext.h"
#include "ui/windowtoolbar.h"

#include <QAction>
#include <QMenuBar>
#include <QWidget>

namespace tcpw {

WindowActions::WindowActions(QWidget* window)
    : QObject(window)
    , quit(make(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q)))
    , copy(make(tr("&Copy packet rows"), {},
          tr("Puts the selected rows on the clipboard as text; Ctrl+C in the list does the same.")))
    , find(make(tr("&Display filter"), QKeySequence(Qt::CTRL | Qt::Key_L)))
    , goTo(make(tr("&Go to packet …"), QKeySequence(Qt::CTRL | Qt::Key_G)))
    , startStop(make(startStopText(false), QKeySequence(Qt::CTRL | Qt::Key_E),
          tr("Starts or stops capturing on the chosen device (Ctrl+E). Send starts it too.")))
    , clear(make(tr("&Clear the list"), {},
          tr("Drops the packets in the list; those that were not saved are lost. A file is closed, "
             "and the live capture is shown again.")))
    , limit(make(tr("&Limit …"), {},
          tr("How much a capture may hold, and what happens then: it stops, or drops the oldest.")))
    , captureFilter(make(tr("Capture &filter"), {}))
    , kernelSilent(makeSwitch(tr("Own &kernel stays silent"),
          tr("Keeps your own computer's kernel from making a RST for the port you send from.")))
    , handshake(make(tr("Play a &handshake"), QKeySequence(Qt::CTRL | Qt::Key_H),
          tr("Sends a SYN and, when the SYN,ACK comes, the ACK (RFC 9293, section 3.5), with your "
             "own kernel silent.")))
    , closeConnection(make(tr("&Close the connection"), {},
          tr("Sends FIN for the connection of the current packet, and acknowledges the peer's (RFC "
             "9293, section 3.6).")))
    , followStream(make(tr("&Follow the stream"), QKeySequence(Qt::CTRL | Qt::Key_T),
          tr("Shows what both ends of the current packet's connection say, their bytes in order.")))
    , showLab(make(tr("&Show the lab"), {}))
    , retryLab(make(tr("&Try again to start the lab"), {}))
    , templatesPane(makeSwitch(tr("&Templates at the side"),
          tr("Shows the templates at the left where the window is wide enough.")))
    , labPane(makeSwitch(tr("La&dder, states, stream and lab at the side"),
          tr("Shows them at the right where the window is wide enough; else they are tabs.")))
    , fullAddresses(makeSwitch(tr("Full &addresses"),
          tr("Shows addresses in the list instead of the words me and peer.")))
    , nextPane(make(tr("Ne&xt pane"), QKeySequence(Qt::Key_F6)))
    , helpOnFocus(make(tr("&What has the focus"), QKeySequence(Qt::Key_F1)))
    , about(make(tr("&About TCP Workbench"), {}))
{
    makePanes();
    templatesPane->setChecked(true);
    labPane->setChecked(true);
    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
}

void WindowActions::makePanes()
{
    const QString names[] = {
        tr("&1 Builder"), tr("&2 Inspector"), tr("&3 Packets"), tr("&4 Lab"), tr("&5 Templates")};
    for (int i = 0; i < int(std::size(names)); ++i)
        panes << make(names[i], QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i)));
}

QAction* WindowActions::make(const QString& text, const QKeySequence& keys, const QString& toolTip)
{
    auto* action = new QAction(text, this);
    action->setShortcut(keys);
    if (!toolTip.isEmpty())
        action->setToolTip(plainToolTip(toolTip));
    return action;
}

QAction* WindowActions::makeSwitch(const QString& text, const QString& toolTip)
{
    QAction* action = make(text, {}, toolTip);
    action->setCheckable(true);
    return action;
}

void fillMenuBar(QMenuBar* bar, const MenuContents& contents)
{
    const std::pair<QString, const QList<QAction*>&> menus[]
        = {{WindowActions::tr("&File"), contents.file}, {WindowActions::tr("&Edit"), contents.edit},
            {WindowActions::tr("&Packet"), contents.packet},
            {WindowActions::tr("&Capture"), contents.capture},
            {WindowActions::tr("La&b"), contents.lab}, {WindowActions::tr("&View"), contents.view},
            {WindowActions::tr("&Help"), contents.help}};
    for (const auto& [title, actions] : menus) {
        QMenu* menu = bar->addMenu(title);
        menu->setToolTipsVisible(true);
        for (QAction* action : actions) {
            if (action)
                menu->addAction(action);
            else
                menu->addSeparator();
        }
    }
}

} // namespace tcpw
