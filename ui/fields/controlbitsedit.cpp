// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/controlbitsedit.h"

#include "ui/fields/plaintext.h"
#include "ui/fields/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <array>

namespace tcpw {

namespace {

struct Bit
{
    std::uint16_t mask;
    const char* name;
    char letter;
    const char* help;
};

/// In the order of the wire; the letter toggles the bit.
constexpr std::array<Bit, 12> bitTable{{
    {0x800, "R3", '3',
        QT_TRANSLATE_NOOP(
            "tcpw::ControlBitsEdit", "Reserved bit, to be sent as zero (RFC 9293, section 3.1).")},
    {0x400, "R2", '2',
        QT_TRANSLATE_NOOP(
            "tcpw::ControlBitsEdit", "Reserved bit, to be sent as zero (RFC 9293, section 3.1).")},
    {0x200, "R1", '1',
        QT_TRANSLATE_NOOP(
            "tcpw::ControlBitsEdit", "Reserved bit, to be sent as zero (RFC 9293, section 3.1).")},
    {ControlBits::ae, "AE", 'N',
        QT_TRANSLATE_NOOP("tcpw::ControlBitsEdit", "Accurate ECN, once called NS (RFC 9768).")},
    {ControlBits::cwr, "CWR", 'C',
        QT_TRANSLATE_NOOP(
            "tcpw::ControlBitsEdit", "Congestion window reduced (RFC 3168, section 6.1).")},
    {ControlBits::ece, "ECE", 'E',
        QT_TRANSLATE_NOOP("tcpw::ControlBitsEdit",
            "ECN echo: congestion was met on the way (RFC 3168, section 6.1).")},
    {ControlBits::urg, "URG", 'U',
        QT_TRANSLATE_NOOP("tcpw::ControlBitsEdit",
            "The urgent pointer means something (RFC 9293, section 3.8.5).")},
    {ControlBits::ack, "ACK", 'A',
        QT_TRANSLATE_NOOP("tcpw::ControlBitsEdit",
            "The acknowledgment number means something: it is the next one expected (RFC 9293, "
            "section 3.1).")},
    {ControlBits::psh, "PSH", 'P',
        QT_TRANSLATE_NOOP("tcpw::ControlBitsEdit",
            "Push: hand the data to the application now (RFC 9293, section 3.9.1).")},
    {ControlBits::rst, "RST", 'R',
        QT_TRANSLATE_NOOP(
            "tcpw::ControlBitsEdit", "Reset the connection (RFC 9293, section 3.5.2).")},
    {ControlBits::syn, "SYN", 'S',
        QT_TRANSLATE_NOOP("tcpw::ControlBitsEdit",
            "Synchronize sequence numbers: asks for a connection (RFC 9293, section 3.5).")},
    {ControlBits::fin, "FIN", 'F',
        QT_TRANSLATE_NOOP(
            "tcpw::ControlBitsEdit", "The sender has no more data (RFC 9293, section 3.6).")},
}};
constexpr int rareBits = 4; ///< the first ones; they go to a second line where it is narrow
constexpr int gap = 4;

QSize cellSize(const QFontMetrics& metrics, int index)
{
    const int letters = metrics.horizontalAdvance(QLatin1String(bitTable[std::size_t(index)].name));
    return {letters + metrics.averageCharWidth() + 4, metrics.height() + 6};
}

} // namespace

ControlBitsEdit::ControlBitsEdit(QWidget* parent)
    : ValueEditor(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setMouseTracking(true);
    describe();
}

void ControlBitsEdit::showState(const FieldState& state)
{
    if (const auto* number = std::get_if<std::uint64_t>(&state.value))
        m_bits.value = std::uint16_t(*number & 0xfff);
    describe();
    update();
}

void ControlBitsEdit::setMark(Mark mark)
{
    m_mark = mark;
    update();
}

void ControlBitsEdit::describe()
{
    const QString set = fromUtf8(toText(m_bits));
    setAccessibleDescription(set.isEmpty() ? tr("no bit is set") : tr("%1 set").arg(set));
    if (QAccessible::isActive()) {
        QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changed);
    }
}

/// Lays the cells out in one line of wire order, or, where that is too wide, the eight common ones
/// and below them the four rare ones; a line too wide even so is broken. Gives the height.
int ControlBitsEdit::arrange(int width, QList<QRect>* cells) const
{
    const QFontMetrics metrics = fontMetrics();
    const bool oneLine = sizeHint().width() <= width;
    const int height = cellSize(metrics, 0).height();
    cells->fill(QRect(), int(bitTable.size()));
    int x = 0;
    int y = 0;
    for (int i = 0; i < int(bitTable.size()); ++i) {
        const int index = oneLine ? i : (i + rareBits) % int(bitTable.size());
        const QSize size = cellSize(metrics, index);
        const bool rareStart = !oneLine && index == 0;
        if (x > 0 && (rareStart || x + size.width() > width)) {
            x = 0;
            y += height + gap;
        }
        (*cells)[index] = QRect(QPoint(x, y), size);
        x += size.width() + gap;
    }
    return y + height;
}

QSize ControlBitsEdit::sizeHint() const
{
    int width = -gap;
    for (int i = 0; i < int(bitTable.size()); ++i)
        width += cellSize(fontMetrics(), i).width() + gap;
    return {width, cellSize(fontMetrics(), 0).height()};
}

QSize ControlBitsEdit::minimumSizeHint() const
{
    int width = -gap;
    for (int i = rareBits; i < rareBits + 4; ++i)
        width += cellSize(fontMetrics(), i).width() + gap;
    return {width, cellSize(fontMetrics(), 0).height()};
}

int ControlBitsEdit::heightForWidth(int width) const
{
    QList<QRect> cells;
    return arrange(width, &cells);
}

QRect ControlBitsEdit::cell(std::uint16_t bit) const
{
    for (int i = 0; i < m_cells.size(); ++i)
        if (bitTable[std::size_t(i)].mask == bit)
            return m_cells[i];
    return {};
}

void ControlBitsEdit::resizeEvent(QResizeEvent*)
{
    arrange(width(), &m_cells);
}

int ControlBitsEdit::cellAt(const QPoint& place) const
{
    for (int i = 0; i < m_cells.size(); ++i)
        if (m_cells[i].contains(place))
            return i;
    return -1;
}

void ControlBitsEdit::toggle(int index)
{
    m_current = index;
    m_bits.value = std::uint16_t(m_bits.value ^ bitTable[std::size_t(index)].mask);
    describe();
    update();
    const QString text = fromUtf8(toText(m_bits));
    emit edited(text.isEmpty() ? QStringLiteral("none") : text);
}

void ControlBitsEdit::moveCell(int steps)
{
    const int count = int(bitTable.size());
    m_current = (m_current + steps + count) % count;
    update();
}

void ControlBitsEdit::keyPressEvent(QKeyEvent* event)
{
    const bool plain = !(event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier));
    const bool control = event->modifiers() == Qt::ControlModifier;
    const QString letter = event->text().toUpper();
    const auto named = std::find_if(bitTable.begin(), bitTable.end(),
        [&](const Bit& bit) { return letter.size() == 1 && letter[0] == QLatin1Char(bit.letter); });
    if (event->key() == Qt::Key_Backspace && control)
        emit resetRequested();
    else if ((plain || control) && event->key() == Qt::Key_Up)
        emit moveRequested(-1);
    else if ((plain || control) && event->key() == Qt::Key_Down)
        emit moveRequested(1);
    else if (plain && event->key() == Qt::Key_Left)
        moveCell(-1);
    else if (plain && event->key() == Qt::Key_Right)
        moveCell(1);
    else if (plain && event->key() == Qt::Key_Space)
        toggle(m_current);
    else if (plain && named != bitTable.end())
        toggle(int(named - bitTable.begin()));
    else
        QWidget::keyPressEvent(event);
}

void ControlBitsEdit::mousePressEvent(QMouseEvent* event)
{
    const int index = cellAt(event->pos());
    if (index >= 0 && event->button() == Qt::LeftButton)
        toggle(index);
}

bool ControlBitsEdit::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool letter = !(key->modifiers() & ~Qt::ShiftModifier) && !key->text().isEmpty();
        const bool back
            = key->key() == Qt::Key_Backspace && key->modifiers() == Qt::ControlModifier;
        if (letter || back) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int index = cellAt(help->pos());
        if (index >= 0) {
            const Bit& bit = bitTable[std::size_t(index)];
            const QString text
                = tr("%1: %2 Key: %3")
                      .arg(QLatin1String(bit.name), tr(bit.help), QChar::fromLatin1(bit.letter));
            QToolTip::showText(help->globalPos(), plainToolTip(text), this, m_cells[index]);
            return true;
        }
    }
    return ValueEditor::event(event);
}

void ControlBitsEdit::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
    emit focused();
}

void ControlBitsEdit::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
    emit finished();
}

void ControlBitsEdit::paintCell(QPainter& painter, int index) const
{
    const Theme& theme = Theme::of(palette());
    const Bit& bit = bitTable[std::size_t(index)];
    const bool on = m_bits.has(bit.mask);
    const QRectF box = QRectF(m_cells[index]).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(on ? theme.solid : theme.border);
    painter.setBrush(on ? theme.solid : palette().color(QPalette::Base));
    painter.drawRoundedRect(box, 3, 3);
    QFont font = painter.font();
    font.setBold(on);
    painter.setFont(font);
    painter.setPen(on          ? theme.solidText
            : index < rareBits ? theme.muted
                               : palette().color(QPalette::Text));
    painter.drawText(m_cells[index], Qt::AlignCenter, QLatin1String(bit.name));
    font.setBold(false);
    painter.setFont(font);
    if (hasFocus() && index == m_current) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(on ? theme.solidText : theme.accent, 1, Qt::DotLine));
        painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 2, 2);
    }
}

void ControlBitsEdit::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < m_cells.size(); ++i)
        paintCell(painter, i);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(Theme::of(palette()).accent, 1));
        for (const QRect& cell : m_cells)
            painter.drawLine(
                cell.left() + 3, cell.bottom() + 2, cell.right() - 3, cell.bottom() + 2);
    }
}

} // namespace tcpw
