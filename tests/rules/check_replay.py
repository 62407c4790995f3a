#!/usr/bin/env python3
"""Reading a saved report and writing it again gives the same bytes; every view can be had from it.

Usage: check_replay.py DRM_QUERY REPORTS_FOLDER
"""
import pathlib
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


def main() -> int:
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    files = sorted(folder.glob("*.json"))
    assert len(files) >= 6, f"reports are missing in {folder}"
    complaints = []
    for file in files:
        complaints += replay_complaints(program, file) + view_complaints(program, file)
    print("\n".join(complaints) if complaints else f"{len(files)} reports, the same again")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
