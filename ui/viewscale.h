// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QFont>
#include <QObject>

class QAction;

namespace tcpw {

/// Makes all text larger or smaller, for a projector or small eyes: Ctrl+Plus, Ctrl+Minus, Ctrl+0.
class ViewScale : public QObject
{
    Q_OBJECT
public:
    explicit ViewScale(QObject* parent = nullptr);
    ~ViewScale() override; ///< the text is normal again

    double factor() const { return m_factor; }
    /// Values outside of WindowSettings' limits are brought within.
    void setFactor(double factor);
    QList<QAction*> actions() const { return {m_larger, m_smaller, m_normal}; }

signals:
    void changed();

private:
    QFont m_normalFont;
    double m_factor = 1;
    QAction* m_larger;
    QAction* m_smaller;
    QAction* m_normal;
};

} // namespace tcpw
