// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/optionform.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace tcpw {

namespace {

using Kind = OptionForm::Kind;

struct KnownValue
{
    const char* name;
    Kind kind;
};

struct KnownOption
{
    const char* name;
    const char* label;
    std::array<KnownValue, 3> values; ///< those with a name that is null are not there
};

const KnownOption knownOptions[] = {
    {"mss", QT_TRANSLATE_NOOP("tcpw::OptionForm", "MSS"), {{{"", Kind::number}}}},
    {"window-scale", QT_TRANSLATE_NOOP("tcpw::OptionForm", "Window scale"), {{{"", Kind::number}}}},
    {"sack-permitted", QT_TRANSLATE_NOOP("tcpw::OptionForm", "SACK permitted"), {}},
    {"sack", QT_TRANSLATE_NOOP("tcpw::OptionForm", "SACK"), {{{"", Kind::bytes}}}},
    {"timestamps", QT_TRANSLATE_NOOP("tcpw::OptionForm", "Timestamps"),
        {{{"TSval", Kind::number}, {"TSecr", Kind::number}}}},
    {"nop", QT_TRANSLATE_NOOP("tcpw::OptionForm", "No-operation"), {}},
    {"end", QT_TRANSLATE_NOOP("tcpw::OptionForm", "End of list"), {}},
    {"user-timeout", QT_TRANSLATE_NOOP("tcpw::OptionForm", "User timeout"), {{{"", Kind::words}}}},
    {"fast-open", QT_TRANSLATE_NOOP("tcpw::OptionForm", "Fast Open"), {{{"", Kind::bytes}}}},
    {"md5", QT_TRANSLATE_NOOP("tcpw::OptionForm", "MD5"), {{{"", Kind::bytes}}}},
    {"ao", QT_TRANSLATE_NOOP("tcpw::OptionForm", "TCP-AO"),
        {{{"KeyID", Kind::number}, {"RNextKeyID", Kind::number}, {"MAC", Kind::bytes}}}},
    {"tail", QT_TRANSLATE_NOOP("tcpw::OptionForm", "Padding"), {{{"", Kind::bytes}}}},
};

QString labelOf(const KnownOption* known, const QString& name)
{
    if (known)
        return QCoreApplication::translate("tcpw::OptionForm", known->label);
    if (name.startsWith(QLatin1String("kind-")))
        return QCoreApplication::translate("tcpw::OptionForm", "Kind %1").arg(name.mid(5));
    return name;
}

/// Values of a known option; empty when the text has another number of them.
QList<OptionForm::Value> knownValues(const KnownOption& known, const QString& text)
{
    QList<OptionForm::Value> values;
    for (const KnownValue& one : known.values)
        if (one.name)
            values << OptionForm::Value{QString::fromLatin1(one.name), one.kind, {}};
    const QStringList texts = values.size() > 1 ? text.split(QLatin1Char(':')) : QStringList{text};
    if (values.isEmpty() || texts.size() != values.size())
        return {};
    for (qsizetype i = 0; i < values.size(); ++i)
        values[i].text = texts[i];
    return values;
}

} // namespace

OptionForm OptionForm::of(const QString& notation)
{
    const qsizetype equals = notation.indexOf(QLatin1Char('='));
    const QString head = notation.left(equals < 0 ? notation.size() : equals);
    const QString text = equals < 0 ? QString() : notation.mid(equals + 1);
    const qsizetype slash = head.indexOf(QLatin1Char('/'));

    OptionForm form;
    form.name = head.left(slash < 0 ? head.size() : slash);
    const auto known = std::ranges::find_if(knownOptions,
        [&form](const KnownOption& option) { return form.name == QLatin1String(option.name); });
    const KnownOption* option = known == std::end(knownOptions) ? nullptr : &*known;
    form.label = labelOf(option, form.name);
    if (slash >= 0) { // the length is stated
        form.separator = QLatin1Char('/');
        form.values << Value{QStringLiteral("length"), Kind::number, head.mid(slash + 1)}
                    << Value{QStringLiteral("data"), Kind::bytes, text};
        return form;
    }
    form.separator = QLatin1Char(':');
    if (equals < 0)
        return form;
    form.values = option ? knownValues(*option, text) : QList<Value>();
    if (form.values.isEmpty())
        form.values << Value{{}, Kind::bytes, text};
    return form;
}

QString OptionForm::notation() const
{
    if (values.isEmpty())
        return name;
    if (separator == QLatin1Char('/'))
        return name + separator + values[0].text + QLatin1Char('=') + values[1].text;
    QStringList texts;
    for (const Value& value : values)
        texts << value.text;
    return name + QLatin1Char('=') + texts.join(separator);
}

bool OptionForm::isSameForm(const OptionForm& other) const
{
    const auto sameValue = [](const Value& one, const Value& two) {
        return one.name == two.name && one.kind == two.kind;
    };
    return label == other.label && separator == other.separator
        && std::ranges::equal(values, other.values, sameValue);
}

} // namespace tcpw
