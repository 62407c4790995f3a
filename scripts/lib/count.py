#!/usr/bin/env python3
"""Count what a meson run tested: prints "PASSED FAILED SKIPPED" of its testlog.json.

Single cases count where a test prints them (TAP, googletest); else the test is one.
A test that failed or ran out of time counts as failed at least once.
"""

import json
import re
import sys
from pathlib import Path

FINE = {"OK", "EXPECTEDFAIL"}


def cases(output: str) -> tuple[int, int, int]:
    """What the output itself says of (passed, failed, skipped) cases."""
    lines = output.splitlines()
    tap = [line for line in lines if re.match(r"(not )?ok\b", line)]
    if tap:
        skipped = sum(bool(re.search(r"# *skip", line, re.I)) for line in tap)
        failed = sum(line.startswith("not ok") and not re.search(r"# *(skip|todo)", line, re.I)
                     for line in tap)
        return len(tap) - skipped - failed, failed, skipped
    # googletest names each case once when it ends, and failures again in its summary.
    ends = [re.match(r"\[ +(OK|FAILED|SKIPPED) +\] .* \(\d+ ms\)$", line) for line in lines]
    kinds = [match[1] for match in ends if match]
    return kinds.count("OK"), kinds.count("FAILED"), kinds.count("SKIPPED")


def count(test: dict) -> tuple[int, int, int]:
    passed, failed, skipped = cases(test.get("stdout") or "")
    if test["result"] == "SKIP":
        return (passed, failed, max(skipped, 1))
    if test["result"] in FINE:
        return (passed, failed, skipped) if passed + failed + skipped else (1, 0, 0)
    return passed, max(failed, 1), skipped


def main(log: Path) -> None:
    tests = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line]
    totals = [sum(column) for column in zip(*map(count, tests))] or [0, 0, 0]
    print(*totals)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
