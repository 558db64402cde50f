// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "templates/worksheet.h"

#include <QObject>
#include <QString>

#include <vector>

namespace tcpw {

/// A template file of one's own.
struct OwnTemplate
{
    QString path;
    Template content; ///< its name alone when there is a problem
    QString problem; ///< why it cannot be read; "" when it can
};

/// A work sheet, built in or a folder of one's own.
struct LibrarySheet
{
    QString name; ///< text from outside
    QString folder; ///< "" for a built-in
    std::vector<OwnTemplate> steps; ///< in their order; those of a built-in have no path
};

/// The templates of one's own, read from a folder; each folder in it with numbered files is a work
/// sheet.
class TemplateLibrary : public QObject
{
    Q_OBJECT
public:
    /// The folder is QStandardPaths' AppDataLocation/templates unless another is given.
    explicit TemplateLibrary(QObject* parent = nullptr);
    explicit TemplateLibrary(const QString& folder, QObject* parent = nullptr);

    const QString& folder() const { return m_folder; }
    const std::vector<OwnTemplate>& templates() const { return m_templates; }
    /// One's own first, then the built-in ones.
    const std::vector<LibrarySheet>& sheets() const { return m_sheets; }

    /// Reads the folder again; at most 1,000 files in it and in each of up to
    /// 100 sheets; ends in changed().
    void reload();

signals:
    void changed();

private:
    void addBuiltinSheets();

    QString m_folder;
    std::vector<OwnTemplate> m_templates;
    std::vector<LibrarySheet> m_sheets;
};

/// What file dialogs for templates offer.
QString templateFileFilter();

} // namespace tcpw
