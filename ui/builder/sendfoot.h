// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/fields/textlabel.h"

#include <QStringList>
#include <QWidget>

class QAction;
class QPushButton;

namespace tcpw {

class SendButton;
class WordsArea;

/// What the foot of the builder says.
struct FootText
{
    QString where; ///< "lab0 → 192.168.56.102:8081, 54 bytes"
    QString problem; ///< why nothing can be sent
    QStringList wrong; ///< on purpose
    QStringList remarks;
    QString expectation;
    QString outcome; ///< whether the peer did what was expected of the last packet
};

/// The foot of the builder: where it goes, Check, what is wrong on purpose, what answer to expect,
/// Send.
class SendFoot : public QWidget
{
    Q_OBJECT
public:
    SendFoot(QAction* send, QAction* check, QWidget* parent = nullptr);

    void setText(const FootText& text);
    void setCheckResult(const QString& words, bool reached);
    /// The words scroll when they are higher than this; Send is always seen.
    void setHeightLimit(int pixels);
    /// In the order of Tab.
    QList<QWidget*> stops() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    TextLabel* addLine(TextLabel::Tint tint);
    void layOut();
    static void setLine(TextLabel* line, const QString& text);

    WordsArea* m_words;
    TextLabel* m_where;
    TextLabel* m_checked;
    TextLabel* m_problem;
    TextLabel* m_wrong;
    TextLabel* m_expectation;
    TextLabel* m_outcome;
    TextLabel* m_remarks;
    QPushButton* m_check;
    SendButton* m_send;
};

} // namespace tcpw
