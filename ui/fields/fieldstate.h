// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "templates/draft.h"

#include <QString>

namespace tcpw {

/// What an editor shows of one field of a draft.
struct FieldState
{
    enum class Kind
    {
        plain, ///< a value, and nothing says what it should be
        automatic, ///< computed
        placeholder, ///< found at each Send
        own, ///< the user's, where the field could be automatic or had a placeholder
        ownWrong ///< the user's, and not what would be computed
    };
    Kind kind = Kind::plain;
    FieldValue value; ///< as it would be sent; monostate: not known before Send
    QString text; ///< the value in the shared notation; "" when it is not known
    QString right; ///< what would be computed; with Kind::ownWrong
    QString words; ///< "new each Send"; of a placeholder
    QString meaning; ///< for a reader
    bool canReset = false; ///< Ctrl+Backspace leads to automatic, or to what the template had
    friend bool operator==(const FieldState&, const FieldState&) = default;
};

/// A draft and what else tells how its fields stand.
struct DraftView
{
    const Draft& draft;
    const Draft& base; ///< what was loaded: where Ctrl+Backspace leads to
    const Packet& sent; ///< what Send would send, every computed field filled in
    bool resolved = true; ///< placeholders have their values in `sent`
};

/// The state of one field. `where` is a place in the draft's stack.
FieldState fieldState(const DraftView& view, FieldPath where);

/// The text that Ctrl+Backspace sets: "auto", the placeholder or the value that the loaded draft
/// had; "" when there is nothing to go back to.
std::string resetText(const Draft& draft, const Draft& base, FieldPath where);

/// True when the field has a value of one's own that differs from what would be computed. `sent`
/// as in DraftView.
bool isWrongOnPurpose(const Packet& packet, const Packet& sent, FieldPath where);

/// What would be computed for the field with all others as they are.
FieldValue computedValue(const Packet& sent, FieldPath where);

} // namespace tcpw
