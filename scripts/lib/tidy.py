#!/usr/bin/env python3
"""Run clang-tidy over what is compiled from src/ and examples/, a batch of files per core at a time.

Most of its time goes into the standard library's headers, so files of the same target are looked
at together, one after the other in one file, as in a unity build: five times as fast. A file found
clean is not looked at again until it, a header of ours that it includes, its compile command or the
checks change.
"""

import bisect
import concurrent.futures
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

FOLDERS = ("include", "src", "examples")
BATCH = 24
# The analyzer stops at that many states of a function: more took a minute for some and found nothing.
ANALYZER_STATES = "max-nodes=30000"
GCC_ONLY = r" -fno-ipa-\S+"  # unknown to clang, which takes unknown warnings but not these
# A precompiled header is gcc's own; each file includes what it needs anyway.
PRECOMPILED = r" -include \S+_pch\.hpp"
FINDING = re.compile(r"^(\S+?):\d+:\d+: (?:warning|error): ", re.MULTILINE)
# What the analyzer sees go wrong inside of these, on a way that it has thought out, is not ours.
OTHERS = ("/usr/", "/lib/", "/../lib/")
INCLUDE = re.compile(r'\s*#include\s+([<"].*[>"])')


@dataclass
class Source:
    path: Path  # from the root of the project
    directory: str  # where its compiler runs
    command: str  # with {} for the file
    digest: str  # of all that the verdict depends on

    @property
    def target(self) -> str:
        """What is compiled in the same way; the object's name is no part of it."""
        return re.sub(r"-(MF|MQ|o) \S+", "", self.command)


def included(build: Path) -> dict[str, list[str]]:
    """Our own headers that each object was made from, as the compiler told ninja."""
    text = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True,
                          check=False).stdout
    found, current = {}, []
    for line in text.splitlines():
        if line.startswith("    "):
            if line.startswith(("    ../../src/", "    ../../include/")):
                current.append(line.strip())
        elif ": #deps" in line:
            current = found.setdefault(line.split(":")[0], [])
    return found


def all_headers(build: Path) -> list[str]:
    return [os.path.relpath(path, build) for folder in ("include", "src")
            for path in sorted(Path(folder).rglob("*.hpp"))]


def digest_of(build: Path, path: Path, headers: list[str], command: str) -> str:
    digest = hashlib.sha256(Path(".clang-tidy").read_bytes() + command.encode())
    digest.update(Path(__file__).read_bytes() + path.read_bytes())
    for header in sorted(headers):
        digest.update((build / header).read_bytes())
    return digest.hexdigest()


def sources(build: Path) -> list[Source]:
    """What is compiled from our own sources; generated files are not ours to judge."""
    root, known, every = Path.cwd(), included(build), all_headers(build)
    found = {}
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        path = (Path(entry["directory"]) / entry["file"]).resolve()
        if not path.is_relative_to(root) or path.relative_to(root).parts[0] not in ("src", "examples"):
            continue
        path = path.relative_to(root)
        if path.suffix != ".cpp":
            continue
        command = entry["command"].replace(entry["file"], "{}")
        command = re.sub(f"{GCC_ONLY}|{PRECOMPILED}", "", command)
        headers = known.get(entry["output"], every)
        found[path] = Source(path, entry["directory"], command,
                             digest_of(build, path, headers, entry["command"]))
    return list(found.values())


def batches(work: list[Source]) -> list[list[Source]]:
    groups: dict[str, list[Source]] = {}
    for source in work:
        groups.setdefault(source.target, []).append(source)
    return [group[i:i + BATCH] for group in groups.values() for i in range(0, len(group), BATCH)]


def included_twice() -> list[str]:
    """clang-tidy has this check as well, but in a batch every file includes what others did."""
    found = []
    for path in sorted(path for folder in FOLDERS for path in Path(folder).rglob("*.[ch]pp")):
        seen = set()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if match := INCLUDE.match(line):
                if match[1] in seen:
                    found.append(f"{path}:{number}: error: {match[1]} is included twice")
                seen.add(match[1])
    return found


class Joined:
    """The files of a batch in one, and where each began."""

    def __init__(self, batch: list[Source], folder: Path):
        self.file = folder / "batch.cpp"
        self.batch, self.first, texts, line = batch, [], [], 1
        for source in batch:
            text = source.path.read_text(encoding="utf-8")
            text += "" if text.endswith("\n") else "\n"
            self.first.append(line)
            texts.append(text)
            line += text.count("\n")
        self.file.write_text("".join(texts), encoding="utf-8")
        command = batch[0].command.format(self.file)
        (folder / "compile_commands.json").write_text(json.dumps(
            [{"directory": batch[0].directory, "file": str(self.file), "command": command}]),
            encoding="utf-8")

    def original(self, line: int) -> str:
        index = bisect.bisect_right(self.first, line) - 1
        return f"{self.batch[index].path}:{line - self.first[index] + 1}"

    def named(self, text: str) -> str:
        return re.sub(r"\S*batch\.cpp:(\d+)", lambda match: self.original(int(match[1])), text)


def run_tool(tool: str, batch: list[Source]) -> str:
    analyzer = ["-Xclang", "-analyzer-config", "-Xclang", ANALYZER_STATES]
    with tempfile.TemporaryDirectory() as name:
        joined = Joined(batch, Path(name))
        result = subprocess.run(
            [tool, "-p", name, "--quiet", "--warnings-as-errors=*", "--config-file=.clang-tidy",
             "--extra-arg=-Wno-unknown-warning-option",
             *[f"--extra-arg={word}" for word in analyzer], joined.file],
            capture_output=True, text=True, check=False)
        text = "" if result.returncode == 0 else joined.named(result.stdout + result.stderr)
        places = FINDING.findall(text)
        return "" if places and all(place.startswith(OTHERS) for place in places) else text


def check(tool: str, clean: Path, batch: list[Source]) -> str:
    """What there is to say about these files, or nothing."""
    text = run_tool(tool, batch)
    # Two of them may have the same name for different things: that is no fault of either.
    if text and len(batch) > 1:
        middle = len(batch) // 2
        return check(tool, clean, batch[:middle]) + check(tool, clean, batch[middle:])
    if not text:
        for source in batch:
            (clean / source.digest).touch()
    return text


def main(tool: str, build: Path) -> int:
    clean = build / "tidy-clean"
    clean.mkdir(exist_ok=True)
    everything = sources(build)
    work = batches([source for source in everything if not (clean / source.digest).exists()])
    complaints = included_twice()
    for complaint in complaints:
        print(complaint, flush=True)
    done = len(everything) - sum(map(len, work))
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        jobs = {pool.submit(check, tool, clean, batch): batch for batch in work}
        for job in concurrent.futures.as_completed(jobs):
            if text := job.result():
                complaints.append(text)
                print(text, flush=True)
            done += len(jobs[job])
            print(f"clang-tidy: {done} of {len(everything)} files", file=sys.stderr, flush=True)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
