#!/usr/bin/env python3
"""Frames in motion: drm-show against modetest, kmscube and mpv, on the same virtual display.

Run on the host, on a quiet machine; it starts the virtual machine (User-Mode Linux, vkms) itself:

    tests/bench/frames.py --build build/release [--seconds 10] [--long 60] [--json]

Packages for the rivals: libdrm-tests (modetest), kmscube, mpv; strace counts the system calls. What
is not installed is left out and named.

All show 1024x768 at 60 Hz: drm-show its moving pattern "bounce" (what changed is drawn anew),
modetest -v two pictures in turn (draws nothing), kmscube a cube drawn in software, mpv a Y4M video
of one colour (converted and copied). mpv has to show each frame, however late (--framedrop=no).

CPU time is read on the host, in nanoseconds: what the whole virtual machine used while the program
showed frames (from 2 s after the first, so without its start), with the kernel and its page flips;
"user" is the part in the program's own code. The guest's own count (rusage) is shown as well, for
the whole run, but means little: User-Mode Linux counts in ticks of 10 ms, and three frames of 60 Hz
are five of them, so it may always see the same moment of a frame. A system call costs much there,
and clock_gettime is one, which it is not on real hardware: it is counted apart.

In User-Mode Linux a change of the kernel's own mappings is system calls of the host, page by page:
500 a frame were seen with drm-show, 0 to 50 with modetest (perf: um_tlb_sync; probably framebuffers
that vkms maps). That is most of their CPU time, and of no display but this: compare "user" as well.

System calls a frame are the difference of two runs (120 and 360 frames), so that start and end are
not in them; allocations are counted between the 100th and the 500th poll. Memory is read while
frames are shown, Pss without mapped framebuffers. Latency is from submitting to scanout.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

import frames_table

ROOT = pathlib.Path(__file__).resolve().parents[2]
VM_RUN = ROOT / "tests" / "vm" / "run"
GUEST = ROOT / "tests" / "bench" / "frames_guest.py"
SHIM = pathlib.Path("tests/device/heap-count.so")
SHOW = pathlib.Path("src/show/drm-show")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--shim-build", type=pathlib.Path,
                        help="where heap-count.so is, if elsewhere")
    parser.add_argument("--seconds", type=float, default=10, help="measured of each program")
    parser.add_argument("--long", type=float, default=60, help="for missed blanks; 0: not")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def parents() -> dict[int, int]:
    found = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            pass  # it ended meanwhile
    return found


def descendants(pid: int) -> list[int]:
    tree, found = parents(), [pid]
    for one in found:
        found += [child for child, parent in tree.items() if parent == one]
    return found[1:]


def cpu_ms(pid: int) -> float:
    """Of all threads. /proc/PID/schedstat: nanoseconds on a CPU, and more."""
    total = 0
    try:
        for stat in pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat"):
            total += int(stat.read_text().split()[0])
    except OSError:
        pass
    return total / 1e6


def machine_cpu(runner: int) -> tuple[float, float]:
    """The guest's kernel, a process of the host, and its programs, each another one below it."""
    tree = descendants(runner)
    names = {pid: read_name(pid) for pid in tree}
    kernel = [pid for pid in tree if names[pid] == "linux"]
    users = [pid for pid in tree if names[pid].startswith("uml-userspace")]
    return sum(map(cpu_ms, kernel)), sum(map(cpu_ms, users))


def read_name(pid: int) -> str:
    try:
        return pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def start_guest(options: argparse.Namespace) -> subprocess.Popen:
    # Three strace limits and three ends for each program are more than enough.
    limit = 900 + 8 * options.seconds + 4 * options.long
    shim = (options.shim_build or options.build).resolve() / SHIM
    return subprocess.Popen(
        [VM_RUN, "--memory", "2G", "--time-limit", str(int(limit)), "--", "python3", GUEST,
         "--show", options.build.resolve() / SHOW, "--shim", shim,
         "--seconds", str(options.seconds), "--long", str(options.long)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)


def add_cpu(finding: dict, begin: tuple, end: tuple) -> None:
    wall, kernel, user = (after - before for after, before in zip(end, begin))
    frames = finding["rate"] * wall / 1000
    finding["cpu"] = {"all": (kernel + user) / frames, "user": user / frames}
    finding["idle"] = 1 - (kernel + user) / wall


def collect(guest: subprocess.Popen) -> list[dict]:
    findings, moments = [], {}
    for line in guest.stdout:
        if not line.startswith("{"):
            continue
        finding = json.loads(line)
        for moment in ("begin", "end"):
            if moment in finding:
                moments[moment] = (time.monotonic() * 1000, *machine_cpu(guest.pid))
        if finding.get("what") in ("pace", "long"):
            add_cpu(finding, moments["begin"], moments["end"])
        if "what" in finding:
            print(f"{finding['name']}: {finding['what']} {finding.get('why', 'done')}",
                  file=sys.stderr)
            findings.append(finding)
    return findings


def main() -> None:
    options = parse()
    if not (options.build / SHOW).exists():
        sys.exit(f"{options.build / SHOW} is not there: build it, or say --build")
    before = os.getloadavg()[0]
    guest = start_guest(options)
    findings = collect(guest)
    if guest.wait() != 0:
        sys.exit(f"the guest ended with {guest.returncode}")
    load = {"before": before, "after": os.getloadavg()[0], "processors": os.cpu_count()}
    results = frames_table.gather(findings)
    costs = results.pop("guest")["costs"]
    if options.json:
        print(json.dumps({"seconds": options.seconds, "load": load, "costs_us": costs,
                          "programs": results}, indent=1))
    else:
        frames_table.show_circumstances(options.seconds, load, costs)
        frames_table.show(results)


if __name__ == "__main__":
    main()
