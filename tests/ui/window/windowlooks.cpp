// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/window/windowlooks.h"

#include "ui/builder/builderpane.h"
#include "ui/fields/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSet>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <QTreeView>

namespace tcpw::test {

namespace {

QString nameOf(const QWidget& widget)
{
    QString name = QString::fromLatin1(widget.metaObject()->className());
    if (!widget.objectName().isEmpty())
        name += QLatin1Char(' ') % widget.objectName();
    if (!widget.accessibleName().isEmpty())
        name += QStringLiteral(" \"") % widget.accessibleName().left(60) % QLatin1Char('"');
    return name;
}

QString withoutMnemonic(QString text)
{
    return text.remove(QRegularExpression(QStringLiteral("&(?!&)")));
}

/// The visible widgets of a kind in a window.
template <typename T> QList<T*> visible(const QWidget& window)
{
    QList<T*> found;
    for (T* widget : window.findChildren<T*>())
        if (widget->isVisible() && widget->width() > 0)
            found << widget;
    return found;
}

bool fits(const QLabel& label)
{
    const QRect room = label.contentsRect();
    const QString text = withoutMnemonic(label.text());
    if (text.isEmpty() || !label.pixmap().isNull())
        return true;
    if (!label.wordWrap())
        return label.fontMetrics().boundingRect(QRect(0, 0, 9999, 9999), 0, text).width()
            <= room.width();
    const QRect needed = label.fontMetrics().boundingRect(
        QRect(0, 0, room.width(), 99999), int(Qt::TextWordWrap), text);
    return needed.height() <= room.height() && needed.width() <= room.width();
}

bool fits(const QAbstractButton& button)
{
    const int text = button.fontMetrics()
                         .boundingRect(QRect(0, 0, 9999, 9999), 0, withoutMnemonic(button.text()))
                         .width();
    const bool marked = qobject_cast<const QRadioButton*>(&button) || button.inherits("QCheckBox");
    return text + (marked ? 16 : 0) <= button.width();
}

/// What a heading's text needs, with the mark of sorting where it is shown.
int neededWidth(const QHeaderView& header, int section)
{
    if (!header.isSortIndicatorShown() || header.sortIndicatorSection() == section)
        return header.sectionSizeHint(section);
    const QString text = header.model()->headerData(section, Qt::Horizontal).toString();
    return header.fontMetrics().horizontalAdvance(text)
        + 2 * header.style()->pixelMetric(QStyle::PM_HeaderMargin, nullptr, &header);
}

void addCutHeaders(const QWidget& window, QStringList& cut)
{
    for (const QHeaderView* header : visible<QHeaderView>(window))
        for (int section = 0; section < header->count(); ++section)
            if (header->orientation() == Qt::Horizontal && !header->isSectionHidden(section)
                && header->sectionSize(section) < neededWidth(*header, section))
                cut << nameOf(*header->parentWidget()) % QStringLiteral(", column ")
                        % header->model()->headerData(section, Qt::Horizontal).toString();
}

void addCutTabs(const QWidget& window, QStringList& cut)
{
    for (const QTabBar* bar : visible<QTabBar>(window))
        for (int tab = 0; tab < bar->count(); ++tab) {
            const int text = bar->fontMetrics().horizontalAdvance(bar->tabText(tab));
            if (text > bar->tabRect(tab).width() || !bar->rect().contains(bar->tabRect(tab)))
                cut << QStringLiteral("tab ") % bar->tabText(tab);
        }
}

bool isControl(const QWidget& widget)
{
    const bool inner = widget.parentWidget()
        && (widget.parentWidget()->inherits("QAbstractSpinBox")
            || widget.parentWidget()->inherits("QComboBox")
            || widget.parentWidget()->inherits("QLineEdit")
            || widget.parentWidget()->inherits("QTabBar")
            || widget.parentWidget()->inherits("QTabWidget")
            || widget.parentWidget()->inherits("QMenuBar")
            || widget.parentWidget()->inherits("QTableView"));
    if (inner)
        return false;
    return qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QLineEdit*>(&widget)
        || qobject_cast<const QComboBox*>(&widget) || qobject_cast<const QPlainTextEdit*>(&widget)
        || qobject_cast<const QAbstractSpinBox*>(&widget)
        || qobject_cast<const QTableView*>(&widget) || qobject_cast<const QTreeView*>(&widget);
}

/// Radio buttons of one group, and the fields of the builder, are walked with the arrows.
bool isReachedByArrows(const QWidget& control)
{
    if (qobject_cast<const QRadioButton*>(&control))
        return true;
    for (const QWidget* parent = control.parentWidget(); parent; parent = parent->parentWidget())
        if (qobject_cast<const BuilderPane*>(parent))
            return true;
    return false;
}

QColor groundOf(const QWidget& widget)
{
    for (const QWidget* at = &widget; at; at = at->parentWidget()) {
        const auto* area = qobject_cast<const QAbstractScrollArea*>(at->parentWidget());
        if (at->autoFillBackground() || at->isWindow()
            || (area && area->viewport() == at && area->viewport()->autoFillBackground()))
            return at->palette().color(at->backgroundRole());
    }
    return widget.palette().color(widget.backgroundRole());
}

void judge(const QWidget& widget, const QColor& text, const QColor& ground, QStringList& faint)
{
    const double found = contrast(text, ground);
    if (found < 4.5)
        faint << nameOf(widget)
                + QStringLiteral(": %1 on %2 is %3")
                      .arg(text.name(), ground.name())
                      .arg(found, 0, 'f', 2);
}

void judgeCells(const QAbstractItemView& view, const QModelIndex& parent, QStringList& faint)
{
    const QAbstractItemModel* model = view.model();
    for (int row = 0; model && row < std::min(model->rowCount(parent), 20); ++row)
        for (int column = 0; column < model->columnCount(parent); ++column) {
            const QModelIndex index = model->index(row, column, parent);
            const QVariant ground = index.data(Qt::BackgroundRole);
            const QVariant text = index.data(Qt::ForegroundRole);
            const QPalette& palette = view.palette();
            judge(view,
                text.isValid() ? text.value<QBrush>().color() : palette.color(QPalette::Text),
                ground.isValid() ? ground.value<QBrush>().color() : palette.color(QPalette::Base),
                faint);
            if (column == 0)
                judgeCells(view, index, faint);
        }
}

/// What a highlighter or formats colour.
void judgeDocument(const QPlainTextEdit& edit, QStringList& faint)
{
    const QColor base = edit.palette().color(QPalette::Base);
    const auto judgeFormat = [&](const QTextCharFormat& format) {
        const bool colored = format.foreground().style() != Qt::NoBrush;
        const bool grounded = format.background().style() != Qt::NoBrush;
        judge(edit, colored ? format.foreground().color() : edit.palette().color(QPalette::Text),
            grounded ? format.background().color() : base, faint);
    };
    for (QTextBlock block = edit.document()->begin(); block.isValid(); block = block.next()) {
        for (const QTextLayout::FormatRange& range : block.layout()->formats())
            judgeFormat(range.format);
        for (auto part = block.begin(); !part.atEnd(); ++part)
            judgeFormat(part.fragment().charFormat());
    }
}

} // namespace

QStringList cutTexts(const QWidget& window)
{
    QStringList cut;
    for (const QLabel* label : visible<QLabel>(window))
        if (!fits(*label))
            cut << nameOf(*label) % QStringLiteral(": ") % label->text();
    for (const QAbstractButton* button : visible<QAbstractButton>(window))
        if (!fits(*button))
            cut << nameOf(*button) % QStringLiteral(": ") % button->text();
    addCutTabs(window, cut);
    addCutHeaders(window, cut);
    return cut;
}

QStringList unnamedControls(const QWidget& window)
{
    QStringList unnamed;
    for (QWidget* widget : visible<QWidget>(window)) {
        if (!isControl(*widget))
            continue;
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
        if (!accessible || accessible->text(QAccessible::Name).trimmed().isEmpty())
            unnamed << nameOf(*widget);
    }
    return unnamed;
}

QStringList controlsBesideTab(QWidget& window)
{
    QSet<const QWidget*> reached;
    constexpr int presses = 400;
    for (int press = 0; press < presses; ++press) {
        const QWidget* focused = QApplication::focusWidget();
        for (const QWidget* at = focused; at && at != &window; at = at->parentWidget())
            reached << at;
        QTest::keyClick(focused ? const_cast<QWidget*>(focused) : &window, Qt::Key_Tab);
    }
    QStringList beside;
    for (const QWidget* widget : visible<QWidget>(window))
        if (isControl(*widget) && widget->isEnabled() && !reached.contains(widget)
            && !isReachedByArrows(*widget))
            beside << nameOf(*widget);
    return beside;
}

QStringList faintTexts(const QWidget& window)
{
    QStringList faint;
    for (const QLabel* label : visible<QLabel>(window))
        if (!label->text().isEmpty() && label->isEnabled())
            judge(*label, label->palette().color(label->foregroundRole()), groundOf(*label), faint);
    for (const QAbstractButton* button : visible<QAbstractButton>(window))
        if (button->isEnabled() && !button->inherits("QHeaderView"))
            judge(*button, button->palette().color(button->foregroundRole()),
                button->inherits("QPushButton") ? button->palette().color(QPalette::Button)
                                                : groundOf(*button),
                faint);
    for (const QLineEdit* edit : visible<QLineEdit>(window)) {
        judge(*edit, edit->palette().color(QPalette::Text), edit->palette().color(QPalette::Base),
            faint);
        if (edit->text().isEmpty() && !edit->placeholderText().isEmpty())
            judge(*edit, edit->palette().color(QPalette::PlaceholderText),
                edit->palette().color(QPalette::Base), faint);
    }
    for (const QAbstractItemView* view : visible<QAbstractItemView>(window))
        if (!qobject_cast<const QHeaderView*>(view)) {
            judgeCells(*view, {}, faint);
            judge(*view, view->palette().color(QPalette::HighlightedText),
                view->palette().color(QPalette::Highlight), faint);
        }
    for (const QPlainTextEdit* edit : visible<QPlainTextEdit>(window))
        judgeDocument(*edit, faint);
    faint.removeDuplicates();
    return faint;
}

} // namespace tcpw::test
