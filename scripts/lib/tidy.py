#!/usr/bin/env python3
"""Run clang-tidy over what is compiled from src/ and examples/, a file per core at a time.

A file found clean is not looked at again until it, any header of ours, its compile
command or the checks change: what a second run saves is minutes.
"""

import concurrent.futures
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path


def own_headers() -> bytes:
    digest = hashlib.sha256()
    for folder in ("include", "src"):
        for path in sorted(Path(folder).rglob("*.hpp")):
            digest.update(path.read_bytes())
    return digest.digest() + Path(".clang-tidy").read_bytes()


def entries(build: Path) -> list[dict]:
    """What is compiled from our own sources; generated files are not ours to judge."""
    root = Path.cwd()
    found = {}
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        path = (Path(entry["directory"]) / entry["file"]).resolve()
        if path.is_relative_to(root) and path.relative_to(root).parts[0] in ("src", "examples"):
            found[path] = entry
    return list(found.values())


def check(tool: str, build: Path, clean: Path, common: bytes, entry: dict) -> str:
    """Return what clang-tidy has to say about one file, or nothing."""
    path = (Path(entry["directory"]) / entry["file"]).resolve()
    digest = hashlib.sha256(common + path.read_bytes() + entry["command"].encode()).hexdigest()
    if (clean / digest).exists():
        return ""
    result = subprocess.run([tool, "-p", build, "--quiet", "--warnings-as-errors=*",
                             "--extra-arg=-Wno-unknown-warning-option", path],
                            capture_output=True, text=True, check=False)
    if result.returncode == 0:
        (clean / digest).touch()
        return ""
    return result.stdout + result.stderr


def main(tool: str, build: Path) -> int:
    clean = build / "tidy-clean"
    clean.mkdir(exist_ok=True)
    common, work = own_headers(), entries(build)
    complaints = 0
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        jobs = [pool.submit(check, tool, build, clean, common, entry) for entry in work]
        for count, job in enumerate(concurrent.futures.as_completed(jobs), 1):
            text = job.result()
            if text:
                complaints += 1
                print(text, flush=True)
            if count % 10 == 0 or count == len(work):
                print(f"clang-tidy: {count} of {len(work)} files", file=sys.stderr, flush=True)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
