// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/templates/templatespane.h"

#include "ui/fields/celldelegate.h"
#include "ui/fields/plaintext.h"
#include "ui/fields/textlabel.h"
#include "ui/templates/librarychanges.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QTreeWidget>

#include <algorithm>

namespace tcpw {

TemplatesPane::TemplatesPane(const TemplateLibrary& library, QWidget* parent)
    : QWidget(parent)
    , m_search(new QLineEdit(this))
    , m_tree(new QTreeWidget(this))
    , m_items(library, *m_tree)
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
    m_tree->setIndentation(8);
    m_tree->setUniformRowHeights(true);
    m_tree->setItemDelegate(new CellDelegate(m_tree));
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

    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search the templates"));
    m_search->setToolTip(
        tr("Leaves the templates with these words in their name or explanation. Escape: all."));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &TemplatesPane::filter);
    auto* searchLine = new QHBoxLayout;
    searchLine->setContentsMargins(8, 0, 8, 4);
    searchLine->addWidget(m_search);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(8, 4, 4, 4);
    head->addWidget(title, 1);
    head->addWidget(m_menu);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addLayout(searchLine);
    layout->addWidget(m_tree, 1);
    setTabOrder(m_search, m_tree);
    setTabOrder(m_tree, m_menu);
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
    m_items.fill(palette());
    mark();
    filter();
}

void TemplatesPane::setChanges(LibraryChanges& changes)
{
    m_changes = &changes;
    makeChangeActions();
}

void TemplatesPane::makeChangeActions()
{
    const auto add = [this](const QString& text, const QKeySequence& keys, auto&& done) {
        auto* action = new QAction(text, m_tree);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, done);
        m_tree->addAction(action);
        return action;
    };
    m_rename = add(tr("&Rename..."), Qt::Key_F2, [this] { m_changes->askName(*current().own); });
    m_duplicate = add(tr("&Duplicate"), QKeySequence(Qt::CTRL | Qt::Key_D),
        [this] { m_changes->duplicate(Template(*current().content)); });
    m_delete = add(tr("De&lete"), QKeySequence::Delete,
        [this] { m_changes->remove(OwnTemplate(*current().own)); });
    m_export = add(tr("&Export..."), {}, [this] { m_changes->askExport(*current().content); });
    m_copySheet = add(tr("Make the work sheet &mine"), {},
        [this] { m_changes->copySheet(LibrarySheet(*current().sheet)); });
    m_tree->addActions({m_changes->restoreAction(), m_changes->importAction()});
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &TemplatesPane::updateChangeActions);
    updateChangeActions();
}

void TemplatesPane::updateChangeActions()
{
    const TemplateEntry entry = current();
    m_rename->setEnabled(entry.own && entry.content);
    m_delete->setEnabled(entry.own);
    m_duplicate->setEnabled(entry.content);
    m_export->setEnabled(entry.content);
    m_copySheet->setEnabled(entry.sheet);
}

TemplateEntry TemplatesPane::current() const
{
    return m_items.entry(m_tree->currentItem());
}

/// Hides what has not all the words that are searched.
void TemplatesPane::filter()
{
    const QStringList words = m_search->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (int at = 0; at < m_tree->topLevelItemCount(); ++at) {
        QTreeWidgetItem* group = m_tree->topLevelItem(at);
        int shown = 0;
        for (int i = 0; i < group->childCount(); ++i) {
            QTreeWidgetItem* item = group->child(i);
            const QString text = TemplateItems::searched(*item);
            const bool found = std::ranges::all_of(words,
                [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
            item->setHidden(!found);
            shown += found;
        }
        group->setHidden(shown == 0);
    }
}

/// Some items have colours of the scheme.
void TemplatesPane::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        rebuild();
}

void TemplatesPane::choose(QTreeWidgetItem* item)
{
    const TemplateEntry entry = m_items.entry(item);
    if (!entry.problem.isEmpty())
        emit failed(entry.problem);
    else if (entry.content && entry.sheet)
        emit stepChosen(LibrarySheet(*entry.sheet), entry.step);
    else if (entry.content)
        emit templateChosen(Template(*entry.content), entry.path);
}

void TemplatesPane::setCurrent(const QString& id, const QString& path, bool modified)
{
    m_currentId = id;
    m_currentPath = path;
    m_modified = modified;
    mark();
}

/// True for the one that was loaded into the builder.
bool TemplatesPane::isCurrent(const QTreeWidgetItem& item) const
{
    const TemplateEntry entry = m_items.entry(&item);
    return entry.content && entry.path == m_currentPath
        && (!entry.path.isEmpty() || fromUtf8(entry.content->id) == m_currentId);
}

void TemplatesPane::mark()
{
    for (QTreeWidgetItemIterator each(m_tree); *each; ++each) {
        QTreeWidgetItem* item = *each;
        const QString name = TemplateItems::name(*item);
        if (name.isEmpty())
            continue;
        const bool current = isCurrent(*item);
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
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape)
            m_search->clear();
        if (key == Qt::Key_Down || key == Qt::Key_Escape)
            m_tree->setFocus(Qt::OtherFocusReason);
        if (key == Qt::Key_Down || key == Qt::Key_Escape)
            return true;
    }
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
