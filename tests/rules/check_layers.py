#!/usr/bin/env python3
"""The layers of docs/architecture.md, enforced on every #include of src/ and include/.

Usage: check_layers.py SOURCE_ROOT
"""
import pathlib
import re
import sys

# Each layer and those that it may include; its own files it always may.
ALLOWED = {
    "base": set(),
    "drm": {"base"},
    "kms": {"base", "drm"},
    "edid": {"base"},
    "ring": {"base"},
    "record": {"base", "ring"},
    "content": {"base"},
    "render": {"base", "drm", "content"},
    "present": {"base", "drm", "kms", "ring", "record", "render"},
    "vulkan": {"base", "drm", "render", "present"},
    "session": {"base", "drm", "record"},
    "wayland": {"base", "drm", "session"},
    "window": {"base", "drm", "ring", "present", "wayland"},
    "model": {"base", "ring", "record", "present"},
    "trace": {"base", "ring", "record", "model"},
    "show": {"base", "drm", "kms", "ring", "record", "content", "render", "present", "vulkan", "session", "wayland",
             "window"},
    "query": {"base", "drm", "kms", "edid"},
}

# Public headers belong to layers too.
PUBLIC = {
    "base": ["error", "export", "fd", "fit", "fixed", "geometry", "gpu_lost", "id", "picture", "time"],
    "drm": ["device", "device_list", "dumb_buffer", "format", "mode", "modifier", "property", "scanout_image"],
    "kms": ["snapshot", "strictness"],
    "ring": ["frame_ring", "frame_stats", "present_event"],
    "record": ["record_event", "recorder", "recording"],
    "render": ["content", "vulkan_wishes"],
    "present": ["display", "kms_presenter", "presenter", "recording_observer", "saved_screen"],
    "vulkan": ["vulkan"],
    "show": ["drm-show"],  # the umbrella header
}
LAYER_OF_HEADER = {f"drm-show/{name}.hpp": layer for layer, names in PUBLIC.items() for name in names}

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def layer_of_include(path: str) -> str | None:
    if path in LAYER_OF_HEADER:
        return LAYER_OF_HEADER[path]
    first = path.split("/")[0]
    return first if first in ALLOWED else None


def layer_of_file(root: pathlib.Path, file: pathlib.Path) -> str | None:
    relative = file.relative_to(root)
    if relative.parts[0] == "include":
        return LAYER_OF_HEADER.get("/".join(relative.parts[1:]))
    return relative.parts[1] if relative.parts[1] in ALLOWED else None


def violations(root: pathlib.Path, file: pathlib.Path) -> list[str]:
    layer = layer_of_file(root, file)
    where = file.relative_to(root)
    if layer is None:
        return [f"{where}: belongs to no layer: add it to tests/rules/check_layers.py"]
    found = []
    for include in INCLUDE.findall(file.read_text(encoding="utf-8")):
        target = layer_of_include(include)
        if target is None and "/" in include:
            found.append(f"{where}: {include} belongs to no layer")
        if target not in (None, layer) and target not in ALLOWED[layer]:
            found.append(f"{where}: {layer} may not include {target} ({include})")
    return found


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    files = [f for d in ("src", "include") for f in (root / d).rglob("*.[ch]pp")]
    if not files:
        sys.exit("no sources found")
    found = [line for file in sorted(files) for line in violations(root, file)]
    print("\n".join(found) if found else f"{len(files)} files keep to the layers")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
