#!/usr/bin/env python3
"""The part of frames.py that runs in the guest: starts each program and tells what it needed.

Prints a line of JSON for each moment and each finding; frames.py reads the machine's CPU time when
it sees a "begin" or an "end". In between this program sleeps.
"""
import argparse
import json
import os
import pathlib
import re
import signal
import subprocess
import time

from rivals import Program, Seen, make_video, programs, show_stats

STATE = pathlib.Path("/sys/kernel/debug/dri/0/state")
LOG = pathlib.Path("/run/frames.log")
COUNTS = pathlib.Path("/run/frames.counts")
TIME_LIMIT = 30  # seconds until something shows
LIMIT = 100  # for a run that counts
WARM_UP = 2
FEW, MANY = 120, 360  # frames: what is between them has no start and no end in it
POLLS_COUNTED, POLLS_END = 400, 500  # in tests/device/heap_count.cpp
COSTS = 3000  # calls, to tell what one costs
NOT_THERE = "not there"


class Failed(Exception):
    """This program does not run here."""


def say(**finding) -> None:
    print(json.dumps(finding), flush=True)


def log_text() -> str:
    return LOG.read_text(encoding="utf-8", errors="replace")


def last_words() -> str:
    lines = [line.strip() for line in log_text().splitlines() if line.strip()]
    return lines[-1][:100] if lines else "it says nothing"


def start(command: list[str], **environment: str) -> subprocess.Popen:
    with LOG.open("wb") as log:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log,
                                env={**os.environ, **environment})


def wait_until_shown(process: subprocess.Popen, program: Program) -> None:
    owner = f"allocated by = {os.path.basename(program.command(0)[0])}"
    limit = time.monotonic() + TIME_LIMIT
    while owner not in STATE.read_text(encoding="utf-8"):
        if process.poll() is not None or time.monotonic() > limit:
            raise Failed(f"shows nothing: {last_words()}")
        time.sleep(0.002)


def end(process: subprocess.Popen, program: Program) -> None:
    if program.ends_by_key:
        process.stdin.write(b"\n")
        process.stdin.flush()
    else:
        process.send_signal(signal.SIGTERM)


def idle_ticks() -> tuple[int, int]:
    """Ticks of 10 ms, idle and in all."""
    ticks = [int(word) for word in
             pathlib.Path("/proc/stat").read_text(encoding="utf-8").split("\n")[0].split()[1:]]
    return ticks[3], sum(ticks)


def memory(pid: int) -> dict[str, float]:
    """MiB. Mapped framebuffers are files of /dev/dri, if the kernel counts them at all."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    pss = framebuffers = 0
    name = ""
    for line in pathlib.Path(f"/proc/{pid}/smaps").read_text(encoding="utf-8").splitlines():
        if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
            name = line
        elif line.startswith("Pss:"):
            pss += int(line.split()[1])
            framebuffers += int(line.split()[1]) if "/dev/dri/" in name or "drm mm" in name else 0
    peak = int(re.search(r"VmHWM:\s+(\d+)", status).group(1))
    return {"peak": peak / 1024, "pss": (pss - framebuffers) / 1024,
            "framebuffers": framebuffers / 1024}


def pace(program: Program, seconds: float, what: str = "pace") -> None:
    """Shows for so long, between the two moments."""
    process = start(program.command(0))
    try:
        wait_until_shown(process, program)
        shown = time.monotonic()
        time.sleep(WARM_UP)
        before, ticks, frames = len(log_text()), idle_ticks(), program.ask_frames()
        say(begin=program.name)
        begin = time.monotonic()
        time.sleep(seconds)
        say(end=program.name)
        measured = time.monotonic() - begin
        if process.poll() is not None:
            raise Failed(f"ended by itself: {last_words()}")
        frames, meanwhile = program.ask_frames() - frames, log_text()[before:]
        idle, total = (after - first for after, first in zip(idle_ticks(), ticks))
        found = {"memory": memory(process.pid), "guest_idle": idle / max(total, 1)}
        end(process, program)
        shown_for = time.monotonic() - shown
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        output = log_text()
        try:
            rate = program.rate(Seen(output, meanwhile, measured, shown_for, frames))
        except (ArithmeticError, IndexError, AttributeError):
            raise Failed(f"told no rate in {seconds:g} s: {last_words()}") from None
        found["rusage"] = (usage.ru_utime + usage.ru_stime) * 1000 / (rate * shown_for)
        if "drm-show" in program.name:
            found["stats"] = show_stats(output)
        say(what=what, name=program.name, rate=rate, seconds=measured, **found)
    finally:
        if process.returncode is None:
            process.kill()
            process.wait()


def finish(process: subprocess.Popen, program: Program, frames: int) -> None:
    limit = time.monotonic() + LIMIT
    lines = program.lines_for(frames)
    while lines and log_text().count("freq:") < lines and time.monotonic() < limit:
        time.sleep(0.02)
    if lines:
        end(process, program)
    try:
        process.wait(max(1.0, limit - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise Failed(f"{' '.join(process.args)[:100]}: takes more than {LIMIT} s") from None


def count_calls(program: Program, frames: int) -> dict[str, int]:
    finish(start(["strace", "-f", "-c", "-o", str(COUNTS), *program.command(frames)]), program,
           frames)
    rows = [line.split() for line in COUNTS.read_text(encoding="utf-8").splitlines()]
    return {row[-1]: int(row[3]) for row in rows
            if len(row) >= 5 and row[3].isdigit() and row[-1] != "total"}


def calls(program: Program) -> None:
    few, many = count_calls(program, FEW), count_calls(program, MANY)
    say(what="calls", name=program.name,
        calls={name: (count - few.get(name, 0)) / (MANY - FEW) for name, count in many.items()
               if count != few.get(name, 0)})


def allocations(program: Program, shim: str) -> None:
    """The shim counts between two polls; there is at least one poll for each frame."""
    finish(start(program.command(POLLS_END + FEW), LD_PRELOAD=shim), program, 0)
    count = re.search(r"^(\d+) allocations", log_text(), re.MULTILINE)
    if not count:
        raise Failed(f"no count of allocations: {last_words()}")
    say(what="allocations", name=program.name, each=int(count.group(1)) / POLLS_COUNTED)


def microseconds(call) -> float:
    begin = time.perf_counter()
    for _ in range(COSTS):
        call()
    return (time.perf_counter() - begin) / COSTS * 1e6


def costs() -> None:
    """What a system call and a look at the clock cost here, with Python's share."""
    say(what="costs", name="guest", call=microseconds(os.getppid),
        clock=microseconds(time.monotonic))


def measure(program: Program, options: argparse.Namespace) -> None:
    if not program.there():
        say(what="trouble", name=program.name, why=NOT_THERE)
        return
    parts = [lambda: pace(program, options.seconds), lambda: calls(program)]
    if "drm-show" in program.name:
        parts.append(lambda: allocations(program, options.shim))
        parts += [lambda: pace(program, options.long, "long")] if options.long else []
    for part in parts:
        try:
            part()
        except Failed as failure:
            say(what="trouble", name=program.name, why=str(failure))
            if part is parts[0]:
                return


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("--show", "--shim"):
        parser.add_argument(name, required=True)
    for name in ("--seconds", "--long"):
        parser.add_argument(name, type=float, required=True)
    options = parser.parse_args()
    costs()
    make_video(options.seconds + 60)
    for program in programs(options.show):
        measure(program, options)


if __name__ == "__main__":
    main()
