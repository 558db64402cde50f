// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QStyledItemDelegate>

namespace tcpw {

/// Where a row of the picker keeps its texts and whether the device can be used.
enum DeviceRole
{
    DetailsRole = Qt::UserRole,
    ProblemRole,
    UnusableRole
};

/// Paints a device in the drop-down: its title, and below it, wrapped, details and what stands in
/// the way. Plain text only.
class DeviceDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /// The rows are as wide as this widget's viewport.
    explicit DeviceDelegate(QWidget* view);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    QWidget* m_view;
};

} // namespace tcpw
