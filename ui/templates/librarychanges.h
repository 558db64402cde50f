// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/templates/templatelibrary.h"

#include <QByteArray>
#include <QObject>

class QAction;
class QWidget;

namespace tcpw {

/// Changes to the files of one's own templates: another name, a copy, away and back, in and out of
/// the folder. Each ends in TemplateLibrary::changed() or failed().
class LibraryChanges : public QObject
{
    Q_OBJECT
public:
    /// `window` is the dialogs' parent.
    LibraryChanges(TemplateLibrary& library, QWidget* window);

    /// Gives a template another name, and its file the one that goes with it.
    void rename(const OwnTemplate& own, const QString& name);
    /// Makes a copy one's own: "SYN 2". Gives its file; "" when that failed.
    QString duplicate(const Template& content);
    /// Takes a file away; restoreAction() brings the last one back.
    void remove(const OwnTemplate& own);
    /// Copies template files into the folder; what cannot be read is not taken.
    void importFiles(const QStringList& paths);
    /// Copies a work sheet into a folder of its own among one's own.
    void copySheet(const LibrarySheet& sheet);
    void exportFile(const Template& content, const QString& path);

    /// Asks for the name, the file, or the files.
    void askName(const OwnTemplate& own);
    void askExport(const Template& content);

    QAction* importAction() const { return m_import; }
    QAction* restoreAction() const { return m_restore; } ///< "Undo: delete SYN"

signals:
    void failed(const QString& message);
    void renamed(const QString& from, const QString& to); ///< paths

private:
    void restore();
    QString freePath(const std::string& name) const;
    bool save(const Template& content, const QString& path);

    TemplateLibrary& m_library;
    QWidget* m_window;
    QAction* m_import;
    QAction* m_restore;
    QString m_removedPath;
    QByteArray m_removed; ///< the file's content
};

} // namespace tcpw
