#!/usr/bin/env python3
"""Environment variables with which a program draws with Mesa's llvmpipe, OpenGL on the processor, of Mesa 25 or newer:
older ones take no dmabufs without a GPU. Where this machine's own is older, one from Debian's backports is unpacked
into the cache, as lavapipe.py does. Nothing is installed.
"""
import json
import subprocess
import sys
from pathlib import Path

import cache
import fetch_backport
import packages
from trouble import Trouble

OLDEST = 25
# libEGL_mesa and what comes with it in the same version; libdrm, of which it wants a newer one too.
PACKAGES = ("libegl-mesa0", "libdrm2", "libdrm-amdgpu1")
INSTALLED = "libegl-mesa0"
VENDOR = "libEGL_mesa.so.0"


def _make(scratch: Path) -> None:
    for package in PACKAGES:
        packages.fetch_release(package, fetch_backport.release(), scratch)
    for archive in scratch.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", archive, scratch], check=True)
        archive.unlink()
    library = next(scratch.rglob(VENDOR))
    # The cache renames the folder when it is complete.
    final = cache.folder() / scratch.name.removesuffix(".part") / library.relative_to(scratch)
    (scratch / "egl.json").write_text(json.dumps({"file_format_version": "1.0.0",
                                                  "ICD": {"library_path": str(final)}}) + "\n", encoding="utf-8")


def environment() -> dict[str, str]:
    """Prepared if need be; empty if this machine's own Mesa will do."""
    if packages.installed_major(INSTALLED) >= OLDEST:
        return {}
    folder = cache.made(f"mesa-gl-{OLDEST}", _make)
    libraries = next(folder.rglob(VENDOR)).parent
    return {"LD_LIBRARY_PATH": str(libraries), "LIBGL_DRIVERS_PATH": str(libraries / "dri"),
            "GBM_BACKENDS_PATH": str(libraries / "gbm"),
            "__EGL_VENDOR_LIBRARY_FILENAMES": str(folder / "egl.json")}


if __name__ == "__main__":
    try:
        print("\n".join(f"{key}={value}" for key, value in environment().items()))
    except Trouble as trouble:
        sys.exit(f"tests/vm/mesa.py: {trouble}")
