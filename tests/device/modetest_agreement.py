"""What modetest -c -e -p prints against what drm-query --json says.

modetest asks for neither atomic nor writeback: it sees fewer objects and properties, all of which
must be in ours with the same values.
"""
import re
from dataclasses import dataclass, field

HEADINGS = {"Encoders:": "encoders", "Connectors:": "connectors", "CRTCs:": "crtcs",
            "Planes:": "planes"}
STATUS = {1: "connected", 2: "disconnected", 3: "unknown"}
MODE = re.compile(r"  #\d+ (?P<name>\S+) (?P<rate>[\d.]+) (?P<times>[\d ]+) "
                  r"flags: (?P<flags>.*); type: (?P<type>.*)$")
TIMES = ("hdisplay", "hsync_start", "hsync_end", "htotal", "vdisplay", "vsync_start", "vsync_end",
         "vtotal", "clock")
# drm_mode.h: DRM_MODE_FLAG_…, those that modetest spells out in our modes.
FLAGS = {"phsync": 1, "nhsync": 2, "pvsync": 4, "nvsync": 8, "interlace": 16, "dblscan": 32}
# What the kernel shows only to those who ask for ASPECT_RATIO and STEREO_3D.
ASPECT = 0xf << 19
STEREO = 0x1f << 14
TYPES = {"preferred": 8, "userdef": 32, "driver": 64}


@dataclass
class Item:
    """An object: its line, cut at tabs, and what is below it."""

    cells: list[str]
    modes: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    properties: dict[str, "Value"] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return int(self.cells[0])


@dataclass
class Value:
    id: int
    number: int | None = None
    blob: str = ""


class Parser:
    def __init__(self) -> None:
        self.found: dict[str, list[Item]] = {name: [] for name in HEADINGS.values()}
        self.section = ""
        self.value: Value | None = None

    def line(self, line: str) -> None:
        if line in HEADINGS:
            self.section = HEADINGS[line]
        elif not line or line[0] not in "0123456789 \t":
            self.section = self.section if line == "" or line.startswith("id\t") else ""
        elif self.section and line[0].isdigit():
            self.found[self.section].append(Item([cell.strip() for cell in line.split("\t")]))
        elif self.section:
            self.detail(self.found[self.section][-1], line)

    def detail(self, item: Item, line: str) -> None:
        if line.startswith("  #"):
            item.modes.append(line)
        elif line.startswith("  formats:"):
            item.formats = [name.ljust(4) for name in line.split(":")[1].split()]
        elif match := re.fullmatch(r"\t(\d+) (.*):", line):
            self.value = item.properties[match[2]] = Value(int(match[1]))
        elif match := re.fullmatch(r"\t\tvalue: (\d+)", line):
            self.value.number = int(match[1])
        elif match := re.fullmatch(r"\t\t\t([0-9a-f]+)", line):
            self.value.blob += match[1]


def parse(text: str) -> dict[str, list[Item]]:
    parser = Parser()
    for line in text.splitlines():
        parser.line(line)
    return parser.found


def mode_line_says(line: str) -> dict:
    match = MODE.match(line)
    assert match, line
    words = {"flags": FLAGS, "type": TYPES}
    bits = {key: sum(known[word.strip()] for word in match[key].split(",") if word.strip())
            for key, known in words.items()}
    return {"name": match["name"], **bits,
            **dict(zip(TIMES, map(int, match["times"].split()), strict=True))}


def plain_modes(modes: list[dict]) -> list[dict]:
    """Return what the kernel shows of our modes to who asks for no aspect ratios and no stereo."""
    plain: list[dict] = []
    for mode in modes:
        mode = {key: mode[key] for key in ("name", "flags", "type", *TIMES)}
        mode["flags"] &= ~ASPECT
        timings = [{**other, "type": mode["type"]} for other in plain]
        if not mode["flags"] & STEREO and mode not in timings:
            plain.append(mode)
    return plain


def rate_of(mode: dict) -> str:
    """Return the rate that a mode line has, from its timings."""
    rate = 1000 * mode["clock"] / (mode["htotal"] * mode["vtotal"])
    factor = (2 if mode["flags"] & FLAGS["interlace"] else 1) / (
        2 if mode["flags"] & FLAGS["dblscan"] else 1)
    return f"{rate * factor:.2f}"


def size_of(fb: dict | None) -> str:
    return f"({fb['hdisplay']}x{fb['vdisplay']})" if fb else "(0x0)"


def cells_of(kind: str, ours: dict) -> list[str]:
    """Return modetest's line about one of our objects, as far as both know it."""
    if kind == "encoders":
        return [str(ours["crtc_id"]), ours["type_name"].lower(), f"{ours['possible_crtcs']:#010x}",
                f"{ours['possible_clones']:#010x}"]
    if kind == "connectors":
        return [str(ours["encoder_id"]), STATUS[ours["status"]], ours["name"],
                f"{ours['phy_width']}x{ours['phy_height']}", str(len(plain_modes(ours["modes"]))),
                ", ".join(map(str, ours["encoders"]))]
    if kind == "crtcs":
        return [str(ours["fb_id"]), f"({ours['x']},{ours['y']})", size_of(ours["mode"])]
    return [str(ours["crtc_id"]), str(ours["fb_id"]), f"{ours['possible_crtcs']:#010x}"]


def cells_in(kind: str, item: Item) -> list[str]:
    cells = [cell for cell in item.cells[1:] if cell]
    if kind == "encoders":
        cells[1] = cells[1].lower()  # "none" is the kernel's "None"
    # A plane's positions are 0 here on atomic drivers, its gamma size is unused.
    return cells[:2] + cells[-1:] if kind == "planes" else cells


def fourcc(number: int) -> str:
    return number.to_bytes(4, "little").decode("latin-1")


def property_differences(item: Item, ours: dict, where: str) -> list[str]:
    lines = []
    for name, theirs in item.properties.items():
        mine = ours["properties"].get(name)
        if mine is None or mine["id"] != theirs.id:
            lines.append(f"{where}: property {theirs.id} {name} is not in ours")
        elif theirs.number is not None and theirs.number != mine["raw_value"] % 2**64:
            lines.append(f"{where}.{name}: theirs {theirs.number}, ours {mine['raw_value']}")
        elif theirs.number is None and theirs.blob != (mine.get("blob") or ""):
            lines.append(f"{where}.{name}: theirs {theirs.blob}, ours {mine.get('blob')}")
    return lines


def item_differences(kind: str, item: Item, ours: dict) -> list[str]:
    where = f"{kind}/{item.id}"
    pairs = [("line", cells_in(kind, item), cells_of(kind, ours))]
    if kind == "connectors":
        says = [mode_line_says(line) for line in item.modes]
        pairs += [("mode", *pair) for pair in zip(says, plain_modes(ours["modes"]))]
        # Both their rates: modetest computes its own as we do ours.
        pairs += [("rate", MODE.match(line)["rate"], rate_of(mode))
                  for line, mode in zip(item.modes, says)]
        pairs += [("rate", rate_of(mode), f"{mode['refresh']:.2f}") for mode in ours["modes"]]
    if kind == "planes":
        pairs.append(("formats", item.formats, [fourcc(number) for number in ours["formats"]]))
    lines = [f"{where}: {what}: theirs {theirs}, ours {mine}"
             for what, theirs, mine in pairs if theirs != mine]
    return lines + (property_differences(item, ours, where) if "properties" in ours else [])


def differences(found: dict[str, list[Item]], ours: dict) -> list[str]:
    """Return a line for each thing that modetest printed and ours does not have."""
    lines = []
    for kind, items in found.items():
        by_id = {each["id"]: each for each in ours[kind]}
        for item in items:
            lines += (item_differences(kind, item, by_id[item.id]) if item.id in by_id
                      else [f"{kind}/{item.id} is not in ours"])
    return lines
