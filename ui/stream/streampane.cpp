// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/stream/streampane.h"

#include "ui/fields/textlabel.h"
#include "ui/fields/wraplayout.h"
#include "ui/inspector/packetdetails.h"
#include "ui/ladder/storyends.h"
#include "ui/stream/streamview.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QSaveFile>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace tcpw {

class StreamPane::Private
{
public:
    explicit Private(StreamPane* pane);

    QWidget* makeContent();
    QWidget* makeControls();
    void show();
    void showSummary();
    void showNotice();
    void nameSides();
    void askAndSave();

    StreamPane* q;
    QStackedWidget* pages;
    TextLabel* summary = nullptr;
    TextLabel* notice = nullptr;
    StreamView* view = nullptr;
    QComboBox* sides = nullptr;
    FollowedConnection nothing;
    const FollowedConnection* story = &nothing;
};

StreamPane::Private::Private(StreamPane* pane)
    : q(pane)
    , pages(new QStackedWidget(pane))
{
    auto* empty = new TextLabel(
        StreamPane::tr("Here stands what both ends of a connection say to each other: their bytes "
                       "in order, what came twice once.\n\nSend data, or choose a TCP packet in "
                       "the list."));
    empty->setTint(TextLabel::Tint::muted);
    empty->setAlignment(Qt::AlignCenter);
    empty->setContentsMargins(16, 16, 16, 16);
    pages->addWidget(empty);
    pages->addWidget(makeContent());
    auto* layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(pages);
}

QWidget* StreamPane::Private::makeContent()
{
    auto* content = new QWidget;
    summary = new TextLabel(content);
    notice = new TextLabel(content);
    notice->setTint(TextLabel::Tint::warning);
    view = new StreamView(content);
    for (TextLabel* label : {summary, notice})
        label->setContentsMargins(8, 4, 8, 4);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(summary);
    column->addWidget(makeControls());
    column->addWidget(notice);
    column->addWidget(view, 1);
    return content;
}

QWidget* StreamPane::Private::makeControls()
{
    auto* bar = new QWidget(view->parentWidget());
    auto* row = new WrapLayout(bar);
    row->setContentsMargins(8, 0, 8, 4);
    sides = new QComboBox(bar);
    sides->setAccessibleName(StreamPane::tr("Whose bytes"));
    sides->setToolTip(StreamPane::tr("Whose bytes are shown, copied and saved."));
    sides->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    nameSides();
    auto* form = new QComboBox(bar);
    form->addItems({StreamPane::tr("Text"), StreamPane::tr("Hex")});
    form->setAccessibleName(StreamPane::tr("Form"));
    form->setToolTip(StreamPane::tr("Text: what is no printable ASCII is a dot. Hex: the offset in "
                                    "the stream, the bytes, and the same as text."));
    auto* copy = new QToolButton(bar);
    copy->setText(StreamPane::tr("Cop&y"));
    copy->setToolTip(StreamPane::tr("Copies what is shown as text."));
    auto* save = new QToolButton(bar);
    save->setText(StreamPane::tr("Sa&ve…"));
    save->setToolTip(StreamPane::tr("Saves the bytes themselves to a file."));
    for (QToolButton* button : {copy, save})
        button->setFocusPolicy(Qt::TabFocus);
    for (QWidget* part : {static_cast<QWidget*>(sides), static_cast<QWidget*>(form),
             static_cast<QWidget*>(copy), static_cast<QWidget*>(save)})
        row->addWidget(part);
    connect(sides, &QComboBox::currentIndexChanged, view, [this](int index) {
        view->setSide(StreamView::Side(std::max(index, 0)));
        showNotice();
    });
    connect(form, &QComboBox::currentIndexChanged, view,
        [this](int index) { view->setForm(StreamView::Form(index)); });
    connect(copy, &QToolButton::clicked, q, &StreamPane::copyText);
    connect(save, &QToolButton::clicked, q, [this] { askAndSave(); });
    return bar;
}

/// The drop-down keeps what is chosen while the names change.
void StreamPane::Private::nameSides()
{
    const StoryEnds names(*story);
    const QString items[] = {StreamPane::tr("Both"), StreamPane::tr("From %1").arg(names.left()),
        StreamPane::tr("From %1").arg(names.right())};
    for (int i = 0; i < int(std::size(items)); ++i) {
        if (i < sides->count())
            sides->setItemText(i, items[i]);
        else
            sides->addItem(items[i]);
    }
}

void StreamPane::Private::show()
{
    pages->setCurrentIndex(story->arrows.empty() ? 0 : 1);
    nameSides();
    showSummary();
    showNotice();
}

void StreamPane::Private::showSummary()
{
    const StoryEnds names(*story);
    std::array<std::uint64_t, 2> bytes{};
    for (const StreamChunk& chunk : story->chunks)
        bytes[chunk.fromInitiator ? 0 : 1] += chunk.data.size();
    const auto said = [&](bool isInitiator) {
        return StreamPane::tr("%1: %2").arg(
            names.of(isInitiator), byteCount(bytes[isInitiator ? 0 : 1]));
    };
    summary->setText(bytes[0] + bytes[1] == 0
            ? StreamPane::tr("No data so far.")
            : said(names.initiatorIsLeft) + QStringLiteral(", ") + said(!names.initiatorIsLeft));
}

void StreamPane::Private::showNotice()
{
    QStringList lines;
    if (story->waitingBytes > 0)
        lines << StreamPane::tr("%1 more came, but what is before them did not.")
                     .arg(byteCount(story->waitingBytes));
    if (story->streamIsCut || story->isCut)
        lines << StreamPane::tr("They said more than is kept here; \"tcpw follow\" writes all of "
                                "a saved capture.");
    else if (view->isCut())
        lines << StreamPane::tr("Only the first %L1 bytes are shown; Save writes all.")
                     .arg(StreamView::mostBytes);
    notice->setText(lines.join(QLatin1Char('\n')));
    notice->setVisible(!lines.isEmpty());
}

void StreamPane::Private::askAndSave()
{
    const QString path = QFileDialog::getSaveFileName(q, StreamPane::tr("Save the bytes"),
        StreamPane::tr("stream-%1.bin").arg(story->number.value_or(0)));
    if (!path.isEmpty())
        q->saveAs(path);
}

StreamPane::StreamPane(QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this))
{
    setAccessibleName(tr("Stream"));
    d->show();
}

StreamPane::~StreamPane() = default;

void StreamPane::setStory(const FollowedConnection* story)
{
    d->story = story ? story : &d->nothing;
    d->view->setStory(d->story);
    d->show();
}

void StreamPane::extendStory()
{
    d->view->extendStory();
    d->show();
}

QString StreamPane::text() const
{
    return d->view->toPlainText();
}

void StreamPane::copyText() const
{
    QGuiApplication::clipboard()->setText(text());
}

void StreamPane::saveAs(const QString& path)
{
    QSaveFile file(path);
    bool good = file.open(QIODevice::WriteOnly);
    for (const StreamChunk& chunk : d->story->chunks) {
        const auto size = qint64(chunk.data.size());
        if (good && d->view->shows(chunk))
            good = file.write(reinterpret_cast<const char*>(chunk.data.data()), size) == size;
    }
    if (!good || !file.commit())
        emit failed(tr("The bytes could not be saved: %1.").arg(file.errorString()));
}

} // namespace tcpw
