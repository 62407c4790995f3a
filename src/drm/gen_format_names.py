#!/usr/bin/env python3
"""Writes a C++ table of pixel format names from the drm_fourcc.h that we are built against."""
import pathlib
import re
import sys

DEFINITION = re.compile(r"#define\s+DRM_FORMAT_(\w+)\s+fourcc_code\('(.)', '(.)', '(.)', '(.)'\)")


def main(header: str, output: str) -> None:
    text = pathlib.Path(header).read_text(encoding="utf-8")
    rows = [
        f'    {{Format::from_chars({", ".join(repr(c) for c in chars)}), "{name}"}},'
        for name, *chars in DEFINITION.findall(text)
    ]
    if not rows:
        sys.exit(f"{header}: no pixel formats found: is it drm_fourcc.h?")
    pathlib.Path(output).write_text("\n".join(rows) + "\n", encoding="utf-8")


main(*sys.argv[1:])
