// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QChar>
#include <QString>
#include <QStringList>

namespace tcpw {

/// One option of the shared notation taken apart for a form: "timestamps=1:0" has two values. What
/// is no known option, or has a length that is stated, is a form as well: its bytes.
struct OptionForm
{
    /// How a value is typed.
    enum class Kind
    {
        number,
        words, ///< such as "30s"
        bytes ///< hexadecimal digits or a list of any length
    };
    struct Value
    {
        QString name; ///< "TSval"; "" where the option's own name says it
        Kind kind = Kind::number;
        QString text;
        friend bool operator==(const Value&, const Value&) = default;
    };

    QString name; ///< in the notation: "timestamps"
    QString label; ///< for people: "Timestamps"
    QChar separator; ///< between values
    QList<Value> values;

    /// Reads one option of the notation, without commas.
    static OptionForm of(const QString& notation);
    /// Writes it again; of(text).notation() == text.
    QString notation() const;
    /// True when both have the same values to fill in.
    bool isSameForm(const OptionForm& other) const;
};

} // namespace tcpw
