// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/windowarea.h"

#include "ui/inspector/inspectorpane.h"
#include "ui/windowsettings.h"

#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace tcpw {

namespace {

/// Widths in pixels at the desktop's text size from which a pane has room at its side.
constexpr int templatesWidth = 1300;
constexpr int rightWidth = 1200;
/// The height in pixels that ladder, states and stream are content with: they scroll.
constexpr int leastHeight = 80;

} // namespace

WindowArea::WindowArea(const WindowPanes& panes, QWidget* parent)
    : QWidget(parent)
    , m_panes(panes)
    , m_sides(new QSplitter(Qt::Horizontal))
    , m_middle(new QSplitter(Qt::Vertical))
    , m_top(new QSplitter(Qt::Horizontal))
    , m_right(new QTabWidget)
{
    m_right->setDocumentMode(true);
    for (QWidget* pane : {m_panes.ladder, m_panes.states, m_panes.stream})
        pane->setMinimumHeight(leastHeight);
    m_top->addWidget(m_panes.builder);
    m_top->addWidget(m_panes.inspector);
    m_middle->addWidget(m_top);
    m_middle->addWidget(m_panes.packets);
    m_sides->addWidget(m_panes.templates);
    m_sides->addWidget(m_middle);
    m_sides->addWidget(m_right);
    for (QSplitter* splitter : {m_sides, m_middle, m_top})
        splitter->setChildrenCollapsible(false);
    m_sides->setStretchFactor(1, 1);
    m_middle->setStretchFactor(0, 3);
    m_middle->setStretchFactor(1, 2);
    m_top->setSizes({400, 500});
    m_sides->setSizes({190, 900, 300});
    m_middle->setSizes({520, 340});

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_panes.toolBar);
    column->addWidget(m_panes.sheet);
    column->addWidget(m_sides, 1);
    addRight(m_panes.inspector->tabs());
    arrange();
}

bool WindowArea::templatesAtSide() const
{
    return m_templatesWanted && width() >= templatesWidth * m_scale;
}

void WindowArea::setScale(double scale)
{
    m_scale = scale;
    arrange();
}

void WindowArea::setTemplatesWanted(bool wanted)
{
    m_templatesWanted = wanted;
    arrange();
}

void WindowArea::setRightWanted(bool wanted)
{
    m_rightWanted = wanted;
    arrange();
}

void WindowArea::arrange()
{
    const bool templates = templatesAtSide();
    m_panes.templates->setVisible(templates);
    emit templatesMoved(templates);
    moveRight(m_rightWanted && width() >= rightWidth * m_scale);
}

void WindowArea::addRight(QTabWidget* tabs)
{
    tabs->addTab(m_panes.ladder, tr("Ladder"));
    tabs->addTab(m_panes.states, tr("States"));
    tabs->addTab(m_panes.stream, tr("Stream"));
    tabs->addTab(m_panes.lab, tr("Lab"));
}

void WindowArea::moveRight(bool toSide)
{
    if (toSide != m_rightAtSide) {
        QTabWidget* from = toSide ? m_panes.inspector->tabs() : m_right;
        QTabWidget* to = toSide ? m_right : m_panes.inspector->tabs();
        QWidget* front = from->currentWidget();
        addRight(to);
        if (toSide && from->indexOf(front) < 0)
            from->setCurrentIndex(0);
        m_rightAtSide = toSide;
    }
    m_right->setVisible(toSide);
}

void WindowArea::bringToFront(QWidget* rightPane)
{
    QTabWidget* tabs = m_rightAtSide ? m_right : m_panes.inspector->tabs();
    tabs->setCurrentWidget(rightPane);
}

void WindowArea::restoreSizes(const WindowSettings& settings)
{
    const std::pair<const char*, QSplitter*> splitters[]
        = {{"sides", m_sides}, {"middle", m_middle}, {"top", m_top}};
    for (const auto& [name, splitter] : splitters) {
        const QList<int> sizes = settings.sizes(QLatin1String(name), splitter->count());
        if (!sizes.isEmpty())
            splitter->setSizes(sizes);
    }
}

void WindowArea::saveSizes(WindowSettings& settings) const
{
    if (m_panes.templates->isVisible() && m_rightAtSide)
        settings.setSizes(QStringLiteral("sides"), m_sides->sizes());
    settings.setSizes(QStringLiteral("middle"), m_middle->sizes());
    settings.setSizes(QStringLiteral("top"), m_top->sizes());
}

QSize WindowArea::minimumSizeHint() const
{
    const QSize builder = m_panes.builder->minimumSizeHint();
    const QSize inspector = m_panes.inspector->minimumSizeHint();
    const QSize packets = m_panes.packets->minimumSizeHint();
    const int top = builder.width() + m_top->handleWidth() + inspector.width();
    const int width = std::max({m_panes.toolBar->minimumSizeHint().width(), top, packets.width()});
    const int toolBar = m_panes.toolBar->heightForWidth(width);
    return {width,
        toolBar + std::max(builder.height(), inspector.height()) + m_middle->handleWidth()
            + packets.height()};
}

void WindowArea::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace tcpw
