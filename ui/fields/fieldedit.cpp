// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/fieldedit.h"

#include "ui/fields/plaintext.h"
#include "ui/fields/statechip.h"
#include "ui/fields/textlabel.h"
#include "ui/fields/theme.h"
#include "ui/fields/valueeditor.h"
#include "ui/fields/wraplayout.h"

#include <QPainter>

namespace tcpw {

FieldEdit::FieldEdit(const QString& layer, const Field& field, bool payload, QWidget* parent)
    : QWidget(parent)
    , m_field(field)
    , m_layout(new WrapLayout(this))
    , m_label(new TextLabel(fromUtf8(field.label), this))
    , m_editor(makeValueEditor(field, payload, this))
    , m_chip(new StateChip(this))
    , m_meaning(new TextLabel(this))
{
    m_layout->setContentsMargins(4, 1, 4, 1);
    m_label->setBuddy(m_editor->keyWidget());
    m_label->setToolTip(plainToolTip(help()));
    m_meaning->setTint(TextLabel::Tint::muted);
    m_editor->setNames(tr("%1, %2").arg(layer, fromUtf8(field.label)), plainToolTip(help()));
    for (QWidget* part : {static_cast<QWidget*>(m_label), static_cast<QWidget*>(m_editor),
             static_cast<QWidget*>(m_chip), static_cast<QWidget*>(m_meaning)})
        m_layout->addWidget(part);
    connect(m_editor, &ValueEditor::edited, this, &FieldEdit::edited);
    connect(m_editor, &ValueEditor::unreadable, this, &FieldEdit::setProblem);
    connect(m_editor, &ValueEditor::dropped, this, [this] { setProblem(QString()); });
    connect(m_editor, &ValueEditor::resetRequested, this, &FieldEdit::resetRequested);
    connect(m_chip, &StateChip::resetRequested, this, &FieldEdit::resetRequested);
    connect(m_editor, &ValueEditor::moveRequested, this, &FieldEdit::moveRequested);
    connect(m_editor, &ValueEditor::focused, this, &FieldEdit::focused);
    connect(m_editor, &ValueEditor::finished, this, [this] {
        setState(FieldState(m_state));
        emit finished();
    });
}

FieldEdit::~FieldEdit()
{
    // The editor that has the focus still tells of its end when this is half gone.
    m_editor->disconnect(this);
}

QString FieldEdit::help() const
{
    QString text = fromUtf8(m_field.label);
    if (*m_field.unit)
        text += QLatin1String(", ") + fromUtf8(m_field.unit);
    if (*m_field.help)
        text += QLatin1Char('\n') + fromUtf8(m_field.help);
    if (*m_field.reference)
        text += QLatin1Char('\n') + fromUtf8(m_field.reference);
    if (m_field.computed)
        text += QLatin1Char('\n')
            + tr("Computed unless you type a value. Ctrl+Backspace: automatic again.");
    return text;
}

void FieldEdit::setState(const FieldState& state)
{
    m_state = state;
    m_chip->setState(state);
    if (m_problem.isEmpty()) {
        m_editor->showState(state);
        m_editor->setMark(state.kind == FieldState::Kind::ownWrong ? ValueEditor::Mark::wrong
                                                                   : ValueEditor::Mark::none);
    }
    showMeaning();
}

void FieldEdit::setProblem(const QString& why)
{
    if (why == m_problem)
        return;
    m_problem = why;
    if (why.isEmpty())
        m_editor->setMark(m_state.kind == FieldState::Kind::ownWrong ? ValueEditor::Mark::wrong
                                                                     : ValueEditor::Mark::none);
    else
        m_editor->setMark(ValueEditor::Mark::unreadable);
    showMeaning();
    emit problemChanged();
}

void FieldEdit::drop()
{
    m_editor->dropTyping();
    setProblem(QString());
    setState(FieldState(m_state));
}

void FieldEdit::showMeaning()
{
    const bool unreadable = !m_problem.isEmpty();
    QString words = m_problem;
    if (!unreadable)
        words = m_state.meaning.isEmpty() ? fromUtf8(m_field.unit) : m_state.meaning;
    m_chip->setVisible(!unreadable && !m_chip->text().isEmpty());
    m_meaning->setTint(unreadable ? TextLabel::Tint::wrong : TextLabel::Tint::muted);
    m_meaning->setText(breakable(harmless(words)));
    m_meaning->setVisible(!words.isEmpty());
    QStringList said;
    if (!unreadable && !m_chip->text().isEmpty())
        said << m_chip->text();
    if (!words.isEmpty())
        said << words;
    if (m_field.kind != FieldKind::controlBits)
        m_editor->keyWidget()->setAccessibleDescription(said.join(QLatin1String("; ")));
}

int FieldEdit::labelWidth() const
{
    return m_label->sizeHint().width();
}

int FieldEdit::leastLabelWidth() const
{
    return m_label->minimumSizeHint().width();
}

void FieldEdit::setLabelWidth(int pixels)
{
    m_label->setFixedWidth(pixels);
    m_layout->setHangingIndent(pixels + m_layout->spacing());
}

void FieldEdit::setActive(bool active)
{
    m_active = active;
    update();
}

void FieldEdit::paintEvent(QPaintEvent*)
{
    if (!m_active)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::of(palette()).accentFill);
    painter.drawRoundedRect(rect(), 3, 3);
}

void FieldEdit::focusEditor(Qt::FocusReason reason)
{
    m_editor->keyWidget()->setFocus(reason);
}

} // namespace tcpw
