// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "templates/template.h"
#include "ui/builder/builderpane.h"
#include "ui/fields/optionrow.h"
#include "ui/fields/optionrows.h"
#include "ui/fields/theme.h"
#include "ui/window/windowfixture.h"
#include "ui/window/windowlooks.h"

#include <QApplication>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

/// How the editor looks with an ordinary packet and with those that ask most of it.
class EditorLooksTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_all.reset(); }

    void looksRight_data();
    void looksRight();
    void optionsAreReachedByKeys();

private:
    void load(const Draft& draft);
    Draft draft(const QByteArray& packet) const;

    std::unique_ptr<WindowFixture> m_all;
    QTemporaryDir m_folder;
};

namespace {

constexpr char everyOption[]
    = "mss=1460,window-scale=7,sack-permitted,sack=1-1461+2921-4381,timestamps=1000:0,"
      "user-timeout=30s,fast-open=0102030405060708,md5=00112233445566778899aabbccddeeff,"
      "ao=1:2:00112233445566778899aabb,kind-253=0102,nop,mss/3=05,end,tail=00";

} // namespace

void EditorLooksTest::initTestCase()
{
    m_all = std::make_unique<WindowFixture>();
    m_all->show(true);
    m_all->awaitLab(); // where there is none, the addresses are not known
}

Draft EditorLooksTest::draft(const QByteArray& packet) const
{
    const auto set = [](Draft& draft, const char* path, const char* text) {
        const Result<void> done = setDraftField(draft, path, text);
        if (!done)
            qFatal("%s: %s", path, done.error().message.c_str());
    };
    Draft made = findBuiltin(packet == "ipv6" ? "syn-ipv6" : "syn")->draft;
    if (packet == "options")
        set(made, "tcp.options", everyOption);
    if (packet == "broken") {
        set(made, "tcp.dataOffset", "4");
        set(made, "tcp.checksum", "0x1234");
        set(made, "tcp.controlBits", "SYN,FIN,RST,R2");
        set(made, "ipv4.totalLength", "9999");
        set(made, "ipv4.headerChecksum", "0xdead");
    }
    if (packet == "ipv6") {
        set(made, "ipv6.flowLabel", "0xabcde");
        set(made, "tcp.options", "mss=1440,sack-permitted,timestamps=1:0,nop,window-scale=7");
    }
    return made;
}

/// As the user would: as a template's file.
void EditorLooksTest::load(const Draft& draft)
{
    Template from;
    from.name = "looks";
    from.draft = draft;
    const QString path = m_folder.filePath(u"looks.json"_s);
    QVERIFY(saveTemplate(from, path.toStdString()).has_value());
    m_all->window->openFile(path);
    QCOMPARE(m_all->builder()->draft(), draft);
}

void EditorLooksTest::looksRight_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    const bool twofold = m_all->window->devicePixelRatioF() > 1.5;
    for (const char* packet : {"plain", "options", "broken", "ipv6"})
        for (const QSize& size : {QSize(800, 600), QSize(1440, 900)})
            for (const bool dark : {false, true})
                QTest::addRow("%s-%dx%d%s-%s", packet, size.width(), size.height(),
                    twofold ? "-twofold" : "", dark ? "dark" : "light")
                    << QByteArray(packet) << size << dark;
}

void EditorLooksTest::looksRight()
{
    QFETCH(QByteArray, packet);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QApplication::setPalette(Theme::palette(dark));
    m_all->window->resize(size);
    load(draft(packet));
    m_all->builder()->showField(u"tcp.options"_s);
    takePicture(m_all->window.get(), u"editor-"_s + QString::fromLatin1(QTest::currentDataTag()));
    for (const auto* rows : m_all->builder()->findChildren<OptionRows*>())
        for (const OptionRow* row : rows->rows())
            for (const QWidget* part : row->findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
                if (part->isVisible())
                    QVERIFY2(row->rect().contains(part->geometry()),
                        qPrintable(row->form().label + u' ' + part->accessibleName()));
    const auto none = [](const QStringList& problems) {
        return problems.join(u"\n"_s);
    };
    QCOMPARE(m_all->window->size(), size);
    QCOMPARE(none(cutTexts(*m_all->window)), QString());
    QCOMPARE(none(unnamedControls(*m_all->window)), QString());
    QCOMPARE(none(faintTexts(*m_all->window)), QString());
    // Nothing of the builder lies beside what can be scrolled to.
    for (const auto* scroll : m_all->builder()->findChildren<QScrollArea*>())
        if (scroll->isVisible() && scroll->horizontalScrollBar())
            QCOMPARE(scroll->horizontalScrollBar()->maximum(), 0);
}

void EditorLooksTest::optionsAreReachedByKeys()
{
    m_all->window->resize(1440, 900);
    load(draft("options"));
    m_all->builder()->focusField(u"tcp.options"_s);
    m_all->window->activateWindow();
    QCOMPARE(controlsBesideTab(*m_all->window).join(u"\n"_s), QString());
    // Also after a row has come and gone.
    load(draft("ipv6"));
    QCOMPARE(controlsBesideTab(*m_all->window).join(u"\n"_s), QString());
    load(draft("options"));
    QCOMPARE(controlsBesideTab(*m_all->window).join(u"\n"_s), QString());
}

TCPW_TEST(EditorLooksTest);
#include "tst_editorlooks.moc"
