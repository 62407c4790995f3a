"""The command line of tests/vm/run."""

import argparse
import os
import re
from pathlib import Path

import topology
from trouble import UsageError

DISPLAYS = {
    "uml-vkms": "User-Mode Linux with vkms: starts in a second, any topology (built once)",
    "virtio-gpu": "QEMU, atomic, EDID, several outputs",
    "bochs": "QEMU, atomic, one output",
    "qxl": "QEMU, one output",
    "cirrus": "QEMU, one output, 16 and 24 bits per pixel at small sizes only",
    "none": "User-Mode Linux without any display",
}
MAX_OUTPUTS = {"uml-vkms": 16, "virtio-gpu": 16}

BUILT_IN = "built-in"

EPILOG = """\
Exit status: the command's own (128+n when signal n ended it), 124 when the time
was up, 125 when the test bed itself failed, 2 when it was called wrongly.

In the guest the command is root, at the same place of the same files as here;
what it changes is forgotten, except below $VM_OUT. It has no terminal unless
--vt is given. These commands are on its PATH:
  vm-screenshot NAME       what is really scanned out, as $VM_SHOTS/NAME.png,
                           or NAME-0.png, NAME-1.png … with several outputs
  vm-plug N on|off         plug or pull output N (uml-vkms, virtio-gpu)
  vm-remove                pull the whole display device out
  vm-keys KEY…             press keys (QEMU), named as in QEMU: q esc ctrl-c …
  show-and-grab NAME -- C… run drm-show, take a screenshot once it shows, end it

examples:
  tests/vm/run -- ls -l /dev/dri
  tests/vm/run --display virtio-gpu --outputs 2 -- modetest -c
  tests/vm/run --screenshots shots -- build/release/src/show/drm-show …
"""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tests/vm/run", epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Run a command of this machine on a real kernel with a virtual display.")
    add = parser.add_argument
    add("--display", default="uml-vkms", metavar="NAME", help="one of --list (uml-vkms)")
    add("--kernel", metavar="VERSION", help="6.1, 6.12, 7.2 (QEMU; default: this machine's own)")
    add("--outputs", type=int, default=1, metavar="N", help="number of outputs (1)")
    add("--vkms", metavar="JSON", help="uml-vkms: a topology, as a file or as text, or built-in: "
        "the device that vkms makes by itself, the only one whose planes have colour pipelines")
    add("--vgem", action="store_true", help="add vgem, a second device without a display")
    add("--module", action="append", default=[], metavar="NAME", help="QEMU: load this too")
    add("--resolution", metavar="WxH", help="virtio-gpu, bochs: the preferred mode")
    add("--time-limit", type=float, default=120, metavar="S", help="seconds in all (120)")
    add("--memory", default="1G", metavar="M", help="the guest's memory (1G)")
    add("--env", action="append", default=[], metavar="K=V", help="set in the guest")
    add("--user", type=int, metavar="UID", help="run as this user, not as root")
    add("--vt", type=int, metavar="N", help="run on /dev/ttyN, made the foreground terminal")
    add("--stdin", action="store_true", help="forward our standard input")
    add("--out", metavar="DIR", help="copy what the command left in $VM_OUT here")
    add("--fetch", action="append", default=[], metavar="GUEST:HOST", help="bring a file back")
    add("--screenshots", metavar="DIR", help="copy the screenshots here")
    add("--grabber", metavar="PROGRAM", help="uml-vkms: what takes screenshots ($VM_GRABBER)")
    add("--kernel-log", metavar="FILE", help="keep the kernel's messages")
    add("--prepare", action="store_true", help="only download or build what is needed")
    add("--list", action="store_true", help="list the displays and what is already there")
    add("command", nargs="*", help="after --")
    return parser


def _resolution(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{2,5})x(\d{2,5})", text)
    if not match:
        raise UsageError(f"--resolution {text}: expected something like 1920x1080.")
    return int(match[1]), int(match[2])


def _check_display(given: argparse.Namespace) -> None:
    if given.display not in DISPLAYS:
        raise UsageError(f"unknown display '{given.display}'; known: {', '.join(DISPLAYS)}.")
    most = MAX_OUTPUTS.get(given.display, 1)
    if not 1 <= given.outputs <= most:
        raise UsageError(f"--outputs {given.outputs}: {given.display} has 1 to {most}."
                         if most > 1 else f"--outputs {given.outputs}: {given.display} has one.")
    uml = given.display in ("uml-vkms", "none")
    if given.kernel and uml:
        raise UsageError("--kernel is for the QEMU displays; User-Mode Linux has one of its own.")
    if given.kernel and not re.fullmatch(r"\d+\.\d+", given.kernel):
        raise UsageError(f"--kernel {given.kernel}: expected something like 6.12.")
    if given.vkms and given.display != "uml-vkms":
        raise UsageError("--vkms needs --display uml-vkms.")
    if given.resolution and given.display not in ("virtio-gpu", "bochs"):
        raise UsageError(f"--resolution: {given.display} does not allow to choose it.")


def _pairs(items: list[str], separator: str, what: str) -> list[tuple[str, str]]:
    for item in items:
        if separator not in item.strip(separator):
            raise UsageError(f"{what} {item}: expected two parts with '{separator}' between.")
    return [tuple(item.split(separator, 1)) for item in items]


def _devices(given: argparse.Namespace) -> list[dict]:
    if given.display != "uml-vkms" or given.vkms == BUILT_IN:
        return []
    return topology.load(given.vkms) if given.vkms else [topology.ordinary(given.outputs)]


def parse(argv: list[str]) -> argparse.Namespace:
    """Return the checked options; a mistake is a UsageError, or argparse's own exit 2."""
    given = _parser().parse_args(argv)
    _check_display(given)
    given.resolution = _resolution(given.resolution) if given.resolution else None
    given.env = _pairs(given.env, "=", "--env")
    given.fetch = _pairs(given.fetch, ":", "--fetch")
    if not re.fullmatch(r"\d+[MG]", given.memory):
        raise UsageError(f"--memory {given.memory}: expected something like 512M or 2G.")
    if given.vt is not None and not 1 <= given.vt <= 63:
        raise UsageError(f"--vt {given.vt}: virtual terminals go from 1 to 63.")
    given.devices = _devices(given)
    grabber = given.grabber or os.environ.get("VM_GRABBER")
    given.grabber = str(Path(grabber).absolute()) if grabber else ""
    if not (given.command or given.prepare or given.list):
        raise UsageError("no command given: put it after --.")
    return given
