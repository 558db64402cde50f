// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/limitdialog.h"

#include "ui/windowsettings.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QRadioButton>
#include <QSpinBox>

namespace tcpw {

namespace {

constexpr quint64 thousand = 1000;
constexpr quint64 megabyte = 1'000'000;
QString settingName()
{
    return QStringLiteral("captureLimit");
}

QSpinBox* makeNumber(const QString& name, int start)
{
    auto* number = new QSpinBox;
    number->setRange(1, 1'000'000);
    number->setGroupSeparatorShown(true);
    number->setValue(start);
    number->setAccessibleName(name);
    return number;
}

} // namespace

LimitDialog::LimitDialog(const CaptureLimit& limit, QWidget* parent)
    : QDialog(parent)
    , m_limitPackets(new QCheckBox(tr("At most &packets, in thousands:")))
    , m_packets(makeNumber(tr("Thousands of packets"), 10'000))
    , m_limitBytes(new QCheckBox(tr("At most &megabytes of packets:")))
    , m_megabytes(makeNumber(tr("Megabytes"), 10'000))
    , m_stops(new QRadioButton(tr("&Stop the capture")))
    , m_dropsOldest(new QRadioButton(tr("Drop the &oldest packets")))
{
    setWindowTitle(tr("Limit of the capture"));
    makeLayout();
    show(limit);
    connect(m_limitPackets, &QCheckBox::toggled, m_packets, &QWidget::setEnabled);
    connect(m_limitBytes, &QCheckBox::toggled, m_megabytes, &QWidget::setEnabled);
    connect(this, &QDialog::accepted, this, [this] { emit chosen(this->limit()); });
}

void LimitDialog::makeLayout()
{
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* note = new QLabel(tr("Packets lie in a file; about 40 bytes of memory go to each."));
    note->setWordWrap(true);
    auto* layout = new QGridLayout(this);
    layout->addWidget(note, 0, 0, 1, 2);
    layout->addWidget(m_limitPackets, 1, 0);
    layout->addWidget(m_packets, 1, 1);
    layout->addWidget(m_limitBytes, 2, 0);
    layout->addWidget(m_megabytes, 2, 1);
    layout->addWidget(new QLabel(tr("When that is reached:")), 3, 0, 1, 2);
    layout->addWidget(m_stops, 4, 0, 1, 2);
    layout->addWidget(m_dropsOldest, 5, 0, 1, 2);
    layout->addWidget(buttons, 6, 0, 1, 2);
}

void LimitDialog::show(const CaptureLimit& limit)
{
    m_limitPackets->setChecked(limit.packets > 0);
    m_packets->setEnabled(limit.packets > 0);
    if (limit.packets > 0)
        m_packets->setValue(int(limit.packets / thousand));
    m_limitBytes->setChecked(limit.bytes > 0);
    m_megabytes->setEnabled(limit.bytes > 0);
    if (limit.bytes > 0)
        m_megabytes->setValue(int(limit.bytes / megabyte));
    (limit.dropsOldest ? m_dropsOldest : m_stops)->setChecked(true);
}

CaptureLimit LimitDialog::limit() const
{
    CaptureLimit limit;
    if (m_limitPackets->isChecked())
        limit.packets = quint64(m_packets->value()) * thousand;
    if (m_limitBytes->isChecked())
        limit.bytes = quint64(m_megabytes->value()) * megabyte;
    limit.dropsOldest = m_dropsOldest->isChecked();
    return limit;
}

CaptureLimit readLimit(const WindowSettings& settings)
{
    const QStringList kept = settings.texts(settingName());
    CaptureLimit limit;
    limit.packets = kept.value(0).toULongLong();
    limit.bytes = kept.value(1).toULongLong();
    limit.dropsOldest = kept.value(2) == QStringLiteral("drop");
    return limit;
}

void keepLimit(WindowSettings& settings, const CaptureLimit& limit)
{
    settings.setTexts(settingName(),
        {QString::number(limit.packets), QString::number(limit.bytes),
            limit.dropsOldest ? QStringLiteral("drop") : QStringLiteral("stop")});
}

} // namespace tcpw
