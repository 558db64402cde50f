// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/templates/templateitems.h"

#include <QWidget>

class QAction;
class QLineEdit;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace tcpw {

class LibraryChanges;

/// The list of templates: one's own first, then work sheets and the built-in groups. A click or
/// Return loads. What
/// is typed above it leaves those that have these words in their name or explanation.
class TemplatesPane : public QWidget
{
    Q_OBJECT
public:
    explicit TemplatesPane(const TemplateLibrary& library, QWidget* parent = nullptr);

    /// Open, Save, ... in the menu of the pane's head.
    void setActions(const QList<QAction*>& actions);
    /// Offers to rename, duplicate, delete and export what is current. To be called once.
    void setChanges(LibraryChanges& changes);
    /// Marks the one in the builder, with a star when it was edited since.
    void setCurrent(const QString& id, const QString& path, bool modified);

signals:
    /// `path` is the file of one's own; "" for a built-in.
    void templateChosen(const tcpw::Template& chosen, const QString& path);
    void stepChosen(const tcpw::LibrarySheet& sheet, int step);
    void failed(const QString& message); ///< one's own that cannot be read was chosen: why

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void choose(QTreeWidgetItem* item);
    bool isCurrent(const QTreeWidgetItem& item) const;
    void mark();
    void filter();
    void makeChangeActions();
    void updateChangeActions();
    TemplateEntry current() const;

    LibraryChanges* m_changes = nullptr;
    QLineEdit* m_search;
    QTreeWidget* m_tree;
    TemplateItems m_items;
    QAction* m_rename = nullptr;
    QAction* m_duplicate = nullptr;
    QAction* m_delete = nullptr;
    QAction* m_export = nullptr;
    QAction* m_copySheet = nullptr;
    QToolButton* m_menu;
    QString m_currentId;
    QString m_currentPath;
    bool m_modified = false;
};

} // namespace tcpw
