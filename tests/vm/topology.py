"""What a vkms device consists of, and the shell commands that make it in configfs."""

import json
import re
import shlex
from pathlib import Path

from trouble import UsageError

PLANE_TYPES = {"overlay": 0, "primary": 1, "cursor": 2}
STATUSES = {"connected": 1, "disconnected": 2}
# What each kind of object may be linked to.
LINKS = {"planes": ("possible_crtcs", "crtcs"), "encoders": ("possible_crtcs", "crtcs"),
         "connectors": ("possible_encoders", "encoders")}
KINDS = ("crtcs", "planes", "encoders", "connectors")


def ordinary(outputs: int) -> dict:
    """Return a device of so many independent outputs, each with three planes and writeback."""
    numbers = range(outputs)
    return {
        "crtcs": [{"name": f"crtc{n}"} for n in numbers],
        "planes": [{"name": f"{kind}{n}", "type": kind, "possible_crtcs": [f"crtc{n}"]}
                   for n in numbers for kind in ("primary", "overlay", "cursor")],
        "encoders": [{"name": f"encoder{n}", "possible_crtcs": [f"crtc{n}"]} for n in numbers],
        "connectors": [{"name": f"connector{n}", "possible_encoders": [f"encoder{n}"]}
                       for n in numbers],
    }


def load(argument: str) -> list[dict]:
    """Read one device, or a list of them, from a JSON file or from JSON text itself."""
    text = argument
    if not argument.lstrip().startswith(("{", "[")):
        try:
            text = Path(argument).read_text(encoding="utf-8")
        except OSError as error:
            raise UsageError(f"--vkms {argument}: {error.strerror}") from error
    try:
        devices = json.loads(text)
    except ValueError as error:
        raise UsageError(f"--vkms: this is not JSON: {error}") from error
    devices = devices if isinstance(devices, list) else [devices]
    for device in devices:
        _check(device)
    return devices


def _check(device: dict) -> None:
    unknown = set(device) - set(KINDS) - {"name"}
    if unknown:
        raise UsageError(f"--vkms: unknown {', '.join(sorted(unknown))}; "
                         f"a device has a name, {', '.join(KINDS)}.")
    for kind in KINDS:
        for item in device.get(kind, []):
            if not re.fullmatch(r"[\w-]+", item.get("name", "")):
                raise UsageError(f"--vkms: each of the {kind} needs a plain name, not {item}.")
            if kind in LINKS:
                _check_links(device, item, *LINKS[kind])
    for plane in device.get("planes", []):
        if plane.get("type", "primary") not in PLANE_TYPES:
            raise UsageError(f"--vkms: plane {plane['name']}: type is one of "
                             f"{', '.join(PLANE_TYPES)}.")


def _check_links(device: dict, item: dict, field: str, kind: str) -> None:
    known = {other["name"] for other in device.get(kind, [])}
    for name in item.get(field, []):
        if name not in known:
            raise UsageError(f"--vkms: {item['name']}: {field} names {name}, "
                             f"which is none of the {kind}.")


def _attributes(kind: str, item: dict) -> dict[str, int]:
    if kind == "planes":
        return {"type": PLANE_TYPES[item.get("type", "primary")]}
    if kind == "crtcs":
        return {"writeback": int(item.get("writeback", True))}
    if kind == "connectors":
        return {"status": STATUSES[item.get("status", "connected")]}
    return {}


def _device(device: dict, number: int) -> list[str]:
    root = f"/sys/kernel/config/vkms/{device.get('name', f'vkms{number}')}"
    lines = [f"mkdir {root}"]
    for kind in KINDS:
        for item in device.get(kind, []):
            path = f"{root}/{kind}/{item['name']}"
            lines.append(f"mkdir {path}")
            lines += [f"echo {value} >{path}/{name}"
                      for name, value in _attributes(kind, item).items()]
            field, target = LINKS.get(kind, ("", ""))
            lines += [f"ln -s {root}/{target}/{name} {path}/{field}/{name}"
                      for name in item.get(field, [])]
    return lines + [f"echo 1 >{root}/enabled"]


def script(devices: list[dict]) -> str:
    """Return shell commands that create the devices, stopping at the first that fails."""
    lines = ["set -e"]
    for number, device in enumerate(devices):
        lines += _device(device, number)
    return "\n".join(lines) + "\n"


def quote(words: list[str]) -> str:
    return " ".join(shlex.quote(word) for word in words)
