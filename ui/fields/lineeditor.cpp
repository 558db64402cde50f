// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/lineeditor.h"

#include "ui/fields/fixedfont.h"
#include "ui/fields/plaintext.h"
#include "ui/fields/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QTimer>

namespace tcpw {

FieldLineEdit::FieldLineEdit(QWidget* parent)
    : QLineEdit(parent)
{
    setFont(fixedFont());
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FieldLineEdit::setMark(ValueEditor::Mark mark)
{
    m_mark = mark;
    applyColors();
}

void FieldLineEdit::setComputed(bool computed)
{
    m_computed = computed;
    setFocusPolicy(computed ? Qt::ClickFocus : Qt::StrongFocus);
    applyColors();
}

void FieldLineEdit::setRoom(int characters)
{
    m_room = characters;
    updateGeometry();
}

QSize FieldLineEdit::sizeHint() const
{
    const int text = fontMetrics().horizontalAdvance(QString(m_room, QLatin1Char('0')));
    return {text + 2 * fontMetrics().averageCharWidth() + 8, QLineEdit::sizeHint().height()};
}

bool FieldLineEdit::event(QEvent* event)
{
    if (decidesShortcut(event))
        return true;
    return QLineEdit::event(event);
}

void FieldLineEdit::keyPressEvent(QKeyEvent* event)
{
    const bool control = event->modifiers() == Qt::ControlModifier;
    const bool plain = !(event->modifiers() & ~Qt::KeypadModifier);
    const bool up = event->key() == Qt::Key_Up;
    if (event->key() == Qt::Key_Backspace && control)
        emit resetRequested();
    else if ((up || event->key() == Qt::Key_Down) && control)
        emit moveRequested(up ? -1 : 1);
    else if ((up || event->key() == Qt::Key_Down) && plain)
        emit stepRequested(up ? 1 : -1);
    else if (event->key() == Qt::Key_Escape && plain)
        emit dropRequested();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && plain)
        emit left();
    else
        QLineEdit::keyPressEvent(event);
}

void FieldLineEdit::focusInEvent(QFocusEvent* event)
{
    QLineEdit::focusInEvent(event);
    if (m_computed) // what one types then replaces it
        QTimer::singleShot(0, this, &QLineEdit::selectAll);
    emit focused();
}

void FieldLineEdit::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        emit left();
}

void FieldLineEdit::changeEvent(QEvent* event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

void FieldLineEdit::applyColors()
{
    const Theme& theme = Theme::of(palette());
    QPalette colors;
    if (m_mark == ValueEditor::Mark::wrong)
        colors.setColor(QPalette::Base, theme.warningFill);
    else if (m_mark == ValueEditor::Mark::unreadable)
        colors.setColor(QPalette::Base, theme.wrongFill);
    else if (m_computed)
        colors.setColor(QPalette::Base, theme.mutedFill);
    if (m_computed)
        colors.setColor(QPalette::Text, theme.muted);
    setPalette(colors);
    update();
}

void FieldLineEdit::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    if (m_mark == ValueEditor::Mark::none)
        return;
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool unreadable = m_mark == ValueEditor::Mark::unreadable;
    painter.setPen(QPen(unreadable ? theme.wrong : theme.warning, unreadable ? 2 : 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 2, 2);
}

namespace {

int roomFor(const Field& field)
{
    switch (field.kind) {
    case FieldKind::mac:
        return 17;
    case FieldKind::ipv4:
        return 15;
    case FieldKind::ipv6:
        return 39;
    default:
        return field.bitWidth > 16 ? 10 : field.bitWidth > 8 ? 7 : 5;
    }
}

bool isSteppable(const Field& field)
{
    return field.kind == FieldKind::number || field.kind == FieldKind::hexNumber
        || field.kind == FieldKind::ipv4;
}

std::uint64_t largest(const Field& field)
{
    return field.bitWidth >= 64 ? ~std::uint64_t(0) : (std::uint64_t(1) << field.bitWidth) - 1;
}

/// One more or less; 32-bit numbers go round, as sequence numbers do, others stop at their ends.
std::optional<FieldValue> stepped(const Field& field, const FieldValue& value, int step)
{
    if (const auto* number = std::get_if<std::uint64_t>(&value)) {
        if (field.bitWidth == 32)
            return FieldValue((*number + std::uint64_t(std::int64_t(step))) & 0xffff'ffffu);
        const bool atEnd = step > 0 ? *number >= largest(field) : *number == 0;
        return FieldValue(atEnd ? *number : *number + std::uint64_t(std::int64_t(step)));
    }
    if (const auto* address = std::get_if<Ipv4Address>(&value))
        return FieldValue(Ipv4Address{address->value + std::uint32_t(step)});
    return {};
}

} // namespace

LineEditor::LineEditor(const Field& field, QWidget* parent)
    : ValueEditor(parent)
    , m_field(field)
    , m_edit(new FieldLineEdit(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_edit);
    m_edit->setRoom(roomFor(field));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_edit, &QLineEdit::textEdited, this, &LineEditor::typed);
    connect(m_edit, &FieldLineEdit::stepRequested, this, &LineEditor::step);
    passOn(m_edit);
}

void LineEditor::showState(const FieldState& state)
{
    m_state = state;
    m_edit->setComputed(state.kind == FieldState::Kind::automatic);
    m_edit->setPlaceholderText(state.text.isEmpty() || m_typing
            ? (state.words.isEmpty() ? state.text : state.words)
            : QString());
    if (!m_typing && m_edit->text() != state.text) {
        const int cursor = m_edit->cursorPosition();
        m_edit->setText(state.text);
        m_edit->setCursorPosition(m_edit->hasFocus() ? cursor : 0);
    }
}

void LineEditor::dropTyping()
{
    m_typing = false;
    showState(m_state);
    emit dropped();
}

void LineEditor::type(const QString& text)
{
    m_edit->setText(text);
    typed(text);
}

void LineEditor::typed(const QString& text)
{
    m_typing = true;
    const QString trimmed = text.trimmed();
    emit edited(trimmed.isEmpty() && m_field.computed ? QStringLiteral("auto") : trimmed);
}

void LineEditor::step(int step)
{
    const bool onComputed = m_state.kind == FieldState::Kind::automatic && !m_typing;
    if (onComputed || !isSteppable(m_field)) {
        emit moveRequested(-step);
        return;
    }
    const Result<FieldValue> value = parseValue(m_field, toUtf8(m_edit->text().trimmed()));
    const std::optional<FieldValue> next = value ? stepped(m_field, *value, step) : std::nullopt;
    if (!next)
        return;
    m_typing = false;
    m_edit->setText(fromUtf8(formatValue(m_field, *next)));
    emit edited(m_edit->text());
}

} // namespace tcpw
