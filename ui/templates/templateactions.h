// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/templates/templatelibrary.h"

#include <QDateTime>
#include <QObject>

class QAction;
class QFileDialog;
class QWidget;

namespace tcpw {

/// Open, Save and Save as for the draft in the builder. Remembers which template it came from.
class TemplateActions : public QObject
{
    Q_OBJECT
public:
    /// `window` is the dialogs' parent.
    TemplateActions(TemplateLibrary& library, QWidget* window);

    QAction* openAction() const { return m_open; }
    QAction* saveAction() const { return m_save; }
    QAction* saveAsAction() const { return m_saveAs; }

    /// The template that was loaded into the builder; `path` is its file, "" for a built-in.
    void setCurrent(const Template& loaded, const QString& path, const Draft& asLoaded);
    /// What the builder has now; call it on every BuilderPane::draftChanged().
    void setDraft(const Draft& draft);

    const Template& current() const { return m_current; }
    const QString& path() const { return m_path; }
    bool modified() const;

    /// What Open and Save do once a file is chosen; for tests and the command line's file too.
    void openFile(const QString& path);
    bool saveFile(const QString& path);
    /// A file has another name now; where it is the draft's, Save goes there.
    void fileMoved(const QString& from, const QString& to);

signals:
    /// Opened; the window applies it and calls setCurrent().
    void templateOpened(const tcpw::Template& opened, const QString& path);
    void saved(const QString& path);
    void modifiedChanged();
    void failed(const QString& message);

private:
    void openDialog();
    void save();
    void saveAsDialog();
    QString suggestedName() const;
    bool changedOnDisk() const;
    void rememberFile();

    TemplateLibrary& m_library;
    QWidget* m_window;
    QAction* m_open;
    QAction* m_save;
    QAction* m_saveAs;
    Template m_current;
    QString m_path;
    Draft m_asLoaded;
    Draft m_draft;
    QDateTime m_changed; ///< the file's, when it was read or written last
    qint64 m_size = -1;
    bool m_warned = false; ///< that somebody else changed the file
    bool m_wasModified = false;
};

} // namespace tcpw
