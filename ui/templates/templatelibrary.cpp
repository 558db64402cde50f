// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/templates/templatelibrary.h"

#include "ui/fields/plaintext.h"

#include <QDir>
#include <QStandardPaths>

namespace tcpw {

namespace {

constexpr qsizetype mostTemplates = 1000;

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
}

void TemplateLibrary::reload()
{
    m_templates.clear();
    const QDir folder(m_folder);
    QStringList files = folder.entryList(
        {QStringLiteral("*.json")}, QDir::Files | QDir::Readable, QDir::Name | QDir::IgnoreCase);
    if (files.size() > mostTemplates)
        files.resize(mostTemplates);
    for (const QString& file : std::as_const(files))
        m_templates.push_back(readOwn(folder.filePath(file)));
    emit changed();
}

} // namespace tcpw
