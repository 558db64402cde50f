// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/capturefilteredit.h"

#include "ui/fields/plaintext.h"
#include "ui/fields/theme.h"

#include <QKeyEvent>

namespace tcpw {

CaptureFilterEdit::CaptureFilterEdit(QWidget* parent)
    : QLineEdit(parent)
{
    setObjectName(QStringLiteral("captureFilter"));
    setAccessibleName(tr("Capture filter"));
    setPlaceholderText(tr("Capture filter: none"));
    setClearButtonEnabled(true);
    setMaxLength(4096);
    m_delay.setSingleShot(true);
    m_delay.setInterval(200);
    connect(this, &QLineEdit::textEdited, this, [this] {
        m_delay.start();
        showState();
    });
    connect(&m_delay, &QTimer::timeout, this, [this] { emit checkRequested(text().trimmed()); });
    connect(this, &QLineEdit::textChanged, this, [this](const QString& now) {
        if (now.isEmpty() && !m_inUse.isEmpty())
            emit filterChosen({}); // the clear button
    });
    connect(this, &QLineEdit::returnPressed, this, [this] { emit filterChosen(text().trimmed()); });
    showState();
}

void CaptureFilterEdit::setFilter(const QString& filter)
{
    m_inUse = filter;
    if (!hasFocus() || text().trimmed().isEmpty())
        setText(filter);
    showState();
}

void CaptureFilterEdit::setChecked(const QString& filter, const QString& problem)
{
    if (filter != text().trimmed())
        return;
    m_problem = problem;
    showState();
    emit problemChanged(problem);
}

void CaptureFilterEdit::showState()
{
    const QString words
        = tr("Captures only what this describes, in tcpdump's words (tcp port 8081). Return takes "
             "it over; host names are not looked up.");
    const bool waiting = text().trimmed() != m_inUse;
    QPalette colors;
    if (!m_problem.isEmpty())
        colors.setColor(QPalette::Text, Theme::of(palette()).wrong);
    setPalette(colors);
    const QString state = !m_problem.isEmpty() ? m_problem
        : waiting                              ? tr("Not in use yet: press Return.")
                                               : QString();
    setToolTip(plainToolTip(state.isEmpty() ? words : state % QLatin1Char('\n') % words));
    QFont shown; // the slant alone: the rest follows the window's
    shown.setItalic(waiting);
    setFont(shown);
}

void CaptureFilterEdit::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && text() != m_inUse) {
        m_problem.clear();
        setText(m_inUse);
        showState();
        emit problemChanged({});
        return;
    }
    QLineEdit::keyPressEvent(event);
}

QSize CaptureFilterEdit::sizeHint() const
{
    QSize size = QLineEdit::sizeHint();
    size.setWidth(fontMetrics().horizontalAdvance(placeholderText()) * 3 / 2);
    return size;
}

QSize CaptureFilterEdit::minimumSizeHint() const
{
    QSize size = QLineEdit::minimumSizeHint();
    size.setWidth(fontMetrics().horizontalAdvance(placeholderText()) + 3 * fontMetrics().height());
    return size;
}

} // namespace tcpw
