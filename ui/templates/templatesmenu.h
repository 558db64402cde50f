// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/templates/templatelibrary.h"

#include <QMenu>

namespace tcpw {

/// The list of templates as a menu, for windows too narrow for the pane: put it on a button.
class TemplatesMenu : public QMenu
{
    Q_OBJECT
public:
    explicit TemplatesMenu(const TemplateLibrary& library, QWidget* parent = nullptr);

    /// Open, Save, ... below the list.
    void setActions(const QList<QAction*>& actions);

signals:
    /// `path` is the file of one's own; "" for a built-in.
    void templateChosen(const tcpw::Template& chosen, const QString& path);
    void stepChosen(const tcpw::LibrarySheet& sheet, int step);
    void failed(const QString& message); ///< one's own that cannot be read was chosen: why

private:
    void rebuild();
    void addOwn();
    void addSheets();
    void addBuiltins();

    const TemplateLibrary& m_library;
    QList<QAction*> m_actions;
};

} // namespace tcpw
