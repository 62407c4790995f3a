#!/usr/bin/env python3
"""Prints the path of a folder with what a Debian 13 has in /usr and /lib: rivals, Mesa and all that they need.

The rivals that draw with a GPU, OpenGL's and Vulkan's drivers that need none (one Mesa, so that all draw with
the same), and drm-show's libraries. Unpacked into the cache; nothing is installed. Programs from there are
started with its own loader, by root_command(), or after a chroot into it.
"""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "vm"))

import cache  # noqa: E402  (found through the line above)
import packages  # noqa: E402
from trouble import Trouble  # noqa: E402

SUITE = "trixie"
RIVALS = ["kmscube", "vkmark"]
DRIVERS = ["mesa-vulkan-drivers", "libgl1-mesa-dri", "libegl1", "libegl-mesa0"]
# libvulkan1 comes with vkmark.
OURS = ["libudev1", "libfreetype6", "libpng16-16t64", "libjpeg62-turbo", "libexif12", "libcap2"]


def _make(scratch: pathlib.Path) -> None:
    archives = scratch / "archives"
    # Debian's folders are links into /usr: not every package says so.
    for name in ("bin", "lib", "lib64", "sbin"):
        (scratch / "usr" / name).mkdir(parents=True)
        (scratch / name).symlink_to(f"usr/{name}")
    packages.fetch_world(RIVALS + DRIVERS + OURS, SUITE, archives)
    for archive in sorted(archives.glob("*.deb")):
        subprocess.run(f'dpkg-deb --fsys-tarfile "{archive}" | tar -x --keep-directory-symlink -C "{scratch}"',
                       shell=True, check=True)
        archive.unlink()
    for name in ("dev", "proc", "sys", "tmp", "run"):
        (scratch / name).mkdir(exist_ok=True)


def root() -> pathlib.Path:
    return cache.made(f"rivals-{SUITE}", _make)


if __name__ == "__main__":
    try:
        print(root())
    except Trouble as trouble:
        sys.exit(f"tests/bench/rivals_root.py: {trouble}")
