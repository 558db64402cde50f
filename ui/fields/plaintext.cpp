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
    constexpr qsizetype longest = 16; // of a word, in characters
    QString result;
    const QStringList words = text.split(QLatin1Char(' '));
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (i > 0)
            result += QLatin1Char(' ');
        for (const QChar character : words[i]) {
            result += character;
            if (words[i].size() > longest && QLatin1String(":,/=").contains(character))
                result += QChar(0x200b);
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
