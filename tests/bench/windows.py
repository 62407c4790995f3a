#!/usr/bin/env python3
"""Frames in a window: drm-show against weston's demonstration clients and mpv, on the same compositors.

Run on a machine that is quiet; it starts the compositors itself, without a display (weston and sway, both
drawing with pixman, on the processor):

    tests/bench/windows.py --build build/release [--seconds 5] [--rounds 5] [--shim FILE] [--json]

Packages: weston, sway, and mpv for a rival; strace counts the system calls. What is not installed, or does not
run there, is left out and named. weston-simple-dmabuf-feedback cannot be compared here: these compositors have
wl_shm only, and it needs the feedback of dmabufs (linux-dmabuf v4).

All share memory with the compositor (wl_shm), and commit a frame when the compositor calls for it. They do not
draw the same, so compare rows that do alike:
- nothing drawn: "drm-show still" (the test card, with --frames, which commits what is there already) and
  weston-presentation-shm (draws its 60 buffers at the start, prints a line a frame);
- few pixels: "drm-show" (the pattern bounce: a box that moves, with a number);
- each pixel: "drm-show zone" (a zone plate that flows), weston-simple-shm (rings, some integers a pixel), mpv
  (a Y4M video of one colour, converted from YUV; nothing to decode; no reading ahead, no scripts).
The two of weston are always 250x250. drm-show has client-side decorations on weston, mpv and the others none.
weston-simple-shm has two buffers and ends on sway, which keeps both.

Frames are commits of the window's surface with a new buffer, counted by a library that is preloaded into each
(commit-count.so, which looks at what libwayland sends): 40 ns a frame were seen, the same for all. What the
compositor does not show counts too: mpv commits on its own clock, and weston's headless backend shows fewer than 60
frames a second (10.0: 35 to 40), so that its work for mpv is spread over frames that nobody sees: compare that on sway.

CPU time a frame is /proc's schedstat, in nanoseconds, from a second after the first frame on, without start: of the
client with all its threads and children, and of the compositor with its helpers, which says what a client makes it do
(damage, above all). Medians of the rounds, in which programs take turns; the range of the client's is shown as well.
System calls are counted by strace, for two seconds after that of the first round. Memory is VmHWM, with libraries and
buffers. Start is from exec until the first frame is committed. "Drawing" is bounce (or zone) less still.

Everything is meant as a ratio in one run. CPU time of 0.1 ms a frame is mostly caches that others have used since
the last one: a busy machine doubles it, for all of them.
"""
import argparse
import json
import os
import pathlib
import sys
import tempfile
from statistics import median

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "wayland"))

import sway  # noqa: E402  (found through the line above)
import weston  # noqa: E402
import windows_table  # noqa: E402
from frames import ROOT, SHOW  # noqa: E402
from windows_run import Program, idle_share, trial  # noqa: E402

SHIM = pathlib.Path("tests/bench/commit-count.so")
SCREEN = 1400, 900  # a window of each size fits, decorated
SMALL, LARGE = (250, 250), (1280, 720)  # weston's clients; drm-show's own
RATE = 60


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--show", type=pathlib.Path, help="drm-show, if elsewhere")
    parser.add_argument("--shim", type=pathlib.Path, help="commit-count.so, if elsewhere")
    parser.add_argument("--seconds", type=float, default=5, help="measured of each program, in each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def make_video(file: pathlib.Path, size: tuple[int, int], seconds: float) -> pathlib.Path:
    """A Y4M of one colour: sparse, since its frames are all zeros."""
    width, height = size
    with file.open("wb") as video:
        video.write(f"YUV4MPEG2 W{width} H{height} F{RATE}:1 Ip A1:1 C420jpeg\n".encode())
        for _ in range(int(seconds * RATE)):
            video.write(b"FRAME\n")
            video.seek(width * height * 3 // 2, os.SEEK_CUR)
        video.truncate(video.tell())
    return file


def mpv(size: tuple[int, int], video: pathlib.Path) -> Program:
    command = ["mpv", "--no-config", "--vo=wlshm", "--no-audio", "--really-quiet", "--framedrop=no", "--no-border",
               "--load-scripts=no", "--no-osc", "--demuxer-readahead-secs=0", "--loop-file=inf",
               f"--geometry={size[0]}x{size[1]}", str(video)]
    return Program("mpv --vo=wlshm", command, size)


def programs(show: pathlib.Path, videos: pathlib.Path, seconds: float) -> list[Program]:
    found = []
    for size in (SMALL, LARGE):
        ours = [show, "--backend", "wayland", "--mode", f"{size[0]}x{size[1]}", "--pattern"]
        found += [Program("drm-show", [*ours, "bounce"], size), Program("drm-show zone", [*ours, "zone"], size),
                  Program("drm-show still", [*ours, "card", "--frames", "1000000"], size)]
        if size == SMALL:
            found += [Program(name, [name], size) for name in ("weston-simple-shm", "weston-presentation-shm")]
        found.append(mpv(size, make_video(videos / f"{size[1]}.y4m", size, seconds)))
    return found


def compositors() -> dict:
    """How to start each that is installed."""
    known = {"weston": (weston.PROGRAM, lambda: weston.Weston(SCREEN, seat=weston.SEAT.exists())),
             "sway": (sway.PROGRAM, lambda: sway.Sway(sway.Output(SCREEN), floating=True))}
    return {name: start for name, (program, start) in known.items() if program}


def summary(trials: list[dict]) -> dict:
    """Medians, the calls of the one that was traced, and the range of what varies most."""
    whys = [each["why"] for each in trials if "why" in each]
    good = [each for each in trials if "why" not in each]
    if not good:
        return {"why": whys[0]}
    found = {key: median(each[key] for each in good) for key in ("rate", "client", "compositor", "start", "peak")}
    found["range"] = [pick(each["client"] for each in good) for pick in (min, max)]
    found["calls"] = next((each["calls"] for each in good if "calls" in each), {})
    return {**found, "failures": whys}


def compare(start, which: list[Program], shim: pathlib.Path, options: argparse.Namespace) -> dict:
    """On one compositor: what was found, by size and program."""
    trials: dict[str, list[dict]] = {program.name + str(program.size): [] for program in which}
    with start() as compositor:
        idle = idle_share(compositor)
        for number in range(options.rounds):
            for program in which:
                found = trial(program, compositor, shim, options.seconds, trace=number == 0)
                trials[program.name + str(program.size)].append(found)
                print(f"{compositor.process.name} {program.name} {found.get('why', 'done')}", file=sys.stderr)
    sizes: dict[str, dict] = {}
    for program in which:
        by_name = sizes.setdefault("x".join(map(str, program.size)), {})
        by_name[program.name] = summary(trials[program.name + str(program.size)])
    return {"idle": idle, "sizes": sizes}


def main() -> None:
    options = parse()
    show = (options.show or options.build / SHOW).resolve()
    shim = (options.shim or options.build / SHIM).resolve()
    for file in (show, shim):
        if not file.exists():
            sys.exit(f"{file} is not there: build it, or say where it is (--help)")
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="drm-show-bench-") as folder:
        known = programs(show, pathlib.Path(folder), options.seconds + 10)
        for program in known:
            if not program.there():
                print(f"{program.name} is not installed", file=sys.stderr)
        here = [program for program in known if program.there()]
        results = {name: compare(start, here, shim, options) for name, start in compositors().items()}
    load = {"before": before, "after": os.getloadavg()[0], "processors": os.cpu_count()}
    if options.json:
        print(json.dumps({"load": load, "compositors": results}, indent=1))
    else:
        windows_table.show(results, load, options.seconds, options.rounds)


if __name__ == "__main__":
    main()
