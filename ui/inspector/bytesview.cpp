// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/inspector/bytesview.h"

#include "ui/fields/fixedfont.h"
#include "ui/fields/theme.h"

#include <QKeyEvent>
#include <QSyntaxHighlighter>
#include <QTextBlock>

#include <algorithm>

namespace tcpw {

/// Gives each byte its layer's colour, and the marked ones their ground.
class BytesView::Tint : public QSyntaxHighlighter
{
public:
    explicit Tint(BytesView& view)
        : QSyntaxHighlighter(view.document())
        , m_view(view)
    {
    }

protected:
    void highlightBlock(const QString&) override
    {
        const Theme& theme = Theme::of(m_view.palette());
        QTextCharFormat muted;
        muted.setForeground(theme.muted);
        setFormat(0, m_view.offsetWidth(), muted);
        const int first = currentBlock().blockNumber() * m_view.m_perLine;
        const int end = std::min(first + m_view.m_perLine, int(m_view.m_bytes.size()));
        // What looks the same is one run of text, with the spaces in between: each run is laid out
        // and painted by itself.
        for (int from = first, to = first; from < end; from = to) {
            while (to < end && looksLike(from, to))
                ++to;
            const QTextCharFormat format = formatOf(from, theme);
            const int column = m_view.hexColumn(from);
            setFormat(column, m_view.hexColumn(to - 1) + 2 - column, format);
            setFormat(m_view.asciiColumn(from), to - from, format);
        }
    }

private:
    bool isMarked(int byte) const { return byte >= m_view.m_markFirst && byte < m_view.m_markEnd; }

    QColor colorOf(int byte) const
    {
        const auto& colors = m_view.m_colors;
        return std::size_t(byte) < colors.size() ? colors[std::size_t(byte)] : QColor();
    }

    bool looksLike(int one, int other) const
    {
        return isMarked(one) == isMarked(other) && colorOf(one) == colorOf(other);
    }

    QTextCharFormat formatOf(int byte, const Theme& theme) const
    {
        QTextCharFormat format;
        if (const QColor color = colorOf(byte); color.isValid())
            format.setForeground(color);
        if (isMarked(byte)) {
            format.setBackground(theme.accentFill);
            format.setFontUnderline(true); // not by colour alone
        }
        return format;
    }

    BytesView& m_view;
};

BytesView::BytesView(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_tint(new Tint(*this))
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(NoWrap);
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    setAccessibleName(tr("Bytes of the packet"));
    setFrameShape(NoFrame);
    setFont(fixedFont());
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        const QTextCursor cursor = textCursor();
        const int byte = byteAt(cursor.blockNumber(), cursor.positionInBlock());
        if (!m_changing && byte >= 0)
            emit byteChosen(byte);
    });
}

BytesView::~BytesView() = default;

int BytesView::offsetWidth() const
{
    return m_bytes.size() > 0x10000 ? 6 : 4;
}

int BytesView::hexColumn(int byte) const
{
    return offsetWidth() + 2 + 3 * (byte % m_perLine);
}

int BytesView::asciiColumn(int byte) const
{
    return offsetWidth() + 2 + 3 * m_perLine + 1 + byte % m_perLine;
}

int BytesView::byteAt(int line, int column) const
{
    const int first = line * m_perLine;
    const int ascii = asciiColumn(first);
    int inLine = -1;
    if (column >= ascii)
        inLine = std::min(column - ascii, m_perLine - 1);
    else if (column >= hexColumn(first))
        inLine = std::min((column - hexColumn(first)) / 3, m_perLine - 1);
    const int byte = first + inLine;
    return inLine >= 0 && byte < int(m_bytes.size()) ? byte : -1;
}

QString BytesView::line(std::size_t first) const
{
    const std::size_t end = std::min(first + std::size_t(m_perLine), m_bytes.size());
    const auto digit = [](int value) {
        return QLatin1Char("0123456789abcdef"[value]);
    };
    QString digits;
    QString ascii;
    for (std::size_t byte = first; byte < end; ++byte) {
        const int value = m_bytes[byte];
        digits += digit(value >> 4) % digit(value & 0xf) % QLatin1Char(' ');
        ascii += value >= 0x20 && value < 0x7f ? QLatin1Char(char(value)) : QLatin1Char('.');
    }
    return QString::number(first, 16).rightJustified(offsetWidth(), QLatin1Char('0'))
        % QStringLiteral("  ") % digits.leftJustified(3 * m_perLine) % QLatin1Char(' ') % ascii;
}

void BytesView::showText()
{
    m_changing = true;
    const int place = textCursor().position();
    QStringList lines;
    for (std::size_t first = 0; first < m_bytes.size(); first += std::size_t(m_perLine))
        lines << line(first);
    if (lines.size() == document()->blockCount())
        replaceLines(lines);
    else
        setPlainText(lines.join(QLatin1Char('\n')));
    if (hasFocus()) {
        QTextCursor cursor = textCursor();
        cursor.setPosition(std::min(place, document()->characterCount() - 1));
        setTextCursor(cursor);
    }
    m_changing = false;
}

/// Writes the lines that are others; an edit changes few of many.
void BytesView::replaceLines(const QStringList& lines)
{
    QTextBlock block = document()->firstBlock();
    QTextCursor cursor(block);
    cursor.beginEditBlock(); // laid out once, at its end
    for (const QString& line : lines) {
        if (block.text() != line) {
            cursor.setPosition(block.position());
            cursor.setPosition(block.position() + block.length() - 1, QTextCursor::KeepAnchor);
            cursor.insertText(line);
        }
        block = block.next();
    }
    cursor.endEditBlock();
}

void BytesView::setEditable(bool editable)
{
    m_editable = editable;
}

/// The cursor to a column of a byte's line.
void BytesView::goTo(int byte, int column)
{
    QTextCursor cursor(document()->findBlockByNumber(byte / m_perLine));
    cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor, column);
    setTextCursor(cursor);
}

/// Takes one typed character where it makes a byte, and goes on behind it.
bool BytesView::typeOver(const QString& text)
{
    const QTextCursor cursor = textCursor();
    const int column = cursor.positionInBlock();
    int byte = byteAt(cursor.blockNumber(), column);
    if (byte < 0 || text.size() != 1)
        return false;
    const auto next = [this](int at) {
        return std::min(at + 1, int(m_bytes.size()) - 1);
    };
    if (column >= asciiColumn(byte)) {
        const char16_t letter = text[0].unicode();
        if (letter < 0x20 || letter > 0x7e)
            return false;
        emit byteTyped(byte, quint8(letter));
        goTo(next(byte), asciiColumn(next(byte)));
        return true;
    }
    bool isDigit = false;
    const int digit = text.toInt(&isDigit, 16);
    if (!isDigit)
        return false;
    int half = column - hexColumn(byte);
    if (half == 2) { // the space behind it
        if (byte + 1 >= int(m_bytes.size()))
            return false;
        ++byte;
        half = 0;
    }
    const int old = m_bytes[std::size_t(byte)];
    emit byteTyped(byte, quint8(half == 0 ? digit << 4 | (old & 0x0f) : (old & 0xf0) | digit));
    const int then = half == 0 ? byte : next(byte);
    goTo(then, hexColumn(then) + (half == 0 || then == byte ? 1 : 0));
    return true;
}

void BytesView::keyPressEvent(QKeyEvent* event)
{
    if (m_editable && event->matches(QKeySequence::Paste))
        emit pasteRequested();
    else if (!m_editable || event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)
        || !typeOver(event->text()))
        QPlainTextEdit::keyPressEvent(event);
}

void BytesView::setBytes(Bytes bytes, std::vector<QColor> colors)
{
    const bool sameColors = colors == m_colors;
    if (bytes == m_bytes && sameColors)
        return;
    m_bytes = std::move(bytes);
    m_colors = std::move(colors);
    mark({});
    showText();
    if (!sameColors)
        m_tint->rehighlight();
}

void BytesView::mark(BitRange bits)
{
    const int first = int(bits.offset / 8);
    const int end = bits.length == 0 ? first : int((bits.offset + bits.length + 7) / 8);
    const std::pair old(m_markFirst, m_markEnd);
    m_markFirst = first;
    m_markEnd = end;
    for (const auto& [from, to] : {old, std::pair(first, end)})
        for (int line = from / m_perLine; to > from && line <= (to - 1) / m_perLine; ++line)
            m_tint->rehighlightBlock(document()->findBlockByNumber(line));
    if (end == first || hasFocus())
        return;
    m_changing = true;
    QTextCursor cursor(document()->findBlockByNumber(first / m_perLine));
    cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor, hexColumn(first));
    setTextCursor(cursor);
    m_changing = false;
}

/// Sixteen bytes a line where they fit, else eight.
void BytesView::fitLine()
{
    const int sixteen = offsetWidth() + 2 + 3 * 16 + 1 + 16;
    const int room = viewport()->width() - 2 * int(document()->documentMargin());
    const int fitting
        = fontMetrics().horizontalAdvance(QLatin1Char('0')) * sixteen <= room ? 16 : 8;
    if (fitting == m_perLine)
        return;
    m_perLine = fitting;
    showText();
}

void BytesView::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    fitLine();
}

void BytesView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitLine();
    if (event->type() == QEvent::PaletteChange)
        m_tint->rehighlight();
}

} // namespace tcpw
