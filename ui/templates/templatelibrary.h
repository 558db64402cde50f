// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "templates/template.h"

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

/// The templates of one's own, read from a folder.
class TemplateLibrary : public QObject
{
    Q_OBJECT
public:
    /// The folder is QStandardPaths' AppDataLocation/templates unless another is given.
    explicit TemplateLibrary(QObject* parent = nullptr);
    explicit TemplateLibrary(const QString& folder, QObject* parent = nullptr);

    const QString& folder() const { return m_folder; }
    const std::vector<OwnTemplate>& templates() const { return m_templates; }

    /// Reads the folder again; at most 1,000 files; ends in changed().
    void reload();

signals:
    void changed();

private:
    QString m_folder;
    std::vector<OwnTemplate> m_templates;
};

/// What file dialogs for templates offer.
QString templateFileFilter();

} // namespace tcpw
