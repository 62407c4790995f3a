"""The guest's first file system under QEMU: busybox, modules, and a script, as a cpio archive."""

import stat
from pathlib import Path

import busybox
from kernels import Kernel

GUEST = Path(__file__).resolve().parent / "guest"
FOLDERS = ("bin", "dev", "proc", "sys", "run", "host", "mnt", "modules")


def _entry(name: str, data: bytes, mode: int) -> bytes:
    """One file in the 'newc' format: a header of hexadecimal fields, name, content."""
    raw = name.encode() + b"\0"
    fields = (0, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(raw), 0)
    header = b"070701" + b"".join(b"%08X" % value for value in fields)
    return _padded(header + raw) + _padded(data)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _file(name: str, data: bytes, executable: bool = False) -> bytes:
    return _entry(name, data, stat.S_IFREG | (0o755 if executable else 0o644))


def write(path: Path, kernel: Kernel, modules: list[str]) -> None:
    """Write an archive that loads MODULES, and all they need, in the right order."""
    order = kernel.load_order(modules)
    with open(path, "wb") as archive:
        for folder in FOLDERS:
            archive.write(_entry(folder, b"", stat.S_IFDIR | 0o755))
        archive.write(_file("bin/busybox", busybox.binary().read_bytes(), True))
        archive.write(_file("init", (GUEST / "init-qemu").read_bytes(), True))
        archive.write(_file("mounts.sh", (GUEST / "mounts.sh").read_bytes()))
        for name in order:
            archive.write(_file(f"modules/{name}.ko", kernel.content(name)))
        archive.write(_file("modules/order", "".join(f"{name}\n" for name in order).encode()))
        archive.write(_entry("TRAILER!!!", b"", 0))
