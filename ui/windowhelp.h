// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QString>

class QWidget;

namespace tcpw {

class BuilderPane;
class InspectorPane;

/// What F1 says of what has the focus: a field's meaning and RFC section, else what the tool tip of
/// a control says. Plain text; "" when nothing is known.
QString focusHelp(
    const QWidget* focused, const BuilderPane& builder, const InspectorPane& inspector);

/// Shows it beside the widget; the next key or click takes it away.
void showFocusHelp(QWidget* focused, const QString& text);

/// Shows name, versions and licence, in a window that blocks nothing.
void showAbout(QWidget* parent);

} // namespace tcpw
