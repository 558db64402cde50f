// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/templates/templatespane.h"

#include "ui/fields/plaintext.h"
#include "ui/fields/textlabel.h"
#include "ui/fields/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QToolButton>
#include <QTreeWidget>

namespace tcpw {

namespace {

/// What an item of the tree stands for.
enum ItemData
{
    OwnIndex = Qt::UserRole, ///< in the library; absent for others
    BuiltinId,
    PlainName
};

QTreeWidgetItem* makeGroup(QTreeWidget* tree, const QString& name)
{
    auto* group = new QTreeWidgetItem(tree, {name});
    QFont font = tree->font();
    font.setBold(true);
    group->setFont(0, font);
    group->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    group->setExpanded(true);
    return group;
}

QTreeWidgetItem* makeItem(QTreeWidgetItem* group, const Template& content)
{
    const QString name = harmless(fromUtf8(content.name));
    auto* item = new QTreeWidgetItem(group, {name});
    item->setData(0, PlainName, name);
    item->setToolTip(0, templateToolTip(content));
    return item;
}

} // namespace

QString templateToolTip(const Template& content)
{
    QStringList lines{fromUtf8(content.name)};
    if (!content.shows.empty())
        lines << fromUtf8(content.shows);
    if (!content.expects.empty())
        lines << fromUtf8(content.expects);
    return plainToolTip(lines.join(QLatin1Char('\n')));
}

TemplatesPane::TemplatesPane(const TemplateLibrary& library, QWidget* parent)
    : QWidget(parent)
    , m_library(library)
    , m_tree(new QTreeWidget(this))
    , m_menu(new QToolButton(this))
{
    auto* title = new TextLabel(tr("Templates"), this);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    m_menu->setText(tr("M&y files"));
    m_menu->setAccessibleName(tr("Open and save templates"));
    m_menu->setToolTip(tr("Opens and saves templates."));
    m_menu->setPopupMode(QToolButton::InstantPopup);
    m_menu->setFocusPolicy(Qt::StrongFocus);
    m_menu->hide();

    m_tree->setHeaderHidden(true);
    m_tree->setIndentation(14);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(QHeaderView::ResizeToContents); // long names scroll
    m_tree->setTextElideMode(Qt::ElideNone);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setAccessibleName(tr("Templates"));
    m_tree->setToolTip(tr("A click or Return loads a template into the builder. The addresses and "
                          "ports that you set are kept."));
    m_tree->installEventFilter(this);
    connect(m_tree, &QTreeWidget::itemClicked, this, &TemplatesPane::choose);
    connect(&library, &TemplateLibrary::changed, this, &TemplatesPane::rebuild);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(8, 4, 4, 4);
    head->addWidget(title, 1);
    head->addWidget(m_menu);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_tree, 1);
    setFocusProxy(m_tree);
    rebuild();
}

void TemplatesPane::setActions(const QList<QAction*>& actions)
{
    auto* menu = new QMenu(m_menu);
    menu->addActions(actions);
    menu->setToolTipsVisible(true);
    m_menu->setMenu(menu);
    m_menu->show();
}

void TemplatesPane::rebuild()
{
    m_tree->clear();
    addOwn();
    addBuiltins();
    mark();
}

/// Some items have colours of the scheme.
void TemplatesPane::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        rebuild();
}

void TemplatesPane::addOwn()
{
    QTreeWidgetItem* group = makeGroup(m_tree, tr("Mine"));
    const std::vector<OwnTemplate>& own = m_library.templates();
    for (std::size_t i = 0; i < own.size(); ++i) {
        QTreeWidgetItem* item = makeItem(group, own[i].content);
        item->setData(0, OwnIndex, int(i));
        if (own[i].problem.isEmpty())
            continue;
        item->setText(0, tr("%1 (cannot be read)").arg(item->text(0)));
        item->setData(0, PlainName, item->text(0));
        item->setForeground(0, Theme::of(palette()).wrong);
        item->setToolTip(0, plainToolTip(own[i].problem));
    }
    if (own.empty()) {
        auto* empty = new QTreeWidgetItem(group, {tr("none yet (Ctrl+S)")});
        empty->setForeground(0, Theme::of(palette()).muted);
        empty->setFlags(Qt::ItemIsEnabled);
    }
}

void TemplatesPane::addBuiltins()
{
    QTreeWidgetItem* group = nullptr;
    for (const Template& content : builtinTemplates()) {
        const QString name = fromUtf8(content.group);
        if (!group || group->text(0) != name)
            group = makeGroup(m_tree, name);
        makeItem(group, content)->setData(0, BuiltinId, fromUtf8(content.id));
    }
}

void TemplatesPane::choose(QTreeWidgetItem* item)
{
    if (!item)
        return;
    if (item->data(0, BuiltinId).isValid()) {
        if (const Template* content = findBuiltin(toUtf8(item->data(0, BuiltinId).toString())))
            emit templateChosen(*content, QString());
        return;
    }
    if (!item->data(0, OwnIndex).isValid())
        return;
    const OwnTemplate own = m_library.templates()[std::size_t(item->data(0, OwnIndex).toInt())];
    if (own.problem.isEmpty())
        emit templateChosen(own.content, own.path);
    else
        emit failed(own.problem);
}

void TemplatesPane::setCurrent(const QString& id, const QString& path, bool modified)
{
    m_currentId = id;
    m_currentPath = path;
    m_modified = modified;
    mark();
}

void TemplatesPane::mark()
{
    for (QTreeWidgetItemIterator each(m_tree); *each; ++each) {
        QTreeWidgetItem* item = *each;
        const QVariant own = item->data(0, OwnIndex);
        const bool current = own.isValid()
            ? m_library.templates()[std::size_t(own.toInt())].path == m_currentPath
            : m_currentPath.isEmpty() && item->data(0, BuiltinId).isValid()
                && item->data(0, BuiltinId).toString() == m_currentId;
        if (!item->data(0, PlainName).isValid())
            continue;
        const QString name = item->data(0, PlainName).toString();
        item->setText(0, current && m_modified ? name + QLatin1String(" *") : name);
        QFont font = m_tree->font();
        font.setBold(current);
        item->setFont(0, font);
        if (current)
            m_tree->setCurrentItem(item);
    }
}

bool TemplatesPane::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_tree && event->type() == QEvent::Resize) // marks rows over the whole width
        m_tree->header()->setMinimumSectionSize(m_tree->viewport()->width());
    if (watched == m_tree && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isReturn && !(key->modifiers() & ~Qt::KeypadModifier)) {
            choose(m_tree->currentItem());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace tcpw
