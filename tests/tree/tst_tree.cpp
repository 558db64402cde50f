// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace {

const QDir source(QStringLiteral(TCPW_SOURCE_DIR));

/// Which folders a folder's files may include from, besides itself; the arrows go one way.
const QHash<QString, QStringList> arrows{
    {QStringLiteral("base"), {}},
    {QStringLiteral("packet"), {QStringLiteral("base")}},
    {QStringLiteral("store"), {QStringLiteral("packet"), QStringLiteral("base")}},
    {QStringLiteral("connection"), {QStringLiteral("packet"), QStringLiteral("base")}},
    {QStringLiteral("templates"), {QStringLiteral("packet"), QStringLiteral("base")}},
    {QStringLiteral("link"), {QStringLiteral("packet"), QStringLiteral("base")}},
    {QStringLiteral("guard"), {QStringLiteral("packet"), QStringLiteral("base")}},
    {QStringLiteral("lab"), {QStringLiteral("packet"), QStringLiteral("base")}},
    {QStringLiteral("helper"),
        {QStringLiteral("link"), QStringLiteral("guard"), QStringLiteral("lab"),
            QStringLiteral("packet"), QStringLiteral("base")}},
};

const QStringList coreFolders{QStringLiteral("base"), QStringLiteral("packet"),
    QStringLiteral("store"), QStringLiteral("connection"), QStringLiteral("templates"),
    QStringLiteral("link"), QStringLiteral("guard"), QStringLiteral("lab"),
    QStringLiteral("helper"), QStringLiteral("session")};

struct Include
{
    QString file; ///< relative to the repository
    QString name;
    bool quoted = false;
};

QList<Include> includesBelow(const QString& folder)
{
    static const QRegularExpression pattern(
        QStringLiteral("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"),
        QRegularExpression::MultilineOption);
    QList<Include> found;
    QDirIterator files(source.filePath(folder), {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
        QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("A source cannot be read.");
        const QString text = QString::fromUtf8(file.readAll());
        for (auto match = pattern.globalMatch(text); match.hasNext();) {
            const auto one = match.next();
            found << Include{source.relativeFilePath(file.fileName()), one.captured(2),
                one.captured(1) == QLatin1String("\"")};
        }
    }
    return found;
}

QString coreFolderOf(const QString& include)
{
    const QString folder = include.section(QLatin1Char('/'), 0, 0);
    return include.contains(QLatin1Char('/')) && coreFolders.contains(folder) ? folder : QString();
}

bool isQt(const Include& include)
{
    static const QRegularExpression pattern(QStringLiteral("^(Q[A-Z]|Qt[A-Z/]|q[a-z]+\\.h)"));
    return !include.quoted && include.name.contains(pattern);
}

QStringList sources()
{
    QStringList found;
    for (const auto& folder : {"core", "ui", "app", "tests"}) {
        QDirIterator files(source.filePath(QString::fromLatin1(folder)),
            {QStringLiteral("*.h"), QStringLiteral("*.cpp"), QStringLiteral("CMakeLists.txt")},
            QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            found << files.next();
    }
    return found;
}

} // namespace

/// Holds the tree to its plan: which folder may know which, and what stands where.
class TreeTest : public QObject
{
    Q_OBJECT
private slots:
    void includesFollowTheArrows();
    void qtStaysOutOfTheLowerCore();
    void libpcapIsKnownToLinkAlone();
    void widgetsStayInTheWindow();
    void sourcesSayTheirLicence();
    void topLevelHoldsOnlyItsOwn();
    void filesStayReadable();
};

void TreeTest::includesFollowTheArrows()
{
    QStringList wrong;
    for (const Include& include : includesBelow(QStringLiteral("core"))) {
        const QString from = include.file.section(QLatin1Char('/'), 1, 1);
        const QString to = coreFolderOf(include.name);
        const bool outside = include.quoted
            && (include.name.startsWith(QLatin1String("ui/"))
                || include.name.startsWith(QLatin1String("app/")));
        const bool known = to.isEmpty() || to == from || from == QLatin1String("session")
            || arrows.value(from).contains(to);
        if (outside || !known)
            wrong << include.file + QStringLiteral(" includes ") + include.name;
    }
    for (const Include& include : includesBelow(QStringLiteral("ui")))
        if (include.quoted && include.name.startsWith(QLatin1String("app/")))
            wrong << include.file + QStringLiteral(" includes ") + include.name;
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void TreeTest::qtStaysOutOfTheLowerCore()
{
    QStringList wrong;
    for (const Include& include : includesBelow(QStringLiteral("core")))
        if (isQt(include)
            && include.file.section(QLatin1Char('/'), 1, 1) != QLatin1String("session"))
            wrong << include.file + QStringLiteral(" includes ") + include.name;
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void TreeTest::libpcapIsKnownToLinkAlone()
{
    QStringList wrong;
    for (const auto& folder : {QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app")})
        for (const Include& include : includesBelow(folder))
            if (include.name.startsWith(QLatin1String("pcap")) && !include.quoted
                && !(include.file.startsWith(QLatin1String("core/link/"))
                    && include.file.endsWith(QLatin1String(".cpp"))))
                wrong << include.file;
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void TreeTest::widgetsStayInTheWindow()
{
    static const QRegularExpression widgets(QStringLiteral(
        "^(QWidget|QApplication|QDialog|QMainWindow|QLabel|QtWidgets|QtGui|QPainter|QColor)"));
    QStringList wrong;
    for (const Include& include : includesBelow(QStringLiteral("core"))
            + includesBelow(QStringLiteral("app/tcpw"))
            + includesBelow(QStringLiteral("app/helper")))
        if (include.name.contains(widgets))
            wrong << include.file + QStringLiteral(" includes ") + include.name;
    for (const Include& include : includesBelow(QStringLiteral("app/helper")))
        if (isQt(include))
            wrong << include.file + QStringLiteral(" includes ") + include.name;
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void TreeTest::sourcesSayTheirLicence()
{
    QStringList wrong;
    for (const QString& path : sources()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray top = file.read(300);
        if (!top.contains("SPDX-FileCopyrightText: TCP Workbench contributors")
            || !top.contains("SPDX-License-Identifier: GPL-2.0-or-later"))
            wrong << path;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void TreeTest::topLevelHoldsOnlyItsOwn()
{
    const QSet<QString> own{QStringLiteral("CMakeLists.txt"), QStringLiteral("app"),
        QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("resources"),
        QStringLiteral("tests"), QStringLiteral("README.md"), QStringLiteral("LICENSE")};
    QProcess git;
    git.setWorkingDirectory(source.path());
    git.start(QStringLiteral("git"), {QStringLiteral("ls-files")});
    if (!git.waitForFinished() || git.exitCode() != 0)
        QSKIP("This is no git checkout, or git is missing.");
    QSet<QString> entries;
    for (const QByteArray& line : git.readAllStandardOutput().split('\n'))
        entries << QString::fromUtf8(
            line.left(line.indexOf('/') < 0 ? line.size() : line.indexOf('/')));
    for (const QString& entry : entries)
        QVERIFY2(entry.isEmpty() || entry.startsWith(QLatin1Char('.')) || own.contains(entry),
            qPrintable(entry));
}

void TreeTest::filesStayReadable()
{
    QStringList wrong;
    for (const QString& path : sources()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        // A test's tables may go on for longer than a reader follows code.
        const bool isTest = source.relativeFilePath(path).startsWith(QLatin1String("tests/"));
        if (file.readAll().count('\n') > (isTest ? 500 : 400))
            wrong << path;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

TCPW_TEST(TreeTest);
#include "tst_tree.moc"
