#!/usr/bin/env python3
"""Recorded reports must fit docs/drm-query.schema.json, and it must notice those that do not.

Usage: check_schema.py DRM_QUERY SCHEMA REPORTS_FOLDER
"""
import copy
import json
import pathlib
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: no jsonschema (python3-jsonschema)")
    sys.exit(77)

# Each change to a report that the schema must refuse: its key path (a number is an index, "*" the
# first member), and the new value (GONE: without that key).
GONE = object()
REFUSED = [
    (["*", "schema"], "drm-query/2"),
    (["*", "name"], GONE),
    (["*", "access"], "some"),
    (["*", "planes"], GONE),
    (["*", "driver", "caps", "PRIME"], "3"),
    (["*", "masters"], [{"command": "weston"}]),
    (["*", "connectors", 0, "status"], 4),
    (["*", "connectors", 0, "status_name"], "plugged"),
    (["*", "connectors", 0, "modes", 0, "refresh"], "60.00"),
    (["*", "connectors", 0, "modes", 0, "clock"], -1),
    (["*", "connectors", 0, "properties", "DPMS", "raw_hex"], "0x0"),
    (["*", "connectors", 0, "properties", "DPMS", "value"], None),
    (["*", "connectors", 0, "properties", "EDID", "blob"], "00f"),
    (["*", "connectors", 0, "properties", "EDID", "blob"], GONE),
    (["*", "connectors", 0, "properties", "EDID", "data", "make"], GONE),
    (["*", "crtcs", 0, "mode"], GONE),
    (["*", "planes", 0, "type_name"], "main"),
    (["*", "planes", 0, "formats", 0], "XR24"),
    (["*", "planes", 0, "format_names", 0], "XRGB8888"),
    (["*", "planes", 0, "properties", "type", "spec"], None),
    (["*", "planes", 0, "properties", "SRC_W", "data"], "1024"),
    (["*", "planes", 0, "fb", "planes"], {}),
]
# … and additions that it must let pass.
ALLOWED = [
    (["*", "new"], 1),
    (["*", "connectors", 0, "new"], "x"),
    (["*", "connectors", 0, "properties", "DPMS", "new"], {}),
    (["*", "driver", "caps", "NEW"], 7),
]


def place(report: dict, path: list) -> object:
    for step in path:
        report = next(iter(report.values())) if step == "*" else report[step]
    return report


def changed(report: dict, path: list, value: object) -> dict:
    result = copy.deepcopy(report)
    parent = place(result, path[:-1])
    if value is GONE:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    return result


# Properties that none of the recorded devices has, by their blobs: the kernel's structures.
LUT = bytes(8) + b"\xff" * 6 + bytes(2)
MATRIX = b"".join((int(i % 4 == 0) << 32).to_bytes(8, "little") for i in range(9))  # identity
HDR = bytes(4) + b"\2\0" + bytes(26)
BLOBS = {
    "crtcs": {"CTM": MATRIX, "GAMMA_LUT": LUT, "DEGAMMA_LUT": LUT},
    "connectors": {"HDR_OUTPUT_METADATA": HDR, "TILE": b"1:1:2:1:0:0:1920:2160\0",
                   "PATH": b"mst:58-1\0",
                   "WRITEBACK_PIXEL_FORMATS": b"XR24AR24"},
    "planes": {"SIZE_HINTS": b"\x40\0\x40\0\x80\0\x80\0"},
}


def with_blobs(report: dict) -> dict:
    """Return the report with those properties at the first object of each list."""
    result = copy.deepcopy(report)
    device = place(result, ["*"])
    model = device["connectors"][0]["properties"]["EDID"]
    number = 1000
    for kind, blobs in BLOBS.items():
        for name, value in blobs.items():
            number += 1
            device[kind][0]["properties"][name] = dict(model, id=number, raw_value=number,
                                                       blob=value.hex())
    return result


def blob_failures(program: str, validator: "jsonschema.Validator", report: dict) -> list[str]:
    given = json.dumps(with_blobs(report)).encode()
    answer = subprocess.run([program, "--from", "-", "--json"], input=given, capture_output=True,
                            check=True).stdout
    decoded = json.loads(answer)
    failures = [f"with blobs: {text}" for text in complaints(validator, decoded)]
    for kind, blobs in BLOBS.items():
        properties = place(decoded, ["*", kind, 0, "properties"])
        failures += [f"{name} is not decoded" for name in blobs if not properties[name]["data"]]
    return failures


def complaints(validator: "jsonschema.Validator", report: object) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(report)]


def rewritten(program: str, file: pathlib.Path) -> object:
    command = [program, "--from", file, "--json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def parts(schema: dict) -> list[tuple[str, dict]]:
    """Return the schemas that one consists of."""
    found = list(schema.get("properties", {}).items()) + list(schema.get("$defs", {}).items())
    found += [(key, schema[key]) for key in ("items", "additionalProperties") if key in schema]
    return found + [("anyOf", each) for each in schema.get("anyOf", [])]


def undescribed(schema: dict, where: str = "schema") -> list[str]:
    """Return the places of keys that nothing says the meaning of."""
    found = [f"{where}/{name}: no description" for name, each in schema.get("properties", {}).items()
             if not {"description", "$ref", "allOf"} & set(each)]
    for name, each in parts(schema):
        found += undescribed(each, f"{where}/{name}")
    return found


def main() -> int:
    program, schema_file, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    schema = json.loads(pathlib.Path(schema_file).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    failures = undescribed(schema)
    files = sorted(folder.glob("*.json"))
    assert len(files) >= 6, f"reports are missing in {folder}"
    for file in files:
        # drm_info's own need not fit, but what drm-query makes of them does.
        foreign = file.name.startswith("drm_info")
        report = rewritten(program, file) if foreign else json.loads(file.read_text("utf-8"))
        assert report, file
        failures += [f"{file.name}: {text}" for text in complaints(validator, report)]
    base = json.loads((folder / "virtio-gpu-6.1.json").read_text("utf-8"))
    for path, value in REFUSED:
        if not complaints(validator, changed(base, path, value)):
            failures.append(f"the schema lets pass: {path} {'gone' if value is GONE else value}")
    for path, value in ALLOWED:
        failures += complaints(validator, changed(base, path, value))
    failures += blob_failures(program, validator, base)
    print("\n".join(failures) if failures else
          f"{len(files)} reports fit, {len(REFUSED)} wrong ones were refused")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
