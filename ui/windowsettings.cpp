// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/windowsettings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>

#include <cmath>
#include <unistd.h>

namespace tcpw {

namespace {

std::unique_ptr<QSettings> open(const QString& file)
{
    if (file.isEmpty())
        return std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope,
            QStringLiteral("tcp-workbench"), QStringLiteral("window"));
    return std::make_unique<QSettings>(file, QSettings::IniFormat);
}

/// Settings are text; a zero byte or an unreasonable size tells another kind of file.
bool looksLikeSettings(const QString& path)
{
    QFile file(path);
    if (!file.exists())
        return true;
    constexpr qint64 largest = 1 << 20;
    return file.size() < largest && file.open(QIODevice::ReadOnly)
        && !file.readAll().contains('\0');
}

} // namespace

WindowSettings::WindowSettings(const QString& file)
    : m_settings(open(file))
{
    const QString path = m_settings->fileName();
    if (m_settings->status() == QSettings::FormatError || !looksLikeSettings(path)) {
        m_settings.reset();
        QFile::remove(path % QStringLiteral(".bad"));
        QFile::rename(path, path % QStringLiteral(".bad"));
        m_settings = open(file);
    }
    // As root in somebody's home the file would become root's.
    m_writable = geteuid() != 0 || !file.isEmpty() || QFileInfo(QDir::homePath()).ownerId() == 0;
}

WindowSettings::~WindowSettings() = default;

void WindowSettings::write(const QString& key, const QVariant& value)
{
    if (m_writable)
        m_settings->setValue(key, value);
}

QByteArray WindowSettings::geometry() const
{
    return m_settings->value(QStringLiteral("geometry")).toByteArray();
}

void WindowSettings::setGeometry(const QByteArray& geometry)
{
    write(QStringLiteral("geometry"), geometry);
}

QList<int> WindowSettings::sizes(const QString& name, qsizetype count) const
{
    constexpr int largest = 20000; // pixels
    QList<int> sizes;
    int sum = 0;
    for (const QVariant& value : m_settings->value(QStringLiteral("sizes/") % name).toList()) {
        bool isNumber = false;
        const int size = value.toInt(&isNumber);
        if (!isNumber || size < 0 || size > largest)
            return {};
        sizes << size;
        sum += size;
    }
    return sizes.size() == count && sum > 0 ? sizes : QList<int>();
}

void WindowSettings::setSizes(const QString& name, const QList<int>& sizes)
{
    QVariantList values;
    for (const int size : sizes)
        values << size;
    write(QStringLiteral("sizes/") % name, values);
}

double WindowSettings::scale() const
{
    bool isNumber = false;
    const double scale = m_settings->value(QStringLiteral("scale")).toDouble(&isNumber);
    const bool sensible
        = isNumber && std::isfinite(scale) && scale >= smallestScale && scale <= largestScale;
    return sensible ? scale : 1;
}

void WindowSettings::setScale(double scale)
{
    write(QStringLiteral("scale"), scale);
}

bool WindowSettings::flag(const QString& name, bool otherwise) const
{
    const QString value = m_settings->value(QStringLiteral("flags/") % name).toString();
    if (value == QStringLiteral("true"))
        return true;
    return value == QStringLiteral("false") ? false : otherwise;
}

void WindowSettings::setFlag(const QString& name, bool value)
{
    write(QStringLiteral("flags/") % name, value);
}

QStringList WindowSettings::texts(const QString& name) const
{
    constexpr qsizetype most = 100;
    return m_settings->value(QStringLiteral("texts/") % name).toStringList().mid(0, most);
}

void WindowSettings::setTexts(const QString& name, const QStringList& texts)
{
    write(QStringLiteral("texts/") % name, texts);
}

QString WindowSettings::folder(const QString& name) const
{
    const QString path = m_settings->value(QStringLiteral("folders/") % name).toString();
    return QFileInfo(path).isDir() ? path : QString();
}

void WindowSettings::setFolder(const QString& name, const QString& path)
{
    write(QStringLiteral("folders/") % name, path);
}

} // namespace tcpw
