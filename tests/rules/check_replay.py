#!/usr/bin/env python3
"""Reading a saved report and writing it again gives the same bytes; every view can be had from it;
and names that try to command the terminal do not get there.

Usage: check_replay.py DRM_QUERY REPORTS_FOLDER
"""
import json
import pathlib
import re
import subprocess
import sys

VIEWS = [[], ["tree"], ["formats"], ["graph"], ["graph", "--possible"], ["formats", "--json"],
         ["graph", "--json"], ["card0"], ["get", "card0.driver.kernel.sysname"]]


def run(program: str, *words: object, given: bytes = b"") -> subprocess.CompletedProcess:
    return subprocess.run([program, *words], input=given, capture_output=True, check=False)


def view_complaints(program: str, file: pathlib.Path) -> list[str]:
    found = []
    for view in VIEWS:
        result = run(program, "--from", file, *view)
        if result.returncode != 0 or not result.stdout or result.stderr:
            found.append(f"{file.name}: {view}: {result.returncode} {result.stderr!r}")
    return found


def replay_complaints(program: str, file: pathlib.Path) -> list[str]:
    saved = file.read_bytes()
    again = run(program, "--from", "-", "--json", given=saved).stdout
    if file.name.startswith("drm_info"):  # less than ours, so: once ours, always the same
        saved, again = again, run(program, "--from", "-", "--json", given=again).stdout
        if b'"drm-query/1"' not in saved:
            return [f"{file.name}: not rewritten"]
    if again != saved:
        return [f"{file.name}: {len(again)} bytes are not the {len(saved)} that were saved"]
    same = run(program, "diff", file, "--from", file)
    if same.returncode != 0 or same.stdout:
        return [f"{file.name}: differs from itself"]
    return []


# An escape sequence in every text of a report, a line break in every name of a property.
def poisoned(node: object) -> object:
    if isinstance(node, dict):
        return {key.replace("DPMS", "D\x1b[31m\nPMS"): poisoned(value) if key not in KEPT else value
                for key, value in node.items()}
    if isinstance(node, list):
        return [poisoned(each) for each in node]
    return node + "\x1b[31m\x9b1m\nx" if isinstance(node, str) else node


KEPT = {"schema", "access", "blob"}
HOSTILE_VIEWS = [["graph", "dot"], ["graph", "svg"], ["complete"], ["complete", "--", "get", ""],
                 ["complete", "--", "get", "connector/34."], ["get", "connector/34.name"],
                 ["get", "connector/34.modes.0.name"], ["connector/34"], ["plane/31"], ["nothing"]]


def hostile_complaints(program: str, file: pathlib.Path) -> list[str]:
    report = json.dumps(poisoned(json.loads(file.read_text("utf-8")))).encode()
    found = []
    for view in VIEWS + HOSTILE_VIEWS:
        result = run(program, "--from", "-", *view, given=report)
        if result.returncode not in (0, 10):
            found.append(f"hostile names: {view}: {result.returncode} {result.stderr!r}")
        if re.search(rb"[\x00-\x09\x0b-\x1f]|\xc2\x9b|^x", result.stdout + result.stderr, re.MULTILINE):
            found.append(f"hostile names: {view}: they come through")
    return found


def main() -> int:
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    files = sorted(folder.glob("*.json"))
    assert len(files) >= 6, f"reports are missing in {folder}"
    complaints = []
    for file in files:
        complaints += replay_complaints(program, file) + view_complaints(program, file)
    complaints += hostile_complaints(program, folder / "virtio-gpu-6.1.json")
    print("\n".join(complaints) if complaints else f"{len(files)} reports, the same again")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
