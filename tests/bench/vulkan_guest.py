#!/usr/bin/env python3
"""The part of vulkan.py that runs in the guest: starts each program and tells what it needed.

Prints a line of JSON for each moment and each finding; vulkan.py reads the machine's CPU time when it sees a
"begin" or an "end". In between this program sleeps.
"""
import argparse
import json
import os
import pathlib
import struct
import subprocess
import time

import vulkan_rivals
from vulkan_rivals import Program

STATE = pathlib.Path("/sys/kernel/debug/dri/0/state")
TIME_LIMIT = 40  # seconds until something shows
WARM_UP = 3
TICKS = os.sysconf("SC_CLK_TCK")


class Failed(Exception):
    """This program does not run here."""


def say(**finding) -> None:
    print(json.dumps(finding), flush=True)


def flips() -> tuple[int, int]:
    """So many were there, and when the first one was, in nanoseconds."""
    return struct.unpack("=QQ", vulkan_rivals.COUNTER.read_bytes())


def last_words() -> str:
    lines = (vulkan_rivals.PLACE / "log").read_text(encoding="utf-8", errors="replace").split("\n")
    lines = [line.strip() for line in lines if line.strip()]
    return lines[-1][:100] if lines else "it says nothing"


def end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until(process: subprocess.Popen, what, interval: float) -> None:
    limit = time.monotonic() + TIME_LIMIT
    while not what():
        if process.poll() is not None or time.monotonic() > limit:
            raise Failed(f"shows nothing: {last_words()}")
        time.sleep(interval)


def thread_ticks(process: subprocess.Popen, program: Program) -> dict[str, int]:
    """CPU time of the program's own threads, and of its driver's."""
    found = {"own": 0, "driver": 0}
    for stat in pathlib.Path(f"/proc/{process.pid}/task").glob("*/stat"):
        text = stat.read_text(encoding="utf-8")
        name = text[text.index("(") + 1:text.rindex(")")]
        fields = text.rpartition(")")[2].split()
        own = int(stat.parent.name) == process.pid or name in program.threads
        found["own" if own else "driver"] += int(fields[11]) + int(fields[12])
    return found


def pace(program: Program, options: argparse.Namespace, what: str, **environment: str) -> None:
    """Shows for so long, between the two moments."""
    process = vulkan_rivals.start(program, options.root, **environment)
    try:
        wait_until(process, lambda: flips()[0] > 0, 0.05)
        time.sleep(WARM_UP)
        before, first = thread_ticks(process, program), flips()[0]
        say(begin=program.name)
        begin = time.monotonic()
        time.sleep(options.seconds)
        say(end=program.name)
        seconds, frames = time.monotonic() - begin, flips()[0] - first
        if process.poll() is not None or frames == 0:
            raise Failed(f"ended or stood still: {last_words()}")
        threads = {whose: (ticks - before[whose]) * 1000 / TICKS / frames
                   for whose, ticks in thread_ticks(process, program).items()}
        say(what=what, name=program.name, rate=frames / seconds, threads=threads)
    finally:
        end(process)


def start_up(program: Program, options: argparse.Namespace) -> None:
    """Until the display shows what this program allocated, and until its first flip."""
    owner = f"allocated by = {program.process_name()}"
    begun = time.monotonic_ns()
    process = vulkan_rivals.start(program, options.root)
    try:
        wait_until(process, lambda: owner in STATE.read_text(encoding="utf-8"), 0.002)
        scanout = time.monotonic_ns()
        wait_until(process, lambda: flips()[0] > 0, 0.005)
        say(what="start", name=program.name, scanout=(scanout - begun) / 1e6, flip=(flips()[1] - begun) / 1e6)
    finally:
        end(process)


def measure(options: argparse.Namespace) -> None:
    broken = set()
    for part in (lambda p: pace(p, options, "without rasteriser", LP_NO_RAST="1"),
                 lambda p: pace(p, options, "all"),
                 *[lambda p: start_up(p, options)] * options.rounds):
        for program in vulkan_rivals.programs():
            if program.name in broken:
                continue
            try:
                part(program)
            except Failed as failure:
                say(what="trouble", name=program.name, why=str(failure))
                broken.add(program.name)


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("--root", "--show", "--shim"):
        parser.add_argument(name, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    options = parser.parse_args()
    vulkan_rivals.prepare(options.root, options.show, options.shim)
    measure(options)


if __name__ == "__main__":
    main()
