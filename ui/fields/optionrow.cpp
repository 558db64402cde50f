// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/optionrow.h"

#include "ui/fields/growingedit.h"
#include "ui/fields/lineeditor.h"
#include "ui/fields/plaintext.h"
#include "ui/fields/textlabel.h"
#include "ui/fields/wraplayout.h"

#include <QAction>
#include <QMenu>
#include <QToolButton>

namespace tcpw {

namespace {

constexpr int numberRoom = 10; ///< digits of the largest 32-bit number

} // namespace

OptionRow::OptionRow(QWidget* parent)
    : QWidget(parent)
    , m_layout(new WrapLayout(this))
    , m_label(new TextLabel(this))
    , m_menu(new QToolButton(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
    m_layout->addWidget(m_menu);
    m_layout->addWidget(m_label);
    auto* menu = new QMenu(this);
    const auto add = [this, menu](const QString& text, const QKeySequence& keys, auto&& asked) {
        auto* action = new QAction(text, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, asked);
        QWidget::addAction(action);
        menu->addAction(action);
        return action;
    };
    m_up = add(tr("Move &up"), Qt::ALT | Qt::Key_Up, [this] { emit moveRequested(-1); });
    m_down = add(tr("Move &down"), Qt::ALT | Qt::Key_Down, [this] { emit moveRequested(1); });
    add(tr("Du&plicate"), Qt::CTRL | Qt::Key_D, [this] { emit duplicateRequested(); });
    add(tr("&Remove"), Qt::CTRL | Qt::Key_Delete, [this] { emit removeRequested(); });
    m_menu->setText(QStringLiteral("⋮"));
    m_label->setMinimumWidth(fontMetrics().horizontalAdvance(tr("SACK permitted")));
    m_menu->setAutoRaise(true);
    m_layout->setHangingIndent(m_menu->sizeHint().width() + m_layout->spacing());
    // A menu of the button's own would put an arrow on its text.
    connect(m_menu, &QToolButton::clicked, this,
        [this, menu] { menu->popup(m_menu->mapToGlobal(QPoint(0, m_menu->height()))); });
    m_menu->setFocusPolicy(Qt::StrongFocus);
}

void OptionRow::setPlace(bool first, bool last)
{
    m_up->setEnabled(!first);
    m_down->setEnabled(!last);
}

void OptionRow::show(const QString& notation, const QString& field, int number)
{
    const OptionForm form = OptionForm::of(notation);
    const bool isSame = !m_label->text().isEmpty() && form.isSameForm(m_form);
    m_form = form;
    if (!isSame)
        makeValues();
    const QString name = tr("%1, option %2, %3").arg(field).arg(number).arg(form.label);
    m_menu->setAccessibleName(tr("%1, change").arg(name));
    m_menu->setToolTip(plainToolTip(tr("Moves, duplicates or removes this option.")));
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        const OptionForm::Value& value = m_form.values[i];
        QWidget* part = m_parts[i];
        part->setAccessibleName(value.name.isEmpty() ? name : tr("%1, %2").arg(name, value.name));
        part->setToolTip(plainToolTip(value.name.isEmpty() ? form.label : value.name));
        if (auto* text = qobject_cast<GrowingEdit*>(part))
            text->show(value.text);
        else if (auto* line = qobject_cast<FieldLineEdit*>(part); line->text() != value.text)
            line->setText(value.text);
    }
}

void OptionRow::makeValues()
{
    for (QWidget* part : std::as_const(m_parts)) {
        m_layout->removeWidget(part);
        part->hide();
        part->setParent(nullptr);
        part->deleteLater(); // it may be what is typed into
    }
    m_parts.clear();
    m_lines.clear();
    m_texts.clear();
    m_label->setText(m_form.label);
    for (qsizetype i = 0; i < m_form.values.size(); ++i) {
        if (m_form.values[i].kind == OptionForm::Kind::bytes) {
            auto* text = new GrowingEdit(this);
            connect(text, &GrowingEdit::typed, this, [this, i](const QString& t) { typed(i, t); });
            m_texts << text;
            m_parts << text;
        } else {
            auto* line = new FieldLineEdit(this);
            line->setRoom(numberRoom);
            connect(
                line, &QLineEdit::textEdited, this, [this, i](const QString& t) { typed(i, t); });
            connect(line, &FieldLineEdit::stepRequested, this, [this, i, line](int step) {
                bool isNumber = false;
                const qulonglong number = line->text().toULongLong(&isNumber);
                if (!isNumber || (step < 0 && number == 0))
                    return;
                line->setText(QString::number(step < 0 ? number - 1 : number + 1));
                typed(i, line->text());
            });
            m_lines << line;
            m_parts << line;
        }
        m_layout->addWidget(m_parts.last());
        m_parts.last()->show();
    }
    emit valuesMade();
}

void OptionRow::typed(qsizetype value, const QString& text)
{
    m_form.values[value].text = text.trimmed();
    emit edited();
}

} // namespace tcpw
