#!/usr/bin/env python3
"""Downloads a package from the backports of this machine's Debian release, packed.

Usage: fetch_backport.py PACKAGE FOLDER
"""
import re
import sys
from pathlib import Path

import packages
from trouble import Trouble


def release() -> str:
    text = Path("/etc/os-release").read_text(encoding="utf-8")
    found = re.search(r'^VERSION_ID="?(\d+)"?$', text, re.M)
    if not found:
        raise Trouble("This is no release of Debian: /etc/os-release has no VERSION_ID.")
    return found[1]


if __name__ == "__main__":
    try:
        packages.fetch_release(sys.argv[1], release(), Path(sys.argv[2]))
    except Trouble as trouble:
        sys.exit(str(trouble))
