"""A static busybox: the guest's tool before it has a root, and for what the host may lack."""

from pathlib import Path

import cache
import packages


def _make(scratch: Path) -> None:
    packages.unpack("busybox-static", scratch)


def binary() -> Path:
    folder = cache.made("busybox", _make)
    return next(path for name in ("usr/bin/busybox", "bin/busybox")
                if (path := folder / name).is_file())
