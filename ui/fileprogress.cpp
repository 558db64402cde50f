// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fileprogress.h"

#include "ui/fields/plaintext.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace tcpw {

FileProgress::FileProgress(QWidget* parent)
    : QWidget(parent)
    , m_name(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_cancel(new QToolButton(this))
{
    m_name->setTextFormat(Qt::PlainText);
    m_bar->setRange(0, 1000);
    m_bar->setMaximumWidth(160);
    m_bar->setAccessibleName(tr("Share done"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setToolTip(plainToolTip(tr("Ends it; what was there before stays as it is.")));
    m_cancel->setFocusPolicy(Qt::StrongFocus);
    connect(m_cancel, &QToolButton::clicked, this, &FileProgress::cancelled);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_name);
    layout->addWidget(m_bar);
    layout->addWidget(m_cancel);
    hide();
}

void FileProgress::setProgress(const QString& what, double share)
{
    if (share >= 1) {
        m_since.invalidate();
        hide();
        return;
    }
    if (!m_since.isValid())
        m_since.start();
    m_name->setText(harmless(QFileInfo(what).fileName()));
    m_bar->setValue(int(share * 1000));
    setVisible(m_since.elapsed() >= patience);
}

} // namespace tcpw
