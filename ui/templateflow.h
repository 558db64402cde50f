// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"

#include <QObject>

class QAction;

namespace tcpw {

class DraftFlow;
class InspectorPane;
class LibraryChanges;
class SheetBar;
class TemplateLibrary;
class TemplatesMenu;
class TemplatesPane;

/// The way of templates: from the list into the builder, step by step where they are a work
/// sheet's, and from a captured packet into the list.
class TemplateFlow : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        const TemplateLibrary& library;
        LibraryChanges& changes;
        TemplatesPane& templates;
        TemplatesMenu& menu;
        SheetBar& sheet;
        InspectorPane& inspector;
        DraftFlow& drafts;
    };

    TemplateFlow(const Parts& parts, QObject* parent);

    /// Opens the built-in work sheet that plays the program's own lesson.
    QAction* tutorialAction() const { return m_tutorial; }

signals:
    void kept(const QString& path); ///< a captured packet, as a template

private:
    void openTutorial();
    void keep(qsizetype number, const Packet& packet);

    Parts m_parts;
    QAction* m_tutorial;
};

} // namespace tcpw
