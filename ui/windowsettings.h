// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <memory>

class QSettings;

namespace tcpw {

/// What the window remembers from one start to the next. What cannot be read, or makes no sense, is
/// passed over. Never remembered: a device, a capture filter, anything that would send.
class WindowSettings
{
public:
    /// The file is the program's own in the user's configuration folder unless another is given.
    /// A file that is no settings file is put aside with ".bad" added to its name.
    explicit WindowSettings(const QString& file = {});
    ~WindowSettings();

    QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);

    /// The sizes of a splitter's parts; empty when there are none that fit `count`.
    QList<int> sizes(const QString& name, qsizetype count) const;
    void setSizes(const QString& name, const QList<int>& sizes);

    double scale() const; ///< of the text, 1 is the desktop's
    void setScale(double scale);

    bool flag(const QString& name, bool otherwise) const;
    void setFlag(const QString& name, bool value);

    QStringList texts(const QString& name) const; ///< at most a hundred
    void setTexts(const QString& name, const QStringList& texts);

    QString folder(const QString& name) const; ///< "" when there is none or it is gone
    void setFolder(const QString& name, const QString& path);

    static constexpr double smallestScale = 0.5;
    static constexpr double largestScale = 3;

private:
    void write(const QString& key, const QVariant& value);

    std::unique_ptr<QSettings> m_settings;
    bool m_writable = true; ///< not in another user's home
};

} // namespace tcpw
