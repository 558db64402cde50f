// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/templates/sheetbar.h"

#include "ui/fields/plaintext.h"
#include "ui/fields/textlabel.h"
#include "ui/fields/theme.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace tcpw {

namespace {

/// What the step says before it is sent; a template that is no step of its own says what it shows.
const std::string& textBefore(const Template& step)
{
    return step.before.empty() ? step.shows : step.before;
}

} // namespace

SheetBar::SheetBar(QWidget* parent)
    : QFrame(parent)
    , m_title(new TextLabel(this))
    , m_before(new TextLabel(this))
    , m_expects(new TextLabel(this))
{
    setObjectName(QStringLiteral("sheetBar"));
    setAccessibleName(tr("Work sheet"));
    setAutoFillBackground(true);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);

    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_title);
    texts->addWidget(m_before);
    texts->addWidget(m_expects);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 6, 8, 6);
    layout->setSpacing(12);
    layout->addLayout(texts, 1);
    layout->addWidget(makeButtons(), 0, Qt::AlignTop);
    showFill();
    hide();
}

QWidget* SheetBar::makeButtons()
{
    auto* buttons = new QWidget(this);
    m_back = new QPushButton(tr("Bac&k"), buttons);
    m_back->setToolTip(plainToolTip(tr("Goes to the step before this one.")));
    m_next = new QPushButton(tr("&Next step"), buttons);
    m_next->setObjectName(QStringLiteral("nextStep"));
    m_close = new QToolButton(buttons);
    m_close->setText(QStringLiteral("×"));
    m_close->setAutoRaise(true);
    m_close->setAccessibleName(tr("Close the work sheet"));
    m_close->setToolTip(plainToolTip(tr("Closes the work sheet; the packet stays.")));
    m_close->setFocusPolicy(Qt::TabFocus);
    connect(m_back, &QPushButton::clicked, this, [this] { go(m_step - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (m_step + 1 < int(m_sheet.steps.size()))
            go(m_step + 1);
        else
            closeSheet();
    });
    connect(m_close, &QToolButton::clicked, this, &SheetBar::closeSheet);
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_back);
    row->addWidget(m_next);
    row->addWidget(m_close);
    return buttons;
}

void SheetBar::open(const LibrarySheet& sheet, int step)
{
    m_sheet = sheet;
    go(step);
}

void SheetBar::closeSheet()
{
    m_step = -1;
    m_sheet = {};
    hide();
    emit closed();
}

void SheetBar::go(int step)
{
    const int steps = int(m_sheet.steps.size());
    if (step < 0 || step >= steps)
        return;
    m_step = step;
    const OwnTemplate shown = m_sheet.steps[std::size_t(step)];
    m_title->setText(tr("%1 – step %2 of %3: %4")
                         .arg(harmless(m_sheet.name))
                         .arg(step + 1)
                         .arg(steps)
                         .arg(harmless(fromUtf8(shown.content.name))));
    m_before->setText(shown.problem.isEmpty() ? harmless(fromUtf8(textBefore(shown.content)))
                                              : harmless(shown.problem));
    m_before->setTint(shown.problem.isEmpty() ? TextLabel::Tint::plain : TextLabel::Tint::wrong);
    const QString expects = harmless(fromUtf8(shown.content.expects));
    m_expects->setText(tr("Expect: %1").arg(expects));
    m_before->setVisible(!m_before->text().isEmpty());
    m_expects->setVisible(!expects.isEmpty());
    m_back->setEnabled(step > 0);
    const bool isLast = step + 1 == steps;
    m_next->setText(isLast ? tr("&Finish") : tr("&Next step"));
    m_next->setToolTip(plainToolTip(isLast ? tr("Closes the work sheet; the packet stays.")
                                           : tr("Loads the next step of the work sheet.")));
    show();
    if (shown.problem.isEmpty())
        emit stepShown(shown);
}

void SheetBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showFill();
}

/// Its ground is that of a hint, in the scheme of the moment.
void SheetBar::showFill()
{
    QPalette filled;
    filled.setColor(QPalette::Window, Theme::of(QApplication::palette()).accentFill);
    setPalette(filled);
}

} // namespace tcpw
