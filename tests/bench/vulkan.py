#!/usr/bin/env python3
"""Frames that a GPU draws: drm-show against vkmark and kmscube, on the same virtual display.

Run on the host, on a quiet machine; it starts the virtual machine (User-Mode Linux, vkms) itself:

    tests/bench/vulkan.py --build build/release [--seconds 15] [--rounds 5] [--json]

The rivals, the drivers (Mesa's lavapipe and llvmpipe, which draw on the processor) and the libraries are
Debian 13's, unpacked into the cache, for drm-show too: all draw with the same Mesa.

All turn a cube at 1024x768: drm-show --model, vkmark's scene "cube" (Vulkan, through KMS, without tearing),
kmscube (OpenGL ES, with legacy mode setting: its atomic one has no flip events to count). "drm-show shader" draws
a shader. drm-show lights its cube, puts a texture on it and smooths the edges (4 samples a pixel), the others do not.

CPU time is measured twice:
- Without the rasteriser: the driver leaves filling triangles out (LP_NO_RAST). What is left is the program, the
  recording and the vertex work of the driver, and the kernel with its flips. Read on the host, in nanoseconds, of
  the whole virtual machine; "user" is the part in the program's process, driver included.
- With all of it, and the program's own threads told apart from those of the driver (llvmpipe-0, its queues), by the
  guest's /proc/PID/task: ticks of 10 ms, which is a sample, and a bad one: at 60 Hz they may always see the same
  moment of a frame (vkmark's own threads had 0.9 and 4.8 ms a frame in two runs). No ratios are made of it. In OpenGL, vertex work is done in the program's own thread; in
  Vulkan, lavapipe's queue does it.

Start: from exec until the CRTC shows a framebuffer of the program (debugfs is polled), and until its first flip
event arrives (a preloaded library sees it); medians of the rounds, the programs take turns. kmscube and vkmark set
their first frame without an event.

vkmark needs help here: Mesa's software GBM asks for dmabufs that cannot be written, and lavapipe cannot draw into
those; flip_count.cpp asks for others.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import time
from dataclasses import dataclass

import frames
import rivals_root
import vulkan_table

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUEST = ROOT / "tests" / "bench" / "vulkan_guest.py"
SHIM = pathlib.Path("tests/bench/flip-count.so")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--seconds", type=float, default=15, help="measured of each program, twice")
    parser.add_argument("--rounds", type=int, default=5, help="starts of each program")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def start_guest(options: argparse.Namespace) -> subprocess.Popen:
    limit = 300 + 20 * options.seconds + 50 * options.rounds
    build = options.build.resolve()
    return subprocess.Popen(
        [frames.VM_RUN, "--memory", "2G", "--vt", "3", "--time-limit", str(int(limit)), "--", "python3", GUEST,
         "--root", rivals_root.root(), "--show", build / frames.SHOW, "--shim", build / SHIM,
         "--seconds", str(options.seconds), "--rounds", str(options.rounds)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)


@dataclass(frozen=True)
class Moment:
    at: float  # milliseconds
    kernel: dict[int, float]  # CPU time by the host's processes, in milliseconds
    user: dict[int, float]


def now(runner: int) -> Moment:
    """The guest's kernel, a process of the host, and its programs, each another one below it."""
    at = time.monotonic() * 1000
    names = {pid: frames.read_name(pid) for pid in frames.descendants(runner)}
    return Moment(at, {pid: frames.cpu_ms(pid) for pid, name in names.items() if name == "linux"},
                  {pid: frames.cpu_ms(pid) for pid, name in names.items() if name.startswith("uml-userspace")})


def spent(before: dict[int, float], after: dict[int, float]) -> float:
    """Processes that are not in both are left out: of programs that were measured before, or are still to come."""
    return sum(after[pid] - before[pid] for pid in before.keys() & after.keys())


def add_cpu(finding: dict, begin: Moment, end: Moment) -> None:
    count = finding["rate"] * (end.at - begin.at) / 1000
    user = spent(begin.user, end.user)
    finding["cpu"] = {"all": (spent(begin.kernel, end.kernel) + user) / count, "user": user / count}


def collect(guest: subprocess.Popen) -> list[dict]:
    findings, moments = [], {}
    for line in guest.stdout:
        line = line[line.find("{"):]  # vkmark's own terminal may come before
        if not line.startswith("{"):
            continue
        finding = json.loads(line)
        for moment in ("begin", "end"):
            if moment in finding:
                moments[moment] = now(guest.pid)
        if "rate" in finding:
            add_cpu(finding, moments["begin"], moments["end"])
        if "what" in finding:
            print(f"{finding['name']}: {finding['what']} {finding.get('why', 'done')}", file=sys.stderr)
            findings.append(finding)
    return findings


def main() -> None:
    options = parse()
    for file in (frames.SHOW, SHIM):
        if not (options.build / file).exists():
            sys.exit(f"{options.build / file} is not there: build it, or say --build")
    before = os.getloadavg()[0]
    guest = start_guest(options)
    findings = collect(guest)
    if guest.wait() != 0:
        sys.exit(f"the guest ended with {guest.returncode}")
    load = {"before": before, "after": os.getloadavg()[0], "processors": os.cpu_count()}
    results = vulkan_table.gather(findings)
    if options.json:
        print(json.dumps({"seconds": options.seconds, "load": load, "programs": results}, indent=1))
    else:
        vulkan_table.show(options.seconds, load, results)


if __name__ == "__main__":
    main()
