// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/lab/labpane.h"

#include "ui/fields/plaintext.h"
#include "ui/fields/textlabel.h"
#include "ui/lab/farsocketmodel.h"
#include "ui/lab/labobstacleview.h"
#include "ui/lab/labservers.h"
#include "ui/lab/labverbs.h"

#include <QCheckBox>
#include <QDateTime>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace tcpw {

namespace {

constexpr int mostRows = 8; ///< sockets that are seen without scrolling

TextLabel* heading(const QString& text, QWidget* parent)
{
    auto* label = new TextLabel(text, parent);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    return label;
}

QString logLine(const FarEvent& event)
{
    const QString time = QDateTime::fromMSecsSinceEpoch(event.timestamp / 1'000'000)
                             .toString(QStringLiteral("HH:mm:ss.zzz"));
    const QString text = harmless(fromUtf8(event.text));
    return event.socket == 0 ? QStringLiteral("%1  %2").arg(time, text)
                             : QStringLiteral("%1  #%2 %3").arg(time).arg(event.socket).arg(text);
}

} // namespace

class LabPane::Private
{
public:
    explicit Private(LabPane* pane);

    /// Makes what is shown of a running lab. At a start nobody looks at it yet, and it takes longer
    /// than the other tabs together.
    void need();
    void fill(QWidget* content);
    QTableView* makeTable(QWidget* parent);
    QPlainTextEdit* makeLog(QWidget* parent);
    void fitTable();
    void showSelected();
    void showWords(const QString& words, TextLabel::Tint tint);

    LabPane* q;
    QStackedWidget* pages;
    QScrollArea* scroll;
    LabObstacleView* obstacle;
    FarSocketModel* model;
    LabVerbs* verbs = nullptr;
    TextLabel* outcome = nullptr;
    TextLabel* noSockets = nullptr;
    TextLabel* selected = nullptr;
    QTableView* table = nullptr;
    QPlainTextEdit* log = nullptr;
};

LabPane::Private::Private(LabPane* pane)
    : q(pane)
    , pages(new QStackedWidget(pane))
    , scroll(new QScrollArea)
    , obstacle(new LabObstacleView)
    , model(new FarSocketModel(pane))
{
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    pages->addWidget(obstacle);
    pages->addWidget(scroll);
    auto* layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(pages);
    QObject::connect(obstacle, &LabObstacleView::retryRequested, pane, &LabPane::retryRequested);
}

void LabPane::Private::need()
{
    if (verbs)
        return;
    scroll->setWidget(new QWidget); // empty still: it is measured here
    fill(scroll->widget());
    QObject::connect(verbs, &LabVerbs::asked, q, &LabPane::asked);
}

void LabPane::Private::fill(QWidget* content)
{
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(heading(LabPane::tr("Practice network"), content));
    column->addWidget(new TextLabel(
        LabPane::tr("A private network inside this program; nothing leaves this computer. You are "
                    "%1, the far end is %2 with a real Linux TCP.")
            .arg(fromUtf8(toText(labAddress::near4)), fromUtf8(toText(labAddress::far4))),
        content));
    column->addWidget(heading(LabPane::tr("It listens on these ports"), content));
    column->addWidget(new LabServers(content));
    column->addWidget(heading(LabPane::tr("Tell the far end what to do"), content));
    verbs = new LabVerbs(content);
    column->addWidget(verbs);
    outcome = new TextLabel(content);
    outcome->setTextInteractionFlags(Qt::TextSelectableByMouse);
    outcome->hide();
    column->addWidget(outcome);
    column->addWidget(heading(LabPane::tr("What its kernel says of each socket"), content));
    table = makeTable(content);
    noSockets = new TextLabel(
        LabPane::tr(
            "No connection yet. Send a SYN to one of the ports above, or let the far end connect."),
        content);
    noSockets->setTint(TextLabel::Tint::muted);
    selected = new TextLabel(content);
    auto* listening = new QCheckBox(LabPane::tr("Show listening sockets too"), content);
    listening->setToolTip(LabPane::tr("Shows the sockets in LISTEN, which wait for a connection."));
    for (QWidget* part : {static_cast<QWidget*>(noSockets), static_cast<QWidget*>(table),
             static_cast<QWidget*>(selected), static_cast<QWidget*>(listening)})
        column->addWidget(part);
    QObject::connect(listening, &QCheckBox::toggled, q, [this](bool shown) {
        model->setShowsListening(shown);
        showSelected();
    });
    column->addWidget(heading(LabPane::tr("What happened there"), content));
    log = makeLog(content);
    column->addWidget(log, 1);
    showSelected();
}

QTableView* LabPane::Private::makeTable(QWidget* parent)
{
    auto* view = new QTableView(parent);
    view->setModel(model);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setTextElideMode(Qt::ElideNone);
    view->setTabKeyNavigation(false);
    view->setWordWrap(false);
    view->verticalHeader()->hide();
    view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    view->horizontalHeader()->setHighlightSections(false);
    view->verticalHeader()->setDefaultSectionSize(view->fontMetrics().height() + 8);
    view->setAccessibleName(LabPane::tr("Sockets of the far end"));
    view->setToolTip(LabPane::tr("Choose a socket to tell it what to do; Escape chooses none."));
    QObject::connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, q,
        [this] { showSelected(); });
    return view;
}

QPlainTextEdit* LabPane::Private::makeLog(QWidget* parent)
{
    auto* view = new QPlainTextEdit(parent);
    view->setReadOnly(true);
    view->setTabChangesFocus(true);
    view->setMaximumBlockCount(1000);
    view->setMinimumHeight(100);
    view->setAccessibleName(LabPane::tr("What happened at the far end"));
    view->setToolTip(LabPane::tr("What the far end's programs did and got, the newest last."));
    view->setPlaceholderText(LabPane::tr("Nothing yet."));
    return view;
}

/// As high as its rows, up to a number of them.
void LabPane::Private::fitTable()
{
    const int rows = std::min(model->rowCount(), mostRows);
    table->setFixedHeight(table->horizontalHeader()->sizeHint().height()
        + rows * table->verticalHeader()->defaultSectionSize()
        + table->horizontalScrollBar()->sizeHint().height() + 2 * table->frameWidth());
}

void LabPane::Private::showSelected()
{
    const QModelIndexList rows = table->selectionModel()->selectedRows();
    const FarSocket* socket = rows.isEmpty() ? nullptr : model->socket(rows.first().row());
    selected->setText(socket ? breakable(harmless(describeSocket(*socket))) : QString());
    selected->setVisible(socket != nullptr);
    verbs->setSocket(socket ? socket->socket : 0, socket ? fromUtf8(socket->service) : QString());
    fitTable();
    noSockets->setVisible(model->rowCount() == 0);
    table->setVisible(model->rowCount() > 0);
}

void LabPane::Private::showWords(const QString& words, TextLabel::Tint tint)
{
    need();
    outcome->setTint(tint);
    outcome->setText(breakable(harmless(words, true)));
    outcome->setVisible(!words.isEmpty());
}

LabPane::LabPane(QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this))
{
    setAccessibleName(tr("Practice network"));
}

LabPane::~LabPane()
{
    // The table may still tell of its end when `d` is gone.
    if (d->table)
        d->table->selectionModel()->disconnect(this);
}

void LabPane::setRunning()
{
    d->pages->setCurrentIndex(1);
}

void LabPane::setObstacle(const LabObstacle& obstacle)
{
    d->obstacle->setObstacle(obstacle);
    d->pages->setCurrentIndex(0);
}

void LabPane::setSockets(const std::vector<FarSocket>& sockets)
{
    d->model->setSockets(sockets);
    if (d->verbs)
        d->showSelected();
}

void LabPane::setLog(const std::vector<FarEvent>& events)
{
    d->need();
    d->log->clear();
    for (const FarEvent& event : events)
        d->log->appendPlainText(logLine(event));
}

void LabPane::addEvent(const FarEvent& event)
{
    d->need();
    d->log->appendPlainText(logLine(event));
}

void LabPane::showOutcome(const QString& text)
{
    d->showWords(text, TextLabel::Tint::good);
}

void LabPane::showProblem(const QString& message)
{
    d->showWords(message, TextLabel::Tint::wrong);
}

void LabPane::showEvent(QShowEvent* event)
{
    d->need();
    QWidget::showEvent(event);
    emit watchingChanged(true);
}

void LabPane::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    emit watchingChanged(false);
}

} // namespace tcpw
