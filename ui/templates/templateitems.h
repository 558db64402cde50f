// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/templates/templatelibrary.h"

#include <QCoreApplication>
#include <QPalette>

class QTreeWidget;
class QTreeWidgetItem;

namespace tcpw {

/// What an item of the list stands for, as the library is now.
struct TemplateEntry
{
    const Template* content = nullptr; ///< null for headings and what cannot be read
    QString path; ///< "" for a built-in
    QString problem; ///< why it cannot be read
    const OwnTemplate* own = nullptr; ///< one of one's own that is no step
    const LibrarySheet* sheet = nullptr; ///< of a work sheet and its steps
    int step = -1;
};

/// Fills a tree with all templates: one's own first, then the work sheets, then the built-in
/// groups.
class TemplateItems
{
    Q_DECLARE_TR_FUNCTIONS(tcpw::TemplateItems)
public:
    TemplateItems(const TemplateLibrary& library, QTreeWidget& tree);

    /// In the scheme of this palette, for the tree may not have it yet when the scheme changes.
    void fill(const QPalette& palette);
    TemplateEntry entry(const QTreeWidgetItem* item) const;

    /// The name without a star; "" for headings.
    static QString name(const QTreeWidgetItem& item);
    /// All that a search goes through.
    static QString searched(const QTreeWidgetItem& item);

private:
    void addOwn();
    void addSheets();
    void addBuiltins();
    QTreeWidgetItem* addHeading(const QString& name);
    void setProblem(QTreeWidgetItem* item, const QString& problem) const;

    const TemplateLibrary& m_library;
    QTreeWidget& m_tree;
    QPalette m_palette;
};

/// What a template shows and what answer to expect, for a tool tip; harmless already.
QString templateToolTip(const Template& content);

} // namespace tcpw
