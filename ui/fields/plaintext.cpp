// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/plaintext.h"

namespace tcpw {

namespace {

bool pretends(char32_t character)
{
    return character < 0x20 || (character >= 0x7f && character < 0xa0)
        || (character >= 0x200b && character <= 0x200f)
        || (character >= 0x2028 && character <= 0x202e)
        || (character >= 0x2060 && character <= 0x206f) || character == 0xfeff
        || character == 0x061c;
}

QString escaped(char32_t character)
{
    return character < 0x100
        ? QStringLiteral("\\x%1").arg(uint(character), 2, 16, QLatin1Char('0'))
        : QStringLiteral("\\u%1").arg(uint(character), 4, 16, QLatin1Char('0'));
}

} // namespace

QString fromUtf8(const std::string& text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

std::string toUtf8(const QString& text)
{
    return text.toUtf8().toStdString();
}

QString harmless(const QString& text, bool keepLineBreaks)
{
    QString result;
    for (const QChar character : text) {
        const bool kept = keepLineBreaks && character == QLatin1Char('\n');
        if (pretends(character.unicode()) && !kept)
            result += escaped(character.unicode());
        else
            result += character;
    }
    return result;
}

QString breakable(const QString& text)
{
    constexpr int longest = 20; // characters of a word that is left alone
    QString result;
    int run = 0; // characters since the last place to break at
    for (qsizetype at = 0, word = 0; at < text.size(); ++at) {
        const QChar character = text[at];
        result += character;
        ++run;
        if (character.isSpace()) {
            word = at + 1;
            run = 0;
            continue;
        }
        const qsizetype end = text.indexOf(QLatin1Char(' '), at);
        const bool isLong = (end < 0 ? text.size() : end) - word > longest;
        const bool natural = QLatin1String(":,/=_").contains(character);
        if (isLong && (natural || run >= longest) && !character.isHighSurrogate()) {
            result += QChar(0x200b);
            run = 0;
        }
    }
    return result;
}

QString plainToolTip(const QString& text)
{
    if (text.isEmpty())
        return {};
    QString lines = harmless(text, true).toHtmlEscaped();
    lines.replace(QLatin1Char('\n'), QLatin1String("<br>"));
    return QLatin1String("<qt>") + lines + QLatin1String("</qt>");
}

} // namespace tcpw
