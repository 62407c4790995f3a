#!/usr/bin/env python3
"""Prints environment variables with which a program finds GLFW 3.4. Where this machine's own is 3.3, Debian 13's is
unpacked into the cache, and works from there. Nothing is installed."""
import ctypes
import sys
from pathlib import Path

import cache
import packages
from trouble import Trouble

SUITE = "trixie"
PACKAGE = "libglfw3"
LIBRARY = "libglfw.so.3"


def own_version() -> tuple[int, int]:
    """Of this machine's own; (0, 0) if there is none."""
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError:
        return 0, 0
    major, minor = ctypes.c_int(), ctypes.c_int()
    library.glfwGetVersion(ctypes.byref(major), ctypes.byref(minor), None)
    return major.value, minor.value


def _make(scratch: Path) -> None:
    packages.unpack_of(PACKAGE, SUITE, scratch)


def environment() -> dict[str, str]:
    """Prepared if need be; empty if this machine's own is 3.4 or newer."""
    if own_version() >= (3, 4):
        return {}
    return {"LD_LIBRARY_PATH": str(next(cache.made("glfw-3.4", _make).rglob(LIBRARY)).parent)}


if __name__ == "__main__":
    try:
        print("\n".join(f"{key}={value}" for key, value in environment().items()))
    except Trouble as trouble:
        sys.exit(f"tests/vm/glfw.py: {trouble}")
