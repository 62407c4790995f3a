#!/usr/bin/env python3
"""Files stay small: no source file of ours over 600 lines, those over 400 are named.

Usage: check_sizes.py SOURCE_ROOT
"""
import pathlib
import sys

LIMIT, MENTION = 600, 400
FOLDERS = ("src", "include", "examples", "tests", "scripts")
SUFFIXES = {".cpp", ".hpp", ".py", ".sh", ""}


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    too_long = False
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if not file.is_file() or file.suffix not in SUFFIXES or "corpus" in file.parts:
                continue
            lines = len(file.read_text(encoding="utf-8", errors="replace").splitlines())
            if lines > MENTION:
                print(f"{file.relative_to(root)}: {lines} lines")
            too_long |= lines > LIMIT
    return 1 if too_long else 0


if __name__ == "__main__":
    sys.exit(main())
