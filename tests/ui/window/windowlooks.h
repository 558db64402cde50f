// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QStringList>

class QWidget;

/// What can be computed of how a window looks. Each function lists what is wrong, in words.
namespace tcpw::test {

/// Labels, buttons, tabs and table headers whose text does not fit.
QStringList cutTexts(const QWidget& window);

/// Visible controls without an accessible name.
QStringList unnamedControls(const QWidget& window);

/// Visible, enabled controls that Tab does not come to, nor arrows from one that Tab comes to.
/// Presses Tab in the window.
QStringList controlsBesideTab(QWidget& window);

/// Texts whose contrast to their ground is less than 4.5:1.
QStringList faintTexts(const QWidget& window);

} // namespace tcpw::test
