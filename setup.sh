#!/bin/sh
# Prepares this machine for Tertib. Called by the Makefile:
#   setup.sh programs     Python and its venv module (needed); LibreOffice Writer and fonts (PDF only)
#   setup.sh venv LOCK    .venv with exactly what LOCK pins, and the project itself
#   setup.sh checkers     Java for veraPDF and a token in software, with which the tests check PDFs and signatures
#   setup.sh browser      Chromium, bpmn-js and axe-core, with which the tests open files; nobody else needs them
#   setup.sh peers        what `make bench` compares with: docxtemplater, carbone, easy-template-x, unoserver
# Paths are relative to the repository, so blanks in the path above it do no harm.
set -eu

WRITER="libreoffice-writer-nogui"
APT_BY_FONT="LiberationSans:fonts-liberation Carlito:fonts-crosextra-carlito Caladea:fonts-crosextra-caladea"
PIP_OPTIONS="--quiet --no-input --disable-pip-version-check --no-warn-script-location"

say() { printf 'tertib: %s\n' "$1" >&2; }

advise() { printf '        %s\n' "$1" >&2; }

has() { command -v "$1" >/dev/null 2>&1; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

can_make_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

find_python() { # prints the first Python of 3.11 or newer; $PYTHON, where set, goes first
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
        if [ -n "$candidate" ] && is_new_enough "$candidate"; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

has_writer() { # looks where find_soffice of pipeline/convert/libreoffice.py does
    if [ -n "${TERTIB_SOFFICE:-}" ]; then
        [ -f "$TERTIB_SOFFICE" ]
        return
    fi
    # LibreOffice on its own is not enough: its Writer is a package of its own on Debian.
    for name in soffice libreoffice; do
        has "$name" || continue
        folder=$(dirname "$(readlink -f "$(command -v "$name")")")
        [ ! -e "$folder/soffice.bin" ] || [ -e "$folder/libswlo.so" ] || continue
        return 0
    done
    for found in /opt/libreoffice*/program/soffice; do
        [ ! -f "$found" ] || [ ! -e "${found%/*}/libswlo.so" ] || return 0
    done
    [ -f /Applications/LibreOffice.app/Contents/MacOS/soffice ]
}

has_font() {
    for folder in /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" \
        /Library/Fonts "$HOME/Library/Fonts"; do
        [ -d "$folder" ] || continue
        [ -z "$(find "$folder" -iname "$1-Regular.*" 2>/dev/null | head -n 1)" ] || return 0
    done
    return 1
}

missing_packages() { # the apt packages that would give what is not there
    if python=$(find_python); then
        if [ ! -x .venv/bin/python ] && ! can_make_venv "$python"; then
            "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
        fi
    else
        echo python3 python3-venv
    fi
    # A wrong TERTIB_SOFFICE hides whatever is installed.
    has_writer || [ -n "${TERTIB_SOFFICE:-}" ] || echo "$WRITER"
    for pair in $APT_BY_FONT; do
        has_font "${pair%%:*}" || echo "${pair#*:}"
    done
}

pick_root() { # how to become root: "" as root, "sudo ..." where allowed; fails where there is no way
    [ "$(id -u)" -ne 0 ] || return 0
    has sudo || return 1
    if sudo -n true >/dev/null 2>&1; then
        echo "sudo -n"
    elif [ -t 0 ] && [ -t 2 ] && { [ ! -e .venv/.runtime-stamp ] || [ -n "${ASK:-}" ]; }; then
        echo "sudo" # asks for the password: at the first set-up and by `make programs`, not in daily work
    else
        return 1
    fi
}

apt_install() {
    root=$(pick_root) || return 0
    say "memasang $* (sekali saja, beberapa menit)"
    install="$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends"
    log=$(mktemp)
    # The package lists of a new machine are empty or old: fetch them only when they prove so.
    # shellcheck disable=SC2086
    if $install "$@" >"$log" 2>&1 || { $root apt-get update -qq && $install "$@"; } >"$log" 2>&1; then
        rm -f "$log"
    else
        tail -n 15 "$log" >&2
        rm -f "$log"
        say "pemasangan dengan apt tidak berhasil; sebabnya tertulis di atas."
    fi
}

advise_programs() {
    if has apt-get; then
        advise "Bila Anda boleh memakai sudo di komputer ini, jalankan: make programs"
        advise "Bila tidak, mintalah pengelola komputer menjalankan:"
        advise "  sudo apt-get update && sudo apt-get install --no-install-recommends $*"
    else
        advise "Pasanglah LibreOffice (dengan Writer) dari id.libreoffice.org serta huruf Liberation, Carlito dan Caladea."
    fi
    advise "Sesudah itu jalankan lagi: make"
}

programs() {
    if [ -n "${TERTIB_SOFFICE:-}" ] && ! has_writer; then
        say "TERTIB_SOFFICE menunjuk $TERTIB_SOFFICE, yang tidak ada; PDF tidak akan dibuat."
        advise "Perbaiki letak itu, atau hapus setelannya dengan: unset TERTIB_SOFFICE"
    fi
    # shellcheck disable=SC2046
    set -- $(missing_packages)
    [ $# -gt 0 ] || return 0
    if [ "${APT:-ya}" != tidak ] && has apt-get; then
        apt_install "$@"
    fi
    # shellcheck disable=SC2046
    set -- $(missing_packages)
    [ $# -gt 0 ] || return 0
    say "belum ada di komputer ini: $*"
    advise_programs "$@"
    has_writer || advise "Tanpa LibreOffice, berkas DOCX tetap dibuat; PDF tidak (kode keluar 3)."
}

has_browser() { # looks where tests/export/chromium.py does
    for name in "${TERTIB_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -z "$name" ] || ! has "$name" || return 0
    done
    return 1
}

browser() {
    has_browser || apt_install chromium
    has npm || apt_install npm
    if ! has_browser || ! has npm; then
        say "Chromium atau npm belum ada; uji yang memakainya dilewati."
        return 1
    fi
    modules=tests/export/browser/node_modules
    if [ ! -d $modules/bpmn-js ] || [ ! -d $modules/axe-core ] || [ tests/export/browser/package-lock.json -nt $modules ]; then
        say "memasang bpmn-js dan axe-core untuk uji (sekali saja)"
        npm ci --prefix tests/export/browser --ignore-scripts --no-audit --no-fund --silent
        touch $modules
    fi
}

checkers() { # java runs the veraPDF engine, SoftHSM is a PKCS#11 token without a card
    # shellcheck disable=SC2046
    set -- $(has java || echo default-jre-headless; has softhsm2-util || echo softhsm2)
    [ $# -eq 0 ] || apt_install "$@"
    if ! has java || ! has softhsm2-util; then
        say "Java atau SoftHSM belum ada; uji yang memakainya dilewati."
        return 1
    fi
}

find_uno() { # prints the Python that can load LibreOffice's module uno: the system's own, not the one of .venv
    for candidate in /usr/bin/python3 python3 /opt/libreoffice*/program/python; do
        if "$candidate" -c 'import uno' >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

peers() { # each has a folder of its own; what cannot be had is a row "not measured" in benchmarks/RESULTS.md
    if [ "${APT:-ya}" != tidak ] && has apt-get; then
        has npm || apt_install npm
        find_uno >/dev/null || apt_install python3-uno python3-venv
    fi
    folder=benchmarks/peers
    worst=0
    if ! has npm; then
        say "npm belum ada; docxtemplater, carbone, dan easy-template-x tidak diukur."
        worst=1
    elif [ ! -d $folder/node_modules/carbone ] || [ $folder/package-lock.json -nt $folder/node_modules ]; then
        say "memasang docxtemplater, carbone, dan easy-template-x untuk pembanding (sekali saja)"
        npm ci --prefix $folder --ignore-scripts --no-audit --no-fund --silent
        touch $folder/node_modules
    fi
    if ! python=$(find_uno); then
        say "python3-uno belum ada; unoserver tidak diukur."
        worst=1
    elif [ ! -x $folder/.venv/bin/unoserver ] || [ $folder/requirements.txt -nt $folder/.venv ]; then
        say "memasang unoserver untuk pembanding (sekali saja)"
        "$python" -m venv --clear --system-site-packages $folder/.venv
        # shellcheck disable=SC2086
        $folder/.venv/bin/python -m pip install $PIP_OPTIONS --require-hashes --no-deps --requirement $folder/requirements.txt
        touch $folder/.venv
    fi
    return $worst
}

make_venv() {
    if ! python=$(find_python); then
        say "tidak ada Python 3.11 atau yang lebih baru di komputer ini."
        advise "Pasanglah Python 3.11+, atau sebutkan letaknya: make PYTHON=/letak/python3"
        exit 2
    fi
    if ! "$python" -m venv --clear .venv; then
        say "folder .venv tidak dapat dibuat dengan $python."
        advise "Pasanglah paket python3-venv (Debian, Ubuntu) dan pastikan folder ini dapat ditulisi."
        exit 2
    fi
}

venv() {
    say "memasang paket Python dari $1 ke .venv (sekali saja, sekitar satu menit)"
    # A Python that was upgraded or removed leaves a .venv that cannot run.
    { is_new_enough .venv/bin/python && .venv/bin/python -c 'import pip' 2>/dev/null; } || make_venv
    # shellcheck disable=SC2086
    if ! .venv/bin/python -m pip install $PIP_OPTIONS --require-hashes --requirement "$1"; then
        say "paket Python tidak dapat dipasang; sebabnya tertulis di atas."
        advise "Periksa sambungan internet atau proxy, lalu jalankan lagi perintah yang sama."
        exit 2
    fi
    # shellcheck disable=SC2086
    .venv/bin/python -m pip install $PIP_OPTIONS --no-deps --no-build-isolation --editable .
}

case "${1:-}" in
programs) programs ;;
venv) venv "$2" ;;
browser) browser ;;
checkers) checkers ;;
peers) peers ;;
*)
    say "pemakaian: setup.sh programs | venv requirements.lock | browser | checkers | peers"
    exit 2
    ;;
esac
