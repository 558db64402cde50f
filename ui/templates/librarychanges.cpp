// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/templates/librarychanges.h"

#include "ui/fields/plaintext.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QSaveFile>

namespace tcpw {

LibraryChanges::LibraryChanges(TemplateLibrary& library, QWidget* window)
    : QObject(window)
    , m_library(library)
    , m_window(window)
    , m_import(new QAction(tr("&Import templates..."), this))
    , m_restore(new QAction(tr("&Undo: delete"), this))
{
    m_import->setToolTip(tr("Copies template files into your own."));
    m_restore->setEnabled(false);
    connect(m_restore, &QAction::triggered, this, &LibraryChanges::restore);
    connect(m_import, &QAction::triggered, this, [this] {
        auto* dialog
            = new QFileDialog(m_window, tr("Import templates"), QString(), templateFileFilter());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFiles);
        connect(dialog, &QFileDialog::filesSelected, this, &LibraryChanges::importFiles);
        dialog->open();
    });
}

/// A file in the folder that is not there yet: "SYN.json", "SYN 2.json".
QString LibraryChanges::freePath(const std::string& name) const
{
    const QDir folder(m_library.folder());
    const QFileInfo file(fromUtf8(templateFileName(name)));
    QString path = folder.filePath(file.fileName());
    for (int number = 2; QFileInfo::exists(path); ++number)
        path = folder.filePath(
            QStringLiteral("%1 %2.json").arg(file.completeBaseName()).arg(number));
    return path;
}

bool LibraryChanges::save(const Template& content, const QString& path)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(folder)) {
        emit failed(tr("The folder %1 cannot be made.").arg(folder));
        return false;
    }
    const Result<void> done = saveTemplate(content, toUtf8(path));
    if (!done)
        emit failed(fromUtf8(done.error().message));
    return done.has_value();
}

void LibraryChanges::rename(const OwnTemplate& own, const QString& name)
{
    if (name.trimmed().isEmpty() || !own.problem.isEmpty())
        return;
    Template content = own.content;
    content.name = toUtf8(name.trimmed());
    if (content.name == own.content.name)
        return;
    const QString path = freePath(content.name);
    content.id = toUtf8(QFileInfo(path).completeBaseName());
    if (!save(content, path))
        return;
    if (!QFile::remove(own.path))
        emit failed(tr("The old file %1 cannot be removed.").arg(own.path));
    emit renamed(own.path, path);
    m_library.reload();
}

QString LibraryChanges::duplicate(const Template& content)
{
    Template copy = content;
    copy.group.clear();
    const QString path = freePath(content.name);
    copy.id = toUtf8(QFileInfo(path).completeBaseName());
    if (copy.id + ".json" != templateFileName(content.name)) // the name is taken
        copy.name = copy.id;
    if (!save(copy, path))
        return {};
    m_library.reload();
    return path;
}

void LibraryChanges::remove(const OwnTemplate& own)
{
    QFile file(own.path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > qint64(maximumTemplateSize)) {
        emit failed(tr("%1 is not deleted, for it could not be brought back: %2")
                        .arg(own.path, file.isOpen() ? tr("it is too large") : file.errorString()));
        return;
    }
    const QByteArray content = file.readAll();
    if (!file.remove()) {
        emit failed(tr("%1 cannot be deleted: %2").arg(own.path, file.errorString()));
        return;
    }
    m_removed = content;
    m_removedPath = own.path;
    m_restore->setText(tr("&Undo: delete %1").arg(harmless(fromUtf8(own.content.name))));
    m_restore->setEnabled(true);
    m_library.reload();
}

void LibraryChanges::restore()
{
    const QString path = QFileInfo::exists(m_removedPath)
        ? freePath(toUtf8(QFileInfo(m_removedPath).completeBaseName()))
        : m_removedPath;
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(m_removed) != m_removed.size()
        || !file.commit()) {
        emit failed(tr("%1 cannot be brought back: %2").arg(path, file.errorString()));
        return;
    }
    m_restore->setEnabled(false);
    m_restore->setText(tr("&Undo: delete"));
    m_library.reload();
}

void LibraryChanges::importFiles(const QStringList& paths)
{
    QStringList problems;
    for (const QString& path : paths) {
        Result<Template> read = loadTemplate(toUtf8(path));
        if (!read) {
            problems << fromUtf8(read.error().message);
            continue;
        }
        if (read->name.empty())
            read->name = toUtf8(QFileInfo(path).completeBaseName());
        read->group.clear();
        save(*read, freePath(read->name));
    }
    m_library.reload();
    if (!problems.isEmpty())
        emit failed(problems.join(QLatin1Char('\n')));
}

void LibraryChanges::copySheet(const LibrarySheet& sheet)
{
    const QDir mine(m_library.folder());
    const QString wanted
        = QFileInfo(fromUtf8(templateFileName(toUtf8(sheet.name)))).completeBaseName();
    QString name = wanted;
    for (int number = 2; QFileInfo::exists(mine.filePath(name)); ++number)
        name = QStringLiteral("%1 %2").arg(wanted).arg(number);
    const QDir folder(mine.filePath(name));
    int number = 0;
    for (const OwnTemplate& step : sheet.steps) {
        ++number;
        Template content = step.content;
        content.group.clear();
        const QString file
            = fromUtf8(templateFileName(std::to_string(number) + ' ' + content.name));
        if (step.problem.isEmpty() && !save(content, folder.filePath(file)))
            break;
    }
    m_library.reload();
}

void LibraryChanges::exportFile(const Template& content, const QString& path)
{
    save(content, path);
}

void LibraryChanges::askName(const OwnTemplate& own)
{
    auto* dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename the template"));
    dialog->setLabelText(tr("Name"));
    dialog->setTextValue(harmless(fromUtf8(own.content.name)));
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this, own](const QString& name) { rename(own, name); });
    dialog->open();
}

void LibraryChanges::askExport(const Template& content)
{
    auto* dialog
        = new QFileDialog(m_window, tr("Export the template"), QString(), templateFileFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(fromUtf8(templateFileName(content.name)));
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, content](const QString& path) { exportFile(content, path); });
    dialog->open();
}

} // namespace tcpw
