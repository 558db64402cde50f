// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/fields/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QCursor>
#include <QDir>
#include <QLabel>
#include <QWidget>

namespace tcpw::test {

/// Shows the widget in that size and saves a picture of it in the build folder's screenshots;
/// pictures of a run at 200 % end in "-200".
inline void takePicture(QWidget& widget, const QString& name, QSize size)
{
    QCursor::setPos(4000, 4000); // nothing is under the mouse
    widget.resize(size);
    widget.show();
    for (int i = 0; i < 5; ++i)
        QApplication::processEvents();
    const QString folder = QStringLiteral(TCPW_BINARY_DIR "/screenshots");
    QDir().mkpath(folder);
    const QString scale = widget.devicePixelRatioF() > 1.5 ? QStringLiteral("-200") : QString();
    widget.grab().save(folder + QLatin1Char('/') + name + scale + QLatin1String(".png"));
}

/// The text of every visible label, button and drop-down that has less room than it needs, with the
/// widget's name; empty when nothing is cut.
inline QStringList cutTexts(const QWidget& window)
{
    QStringList cut;
    for (const QLabel* label : window.findChildren<QLabel*>()) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const int needed = label->wordWrap() ? label->heightForWidth(label->width())
                                             : label->sizeHint().height();
        const bool narrow = label->width()
            < (label->wordWrap() ? label->minimumSizeHint() : label->sizeHint()).width();
        if (label->height() < needed || narrow)
            cut << label->text();
    }
    for (const QAbstractButton* button : window.findChildren<QAbstractButton*>())
        if (button->isVisible() && !button->text().isEmpty()
            && button->width() < button->minimumSizeHint().width())
            cut << button->text();
    for (const QComboBox* box : window.findChildren<QComboBox*>())
        if (box->isVisible() && box->width() < box->minimumSizeHint().width())
            cut << box->currentText();
    return cut;
}

/// The visible children that take the focus by Tab and have no accessible name.
inline QStringList namelessControls(const QWidget& window)
{
    QStringList nameless;
    for (const QWidget* child : window.findChildren<QWidget*>()) {
        if (!child->isVisible() || !(child->focusPolicy() & Qt::TabFocus) || child->focusProxy())
            continue;
        const auto* button = qobject_cast<const QAbstractButton*>(child);
        if (child->accessibleName().isEmpty() && !(button && !button->text().isEmpty()))
            nameless << QLatin1String(child->metaObject()->className());
    }
    return nameless;
}

/// Gives the application a palette of either scheme for as long as it lives.
class Scheme
{
public:
    explicit Scheme(bool dark)
        : m_before(QApplication::palette())
    {
        QApplication::setPalette(Theme::palette(dark));
    }
    ~Scheme() { QApplication::setPalette(m_before); }
    Scheme(const Scheme&) = delete;
    Scheme& operator=(const Scheme&) = delete;

private:
    QPalette m_before;
};

} // namespace tcpw::test
