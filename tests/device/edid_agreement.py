"""What edid-decode prints about an EDID against drm-query's data of it."""
import re
import subprocess
from pathlib import Path

# CIE coordinates have 10 bits.
COORDINATE_STEP = 1 / 1024


def search(pattern: str, text: str) -> tuple[str, ...]:
    match = re.search(pattern, text)
    return match.groups() if match else ()


def decode(file: Path) -> str:
    return subprocess.run(["edid-decode", file], capture_output=True, text=True, check=False).stdout


def theirs(text: str) -> dict:
    """Return the fields of ours that edid-decode knows."""
    version, revision = search(r"Version & Revision: (\d+)\.(\d+)", text)
    week, year = search(r"Made in: week (\d+) of (\d+)", text) or ("0", "0")
    return {
        "manufacturer": search(r"Manufacturer: (\S+)", text)[0],
        "product_code": int(search(r"Model: (\d+)", text)[0]),
        "model": search(r"Display Product Name: '(.*)'", text)[0],
        "serial": "".join(search(r"Display Product Serial Number: '(.*)'", text)),
        "week": int(week), "year": int(year),
        "version": int(version), "revision": int(revision),
        "digital": "Digital display" in text,
        "bits_per_channel": int(search(r"Bits per primary color channel: (\d+)", text)[0]),
        "size_mm": dict(zip(("width", "height"),
                            map(int, search(r"DTD 1: .*\((\d+) mm x (\d+) mm\)", text)))),
        "vertical_range": dict(zip(("least", "greatest"),
                                   map(int, search(r"ranges.*: (\d+)-(\d+) Hz V", text)))),
        "extensions": re.findall(r"Block \d+, (.*?) Extension Block:", text),
    }


def colour_differences(text: str, ours: dict) -> list[str]:
    lines = []
    gamma = float(search(r"Gamma: ([\d.]+)", text)[0])
    if abs(ours["gamma"] - gamma) > 0.005:
        lines.append(f"gamma: theirs {gamma}, ours {ours['gamma']}")
    for name, point in ours["primaries"].items():
        x, y = map(float, search(rf"{name.capitalize()} *: ([\d.]+), ([\d.]+)", text))
        if max(abs(point["x"] - x), abs(point["y"] - y)) > COORDINATE_STEP:
            lines.append(f"{name}: theirs {x}, {y}, ours {point}")
    return lines


def differences(file: Path, ours: dict) -> list[str]:
    text = decode(file)
    return [f"{key}: theirs {value!r}, ours {ours.get(key)!r}"
            for key, value in theirs(text).items()
            if value != ours.get(key)] + colour_differences(text, ours)
