"""Debian's stock kernels, unpacked into the cache, and the modules a guest needs of them."""

import functools
import lzma
import re
from pathlib import Path

import cache
import packages
import vmlinux
from trouble import Trouble

# The kernel that a release ships; anything else gets the newest that we know.
OF_RELEASE = {"bookworm": "6.1", "trixie": "6.12"}
NEWEST = "7.2"


def default_version() -> str:
    text = Path("/etc/os-release").read_text(encoding="utf-8")
    codename = re.search(r"^VERSION_CODENAME=\"?(\w+)", text, re.M)
    return OF_RELEASE.get(codename[1] if codename else "", NEWEST)


def _make(scratch: Path, version: str) -> None:
    """Unpack the signed kernel of this version: one package, or several since Debian split it.

    Not the variants for clouds and real time, which lack display drivers or are
    built differently.
    """
    number = re.escape(version)
    name, _ = packages.unpack(rf"linux-image-{number}\.[0-9.-]+(\+deb[0-9.]+)?-amd64", scratch)
    release = re.escape(name.removeprefix("linux-image-"))
    if _image(scratch) is None:
        for part in ("base", "binary", "modules"):
            packages.unpack(f"linux-{part}-{release}", scratch)
    if _image(scratch) is None:
        raise Trouble(f"{name} holds no kernel: Debian has rearranged its packages, "
                      "see tests/vm/kernels.py.")


def _image(folder: Path) -> Path | None:
    patterns = ("boot/vmlinuz-*", "usr/lib/modules/*/vmlinuz", "lib/modules/*/vmlinuz")
    return next((path for pattern in patterns for path in folder.glob(pattern)), None)


def _modules_below(folder: Path) -> Path:
    return next(path for name in ("lib/modules", "usr/lib/modules")
                for path in folder.glob(f"{name}/*"))


class Kernel:
    """One unpacked kernel."""

    def __init__(self, version: str):
        self.folder = cache.made(f"linux-{version}", lambda scratch: _make(scratch, version))
        self.image = cache.made(f"vmlinux-{version}", lambda scratch: vmlinux.make(
            _image(self.folder), scratch)) / "vmlinux"
        self.modules = _modules_below(self.folder)
        self.files = {}
        for path in self.modules.rglob("*.ko*"):
            self.files[_module_name(path)] = path
        builtin = (self.modules / "modules.builtin").read_text(encoding="ascii").split()
        self.builtin = {_module_name(Path(line)) for line in builtin}
        self.needs: dict[str, list[str]] = {}

    def _needs(self, name: str) -> list[str]:
        """What the module says itself: modules.dep is only made where a kernel is installed."""
        if name not in self.needs:
            match = re.search(rb"\0depends=([\w,-]*)\0", self.content(name))
            self.needs[name] = [part.replace("-", "_")
                                for part in match[1].decode().split(",") if part] if match else []
        return self.needs[name]

    @functools.cache
    def content(self, name: str) -> bytes:
        path = self.files[name]
        data = path.read_bytes()
        return lzma.decompress(data) if path.suffix == ".xz" else data

    def load_order(self, names: list[str]) -> list[str]:
        """Return these modules and all they need, each after what it needs itself."""
        order: list[str] = []

        def visit(name: str) -> None:
            if name in order or name in self.builtin:
                return
            if name not in self.files:
                raise Trouble(f"The kernel {self.modules.name} has no module '{name}'.")
            for other in self._needs(name):
                visit(other)
            order.append(name)

        for name in names:
            visit(name.replace("-", "_"))
        return order


def _module_name(path: Path) -> str:
    return path.name.split(".ko")[0].replace("-", "_")
