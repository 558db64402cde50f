// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/optionrows.h"

#include "ui/fields/optionrow.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace tcpw {

OptionRows::OptionRows(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(2);
}

QStringList OptionRows::options() const
{
    QStringList options;
    for (const OptionRow* row : m_rows)
        options << row->form().notation();
    return options;
}

void OptionRows::show(const QString& notation)
{
    const QStringList wanted = notation.split(QLatin1Char(','), Qt::SkipEmptyParts);
    if (wanted == options())
        return;
    const qsizetype before = m_rows.size();
    while (m_rows.size() > wanted.size()) {
        OptionRow* gone = m_rows.takeLast();
        m_layout->removeWidget(gone);
        gone->hide();
        gone->setParent(nullptr);
        gone->deleteLater(); // it may be the sender of what led here
    }
    while (m_rows.size() < wanted.size())
        addRow();
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        m_rows[i]->show(wanted[i].trimmed(), m_field, int(i) + 1);
        m_rows[i]->setPlace(i == 0, i + 1 == m_rows.size());
    }
    setVisible(!m_rows.isEmpty());
    if (before != m_rows.size())
        emit rowsChanged();
}

void OptionRows::addRow()
{
    auto* row = new OptionRow(this);
    m_layout->addWidget(row);
    m_rows << row;
    connect(
        row, &OptionRow::edited, this, [this] { emit typed(options().join(QLatin1Char(','))); });
    connect(row, &OptionRow::valuesMade, this, [this, row] {
        emit rowMade(row);
        emit rowsChanged();
    });
    connect(row, &OptionRow::moveRequested, this, [this, row](int steps) {
        const qsizetype at = m_rows.indexOf(row);
        QStringList list = options();
        if (at + steps < 0 || at + steps >= list.size())
            return;
        list.move(at, at + steps);
        arrange(list, at + steps);
    });
    connect(row, &OptionRow::duplicateRequested, this, [this, row] {
        const qsizetype at = m_rows.indexOf(row);
        QStringList list = options();
        list.insert(at + 1, list[at]);
        arrange(list, at + 1);
    });
    connect(row, &OptionRow::removeRequested, this, [this, row] {
        const qsizetype at = m_rows.indexOf(row);
        QStringList list = options();
        list.removeAt(at);
        arrange(list, std::min(at, list.size() - 1));
    });
}

/// Another list; its row at `focused` is the one to go on with.
void OptionRows::arrange(const QStringList& list, qsizetype focused)
{
    show(list.join(QLatin1Char(',')));
    if (focused >= 0 && focused < m_rows.size())
        m_rows[focused]->findChild<QToolButton*>()->setFocus(Qt::OtherFocusReason);
    emit arranged(list.join(QLatin1Char(',')));
}

} // namespace tcpw
