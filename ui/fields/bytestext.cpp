// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/bytestext.h"

#include "ui/fields/plaintext.h"

#include <QCoreApplication>
#include <QStringDecoder>

namespace tcpw {

namespace {

QString hexEscape(std::uint8_t byte)
{
    return QStringLiteral("\\x%1").arg(uint(byte), 2, 16, QLatin1Char('0'));
}

/// The length of the UTF-8 sequence that begins here and can be seen; 0 when there is none.
std::size_t visibleSequence(ByteView bytes)
{
    const std::uint8_t lead = bytes[0];
    const std::size_t length = lead < 0x80 ? 1
        : lead >= 0xf0                     ? 4
        : lead >= 0xe0                     ? 3
        : lead >= 0xc2                     ? 2
                                           : 0;
    if (length == 0 || length > bytes.size())
        return 0;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder.decode(
        QByteArrayView(reinterpret_cast<const char*>(bytes.data()), qsizetype(length)));
    return decoder.hasError() || text.isEmpty() || harmless(text) != text ? 0 : length;
}

int hexDigit(QChar digit)
{
    const char16_t code = digit.toLower().unicode();
    if (code >= u'0' && code <= u'9')
        return code - u'0';
    return code >= u'a' && code <= u'f' ? code - u'a' + 10 : -1;
}

/// Reads the escape whose backslash stands at `at`; moves `at` behind it. -1: it means nothing.
int readEscape(const QString& text, qsizetype& at)
{
    const QChar kind = at + 1 < text.size() ? text[at + 1] : QChar();
    if (kind == QLatin1Char('x') && at + 3 < text.size()) {
        const int high = hexDigit(text[at + 2]);
        const int low = hexDigit(text[at + 3]);
        at += 4;
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
    at += 2;
    switch (kind.unicode()) {
    case u'n':
        return '\n';
    case u'r':
        return '\r';
    case u't':
        return '\t';
    case u'0':
        return 0;
    case u'\\':
        return '\\';
    }
    return -1;
}

} // namespace

QString textFromBytes(ByteView bytes)
{
    QString text;
    while (!bytes.empty()) {
        std::size_t taken = 1;
        if (bytes[0] == '\n')
            text += QLatin1Char('\n');
        else if (bytes[0] == '\r')
            text += QLatin1String("\\r");
        else if (bytes[0] == '\t')
            text += QLatin1String("\\t");
        else if (bytes[0] == '\\')
            text += QLatin1String("\\\\");
        else if (const std::size_t length = visibleSequence(bytes)) {
            text += QString::fromUtf8(
                reinterpret_cast<const char*>(bytes.data()), qsizetype(length));
            taken = length;
        } else
            text += hexEscape(bytes[0]);
        bytes = bytes.subspan(taken);
    }
    return text;
}

Result<Bytes> bytesFromText(const QString& text)
{
    Bytes bytes;
    for (qsizetype at = 0; at < text.size();) {
        if (text[at] == QLatin1Char('\\')) {
            const qsizetype start = at;
            const int byte = readEscape(text, at);
            if (byte < 0)
                return failure(toUtf8(QCoreApplication::translate("tcpw::BytesText",
                    "The backslash at character %1 means nothing: write \\n, \\r, \\t, \\0, "
                    "\\xNN, or \\\\ for itself.")
                                          .arg(start + 1)));
            bytes.push_back(std::uint8_t(byte));
            continue;
        }
        const qsizetype units = text[at].isHighSurrogate() && at + 1 < text.size() ? 2 : 1;
        const QByteArray encoded = text.mid(at, units).toUtf8();
        bytes.insert(bytes.end(), encoded.begin(), encoded.end());
        at += units;
    }
    return bytes;
}

QString hexFromBytes(ByteView bytes)
{
    return QString::fromLatin1(QByteArray::fromRawData(
        reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()))
                                   .toHex(bytes.empty() ? '\0' : ' '));
}

bool isPrintable(ByteView bytes)
{
    while (!bytes.empty()) {
        const bool space = bytes[0] == '\n' || bytes[0] == '\r' || bytes[0] == '\t';
        const std::size_t length = space ? 1 : visibleSequence(bytes);
        if (length == 0)
            return false;
        bytes = bytes.subspan(length);
    }
    return true;
}

} // namespace tcpw
