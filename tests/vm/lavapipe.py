#!/usr/bin/env python3
"""Prints the path of a description (ICD) of lavapipe, a Vulkan driver that needs no GPU.

Of Mesa 25 or newer: older ones cannot share their images as dmabufs. Where this machine's own is older,
one from Debian's backports is unpacked into the cache, and works from there. Nothing is installed.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import cache
import fetch_backport
import packages
from trouble import Trouble

PACKAGE = "mesa-vulkan-drivers"
OLDEST = 25
INSTALLED = Path("/usr/share/vulkan/icd.d")
LIBRARY = "libvulkan_lvp.so"


def _check(library: Path) -> None:
    """It needs what the machine's own, older driver needs."""
    text = subprocess.run(["ldd", library], capture_output=True, text=True, check=False).stdout
    if missing := re.findall(r"(\S+) => not found", text):
        raise Trouble(f"lavapipe needs {', '.join(missing)}. scripts/test installs what it needs: "
                      f"it comes with this machine's own {PACKAGE}.")


def _make(scratch: Path) -> None:
    packages.fetch_release(PACKAGE, fetch_backport.release(), scratch)
    for archive in scratch.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", archive, scratch], check=True)
        archive.unlink()
    library = next(scratch.rglob(LIBRARY))
    _check(library)
    # The cache renames the folder when it is complete.
    final = cache.folder() / scratch.name.removesuffix(".part") / library.relative_to(scratch)
    described = json.loads(next(scratch.rglob("lvp_icd*.json")).read_text(encoding="utf-8"))
    described["ICD"]["library_path"] = str(final)
    (scratch / "lvp.json").write_text(json.dumps(described, indent=4) + "\n", encoding="utf-8")


def icd() -> Path:
    """Return the description's path, prepared if need be."""
    if packages.installed_major(PACKAGE) >= OLDEST:
        if own := next(INSTALLED.glob("lvp_icd*.json"), None):
            return own
    return cache.made(f"lavapipe-{OLDEST}", _make) / "lvp.json"


if __name__ == "__main__":
    try:
        print(icd())
    except Trouble as trouble:
        sys.exit(f"tests/vm/lavapipe.py: {trouble}")
