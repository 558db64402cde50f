// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/recentfiles.h"

#include "ui/fields/plaintext.h"
#include "ui/windowsettings.h"

#include <QAction>
#include <QFileInfo>

namespace tcpw {

namespace {

QString settingsName()
{
    return QStringLiteral("recentCaptures");
}

} // namespace

RecentFiles::RecentFiles(WindowSettings& settings, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_menu(tr("Open &recent"))
{
    m_menu.setToolTipsVisible(true);
    connect(&m_menu, &QMenu::aboutToShow, this, &RecentFiles::fill);
    m_menu.menuAction()->setEnabled(!paths().isEmpty());
}

QStringList RecentFiles::paths() const
{
    return m_settings.texts(settingsName()).mid(0, most);
}

void RecentFiles::add(const QString& path)
{
    const QString whole = QFileInfo(path).absoluteFilePath();
    QStringList kept = paths();
    kept.removeAll(whole);
    kept.prepend(whole);
    m_settings.setTexts(settingsName(), kept.mid(0, most));
    m_menu.menuAction()->setEnabled(true);
}

void RecentFiles::fill()
{
    m_menu.clear();
    const QStringList kept = paths();
    for (const QString& path : kept) {
        QString name = harmless(QFileInfo(path).fileName());
        QAction* action = m_menu.addAction(name.replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setToolTip(plainToolTip(harmless(path)));
        action->setEnabled(QFileInfo::exists(path));
        connect(action, &QAction::triggered, this, [this, path] { emit chosen(path); });
    }
    m_menu.menuAction()->setEnabled(!kept.isEmpty());
    if (kept.isEmpty())
        return;
    m_menu.addSeparator();
    QAction* forget = m_menu.addAction(tr("&Forget these"));
    forget->setToolTip(plainToolTip(tr("The files stay; only this list is emptied.")));
    connect(forget, &QAction::triggered, this, [this] { m_settings.setTexts(settingsName(), {}); });
}

} // namespace tcpw
