// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/theme.h"

#include <cmath>

namespace tcpw {

namespace {

Theme lightTheme()
{
    Theme theme;
    theme.accent = QColor(0x0b, 0x52, 0xa8);
    theme.good = QColor(0x1b, 0x65, 0x2c);
    theme.warning = QColor(0x80, 0x4a, 0x00);
    theme.wrong = QColor(0xa8, 0x17, 0x17);
    theme.muted = QColor(0x55, 0x5a, 0x61);
    theme.me = QColor(0x0b, 0x52, 0xa8);
    theme.kernel = QColor(0xa8, 0x17, 0x17);
    theme.peer = QColor(0x1b, 0x65, 0x2c);
    theme.accentFill = QColor(0xd9, 0xea, 0xfc);
    theme.goodFill = QColor(0xdf, 0xf2, 0xe2);
    theme.warningFill = QColor(0xfd, 0xf1, 0xd5);
    theme.wrongFill = QColor(0xfd, 0xe4, 0xe2);
    theme.mutedFill = QColor(0xe8, 0xea, 0xed);
    theme.meFill = QColor(0xec, 0xf3, 0xfd);
    theme.kernelFill = QColor(0xfd, 0xe9, 0xe7);
    theme.peerFill = QColor(0xfb, 0xfd, 0xfb);
    theme.linkLayer = QColor(0x7a, 0x4c, 0x05);
    theme.networkLayer = QColor(0x0b, 0x52, 0xa8);
    theme.transportLayer = QColor(0x6b, 0x26, 0x8f);
    theme.dataLayer = QColor(0x1b, 0x65, 0x2c);
    theme.border = QColor(0xc3, 0xc7, 0xcc);
    theme.solid = QColor(0x1d, 0x6f, 0xd6);
    theme.solidText = QColor(0xff, 0xff, 0xff);
    return theme;
}

Theme darkTheme()
{
    Theme theme;
    theme.dark = true;
    theme.accent = QColor(0x8c, 0xc4, 0xff);
    theme.good = QColor(0x8a, 0xd6, 0x98);
    theme.warning = QColor(0xf3, 0xc1, 0x66);
    theme.wrong = QColor(0xff, 0xa9, 0xa2);
    theme.muted = QColor(0xb4, 0xb9, 0xc0);
    theme.me = QColor(0x8c, 0xc4, 0xff);
    theme.kernel = QColor(0xff, 0xa9, 0xa2);
    theme.peer = QColor(0x8a, 0xd6, 0x98);
    theme.accentFill = QColor(0x1d, 0x3a, 0x5c);
    theme.goodFill = QColor(0x1f, 0x3d, 0x27);
    theme.warningFill = QColor(0x46, 0x37, 0x14);
    theme.wrongFill = QColor(0x51, 0x25, 0x23);
    theme.mutedFill = QColor(0x3a, 0x3d, 0x42);
    theme.meFill = QColor(0x22, 0x30, 0x42);
    theme.kernelFill = QColor(0x45, 0x27, 0x27);
    theme.peerFill = QColor(0x22, 0x28, 0x24);
    theme.linkLayer = QColor(0xe6, 0xbe, 0x7a);
    theme.networkLayer = QColor(0x8c, 0xc4, 0xff);
    theme.transportLayer = QColor(0xd9, 0xb0, 0xf5);
    theme.dataLayer = QColor(0x8a, 0xd6, 0x98);
    theme.border = QColor(0x55, 0x59, 0x60);
    theme.solid = QColor(0x1d, 0x6f, 0xd6);
    theme.solidText = QColor(0xff, 0xff, 0xff);
    return theme;
}

QPalette lightPalette()
{
    QPalette palette(QColor(0xf1, 0xf2, 0xf4));
    palette.setColor(QPalette::WindowText, QColor(0x1a, 0x1c, 0x1f));
    palette.setColor(QPalette::Text, QColor(0x1a, 0x1c, 0x1f));
    palette.setColor(QPalette::ButtonText, QColor(0x1a, 0x1c, 0x1f));
    palette.setColor(QPalette::Base, QColor(0xff, 0xff, 0xff));
    palette.setColor(QPalette::AlternateBase, QColor(0xf6, 0xf7, 0xf9));
    palette.setColor(QPalette::Highlight, QColor(0x1d, 0x6f, 0xd6));
    palette.setColor(QPalette::HighlightedText, QColor(0xff, 0xff, 0xff));
    palette.setColor(QPalette::ToolTipBase, QColor(0xff, 0xff, 0xff));
    palette.setColor(QPalette::ToolTipText, QColor(0x1a, 0x1c, 0x1f));
    palette.setColor(QPalette::PlaceholderText, QColor(0x5f, 0x64, 0x6b));
    palette.setColor(QPalette::Link, QColor(0x0b, 0x52, 0xa8));
    return palette;
}

QPalette darkPalette()
{
    QPalette palette(QColor(0x2b, 0x2d, 0x31));
    palette.setColor(QPalette::WindowText, QColor(0xec, 0xee, 0xf0));
    palette.setColor(QPalette::Text, QColor(0xec, 0xee, 0xf0));
    palette.setColor(QPalette::ButtonText, QColor(0xec, 0xee, 0xf0));
    palette.setColor(QPalette::BrightText, QColor(0xff, 0xff, 0xff));
    palette.setColor(QPalette::Base, QColor(0x1f, 0x21, 0x24));
    palette.setColor(QPalette::AlternateBase, QColor(0x26, 0x28, 0x2c));
    palette.setColor(QPalette::Button, QColor(0x3a, 0x3d, 0x42));
    palette.setColor(QPalette::Highlight, QColor(0x1d, 0x6f, 0xd6));
    palette.setColor(QPalette::HighlightedText, QColor(0xff, 0xff, 0xff));
    palette.setColor(QPalette::ToolTipBase, QColor(0x1f, 0x21, 0x24));
    palette.setColor(QPalette::ToolTipText, QColor(0xec, 0xee, 0xf0));
    palette.setColor(QPalette::PlaceholderText, QColor(0xa6, 0xab, 0xb2));
    palette.setColor(QPalette::Link, QColor(0x8c, 0xc4, 0xff));
    return palette;
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

} // namespace

const Theme& Theme::of(const QPalette& palette)
{
    static const Theme light = lightTheme();
    static const Theme dark = darkTheme();
    return luminance(palette.color(QPalette::Window)) < 0.18 ? dark : light;
}

QPalette Theme::palette(bool dark)
{
    QPalette palette = dark ? darkPalette() : lightPalette();
    const QColor disabled = palette.color(QPalette::PlaceholderText);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    return palette;
}

double contrast(const QColor& one, const QColor& other)
{
    const double a = luminance(one) + 0.05;
    const double b = luminance(other) + 0.05;
    return a > b ? a / b : b / a;
}

} // namespace tcpw
