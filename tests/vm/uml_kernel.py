"""Build the User-Mode Linux kernel with vkms, once, into the cache."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import cache
import packages
from trouble import Trouble

HERE = Path(__file__).resolve().parent
# 7.2 is what the configuration was written for; others are better than nothing.
SOURCES = (r"linux-source-7\.2", r"linux-source-[789]\.\d+")
# What a build prints, counted once: good enough for a percentage.
STEPS = 1337
# Nothing in these is compiled, and they are a third of the tree.
LEAVE_OUT = ("*/drivers/gpu/drm/amd/include/asic_reg/*", "*/Documentation/*/*",
             "*/tools/testing/*", "*/arch/*/boot/dts/*")
TOOLS = ("make", "gcc", "flex", "bison", "bc", "xz", "tar", "patch")
# What User-Mode Linux itself does wrong and the tests meet; each says what.
PATCHES = sorted(HERE.glob("uml-*.patch"))


def _settings() -> list[str]:
    text = (HERE / "uml.config").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if re.match(r"(# )?CONFIG_", line)]


def _name() -> str:
    parts = ["\n".join(_settings()), *(patch.read_text(encoding="utf-8") for patch in PATCHES)]
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"uml-7.2-{digest[:12]}"


def _say(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)


def _source(scratch: Path) -> Path:
    for number, pattern in enumerate(SOURCES, 1):
        try:
            packages.unpack(pattern, scratch / "package")
            break
        except Trouble:
            if number == len(SOURCES):
                raise
    archive = next((scratch / "package").glob("usr/src/linux-source-*.tar.xz"))
    tree = scratch / "tree"
    tree.mkdir()
    _say("Unpacking the kernel source …")
    subprocess.run(["tar", "-xf", archive, "-C", tree, "--strip-components=1",
                    *(f"--exclude={pattern}" for pattern in LEAVE_OUT)], check=True)
    if not (tree / "drivers/gpu/drm/vkms/vkms_configfs.c").exists():
        raise Trouble(f"{archive.name} is too old: its vkms cannot be configured. "
                      "A Debian mirror with linux-source-7.2 is needed.")
    return tree


def _mend(tree: Path, patch: Path) -> None:
    """A kernel that has it already, or has become another there, is taken as it is."""
    command = ["patch", "--silent", "--strip=1", "--forward", f"--directory={tree}", f"--input={patch}"]
    if subprocess.run([*command, "--dry-run"], check=False, stdout=subprocess.DEVNULL).returncode != 0:
        _say(f"{patch.name} does not fit this kernel's source; going on without it.")
        return
    subprocess.run(command, check=True)


def _configure(tree: Path) -> None:
    wanted = tree / "wanted.config"
    wanted.write_text("\n".join(_settings()) + "\n", encoding="utf-8")
    subprocess.run(["make", "-s", "-C", tree, "ARCH=um", f"KCONFIG_ALLCONFIG={wanted}",
                    "allnoconfig"], check=True, stdout=subprocess.DEVNULL)
    got = set((tree / ".config").read_text(encoding="utf-8").splitlines())
    for setting in ("CONFIG_DRM_VKMS=y", "CONFIG_HOSTFS=y", "CONFIG_OVERLAY_FS=y"):
        if setting not in got:
            raise Trouble(f"This kernel source does not take {setting}: see tests/vm/uml.config.")


def _compile(tree: Path, log: Path) -> None:
    """Run make, with a percentage on stderr: one line on a terminal, few in a log."""
    jobs = len(os.sched_getaffinity(0))
    terminal, shown = sys.stderr.isatty(), -1
    with open(log, "w", encoding="utf-8") as output, subprocess.Popen(
            ["make", f"-j{jobs}", "-C", tree, "ARCH=um", "linux"], stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", close_fds=False) as make:
        for count, line in enumerate(make.stdout, 1):
            output.write(line)
            percent = min(99, count * 100 // STEPS)
            if percent >= shown + (1 if terminal else 10):
                shown = percent
                _say(f"{chr(13) if terminal else ''}Building the User-Mode Linux kernel: "
                     f"{percent:3d} %", "" if terminal else "\n")
    if terminal:
        _say("")
    if make.returncode != 0:
        kept = cache.folder() / "uml-build.log"
        shutil.copy(log, kept)
        tail = "\n".join(log.read_text(encoding="utf-8").splitlines()[-15:])
        raise Trouble(f"Building the User-Mode Linux kernel failed:\n{tail}\n"
                      f"The whole log is in {kept}.")


def _make(scratch: Path) -> None:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        raise Trouble("Building the User-Mode Linux kernel needs: " + " ".join(missing)
                      + ". scripts/test installs them.")
    _say("Preparing the User-Mode Linux kernel, once (5 to 10 minutes on two cores).")
    tree = _source(scratch)
    for patch in PATCHES:
        _mend(tree, patch)
    _configure(tree)
    _compile(tree, scratch / "build.log")
    shutil.copy(tree / "linux", scratch / "linux")
    for leftover in (tree, scratch / "package"):
        shutil.rmtree(leftover)


def ready() -> bool:
    return (cache.folder() / _name()).is_dir()


def kernel() -> Path:
    """Return the kernel's binary, built if need be."""
    return cache.made(_name(), _make) / "linux"
