#!/usr/bin/env python3
"""From exec to the first scanout: drm-show against modetest and mpv, on the same virtual display.

Run inside a virtual machine, for example:

    tests/vm/run --env SHOW=$PWD/build/release/src/show/drm-show -- \\
        python3 tests/bench/first_scanout.py

Each program is started on a free display; the kernel's state (debugfs) is polled until the CRTC shows
a framebuffer that this program allocated. At that moment the wall time, the CPU time that the process
has used and its peak memory are read. The programs take turns; medians are printed, and ratios to
drm-show. mpv shows a PNG of the screen's size, drm-show the same file and its test bars.
"""
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = int(os.environ.get("ROUNDS", "7"))
STATE = pathlib.Path("/sys/kernel/debug/dri/0/state")
SHOW = os.environ.get("SHOW", "build/release/src/show/drm-show")
TIME_LIMIT = 30  # seconds


def make_picture(folder: str) -> str:
    render = pathlib.Path(SHOW).resolve().parents[2] / "tests" / "golden" / "render-pattern"
    picture = os.path.join(folder, "picture.png")
    subprocess.run([render, "zone-plate", "1024x768", picture], check=True)
    return picture


def connector_id() -> str:
    listing = subprocess.run(["modetest", "-M", "vkms", "-c"], capture_output=True, text=True,
                             check=False).stdout
    return re.search(r"^(\d+)\s+\d+\s+connected", listing, re.MULTILINE).group(1)


def programs(picture: str) -> dict[str, list[str]]:
    """What is compared; programs that are not installed are left out and named."""
    found = {"drm-show smpte": [SHOW, "--pattern", "smpte"], "drm-show PNG": [SHOW, picture]}
    if shutil.which("modetest"):
        found["modetest"] = ["modetest", "-M", "vkms", "-s", f"{connector_id()}:1024x768"]
    if shutil.which("mpv"):
        found["mpv PNG"] = ["mpv", "--no-config", "--vo=drm", "--drm-device=/dev/dri/card0",
                            "--image-display-duration=inf", "--really-quiet", picture]
    for name in ("modetest", "mpv"):
        if not shutil.which(name):
            print(f"{name} is not installed: left out", file=sys.stderr)
    return found


def cpu_seconds(pid: int) -> float:
    # CPUCLOCK_SCHED of another process: linux/posix-timers.h, MAKE_PROCESS_CPUCLOCK.
    return time.clock_gettime((~pid << 3) | 2)


def peak_kib(pid: int) -> int:
    status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1))


def measure(command: list[str]) -> tuple[float, float, int]:
    owner = f"allocated by = {os.path.basename(command[0])}"
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    while owner not in STATE.read_text(encoding="utf-8"):
        if process.poll() is not None or time.monotonic() - start > TIME_LIMIT:
            sys.exit(f"{' '.join(command)}: shows nothing")
        time.sleep(0.0005)
    wall = time.monotonic() - start
    result = wall, cpu_seconds(process.pid), peak_kib(process.pid)
    process.kill()
    process.wait()
    return result


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        compared = programs(make_picture(folder))
        runs = {name: [] for name in compared}
        for _ in range(ROUNDS):
            for name, command in compared.items():
                runs[name].append(measure(command))
    medians = {name: [statistics.median(column) for column in zip(*measured)]
               for name, measured in runs.items()}
    print(f"{'':16}{'wall ms':>10}{'CPU ms':>10}{'peak MiB':>10}   (medians of {ROUNDS})")
    for name, (wall, cpu, peak) in medians.items():
        print(f"{name:16}{wall * 1000:10.1f}{cpu * 1000:10.1f}{peak / 1024:10.1f}")
    for ours, other in (("drm-show smpte", "modetest"), ("drm-show PNG", "mpv PNG")):
        if other in medians:
            ratios = [a / b for a, b in zip(medians[ours], medians[other])]
            print(f"{ours} / {other}: wall {ratios[0]:.2f}, CPU {ratios[1]:.2f}, "
                  f"memory {ratios[2]:.2f}")


if __name__ == "__main__":
    main()
