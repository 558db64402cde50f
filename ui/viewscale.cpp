// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/viewscale.h"

#include "ui/windowsettings.h"

#include <QAction>
#include <QApplication>

#include <algorithm>

namespace tcpw {

namespace {

constexpr double step = 1.125;

} // namespace

ViewScale::ViewScale(QObject* parent)
    : QObject(parent)
    , m_normalFont(QApplication::font())
    , m_larger(new QAction(tr("&Larger text"), this))
    , m_smaller(new QAction(tr("S&maller text"), this))
    , m_normal(new QAction(tr("&Normal text"), this))
{
    m_larger->setShortcuts(
        {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    m_smaller->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Minus));
    m_normal->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_0));
    connect(m_larger, &QAction::triggered, this, [this] { setFactor(m_factor * step); });
    connect(m_smaller, &QAction::triggered, this, [this] { setFactor(m_factor / step); });
    connect(m_normal, &QAction::triggered, this, [this] { setFactor(1); });
}

ViewScale::~ViewScale()
{
    setFactor(1);
}

void ViewScale::setFactor(double factor)
{
    const double wanted
        = std::clamp(factor, WindowSettings::smallestScale, WindowSettings::largestScale);
    if (qFuzzyCompare(wanted, m_factor))
        return;
    m_factor = wanted;
    QFont font = m_normalFont;
    font.setPointSizeF(m_normalFont.pointSizeF() * wanted);
    QApplication::setFont(font);
    emit changed();
}

} // namespace tcpw
