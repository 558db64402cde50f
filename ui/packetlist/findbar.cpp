// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/findbar.h"

#include "ui/fields/plaintext.h"
#include "ui/packetlist/packetlistmodel.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

namespace tcpw {

FindBar::FindBar(const PacketListModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_where(new QComboBox(this))
    , m_edit(new QLineEdit(this))
    , m_outcome(new QLabel(this))
{
    makeActions();
    makeLayout();
    hide();
    connect(m_edit, &QLineEdit::returnPressed, m_next, &QAction::trigger);
    connect(m_edit, &QLineEdit::textChanged, m_outcome, &QLabel::clear);
    connect(&m_finder, &PacketFinder::found, this, [this](qsizetype packet) {
        m_outcome->setText(tr("No. %1").arg(packet + 1));
        emit found(packet);
    });
    connect(&m_finder, &PacketFinder::notFound, this,
        [this] { m_outcome->setText(tr("Not found among the rows.")); });
    connect(&m_finder, &PacketFinder::progressed, this, [this](qsizetype looked) {
        m_outcome->setText(tr("Looked at %L1 packets …").arg(looked));
    });
}

void FindBar::makeActions()
{
    const auto make = [this](const QString& text, const QKeySequence& keys, const QString& help) {
        auto* action = new QAction(text, this);
        action->setShortcut(keys);
        action->setToolTip(plainToolTip(help));
        return action;
    };
    m_find = make(tr("&Find packet …"), QKeySequence(Qt::CTRL | Qt::Key_F),
        tr("Looks for a text, a field or bytes in the rows that are shown (Ctrl+F)."));
    m_next = make(tr("Find &next"), QKeySequence(Qt::Key_F3),
        tr("The next packet that has it, after the current one (F3)."));
    m_previous = make(tr("Find &previous"), QKeySequence(Qt::SHIFT | Qt::Key_F3),
        tr("The packet before the current one that has it (Shift+F3)."));
    m_close = make(tr("Close"), {}, tr("Ends the search (Esc)."));
    connect(m_find, &QAction::triggered, this, &FindBar::open);
    connect(m_next, &QAction::triggered, this, [this] { search(true); });
    connect(m_previous, &QAction::triggered, this, [this] { search(false); });
    connect(m_close, &QAction::triggered, this, &FindBar::close);
}

void FindBar::makeLayout()
{
    m_where->addItems({tr("in rows"), tr("in fields"), tr("in bytes, as text"),
        tr("in bytes, as hexadecimal digits")});
    m_where->setAccessibleName(tr("Where to look"));
    m_where->setToolTip(plainToolTip(
        tr("In rows: what the columns say. In fields: names, values and meanings of all fields.")));
    m_edit->setObjectName(QStringLiteral("findText"));
    m_edit->setAccessibleName(tr("What to find"));
    m_edit->setPlaceholderText(tr("Find …"));
    m_edit->setToolTip(plainToolTip(tr("Return or F3 goes to the next packet that has it.")));
    m_outcome->setTextFormat(Qt::PlainText);
    m_outcome->setObjectName(QStringLiteral("findOutcome"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 0, 6, 4);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_where);
    for (QAction* action : {m_previous, m_next, m_close}) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::StrongFocus);
        layout->addWidget(button);
    }
    layout->addWidget(m_outcome);
}

void FindBar::open()
{
    show();
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void FindBar::close()
{
    cancel();
    hide();
    if (parentWidget())
        parentWidget()->setFocus(Qt::OtherFocusReason);
}

void FindBar::cancel()
{
    m_finder.cancel();
    m_outcome->clear();
}

void FindBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        return close();
    QWidget::keyPressEvent(event);
}

/// All rows but the current one, in the order in which they are looked at; the current one last.
std::vector<quint32> FindBar::rowsFromCurrent(bool forward) const
{
    const int count = m_model.rowCount();
    const int current = m_model.rowOf(m_current);
    std::vector<quint32> packets;
    packets.reserve(std::size_t(count));
    for (int step = 1; step <= count; ++step) {
        const int row = forward ? current + step : (current < 0 ? count : current) - step;
        packets.push_back(quint32(m_model.packetOf((row + 2 * count) % count)));
    }
    return packets;
}

void FindBar::search(bool forward)
{
    if (m_edit->text().isEmpty())
        return open();
    const auto wanted = readSearch(FindIn(m_where->currentIndex()), m_edit->text());
    if (!wanted)
        return m_outcome->setText(harmless(fromUtf8(wanted.error().message)));
    if (m_model.rowCount() == 0)
        return m_outcome->setText(tr("There are no rows."));
    m_outcome->setText(tr("Looking …"));
    m_finder.find(m_model.source(), *wanted,
        {m_model.endNames(), m_model.style(), m_model.deviceNames()}, rowsFromCurrent(forward));
}

} // namespace tcpw
