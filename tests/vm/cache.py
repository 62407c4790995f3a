"""The cache folder: locked while something is made, complete when it has a name."""

import contextlib
import fcntl
import os
import shutil
from pathlib import Path


def folder() -> Path:
    base = os.environ.get("DRM_SHOW_CACHE")
    if base:
        path = Path(base).absolute()
    else:
        home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        path = Path(home) / "drm-show"
    path.mkdir(parents=True, exist_ok=True)
    return path


@contextlib.contextmanager
def lock(name: str):
    """Only one process at a time makes NAME; the kernel drops the lock of a dead one.

    Children started with close_fds=False keep it too, should we die before them.
    """
    locks = folder() / "locks"
    locks.mkdir(exist_ok=True)
    with open(locks / name, "w", encoding="ascii") as handle:
        os.set_inheritable(handle.fileno(), True)
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def made(name: str, make) -> Path:
    """Return the folder NAME, having make(scratch) fill it first where it is missing.

    It is filled under another name and renamed at the end, so that whatever
    carries the real name is complete, even if a maker was killed half-way.
    """
    target = folder() / name
    if target.is_dir():
        return target
    with lock(name.replace("/", "_")):
        if not target.is_dir():
            _fill(target, make)
    return target


def _fill(target: Path, make) -> None:
    scratch = target.with_name(target.name + ".part")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        make(scratch)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    scratch.rename(target)
