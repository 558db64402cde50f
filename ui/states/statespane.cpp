// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/states/statespane.h"

#include "ui/fields/textlabel.h"
#include "ui/states/kerneltruth.h"
#include "ui/states/statediagram.h"
#include "ui/states/statestext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace tcpw {

namespace {

constexpr int linesOfList = 6;

} // namespace

class StatesPane::Private
{
public:
    explicit Private(StatesPane* pane);

    void fill(QWidget* content);
    QPlainTextEdit* makeList(QWidget* parent);
    void show();
    void showTruth();
    void showTransitions();
    QString currentText() const;

    StatesPane* q;
    QStackedWidget* pages;
    StateDiagram* diagram = nullptr;
    TextLabel* current = nullptr;
    TextLabel* truthLabel = nullptr;
    TextLabel* difference = nullptr;
    TextLabel* summary = nullptr;
    QPlainTextEdit* list = nullptr;
    FollowedConnection nothing;
    const FollowedConnection* story = &nothing;
    std::optional<FarSocket> truth;
    std::array<TcpState, 2> states{}; ///< that are shown
};

StatesPane::Private::Private(StatesPane* pane)
    : q(pane)
    , pages(new QStackedWidget(pane))
{
    auto* empty = new TextLabel(
        StatesPane::tr("Here both ends of a connection go through the states of TCP, and each step "
                       "names the packet that shows it.\n\nSend a SYN, or choose a TCP packet in "
                       "the list."));
    empty->setTint(TextLabel::Tint::muted);
    empty->setAlignment(Qt::AlignCenter);
    empty->setContentsMargins(16, 16, 16, 16);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(new QWidget); // empty still: it is measured here
    fill(scroll->widget());
    pages->addWidget(empty);
    pages->addWidget(scroll);
    auto* layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(pages);
}

void StatesPane::Private::fill(QWidget* content)
{
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(8, 4, 8, 8);
    diagram = new StateDiagram(content);
    current = new TextLabel(content);
    truthLabel = new TextLabel(content);
    difference = new TextLabel(content);
    difference->setTint(TextLabel::Tint::warning);
    summary = new TextLabel(content);
    for (TextLabel* label : {current, truthLabel, difference, summary})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    list = makeList(content);
    auto* copy = new QPushButton(StatesPane::tr("Cop&y as text"), content);
    copy->setToolTip(StatesPane::tr("Copies all of these words."));
    QObject::connect(copy, &QPushButton::clicked, q, &StatesPane::copyText);
    column->addWidget(diagram);
    for (QWidget* part : {current, truthLabel, difference, summary})
        column->addWidget(part);
    column->addWidget(list, 1);
    column->addWidget(copy, 0, Qt::AlignRight);
}

QPlainTextEdit* StatesPane::Private::makeList(QWidget* parent)
{
    auto* edit = new QPlainTextEdit(parent);
    edit->setReadOnly(true);
    edit->setTabChangesFocus(true);
    edit->setMinimumHeight(linesOfList * edit->fontMetrics().height());
    edit->setAccessibleName(StatesPane::tr("Changes of state"));
    edit->setToolTip(
        StatesPane::tr("Each change of state and the packet that shows it (RFC 9293, 3.3.2)."));
    return edit;
}

/// The letters say which mark is whose.
QString StatesPane::Private::currentText() const
{
    const StoryEnds names(*story);
    const auto line = [&](bool isInitiator) {
        const bool isDisk = isInitiator == names.initiatorIsLeft;
        return (isDisk ? StatesPane::tr("● %1 = %2") : StatesPane::tr("◆ %1 = %2"))
            .arg(StatesText::letter(names, isInitiator),
                StatesText::current(*story, names, isInitiator));
    };
    return line(names.initiatorIsLeft) + QLatin1Char('\n') + line(!names.initiatorIsLeft);
}

void StatesPane::Private::show()
{
    pages->setCurrentIndex(story->arrows.empty() ? 0 : 1);
    states = {story->initiatorState, story->responderState};
    diagram->setStory(*story);
    current->setText(currentText());
    diagram->setAccessibleDescription(current->text());
    summary->setText(StatesText::summary(*story));
    summary->setVisible(!summary->text().isEmpty());
    showTransitions();
    showTruth();
}

void StatesPane::Private::showTransitions()
{
    const StoryEnds names(*story);
    QStringList lines;
    for (const StateTransition& transition : story->transitions)
        lines << StatesText::narrowTransition(transition, names);
    // What somebody selects stays selected while nothing changes.
    if (const QString text = lines.join(QLatin1Char('\n')); text != list->toPlainText())
        list->setPlainText(text);
}

void StatesPane::Private::showTruth()
{
    const bool isShown = truth && !story->arrows.empty();
    truthLabel->setVisible(isShown);
    difference->setVisible(false);
    diagram->setKernelState(isShown ? parseTcpState(truth->state) : std::nullopt);
    if (!isShown)
        return;
    truthLabel->setText(StatesPane::tr("■ K = %1").arg(kernelTruthText(*truth)));
    const QString text = differenceText(
        *truth, isOfInitiator(*truth, *story) ? story->initiatorState : story->responderState);
    difference->setText(StatesPane::tr("≠ %1").arg(text));
    difference->setVisible(!text.isEmpty());
}

StatesPane::StatesPane(QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this))
{
    setAccessibleName(tr("States"));
    d->show();
}

StatesPane::~StatesPane() = default;

void StatesPane::setStory(const FollowedConnection* story)
{
    d->story = story ? story : &d->nothing;
    d->truth.reset();
    d->show();
}

void StatesPane::extendStory()
{
    if (d->states != std::array{d->story->initiatorState, d->story->responderState})
        d->truth.reset(); // it is older than what packets show now
    d->show();
}

void StatesPane::setKernelTruth(const std::optional<FarSocket>& socket)
{
    d->truth = socket;
    d->showTruth();
}

QString StatesPane::text() const
{
    if (d->story->arrows.empty())
        return {};
    QStringList parts{d->current->text()};
    for (const TextLabel* label : {d->truthLabel, d->difference, d->summary})
        if (!label->isHidden())
            parts << label->text();
    const StoryEnds names(*d->story);
    for (const StateTransition& transition : d->story->transitions)
        parts << StatesText::transition(transition, names);
    return parts.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void StatesPane::copyText() const
{
    QGuiApplication::clipboard()->setText(text());
}

} // namespace tcpw
