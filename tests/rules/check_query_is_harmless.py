#!/usr/bin/env python3
"""drm-query cannot set a mode: it includes nothing that could, and the finished program has none of
the functions that do.

Usage: check_query_is_harmless.py SOURCE_ROOT DRM_QUERY
"""
import pathlib
import re
import subprocess
import sys

# What src/query may include of ours, beside itself, base and edid.
ALLOWED = {"kms/report.hpp", "kms/words.hpp", "drm/format_table.hpp", "drm/new_kernel.hpp", "drm/uevents.hpp",
           "version.hpp"}
ALLOWED |= {f"drm-show/{name}.hpp" for name in (
    "device_list", "error", "fixed", "format", "geometry", "id", "mode", "modifier", "property",
    "snapshot")}
SYSTEM_FORBIDDEN = {"xf86drm.h", "xf86drmMode.h", "drm.h"}

# Functions of libdrm that change what is shown, or who may.
FORBIDDEN = re.compile(
    r"drmModeAtomic|drmModeSet|drmModePageFlip|drmModeObjectSetProperty|drmModeConnectorSet|"
    r"drmModeAddFB|drmModeRmFB|drmModeCloseFB|drmModeMoveCursor|drmModeCreate|drmModeCrtcSet|"
    r"drmModeDirtyFB|drmSetMaster|drmModeRevokeLease|drmPrime")
# Classes and functions of ours that do.
OURS = re.compile(r"drmshow::(Device::|Display::|DumbBuffer|commit\(|become_master|modeset_request|"
                  r"AtomicRequest|Blob::)")


def bad_includes(root: pathlib.Path) -> list[str]:
    found = []
    for file in sorted((root / "src" / "query").rglob("*.[ch]pp")):
        for kind, name in re.findall(r'^#include ([<"])([^>"]+)[>"]', file.read_text(encoding="utf-8"),
                                     re.MULTILINE):
            own = name in ALLOWED or name.split("/")[0] in ("query", "base", "edid")
            if (kind == '"' and not own) or name in SYSTEM_FORBIDDEN:
                found.append(f"{file.name} includes {name}")
    return found


def bad_symbols(program: str) -> list[str]:
    needed = subprocess.run(["nm", "-D", "--undefined-only", program], capture_output=True, text=True,
                            check=True).stdout
    assert "drmModeGetCrtc" in needed, "nm shows nothing of libdrm: does this test still look right?"
    defined = subprocess.run(["nm", "-C", program], capture_output=True, text=True, check=True).stdout
    return ([f"drm-query calls {line.split()[-1]}" for line in needed.splitlines()
             if FORBIDDEN.search(line)] +
            [f"drm-query contains {line.split(maxsplit=2)[-1]}" for line in defined.splitlines()
             if OURS.search(line)])


def main() -> int:
    found = bad_includes(pathlib.Path(sys.argv[1])) + bad_symbols(sys.argv[2])
    print("\n".join(found) if found else "drm-query only reads")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
