#!/usr/bin/env python3
"""Does the flight recording cost frames anything? drm-show's own loop, without a display (--backend headless, small
pictures, which are written to a folder in memory), with --record off and with the recording as it is by default; taking
turns, in one run.

Usage: recording.py [--rounds N] [--frames N] [DRM_SHOW]

Prints processor time and time for each frame, the least and the median of all rounds, and their ratios. The aim is no
measurable difference: a ratio within what the same program shows against itself, which is the third line.
"""
import argparse
import os
import pathlib
import resource
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
KINDS = {"--record off": ["--record", "off"], "--record 1M": ["--record", "1M"], "--record off again": ["--record", "off"]}


def run(drm_show: str, options: list[str], frames: int) -> tuple[float, float]:
    """Processor time and time of a frame, in microseconds."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        subprocess.run([drm_show, "--backend", "headless", "--output-dir", folder, "--mode", "64x48", "--pattern",
                        "bounce", "--frames", str(frames), *options], check=True, stdout=subprocess.DEVNULL)
        after, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used / frames * 1e6, (end - start) / frames * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--frames", type=int, default=3000)
    parser.add_argument("drm_show", nargs="?", default=ROOT / "build" / "release" / "src" / "show" / "drm-show")
    args = parser.parse_args()
    times: dict[str, list[tuple[float, float]]] = {kind: [] for kind in KINDS}
    for _ in range(args.rounds):
        for kind, options in KINDS.items():
            times[kind].append(run(os.fspath(args.drm_show), options, args.frames))
    base = times["--record off"]
    print(f"{'':20} processor time: least   median   ratio    time: least   median   ratio")
    for kind, all_of_it in times.items():
        cells = []
        for which in (0, 1):
            mine, other = [t[which] for t in all_of_it], [t[which] for t in base]
            cells.append(f"{min(mine):8.2f} us {statistics.median(mine):6.2f} us {min(mine) / min(other):7.3f}")
        print(f"{kind:20}   {'   '.join(cells)}")


if __name__ == "__main__":
    main()
