// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QColor>
#include <QPalette>

namespace tcpw {

/// The few colours that mean something, for a light and for a dark palette. Every colour that is
/// not named a fill is readable as text (contrast at least 4.5:1) on the palette's window, base and
/// alternate base, and on every fill; so is the palette's own text.
struct Theme
{
    bool dark = false;

    QColor accent; ///< what is chosen, links, hints
    QColor good; ///< computed, answers, is up
    QColor warning; ///< wrong on purpose, is missing something
    QColor wrong; ///< cannot be read, failed
    QColor muted; ///< units, meanings, what is not in use

    QColor me; ///< packets that we injected
    QColor kernel; ///< packets of this machine's own stack
    QColor peer; ///< packets that came in

    QColor accentFill; ///< behind what is chosen or a hint
    QColor goodFill;
    QColor warningFill;
    QColor wrongFill;
    QColor mutedFill;

    QColor meFill; ///< behind a row of the packet list
    QColor kernelFill;
    QColor peerFill;

    QColor linkLayer; ///< bytes by the layer that they belong to
    QColor networkLayer;
    QColor transportLayer;
    QColor dataLayer;

    QColor border; ///< lines around things; no text
    QColor solid; ///< the one button that matters most
    QColor solidText; ///< its caption; readable on `solid`

    /// The colours that go with a palette.
    static const Theme& of(const QPalette& palette);
    /// A whole palette of either scheme, for programs and pictures that choose one.
    static QPalette palette(bool dark);
};

/// The contrast of two colours as WCAG 2.1 defines it: 1 to 21.
double contrast(const QColor& one, const QColor& other);

} // namespace tcpw
