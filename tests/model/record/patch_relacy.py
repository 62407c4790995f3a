#!/usr/bin/env python3
"""Makes relacy's thread.hpp one for C++20 and for more than the last value but one.

Usage: patch_relacy.py OUTPUT COMPILER…

Relacy is of 2008: a plain store of a thread goes on with a release sequence there, which it does not since C++20; and
only its random scheduler lets a load see any value but the last two. Fails if relacy does not say what it said.
"""
import pathlib
import re
import subprocess
import sys

CHANGES = [
    ("size_t const limit = c.is_random_sched() ? atomic_history_size  - 1: 1;",
     "size_t const limit = atomic_history_size - 1; (void)c;"),
    ("prev.busy_ && (rmw || (index_ == prev.thread_id_));", "prev.busy_ && rmw;"),
]


def header(compiler: list[str]) -> pathlib.Path:
    rule = subprocess.run([*compiler, "-M", "-x", "c++", "-"], input="#include <relacy/defs.hpp>\n", text=True,
                          capture_output=True, check=True).stdout
    return pathlib.Path(re.search(r"(\S*)/defs\.hpp", rule)[1]) / "thread.hpp"


def main() -> None:
    text = header(sys.argv[2:]).read_text(encoding="utf-8")
    for old, new in CHANGES:
        if text.count(old) != 1:
            sys.exit(f"relacy's thread.hpp has changed: no longer once in it: {old}")
        text = text.replace(old, new)
    text = re.sub(r'#include "(\w+\.hpp)"', r"#include <relacy/\1>", text)
    # Its warnings are no business of ours.
    pathlib.Path(sys.argv[1]).write_text("#pragma GCC system_header\n" + text, encoding="utf-8")


if __name__ == "__main__":
    main()
