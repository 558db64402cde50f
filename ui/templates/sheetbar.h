// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/templates/templatelibrary.h"

#include <QFrame>

class QPushButton;
class QToolButton;

namespace tcpw {

class TextLabel;

/// The work sheet that is walked through: what to do at its step, what to expect, and the way to
/// the steps before and behind it. Hidden while there is none.
class SheetBar : public QFrame
{
    Q_OBJECT
public:
    explicit SheetBar(QWidget* parent = nullptr);

    /// Opens a sheet at a step, from 0; ends in stepShown().
    void open(const LibrarySheet& sheet, int step);
    void closeSheet();

    const LibrarySheet& sheet() const { return m_sheet; }
    int step() const { return m_step; } ///< -1 while no sheet is open

signals:
    void stepShown(const tcpw::OwnTemplate& step);
    void closed();

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeButtons();
    void go(int step);
    void showFill();

    LibrarySheet m_sheet;
    int m_step = -1;
    TextLabel* m_title;
    TextLabel* m_before;
    TextLabel* m_expects;
    QPushButton* m_back = nullptr;
    QPushButton* m_next = nullptr;
    QToolButton* m_close = nullptr;
};

} // namespace tcpw
