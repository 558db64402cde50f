// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/windowtoolbar.h"

#include "session/livesession.h"
#include "ui/capturefilteredit.h"
#include "ui/devices/devicepicker.h"
#include "ui/devices/furtherdevices.h"
#include "ui/fields/plaintext.h"
#include "ui/fields/wraplayout.h"
#include "ui/kernelswitch.h"

#include <QAction>
#include <QEvent>
#include <QMenu>
#include <QStyle>
#include <QToolButton>

namespace tcpw {

QString startStopText(bool capturing)
{
    return capturing ? WindowToolBar::tr("■ Stop capture") : WindowToolBar::tr("● Start capture");
}

WindowToolBar::WindowToolBar(QAction* startStop, QMenu* templates, QWidget* parent)
    : QWidget(parent)
    , m_devices(new DevicePicker)
    , m_further(new FurtherDevices(this))
    , m_filter(new CaptureFilterEdit)
    , m_kernel(new KernelSwitch)
    , m_templates(new QToolButton)
    , m_startStop(new QToolButton)
{
    setObjectName(QStringLiteral("toolBar"));
    m_templates->setText(tr("Templates"));
    m_templates->setObjectName(QStringLiteral("templatesButton"));
    m_templates->setToolTip(plainToolTip(tr("Packets to start from (Alt+T)")));
    m_templates->setShortcut(QKeySequence(Qt::ALT | Qt::Key_T));
    m_templates->setPopupMode(QToolButton::InstantPopup);
    m_templates->setMenu(templates);
    m_startStop->setDefaultAction(startStop);
    m_startStop->setObjectName(QStringLiteral("startStopButton"));
    for (QToolButton* button : {m_templates, m_startStop})
        button->setFocusPolicy(Qt::StrongFocus);
    m_filter->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    auto* layout = new WrapLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->setSpacing(8);
    for (QWidget* widget : std::initializer_list<QWidget*>{
             m_templates, m_devices, m_further, m_startStop, m_filter, m_kernel})
        layout->addWidget(widget);
    fixStartWidth();
}

void WindowToolBar::follow(LiveSession& session)
{
    const auto show = [this, &session] {
        m_devices->setDevices(session.devices(), session.device());
        m_further->setDevices(session.devices(), session.device(), session.alsoCaptured());
    };
    connect(&session, &LiveSession::devicesChanged, this, show);
    connect(&session, &LiveSession::deviceChosen, this, show);
    connect(&session, &LiveSession::captureDevicesChanged, this, show);
    connect(m_devices, &DevicePicker::deviceChosen, &session, &LiveSession::chooseDevice);
    connect(m_devices, &DevicePicker::refreshRequested, &session, &LiveSession::refreshDevices);
    connect(m_further, &FurtherDevices::furtherChosen, &session, &LiveSession::setAlsoCaptured);
}

void WindowToolBar::setTemplatesShown(bool shown)
{
    m_templates->setVisible(shown);
}

/// As wide as the longer of its captions, so that nothing moves when the capture starts.
void WindowToolBar::fixStartWidth()
{
    const int text = std::max(fontMetrics().horizontalAdvance(startStopText(true)),
        fontMetrics().horizontalAdvance(startStopText(false)));
    m_startStop->setMinimumWidth(text + 16);
}

void WindowToolBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fixStartWidth();
}

} // namespace tcpw
