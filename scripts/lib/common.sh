# shellcheck shell=bash
# What the scripts share: words to the user, and building.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$(basename "$0"): $*"
    exit 1
}

# Run a command quietly; if it fails, show what it said.
quietly() {
    local log status=0
    log=$(mktemp)
    "$@" >"$log" 2>&1 || status=$?
    [ "$status" -eq 0 ] || cat "$log" >&2
    rm -f "$log"
    return "$status"
}

# set_up FOLDER OPTION…: make build/FOLDER, unless it is there already.
set_up() {
    local folder=$root/build/$1
    shift
    [ -e "$folder/build.ninja" ] || quietly meson setup "$folder" "$root" "$@"
}

# Ninja's own progress line is enough on a terminal, and too much in a log.
build() {
    local folder=$root/build/$1
    shift
    if [ -t 2 ]; then ninja -C "$folder" "$@" >&2; else quietly ninja -C "$folder" "$@"; fi
}
