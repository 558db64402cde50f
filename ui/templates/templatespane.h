// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/templates/templatelibrary.h"

#include <QMenu>
#include <QWidget>

class QAction;
class QTreeWidget;
class QTreeWidgetItem;

namespace tcpw {

/// The list of templates: one's own first, then the built-in groups. One click or Return loads.
class TemplatesPane : public QWidget
{
    Q_OBJECT
public:
    TemplatesPane(const TemplateLibrary& library, QWidget* parent = nullptr);

    /// Open, Save, ... shown in the pane's head.
    void setActions(const QList<QAction*>& actions);
    /// Marks the one in the builder, with a star when it was edited since.
    void setCurrent(const QString& id, const QString& path, bool modified);

signals:
    /// `path` is the file of one's own; "" for a built-in.
    void templateChosen(const tcpw::Template& chosen, const QString& path);
    void failed(const QString& message); ///< one's own that cannot be read was chosen: why

private:
    void rebuild();
    void choose(QTreeWidgetItem* item);
    void mark();

    const TemplateLibrary& m_library;
    QTreeWidget* m_tree;
    QWidget* m_head;
    QString m_currentId;
    QString m_currentPath;
    bool m_modified = false;
};

/// The same list as a menu, for windows too narrow for the pane: put it on a button.
class TemplatesMenu : public QMenu
{
    Q_OBJECT
public:
    TemplatesMenu(const TemplateLibrary& library, QWidget* parent = nullptr);

    /// Open, Save, ... below the list.
    void setActions(const QList<QAction*>& actions);

signals:
    void templateChosen(const tcpw::Template& chosen, const QString& path);
    void failed(const QString& message);

private:
    void rebuild();
    void addOwn(QMenu* menu);
    void addBuiltins();

    const TemplateLibrary& m_library;
    QList<QAction*> m_actions;
};

} // namespace tcpw
