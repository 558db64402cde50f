// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/templates/templatelibrary.h"

#include "ui/fields/plaintext.h"

#include <QDir>
#include <QStandardPaths>

#include <algorithm>

namespace tcpw {

namespace {

constexpr qsizetype mostTemplates = 1000;
constexpr qsizetype mostSheets = 100;

QString usualFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
        + QLatin1String("/templates");
}

/// Reads one file. What the file calls itself is its name, else the file's is.
OwnTemplate readOwn(const QString& path)
{
    OwnTemplate own;
    own.path = path;
    const Result<Template> content = loadTemplate(toUtf8(path));
    if (content)
        own.content = *content;
    else
        own.problem = fromUtf8(content.error().message);
    if (own.content.name.empty())
        own.content.name = toUtf8(QFileInfo(path).completeBaseName());
    return own;
}

/// The paths of a folder's template files, by name.
QStringList templateFiles(const QDir& folder)
{
    QStringList files = folder.entryList(
        {QStringLiteral("*.json")}, QDir::Files | QDir::Readable, QDir::Name | QDir::IgnoreCase);
    if (files.size() > mostTemplates)
        files.resize(mostTemplates);
    for (QString& file : files)
        file = folder.filePath(file);
    return files;
}

unsigned numberOf(const OwnTemplate& step)
{
    return stepNumber(toUtf8(QFileInfo(step.path).fileName())).value_or(0);
}

/// A folder's numbered templates; no steps when it has none.
LibrarySheet readSheet(const QString& folder)
{
    LibrarySheet sheet{QFileInfo(folder).fileName(), folder, {}};
    for (const QString& file : templateFiles(QDir(folder)))
        if (stepNumber(toUtf8(QFileInfo(file).fileName())))
            sheet.steps.push_back(readOwn(file));
    std::ranges::stable_sort(sheet.steps, {}, numberOf);
    return sheet;
}

LibrarySheet fromBuiltin(const WorkSheet& builtin)
{
    LibrarySheet sheet{fromUtf8(builtin.name), {}, {}};
    for (const Template& step : builtin.steps)
        sheet.steps.push_back({{}, step, {}});
    return sheet;
}

} // namespace

QString templateFileFilter()
{
    return TemplateLibrary::tr("Templates (*.json);;All files (*)");
}

TemplateLibrary::TemplateLibrary(QObject* parent)
    : TemplateLibrary(usualFolder(), parent)
{
}

TemplateLibrary::TemplateLibrary(const QString& folder, QObject* parent)
    : QObject(parent)
    , m_folder(folder)
{
    addBuiltinSheets();
}

void TemplateLibrary::addBuiltinSheets()
{
    for (const WorkSheet& builtin : builtinSheets())
        m_sheets.push_back(fromBuiltin(builtin));
}

void TemplateLibrary::reload()
{
    m_templates.clear();
    m_sheets.clear();
    const QDir folder(m_folder);
    for (const QString& file : templateFiles(folder))
        m_templates.push_back(readOwn(file));
    const QStringList folders
        = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::IgnoreCase);
    for (const QString& name : folders.first(std::min(folders.size(), mostSheets)))
        if (LibrarySheet sheet = readSheet(folder.filePath(name)); !sheet.steps.empty())
            m_sheets.push_back(std::move(sheet));
    addBuiltinSheets();
    emit changed();
}

} // namespace tcpw
