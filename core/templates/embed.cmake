# SPDX-FileCopyrightText: TCP Workbench contributors
# SPDX-License-Identifier: GPL-2.0-or-later

# cmake -DOUTPUT=FILE.cpp -DFOLDER=DIRECTORY -DIDS=a,b -P embed.cmake
# writes a source that holds the files FOLDER/a.json, FOLDER/b.json as builtinFiles().
string(REPLACE "," ";" ids "${IDS}")
set(entries "")
foreach(id IN LISTS ids)
    file(READ "${FOLDER}/${id}.json" json)
    string(APPEND entries "    {\"${id}\", R\"json(${json})json\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Made by core/templates/embed.cmake from resources/templates.

#include \"templates/builtins.h\"

namespace tcpw {

namespace {

constexpr BuiltinFile files[] = {
${entries}};

} // namespace

std::span<const BuiltinFile> builtinFiles()
{
    return files;
}

} // namespace tcpw
")
