"""What drm_info -j says against what drm-query --json says, value by value.

Every key of theirs must be in ours with the same value. Ours may have more keys, and more objects:
drm-query also asks for the cursor planes of virtual machines and for all that newer kernels have.
"""
import re
from typing import Any, NamedTuple


class Exemption(NamedTuple):
    """Where theirs may differ from ours, if theirs has this value."""

    path: str
    theirs: Any
    reason: str


EXEMPTIONS = (
    Exemption(r"/device", None, "libdrm does not know the bus of vkms (faux)"),
    Exemption(r"/connectors/\d+/properties/EDID/data", None, "drm_info 2.4 decodes no EDID"),
    Exemption(r"/planes/\d+/(crtc_)?[xy]", 0,
               "atomic drivers leave these out of GETPLANE; ours are from the properties"),
)


def excused(path: str, theirs: Any) -> bool:
    return any(re.fullmatch(e.path, path) and theirs == e.theirs for e in EXEMPTIONS)


def have_ids(values: list) -> bool:
    return bool(values) and all(isinstance(value, dict) and "id" in value for value in values)


def list_differences(theirs: list, ours: list, path: str) -> list[str]:
    if have_ids(theirs) and have_ids(ours):
        by_id = {value["id"]: value for value in ours}
        return [line for value in theirs
                for line in differences(value, by_id.get(value["id"]), f"{path}/{value['id']}")]
    if len(theirs) != len(ours):
        return [f"{path}: theirs has {len(theirs)} entries, ours {len(ours)}"]
    return [line for i, (left, right) in enumerate(zip(theirs, ours))
            for line in differences(left, right, f"{path}[{i}]")]


def differences(theirs: Any, ours: Any, path: str = "") -> list[str]:
    """Return a line for each value of theirs that ours does not have."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        missing = [f"{path}/{key}: ours does not have it" for key in theirs if key not in ours]
        return missing + [line for key in theirs if key in ours
                          for line in differences(theirs[key], ours[key], f"{path}/{key}")]
    if isinstance(theirs, list) and isinstance(ours, list):
        return list_differences(theirs, ours, path)
    same = theirs == ours and isinstance(theirs, bool) == isinstance(ours, bool)
    return [] if same or excused(path, theirs) else [f"{path}: theirs {theirs!r}, ours {ours!r}"]


def count_values(json: Any) -> int:
    if isinstance(json, dict):
        json = list(json.values())
    return sum(map(count_values, json)) if isinstance(json, list) else 1
