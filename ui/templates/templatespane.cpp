// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/templates/templatespane.h"

#include "ui/fields/plaintext.h"
#include "ui/fields/textlabel.h"
#include "ui/fields/theme.h"
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

namespace {

/// What an item of the tree stands for.
enum ItemData
{
    OwnIndex = Qt::UserRole, ///< in the library; absent for others
    BuiltinId,
    SheetIndex, ///< in the library, for a work sheet and its steps
    StepIndex,
    PlainName,
    Searched ///< what is looked through besides the name
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
    item->setData(0, Searched,
        fromUtf8(content.id + ' ' + content.group + ' ' + content.shows + ' ' + content.expects));
    return item;
}

} // namespace

QString templateToolTip(const Template& content)
{
    QStringList lines{fromUtf8(content.name)};
    if (!content.before.empty())
        lines << fromUtf8(content.before);
    if (!content.shows.empty())
        lines << fromUtf8(content.shows);
    if (!content.expects.empty())
        lines << fromUtf8(content.expects);
    return plainToolTip(lines.join(QLatin1Char('\n')));
}

TemplatesPane::TemplatesPane(const TemplateLibrary& library, QWidget* parent)
    : QWidget(parent)
    , m_library(library)
    , m_search(new QLineEdit(this))
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
    m_tree->clear();
    addOwn();
    addSheets();
    addBuiltins();
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
    m_rename = add(tr("&Rename..."), Qt::Key_F2, [this] { m_changes->askName(*currentOwn()); });
    m_duplicate = add(tr("&Duplicate"), QKeySequence(Qt::CTRL | Qt::Key_D),
        [this] { m_changes->duplicate(Template(*currentTemplate())); });
    m_delete = add(tr("De&lete"), QKeySequence::Delete,
        [this] { m_changes->remove(OwnTemplate(*currentOwn())); });
    m_export = add(tr("&Export..."), {}, [this] { m_changes->askExport(*currentTemplate()); });
    m_copySheet = add(tr("Make the work sheet &mine"), {},
        [this] { m_changes->copySheet(LibrarySheet(*sheetOf(m_tree->currentItem()))); });
    m_tree->addActions({m_changes->restoreAction(), m_changes->importAction()});
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &TemplatesPane::updateChangeActions);
    updateChangeActions();
}

void TemplatesPane::updateChangeActions()
{
    const OwnTemplate* own = currentOwn();
    m_rename->setEnabled(own && own->problem.isEmpty());
    m_delete->setEnabled(own);
    m_duplicate->setEnabled(currentTemplate());
    m_export->setEnabled(currentTemplate());
    m_copySheet->setEnabled(sheetOf(m_tree->currentItem()));
}

const OwnTemplate* TemplatesPane::currentOwn() const
{
    const QTreeWidgetItem* item = m_tree->currentItem();
    const QVariant index = item ? item->data(0, OwnIndex) : QVariant();
    // While the list is made anew, an item may stand for a template that is gone.
    const bool isThere
        = index.isValid() && std::size_t(index.toInt()) < m_library.templates().size();
    return isThere ? &m_library.templates()[std::size_t(index.toInt())] : nullptr;
}

/// One that can be read.
const Template* TemplatesPane::currentTemplate() const
{
    if (const OwnTemplate* own = currentOwn())
        return own->problem.isEmpty() ? &own->content : nullptr;
    const QTreeWidgetItem* item = m_tree->currentItem();
    if (const OwnTemplate* step = stepOf(item))
        return step->problem.isEmpty() ? &step->content : nullptr;
    return item ? findBuiltin(toUtf8(item->data(0, BuiltinId).toString())) : nullptr;
}

/// The work sheet that an item stands for or is a step of.
const LibrarySheet* TemplatesPane::sheetOf(const QTreeWidgetItem* item) const
{
    const QVariant index = item ? item->data(0, SheetIndex) : QVariant();
    const bool isThere = index.isValid() && std::size_t(index.toInt()) < m_library.sheets().size();
    return isThere ? &m_library.sheets()[std::size_t(index.toInt())] : nullptr;
}

const OwnTemplate* TemplatesPane::stepOf(const QTreeWidgetItem* item) const
{
    const LibrarySheet* sheet = sheetOf(item);
    const QVariant index = sheet ? item->data(0, StepIndex) : QVariant();
    const bool isThere = index.isValid() && std::size_t(index.toInt()) < sheet->steps.size();
    return isThere ? &sheet->steps[std::size_t(index.toInt())] : nullptr;
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
            const QString text
                = item->text(0) + QLatin1Char(' ') + item->data(0, Searched).toString();
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

/// Marks one that cannot be read, and says why.
void TemplatesPane::setProblem(QTreeWidgetItem* item, const QString& problem) const
{
    if (problem.isEmpty())
        return;
    item->setText(0, tr("%1 (cannot be read)").arg(item->text(0)));
    item->setData(0, PlainName, item->text(0));
    item->setForeground(0, Theme::of(palette()).wrong);
    item->setToolTip(0, plainToolTip(problem));
}

void TemplatesPane::addOwn()
{
    QTreeWidgetItem* group = makeGroup(m_tree, tr("Mine"));
    const std::vector<OwnTemplate>& own = m_library.templates();
    for (std::size_t i = 0; i < own.size(); ++i) {
        QTreeWidgetItem* item = makeItem(group, own[i].content);
        item->setData(0, OwnIndex, int(i));
        setProblem(item, own[i].problem);
    }
    if (own.empty()) {
        auto* empty = new QTreeWidgetItem(group, {tr("none yet (Ctrl+S)")});
        empty->setForeground(0, Theme::of(palette()).muted);
        empty->setFlags(Qt::ItemIsEnabled);
    }
}

/// Each with its steps, which are numbered as they are walked through.
void TemplatesPane::addSheets()
{
    for (std::size_t s = 0; s < m_library.sheets().size(); ++s) {
        const LibrarySheet& sheet = m_library.sheets()[s];
        QTreeWidgetItem* group = makeGroup(m_tree, harmless(sheet.name));
        group->setData(0, SheetIndex, int(s));
        group->setToolTip(
            0, plainToolTip(tr("A work sheet of %n step(s).", nullptr, int(sheet.steps.size()))));
        for (std::size_t i = 0; i < sheet.steps.size(); ++i) {
            const OwnTemplate& step = sheet.steps[i];
            QTreeWidgetItem* item = makeItem(group, step.content);
            item->setData(0, SheetIndex, int(s));
            item->setData(0, StepIndex, int(i));
            setProblem(item, step.problem);
            item->setData(
                0, PlainName, tr("%1. %2").arg(i + 1).arg(item->data(0, PlainName).toString()));
            item->setText(0, item->data(0, PlainName).toString());
        }
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
    if (const OwnTemplate* step = stepOf(item)) {
        if (step->problem.isEmpty())
            emit stepChosen(LibrarySheet(*sheetOf(item)), item->data(0, StepIndex).toInt());
        else
            emit failed(step->problem);
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

/// True for the one that was loaded into the builder.
bool TemplatesPane::isCurrent(const QTreeWidgetItem& item) const
{
    const QVariant own = item.data(0, OwnIndex);
    if (own.isValid())
        return m_library.templates()[std::size_t(own.toInt())].path == m_currentPath;
    if (const OwnTemplate* step = stepOf(&item))
        return step->path == m_currentPath
            && (!m_currentPath.isEmpty() || fromUtf8(step->content.id) == m_currentId);
    return m_currentPath.isEmpty() && item.data(0, BuiltinId).isValid()
        && item.data(0, BuiltinId).toString() == m_currentId;
}

void TemplatesPane::mark()
{
    for (QTreeWidgetItemIterator each(m_tree); *each; ++each) {
        QTreeWidgetItem* item = *each;
        const bool current = isCurrent(*item);
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
