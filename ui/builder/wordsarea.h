// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QScrollArea>

class QVBoxLayout;

namespace tcpw {

/// Lines of text below each other, as high as they need up to a limit; beyond it they scroll.
class WordsArea : public QScrollArea
{
    Q_OBJECT
public:
    explicit WordsArea(QWidget* parent = nullptr);

    void addLine(QWidget* line);
    void setHeightLimit(int pixels);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showBarWhereNeeded();

    QVBoxLayout* m_lines;
    int m_limit = 160;
};

} // namespace tcpw
