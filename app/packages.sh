# SPDX-FileCopyrightText: TCP Workbench contributors
# SPDX-License-Identifier: GPL-2.0-or-later
#
# shellcheck shell=bash
# Sourced by app/run and tests/run: says at once when the system is too old, and installs what is missing.

say() { printf '%s\n' "$*" >&2; }

# install_packages WHAT LIST... : installs the packages of the lists that are missing, after asking.
install_packages() {
    local what=$1 lists=("${@:2}") missing=() name answer sudo=()
    if ! command -v apt-get >/dev/null; then
        say "This system has no apt-get. Install what resources/packages lists for your distribution"
        say "(fedora.txt and arch.txt are not tried yet); building goes on with what is there."
        return 0
    fi
    while read -r name; do
        dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
    done < <(grep -hv '^#' "${lists[@]}")
    [ ${#missing[@]} -eq 0 ] && return 0

    [ "$(id -u)" -eq 0 ] || sudo=(sudo)
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        say "These packages are missing, and there is no sudo to install them with: ${missing[*]}"
        say "As root: apt-get install ${missing[*]}"
        return 1
    fi
    too_old if-known && return 1
    say "Missing for $what: ${missing[*]}"
    if [ -t 0 ] && [ "${TCPW_YES:-}" != 1 ]; then
        read -r -p "Install them with apt-get? [Y/n] " answer
        case $answer in
        '' | [yY]*) ;;
        *)
            say "Nothing was installed."
            return 1
            ;;
        esac
    fi
    "${sudo[@]}" apt-get update -qq
    too_old && return 1
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        "${missing[@]}"
}

# True, with a sentence, when this distribution has no Qt 6.4 or no CMake 3.25. With "if-known" only when
# apt has heard of them already: a fresh system has no lists yet.
too_old() {
    local package wanted found
    while read -r package wanted; do
        found=$(apt-cache policy "$package" | sed -n 's/^  Candidate: //p')
        [ "${1:-}" = if-known ] && { [ -z "$found" ] || [ "$found" = "(none)" ]; } && continue
        if [ -z "$found" ] || [ "$found" = "(none)" ] || dpkg --compare-versions "$found" lt "$wanted"; then
            say "This system is too old: TCP Workbench needs $package $wanted or newer, and it has ${found:-none}."
            say "Debian 12 and Ubuntu 24.04 are new enough."
            return 0
        fi
    done <<<"qt6-base-dev 6.4
cmake 3.25"
    return 1
}
