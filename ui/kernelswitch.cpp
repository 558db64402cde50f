// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/kernelswitch.h"

#include "ui/fields/plaintext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QRadioButton>

namespace tcpw {

KernelSwitch::KernelSwitch(QWidget* parent)
    : QWidget(parent)
    , m_answers(new QRadioButton(tr("answers")))
    , m_silent(new QRadioButton)
{
    setObjectName(QStringLiteral("kernelSwitch"));
    auto* label = new QLabel(tr("Own &kernel:"));
    label->setBuddy(m_answers);
    m_answers->setAccessibleName(tr("Own kernel answers"));
    m_answers->setObjectName(QStringLiteral("kernelAnswers"));
    m_silent->setObjectName(QStringLiteral("kernelSilent"));
    m_answers->setToolTip(plainToolTip(
        tr("Your own computer's TCP answers segments that it does not know with RST (RFC 9293, "
           "section 3.10.7.1), also those that come back for what you send here.")));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_answers);
    layout->addWidget(m_silent);
    connect(m_silent, &QRadioButton::toggled, this, &KernelSwitch::silentChosen);
    setState(false, {});
}

void KernelSwitch::setState(
    bool silent, const std::vector<std::pair<GuardRequest, GuardState>>& guards)
{
    const QSignalBlocker blocker(m_silent);
    (silent ? m_silent : m_answers)->setChecked(true);
    m_silent->setText(
        guards.empty() ? tr("stays silent") : tr("stays silent (%1)").arg(portsText(guards)));
    m_silent->setAccessibleName(tr("Own kernel %1").arg(m_silent->text()));
    m_silent->setToolTip(plainToolTip(toolTipText(guards)));
}

QString KernelSwitch::portsText(const std::vector<std::pair<GuardRequest, GuardState>>& guards)
{
    // The newest is the one that Send will use; more would not fit.
    const QString newest = QString::number(guards.back().first.port);
    if (guards.size() == 1)
        return tr("port %1").arg(newest);
    return tr("port %1 and %2 more").arg(newest).arg(guards.size() - 1);
}

QString KernelSwitch::toolTipText(const std::vector<std::pair<GuardRequest, GuardState>>& guards)
{
    QString text
        = tr("Keeps your own computer's kernel from making a RST for the port you send from: this "
             "program holds that port with a socket that drops everything. It blocks nothing else, "
             "touches no firewall, and ends with this program.");
    for (const auto& [request, state] : guards) {
        text += QLatin1Char('\n') % tr("Port %1:").arg(request.port) % QLatin1Char(' ');
        if (!state.needed)
            text += tr("not needed, the address is not this computer's.");
        else
            text += state.note.empty() ? tr("silent.") : fromUtf8(state.note);
    }
    return text;
}

} // namespace tcpw
