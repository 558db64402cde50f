// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QStringList>

#include <string>

/// Between core's text (UTF-8) and the window's. What comes from outside is shown as plain text,
/// always: labels get Qt::PlainText, tool tips and message boxes what plainToolTip() gives.
namespace tcpw {

QString fromUtf8(const std::string& text);
std::string toUtf8(const QString& text);

/// Text from outside with control and direction-changing characters written as \x1b or
/// \u202e, so that it cannot pretend to be something else; line breaks too unless kept.
QString harmless(const QString& text, bool keepLineBreaks = false);

/// Text whose long words may be broken, behind ':', ',', '/' and '=' or anywhere, by spaces of no
/// width, so that it fits narrow places; for showing only.
QString breakable(const QString& text);

/// Text that a tool tip or message box shows as it is, wrapped to a readable width; never read as
/// rich text.
QString plainToolTip(const QString& text);

} // namespace tcpw
