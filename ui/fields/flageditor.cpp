// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/flageditor.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>

namespace tcpw {

FlagEditor::FlagEditor(QWidget* parent)
    : ValueEditor(parent)
    , m_box(new QCheckBox(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_box);
    m_box->installEventFilter(this);
    connect(m_box, &QCheckBox::clicked, this,
        [this](bool on) { emit edited(on ? QStringLiteral("1") : QStringLiteral("0")); });
}

void FlagEditor::showState(const FieldState& state)
{
    const auto* number = std::get_if<std::uint64_t>(&state.value);
    const bool on = number && *number != 0;
    m_box->setChecked(on);
    m_box->setText(on ? tr("set") : tr("not set"));
}

QWidget* FlagEditor::keyWidget()
{
    return m_box;
}

bool FlagEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn)
        emit focused();
    if (event->type() == QEvent::FocusOut)
        emit finished();
    if (event->type() != QEvent::KeyPress)
        return ValueEditor::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)
        emit moveRequested(key->key() == Qt::Key_Up ? -1 : 1);
    else if (key->key() == Qt::Key_Backspace && key->modifiers() == Qt::ControlModifier)
        emit resetRequested();
    else
        return ValueEditor::eventFilter(watched, event);
    return true;
}

} // namespace tcpw
