// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/templates/templateitems.h"

#include "ui/fields/fixedfont.h"
#include "ui/fields/plaintext.h"
#include "ui/fields/theme.h"

#include <QTreeWidget>

namespace tcpw {

namespace {

/// What an item keeps.
enum ItemData
{
    OwnIndex = Qt::UserRole, ///< in the library; absent for others
    BuiltinId,
    SheetIndex, ///< in the library, for a work sheet and its steps
    StepIndex,
    PlainName,
    Searched ///< what is looked through besides the name
};

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

TemplateItems::TemplateItems(const TemplateLibrary& library, QTreeWidget& tree)
    : m_library(library)
    , m_tree(tree)
{
}

void TemplateItems::fill(const QPalette& palette)
{
    m_palette = palette;
    m_tree.clear();
    addOwn();
    addSheets();
    addBuiltins();
}

TemplateEntry TemplateItems::entry(const QTreeWidgetItem* item) const
{
    TemplateEntry entry;
    if (!item)
        return entry;
    // While the list is made anew, an item may stand for a template that is gone.
    const auto at = [item](int key, const auto& list) -> decltype(list.data()) {
        const QVariant index = item->data(0, key);
        const bool isThere = index.isValid() && std::size_t(index.toInt()) < list.size();
        return isThere ? &list[std::size_t(index.toInt())] : nullptr;
    };
    entry.own = at(OwnIndex, m_library.templates());
    entry.sheet = at(SheetIndex, m_library.sheets());
    const OwnTemplate* file = entry.own;
    if (entry.sheet && (file = at(StepIndex, entry.sheet->steps)))
        entry.step = item->data(0, StepIndex).toInt();
    if (file) {
        entry.path = file->path;
        entry.problem = file->problem;
        entry.content = file->problem.isEmpty() ? &file->content : nullptr;
    } else if (item->data(0, BuiltinId).isValid()) {
        entry.content = findBuiltin(toUtf8(item->data(0, BuiltinId).toString()));
    }
    return entry;
}

QString TemplateItems::name(const QTreeWidgetItem& item)
{
    return item.data(0, PlainName).toString();
}

QString TemplateItems::searched(const QTreeWidgetItem& item)
{
    return item.text(0) + QLatin1Char(' ') + item.data(0, Searched).toString();
}

QTreeWidgetItem* TemplateItems::addHeading(const QString& name)
{
    auto* heading = new QTreeWidgetItem(&m_tree, {name});
    heading->setFont(0, bold(m_tree.font()));
    heading->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    heading->setExpanded(true);
    return heading;
}

/// Marks one that cannot be read, and says why.
void TemplateItems::setProblem(QTreeWidgetItem* item, const QString& problem) const
{
    if (problem.isEmpty())
        return;
    item->setText(0, tr("%1 (cannot be read)").arg(item->text(0)));
    item->setData(0, PlainName, item->text(0));
    item->setForeground(0, Theme::of(m_palette).wrong);
    item->setToolTip(0, plainToolTip(problem));
}

void TemplateItems::addOwn()
{
    QTreeWidgetItem* group = addHeading(tr("Mine"));
    const std::vector<OwnTemplate>& own = m_library.templates();
    for (std::size_t i = 0; i < own.size(); ++i) {
        QTreeWidgetItem* item = makeItem(group, own[i].content);
        item->setData(0, OwnIndex, int(i));
        setProblem(item, own[i].problem);
    }
    if (own.empty()) {
        auto* empty = new QTreeWidgetItem(group, {tr("none yet (Ctrl+S)")});
        empty->setForeground(0, Theme::of(m_palette).muted);
        empty->setFlags(Qt::ItemIsEnabled);
    }
}

/// Each with its steps, which are numbered as they are walked through.
void TemplateItems::addSheets()
{
    for (std::size_t s = 0; s < m_library.sheets().size(); ++s) {
        const LibrarySheet& sheet = m_library.sheets()[s];
        QTreeWidgetItem* group = addHeading(harmless(sheet.name));
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

void TemplateItems::addBuiltins()
{
    QTreeWidgetItem* group = nullptr;
    for (const Template& content : builtinTemplates()) {
        const QString name = fromUtf8(content.group);
        if (!group || group->text(0) != name)
            group = addHeading(name);
        makeItem(group, content)->setData(0, BuiltinId, fromUtf8(content.id));
    }
}

} // namespace tcpw
