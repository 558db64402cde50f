// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QFont>
#include <QFontDatabase>

namespace tcpw {

/// For bytes and numbers: the system's fixed family and nothing else, so that the size follows the
/// window's.
inline QFont fixedFont()
{
    QFont fixed;
    fixed.setFamilies(QFontDatabase::systemFont(QFontDatabase::FixedFont).families());
    return fixed;
}

inline QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

} // namespace tcpw
