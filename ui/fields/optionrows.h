// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QList>
#include <QWidget>

class QVBoxLayout;

namespace tcpw {

class OptionRow;

/// All options of a header as forms, one below the other. What is changed here is told as the
/// whole list in the shared notation.
class OptionRows : public QWidget
{
    Q_OBJECT
public:
    explicit OptionRows(QWidget* parent = nullptr);

    void setFieldName(const QString& name) { m_field = name; }
    /// Shows a list of the notation that can be read.
    void show(const QString& notation);
    const QList<OptionRow*>& rows() const { return m_rows; }

signals:
    void typed(const QString& notation); ///< into a value
    void arranged(const QString& notation); ///< moved, duplicated or removed
    void rowMade(tcpw::OptionRow* row);
    void rowsChanged(); ///< there are other widgets to come to by Tab

private:
    void addRow();
    void arrange(const QStringList& options, qsizetype focused);
    QStringList options() const;

    QVBoxLayout* m_layout;
    QString m_field;
    QList<OptionRow*> m_rows;
};

} // namespace tcpw
