// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/ladder/ladderpane.h"

#include "ui/fields/plaintext.h"
#include "ui/fields/textlabel.h"
#include "ui/fields/wraplayout.h"
#include "ui/ladder/ladderexport.h"
#include "ui/ladder/ladderview.h"

#include <QComboBox>
#include <QFileDialog>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace tcpw {

namespace {

constexpr int narrowestPicture = 480;

QToolButton* makeButton(const QString& text, const QString& help, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(help);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

class LadderPane::Private
{
public:
    explicit Private(LadderPane* pane);

    QWidget* makeButtons();
    void showHeader();
    void askAndSave(const QString& suffix, const QString& kind);

    LadderPane* q;
    TextLabel* header;
    TextLabel* notice;
    LadderView* view;
    TextLabel* legend;
    QWidget* buttons;
    const FollowedConnection* story = nullptr;
};

LadderPane::Private::Private(LadderPane* pane)
    : q(pane)
    , header(new TextLabel(pane))
    , notice(new TextLabel(pane))
    , view(new LadderView(pane))
    , legend(new TextLabel(pane))
    , buttons(makeButtons())
{
    notice->setTint(TextLabel::Tint::warning);
    legend->setTint(TextLabel::Tint::muted);
    auto* column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (TextLabel* label : {header, notice, legend})
        label->setContentsMargins(8, 4, 8, 4);
    for (QWidget* part : {static_cast<QWidget*>(header), buttons, static_cast<QWidget*>(notice)})
        column->addWidget(part);
    column->addWidget(view, 1);
    column->addWidget(legend);
    view->setMinimumHeight(120);
    pane->setFocusProxy(view);
    QObject::connect(view, &LadderView::packetActivated, pane, &LadderPane::packetActivated);
}

QWidget* LadderPane::Private::makeButtons()
{
    auto* bar = new QWidget(q);
    auto* row = new WrapLayout(bar);
    row->setContentsMargins(8, 0, 8, 4);
    auto* axis = new QComboBox(bar);
    axis->addItems({LadderPane::tr("Real time"), LadderPane::tr("One step a packet")});
    axis->setAccessibleName(LadderPane::tr("Time axis"));
    axis->setToolTip(
        LadderPane::tr("Real time: arrows as far apart as their packets; what is longer than fits "
                       "is left out and labelled. Ctrl+wheel zooms, Ctrl+0 is the usual size."));
    auto* fit = makeButton(LadderPane::tr("F&it"),
        LadderPane::tr("Makes the whole connection as high as this pane."), bar);
    auto* copy = makeButton(LadderPane::tr("Cop&y"),
        LadderPane::tr("Copies the diagram as lines of text (Ctrl+C)."), bar);
    auto* save = makeButton(LadderPane::tr("Expo&rt"),
        LadderPane::tr("Saves the whole diagram as a drawing or a picture."), bar);
    auto* menu = new QMenu(save);
    menu->addAction(LadderPane::tr("As S&VG…"), q,
        [this] { askAndSave(QStringLiteral("svg"), LadderPane::tr("SVG drawing (*.svg)")); });
    menu->addAction(LadderPane::tr("As &PNG…"), q,
        [this] { askAndSave(QStringLiteral("png"), LadderPane::tr("PNG picture (*.png)")); });
    save->setMenu(menu);
    save->setPopupMode(QToolButton::InstantPopup);
    for (QWidget* part : {static_cast<QWidget*>(axis), static_cast<QWidget*>(fit),
             static_cast<QWidget*>(copy), static_cast<QWidget*>(save)})
        row->addWidget(part);
    QObject::connect(axis, &QComboBox::currentIndexChanged, view, [this](int index) {
        view->setAxis(index == 0 ? LadderLayout::Axis::realTime : LadderLayout::Axis::steps);
    });
    QObject::connect(fit, &QToolButton::clicked, view, &LadderView::zoomToFit);
    QObject::connect(copy, &QToolButton::clicked, q, &LadderPane::copyText);
    return bar;
}

void LadderPane::Private::showHeader()
{
    const bool isEmpty = !story || story->arrows.empty();
    for (QWidget* part : {static_cast<QWidget*>(header), buttons, static_cast<QWidget*>(legend)})
        part->setVisible(!isEmpty);
    notice->setVisible(!isEmpty && story->isCut);
    if (isEmpty)
        return;
    const StoryEnds names(*story);
    const auto end = [&](bool isInitiator) {
        const Endpoint& endpoint = isInitiator ? story->initiator : story->responder;
        return names.areKnown
            ? QStringLiteral("%1:%2").arg(names.of(isInitiator)).arg(endpoint.port)
            : endpointText(endpoint);
    };
    header->setText(
        LadderPane::tr("Connection %1: %2 → %3").arg(*story->number).arg(end(true), end(false)));
    legend->setText(names.areKnown
            ? LadderPane::tr("● me   ■ my kernel   ◆ peer   - - again   ✕ lost")
            : LadderPane::tr("● who opened it   ◆ the other   - - again   ✕ lost"));
    header->setToolTip(
        plainToolTip(LadderPane::tr("%1 opened it to %2.")
                         .arg(endpointText(story->initiator), endpointText(story->responder))));
    notice->setText(
        LadderPane::tr("It has more packets than can be drawn: these are the first %L1.")
            .arg(story->arrows.size()));
}

void LadderPane::Private::askAndSave(const QString& suffix, const QString& kind)
{
    const QString path = QFileDialog::getSaveFileName(q, LadderPane::tr("Save the ladder diagram"),
        LadderPane::tr("connection-%1").arg(story->number.value_or(0)) + QLatin1Char('.') + suffix,
        kind);
    if (path.isEmpty())
        return;
    const QString ending = QLatin1Char('.') + suffix;
    q->saveAs(path.endsWith(ending, Qt::CaseInsensitive) ? path : path + ending);
}

LadderPane::LadderPane(QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this))
{
    setAccessibleName(tr("Ladder"));
    d->showHeader();
}

LadderPane::~LadderPane() = default;

void LadderPane::setStory(const FollowedConnection* story)
{
    d->story = story;
    d->view->setStory(story);
    d->showHeader();
}

void LadderPane::extendStory()
{
    d->view->extendStory();
    d->showHeader();
}

void LadderPane::setCurrentPacket(qsizetype packet)
{
    d->view->setCurrentPacket(packet);
}

void LadderPane::setCountdown(const QString& what, int milliseconds)
{
    d->view->setCountdown(what, milliseconds);
}

QString LadderPane::text() const
{
    return d->view->text();
}

void LadderPane::copyText() const
{
    d->view->copyText();
}

void LadderPane::saveAs(const QString& path)
{
    if (!d->story)
        return;
    const int width = std::max(narrowestPicture, d->view->viewport()->width());
    const auto save
        = path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive) ? saveLadderPng : saveLadderSvg;
    if (const auto saved = save(path, *d->story, d->view->layout(), d->view->font(), width); !saved)
        emit failed(fromUtf8(saved.error().message));
}

} // namespace tcpw
