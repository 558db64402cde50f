// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/templates/templateactions.h"

#include "ui/fields/plaintext.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace tcpw {

namespace {

/// A file name without anything that a file system or a person could take for something else.
QString fileNameFor(const QString& name)
{
    QString file;
    for (const QChar character : name.left(60))
        file += character.isLetterOrNumber() || QLatin1String("-_. ").contains(character)
            ? character
            : QLatin1Char('-');
    file = file.trimmed();
    while (file.startsWith(QLatin1Char('.')) || file.startsWith(QLatin1Char('-')))
        file.remove(0, 1);
    return file.isEmpty() ? QStringLiteral("template") : file;
}

} // namespace

TemplateActions::TemplateActions(TemplateLibrary& library, QWidget* window)
    : QObject(window)
    , m_library(library)
    , m_window(window)
    , m_open(new QAction(tr("&Open template..."), this))
    , m_save(new QAction(tr("&Save template"), this))
    , m_saveAs(new QAction(tr("Save template &as..."), this))
{
    m_open->setToolTip(tr("Loads a template from a file."));
    m_save->setToolTip(tr("Saves the packet in the builder as a template (Ctrl+S)."));
    m_save->setShortcut(QKeySequence::Save);
    m_saveAs->setToolTip(tr("Saves the packet in the builder as another template."));
    connect(m_open, &QAction::triggered, this, &TemplateActions::openDialog);
    connect(m_save, &QAction::triggered, this, &TemplateActions::save);
    connect(m_saveAs, &QAction::triggered, this, &TemplateActions::saveAsDialog);
}

void TemplateActions::setCurrent(const Template& loaded, const QString& path, const Draft& asLoaded)
{
    m_current = loaded;
    m_path = path;
    m_asLoaded = asLoaded;
    m_draft = asLoaded;
    rememberFile();
    m_wasModified = false;
    emit modifiedChanged();
}

void TemplateActions::setDraft(const Draft& draft)
{
    m_draft = draft;
    if (modified() == m_wasModified)
        return;
    m_wasModified = modified();
    emit modifiedChanged();
}

bool TemplateActions::modified() const
{
    return m_draft != m_asLoaded;
}

void TemplateActions::openFile(const QString& path)
{
    const Result<Template> opened = loadTemplate(toUtf8(path));
    if (opened)
        emit templateOpened(*opened, path);
    else
        emit failed(fromUtf8(opened.error().message));
}

bool TemplateActions::saveFile(const QString& path)
{
    const QFileInfo file(path);
    Template to = m_current;
    to.id = toUtf8(file.completeBaseName());
    to.group.clear();
    if (path != m_path || to.name.empty())
        to.name = to.id;
    to.draft = m_draft;
    to.stated.clear();
    if (!QDir().mkpath(file.absolutePath())) {
        emit failed(tr("The folder %1 cannot be made. Choose another one with Save as.")
                        .arg(file.absolutePath()));
        return false;
    }
    if (const Result<void> done = saveTemplate(to, toUtf8(path)); !done) {
        emit failed(fromUtf8(done.error().message));
        return false;
    }
    m_current = to;
    m_path = path;
    m_asLoaded = m_draft;
    m_wasModified = false;
    rememberFile();
    m_library.reload();
    emit modifiedChanged();
    emit saved(path);
    return true;
}

void TemplateActions::fileMoved(const QString& from, const QString& to)
{
    if (from != m_path)
        return;
    m_path = to;
    if (const Result<Template> moved = loadTemplate(toUtf8(to)))
        m_current.name = moved->name;
    rememberFile();
    emit modifiedChanged();
}

void TemplateActions::save()
{
    if (m_path.isEmpty()) {
        saveAsDialog();
        return;
    }
    if (changedOnDisk() && !m_warned) {
        m_warned = true;
        emit failed(tr("%1 was changed by another program since it was opened. Save again to "
                       "replace it, or choose Save as.")
                        .arg(QFileInfo(m_path).fileName()));
        return;
    }
    saveFile(m_path);
}

void TemplateActions::openDialog()
{
    auto* dialog
        = new QFileDialog(m_window, tr("Open template"), m_library.folder(), templateFileFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &TemplateActions::openFile);
    dialog->open();
}

void TemplateActions::saveAsDialog()
{
    QDir().mkpath(m_library.folder());
    auto* dialog = new QFileDialog(
        m_window, tr("Save template as"), m_library.folder(), templateFileFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(suggestedName());
    connect(dialog, &QFileDialog::fileSelected, this, &TemplateActions::saveFile);
    dialog->open();
}

QString TemplateActions::suggestedName() const
{
    const QString own = m_path.isEmpty() ? tr("my %1").arg(fromUtf8(m_current.name))
                                         : QFileInfo(m_path).completeBaseName();
    return fileNameFor(own) + QLatin1String(".json");
}

bool TemplateActions::changedOnDisk() const
{
    const QFileInfo file(m_path);
    return file.exists() && (file.lastModified() != m_changed || file.size() != m_size);
}

void TemplateActions::rememberFile()
{
    const QFileInfo file(m_path);
    const bool exists = !m_path.isEmpty() && file.exists();
    m_changed = exists ? file.lastModified() : QDateTime();
    m_size = exists ? file.size() : -1;
    m_warned = false;
}

} // namespace tcpw
