// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/windowhelp.h"

#include "ui/builder/builderpane.h"
#include "ui/fields/plaintext.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/inspector/packetview.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QTextDocumentFragment>
#include <QWhatsThis>

namespace tcpw {

namespace {

QString fieldHelp(const Packet& packet, const QString& path)
{
    const auto found = findPath(packet, toUtf8(path));
    if (!found)
        return {};
    const Field& field = *found->field;
    return fromUtf8(field.label) % QLatin1Char('\n') % fromUtf8(field.help) % QLatin1Char('\n')
        % fromUtf8(field.reference);
}

/// Tool tips are stored as escaped rich text; this is what they read as.
QString toolTipText(const QWidget* widget)
{
    for (; widget; widget = widget->parentWidget())
        if (!widget->toolTip().isEmpty())
            return QTextDocumentFragment::fromHtml(widget->toolTip()).toPlainText();
    return {};
}

QString nameOf(const QWidget* widget)
{
    return widget && !widget->accessibleName().isEmpty() ? widget->accessibleName() : QString();
}

} // namespace

QString focusHelp(
    const QWidget* focused, const BuilderPane& builder, const InspectorPane& inspector)
{
    if (!focused)
        return {};
    QString text;
    if (builder.isAncestorOf(focused))
        text = fieldHelp(builder.draft().packet, builder.currentField());
    for (const PacketView* view : {inspector.draftView(), inspector.packetView()})
        if (view->isAncestorOf(focused))
            text = fieldHelp(view->details().packet, view->currentField());
    if (!text.isEmpty())
        return text;
    const QStringList parts{nameOf(focused), toolTipText(focused)};
    return parts.join(QLatin1Char('\n')).trimmed();
}

void showFocusHelp(QWidget* focused, const QString& text)
{
    if (text.isEmpty())
        return;
    const QPoint below = focused ? focused->mapToGlobal(QPoint(0, focused->height())) : QPoint();
    QWhatsThis::showText(below, plainToolTip(text), focused);
}

void showAbout(QWidget* parent)
{
    auto* box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(QMessageBox::tr("About TCP Workbench"));
    box->setTextFormat(Qt::PlainText);
    box->setIcon(QMessageBox::NoIcon);
    box->setText(QStringLiteral("TCP Workbench " TCPW_VERSION));
    box->setInformativeText(
        QCoreApplication::translate("About",
            "Build and send TCP packets, and watch what comes back.\n\nQt %1 (built with %2)\n"
            "Licence: GPL-2.0-or-later\nTCP is specified in RFC 9293.")
            .arg(QString::fromLatin1(qVersion()), QStringLiteral(QT_VERSION_STR)));
    box->setStandardButtons(QMessageBox::Ok);
    box->setModal(false);
    box->show();
}

} // namespace tcpw
