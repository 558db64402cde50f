// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/filedrop.h"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace tcpw {

namespace {

/// The first local file; "" when there is none.
QString fileOf(const QDropEvent& event)
{
    const QList<QUrl> urls = event.mimeData()->urls();
    for (const QUrl& url : urls)
        if (url.isLocalFile())
            return url.toLocalFile();
    return {};
}

} // namespace

FileDrop::FileDrop(QWidget* window)
    : QObject(window)
{
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

bool FileDrop::eventFilter(QObject* watched, QEvent* event)
{
    const bool entered = event->type() == QEvent::DragEnter;
    if (!entered && event->type() != QEvent::Drop)
        return QObject::eventFilter(watched, event);
    auto* drop = static_cast<QDropEvent*>(event);
    const QString path = fileOf(*drop);
    if (path.isEmpty())
        return QObject::eventFilter(watched, event);
    drop->acceptProposedAction();
    if (!entered)
        emit dropped(path);
    return true;
}

} // namespace tcpw
