# shellcheck shell=bash
# The Debian packages that each purpose needs, and their installation.
# Sourced after common.sh.
# shellcheck disable=SC2034,SC2154  # the lists are for whoever sources this; root is common.sh's

# In the lists stand packages ("meson"), those that have to be new enough ("meson>=1.0", from backports if need be), and
# those that releases call differently ("new|old": the first that there is).

# glslc compiles shaders when we are built, libshaderc those of the user, when drm-show runs: the same
# compiler, which says the same of the same mistake. Both libraries are loaded at run time.
packages_vulkan=(libvulkan-dev glslc libshaderc-dev)
# Header and one runtime. Debian 12 has two that exclude each other, and the other one knows X11 only: who has that
# keeps it, and drm-show says what it needs.
packages_wayland=(libwayland-dev "wayland-protocols>=1.38" libglfw3-dev "libglfw3-wayland|libglfw3")
packages_build=(g++ meson ninja-build pkg-config python3 libdrm-dev libfmt-dev libcli11-dev
    libudev-dev libfreetype-dev libpng-dev libjpeg-dev libexif-dev fonts-dejavu-core
    nlohmann-json3-dev libedit-dev libdisplay-info-dev libseat-dev libcap-dev
    "${packages_vulkan[@]}" "${packages_wayland[@]}")
# Compositors whose client drm-show is. udev: weston finds displays through it. 27 MB to download, 100 MB installed,
# mostly what weston depends on; 10 seconds.
packages_wayland_test=(weston sway grim wtype udev)
packages_test=(libgtest-dev libgmock-dev protobuf-compiler relacy-dev zlib1g-dev libdrm-tests strace clang-format
    drm-info edid-decode valgrind python3-jsonschema graphviz zsh fish spin seatd kbd
    mesa-vulkan-drivers vulkan-validationlayers spirv-tools "${packages_wayland_test[@]}")
packages_vm_qemu=(qemu-system-x86 seabios debian-archive-keyring python3 zstd)
packages_vm_uml=(gcc make flex bison bc xz-utils patch debian-archive-keyring python3)
# Not in every release: taken where there is one.
# qxl is a package of its own since Debian 13.
packages_maybe=(clang-tidy-19 qemu-system-modules-spice)

name_of() { printf '%s' "${1%%>=*}"; }

# Whether VERSION is what ENTRY asks for.
is_new_enough() {
    local entry=$1 version=$2
    [[ $entry != *">="* ]] || dpkg --compare-versions "$version" ge "${entry#*>=}"
}

is_installed() {
    local entry status
    for entry in ${1//|/ }; do
        status=$(dpkg-query -W -f='${db:Status-Abbrev}${Version}' "$(name_of "$entry")" 2>/dev/null) || continue
        [[ $status == "ii "* ]] && is_new_enough "$entry" "${status#ii }" && return 0
    done
    return 1
}

missing_of() {
    local entry
    for entry in "$@"; do is_installed "$entry" || printf '%s\n' "$entry"; done
}

# The package that apt offers for this entry; fails if there is none.
offer_for() {
    local entry policy
    for entry in ${1//|/ }; do
        # No pipe into grep -q: it ends at the first match, and apt-cache of a broken pipe.
        policy=$(LC_ALL=C apt-cache policy "$(name_of "$entry")")
        [[ $policy =~ Candidate:\ ([0-9][^[:space:]]*) ]] || continue
        is_new_enough "$entry" "${BASH_REMATCH[1]}" && name_of "$entry" && return 0
    done
    return 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# apt's own percentages, a line for every tenth of the way.
show_progress() {
    local kind _ percent shown=-1
    while IFS=: read -r kind _ percent _; do
        [[ $kind == ??status && $percent =~ ^[0-9]+ ]] || continue
        percent=${BASH_REMATCH[0]}
        [ "$((percent / 10))" -ne "$shown" ] || continue
        shown=$((percent / 10))
        if [ "$kind" = dlstatus ]; then say "  downloading: $percent %"; else say "  installing: $percent %"; fi
    done
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends \
        -o DPkg::Lock::Timeout=60 -o APT::Status-Fd=1 -o Dpkg::Use-Pty=0 install "$@"
}

# What this release of Debian does not have comes from its backports: fetched and verified by apt
# with a configuration of our own, so that the machine's own stays as it is.
install_from_backports() {
    local folder package
    folder=$(mktemp -d)
    say "Not in this release, taken from its backports: $*"
    for package in "$@"; do
        quietly python3 "$root/tests/vm/fetch_backport.py" "$package" "$folder" ||
            die "$package cannot be downloaded. On Debian 12 it is in bookworm-backports, newer releases have it."
    done
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends \
        -o DPkg::Lock::Timeout=60 install "$folder"/*.deb ||
        die "these packages could not be installed: $*"
    rm -rf "$folder"
}

install_packages() {
    local log status=0
    log=$(mktemp)
    say "Installing: $*"
    apt_install "$@" 2>&1 | tee "$log" | show_progress || status=$?
    if [ "$status" -ne 0 ]; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        die "the packages could not be installed. Is the network up? Try: apt-get install $*"
    fi
    rm -f "$log"
}

# Install those of the packages that are missing. Needs neither the network nor
# any privilege when none is.
need_packages() {
    local missing
    command -v dpkg-query >/dev/null ||
        die "this machine has no apt. Install what corresponds to: $*"
    mapfile -t missing < <(missing_of "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        die "these packages are missing, and only root can install them. As root, run:
  apt-get update && apt-get install --no-install-recommends ${missing[*]%%[>|]*}"
    fi
    install_offered "${missing[@]}"
}

# install_offered ENTRY…: those that apt offers in the usual way, the rest from backports.
install_offered() {
    local entry package offered=() others=()
    as_root apt-get -qq -o DPkg::Lock::Timeout=60 update || true
    for entry in "$@"; do
        if package=$(offer_for "$entry"); then offered+=("$package"); else others+=("${entry%%[>|]*}"); fi
    done
    [ ${#offered[@]} -eq 0 ] || install_packages "${offered[@]}"
    [ ${#others[@]} -eq 0 ] || install_from_backports "${others[@]}"
}

# The same for packages that may be absent from this release: no harm if they are.
want_packages() {
    local entry package offered=()
    for entry in "$@"; do
        if package=$(offer_for "$entry"); then offered+=("$package"); fi
    done
    [ ${#offered[@]} -eq 0 ] || need_packages "${offered[@]}"
}
