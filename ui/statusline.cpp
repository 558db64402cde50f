// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/statusline.h"

#include "ui/fields/plaintext.h"

#include <QLabel>

namespace tcpw {

namespace {

QString stateText(const WindowStatus& status)
{
    if (!status.file.isEmpty())
        return StatusLine::tr("File %1").arg(status.file);
    if (status.device.isEmpty())
        return StatusLine::tr("No device is chosen");
    if (!status.capturing)
        return StatusLine::tr("○ Not capturing on %1").arg(status.device);
    return status.further == 0
        ? StatusLine::tr("● Capturing on %1").arg(status.device)
        : StatusLine::tr("● Capturing on %1 and %2 more").arg(status.device).arg(status.further);
}

/// "12 missed: kernel 10 (...), helper 2 (...)".
QString missedText(const WindowStatus& status)
{
    const std::pair<quint64, QString> parts[] = {
        {status.counted.droppedByKernel, StatusLine::tr("kernel %1 (its buffer was full)")},
        {status.counted.droppedByDevice, StatusLine::tr("device %1 (it had no room for them)")},
        {status.counted.droppedByHelper,
            StatusLine::tr("helper %1 (this program did not take them in time)")},
        {status.droppedByStore, StatusLine::tr("store %1 (the disk did not take them)")},
    };
    QStringList words;
    for (const auto& [count, text] : parts)
        if (count > 0)
            words << text.arg(count);
    return words.isEmpty()
        ? QString()
        : StatusLine::tr("%1 missed: %2")
              .arg(QString::number(status.missed), words.join(QLatin1String(", ")));
}

QString countText(const WindowStatus& status)
{
    const QString packets = status.packets == 1 ? StatusLine::tr("1 packet")
                                                : StatusLine::tr("%1 packets").arg(status.packets);
    return packets % QStringLiteral(" · ") % StatusLine::tr("%1 missed").arg(status.missed);
}

} // namespace

StatusLine::StatusLine(QWidget* parent)
    : QStatusBar(parent)
    , m_state(new QLabel)
    , m_network(new QLabel)
{
    setSizeGripEnabled(false);
    for (QLabel* label : {m_state, m_network}) {
        label->setTextFormat(Qt::PlainText);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
    m_network->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setContentsMargins(6, 0, 6, 0);
    m_state->setObjectName(QStringLiteral("statusText"));
    addWidget(m_state, 1);
    addPermanentWidget(m_network, 1);
}

void StatusLine::setStatus(const WindowStatus& status)
{
    m_parts = {stateText(status), countText(status)};
    if (status.shown != status.packets)
        m_parts << tr("%1 shown").arg(status.shown);
    m_parts << tr("%1 sent").arg(status.sent);
    m_missedText = missedText(status);
    m_networkText = status.lab
        ? tr(
            "Practice network: a private network inside this program; nothing leaves this computer")
        : QString();
    fit();
}

QString StatusLine::text() const
{
    return m_parts.join(QStringLiteral("   "));
}

/// Leaves out what has no room; the tool tip has all of it.
void StatusLine::fit()
{
    const int room = width() - 40;
    QStringList shown = m_parts;
    const auto widthOf = [this](const QString& text) {
        return text.isEmpty() ? 0 : fontMetrics().horizontalAdvance(text) + 16;
    };
    while (shown.size() > 1 && widthOf(shown.join(QStringLiteral("   "))) > room)
        shown.removeLast();
    const QString left = shown.join(QStringLiteral("   "));
    const bool both = widthOf(left) + widthOf(m_networkText) <= room;
    m_state->setText(left);
    m_state->setMinimumWidth(std::min(widthOf(left), room));
    m_network->setText(both ? m_networkText : QString());
    m_network->setMinimumWidth(both ? widthOf(m_networkText) : 0);
    QString all = text();
    for (const QString& line : {m_missedText, m_networkText})
        if (!line.isEmpty())
            all += QLatin1Char('\n') % line;
    setToolTip(plainToolTip(all));
    setAccessibleName(all);
}

/// It never keeps the window from being made narrower.
QSize StatusLine::minimumSizeHint() const
{
    return {0, QStatusBar::minimumSizeHint().height()};
}

void StatusLine::resizeEvent(QResizeEvent* event)
{
    QStatusBar::resizeEvent(event);
    fit();
}

} // namespace tcpw
