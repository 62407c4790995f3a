#!/usr/bin/env python3
"""drm-query --json against drm_info -j, on the same virtual display.

Run inside a virtual machine, for example:

    tests/vm/run --env QUERY=$PWD/build/release/src/query/drm-query -- python3 tests/bench/query_json.py

The programs take turns; a run is as many starts as take about half a second, and of each run the wall
time and the CPU time (wait4(2), which some kernels count in ticks of 10 ms) are taken. Medians are
printed, and ratios. Both are told the device, since drm_info's
libdrm may not list it. drm_info probes the connectors (it uses the probing request, which the kernel
grants it as it is master); drm-query does not unless asked: so it is measured with --probe as well.
"""
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time

ROUNDS = int(os.environ.get("ROUNDS", "9"))
STARTS = int(os.environ.get("STARTS", "20"))  # a round
QUERY = os.environ.get("QUERY", "build/release/src/query/drm-query")
DEVICE = os.environ.get("DEVICE", "/dev/dri/card0")

QUIET = [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_RDWR, 0) for fd in (0, 1, 2)]
COMMANDS = {
    "drm-query --json": [QUERY, "--json", "--device", DEVICE],
    "drm-query --json --probe": [QUERY, "--json", "--probe", "--device", DEVICE],
    "drm-query": [QUERY, "--device", DEVICE],
    "drm_info -j": ["drm_info", "-j", DEVICE],
    "modetest": ["modetest", "-M", "DRIVER", "-c", "-e", "-p"],
}


def measure(command: list[str]) -> tuple[float, float]:
    """Milliseconds of wall and CPU time for one start."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    for _ in range(STARTS):
        pid = os.posix_spawnp(command[0], command, os.environ, file_actions=QUIET)
        if os.waitpid(pid, 0)[1] != 0:
            sys.exit(f"{' '.join(command)}: failed")
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall * 1000 / STARTS, cpu * 1000 / STARTS


def main() -> None:
    driver = subprocess.run([QUERY, "get", "--device", DEVICE, "card0.driver.name"],
                            capture_output=True, text=True, check=True).stdout.strip()
    commands = {name: [driver if word == "DRIVER" else word for word in command]
                for name, command in COMMANDS.items() if shutil.which(command[0])}
    runs = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            runs[name].append(measure(command))
    medians = {name: [statistics.median(column) for column in zip(*measured)]
               for name, measured in runs.items()}
    print(f"{driver}, medians of {ROUNDS} rounds of {STARTS}:\n{'':26}{'wall ms':>10}{'CPU ms':>10}")
    for name, (wall, cpu) in medians.items():
        print(f"{name:26}{wall:10.2f}{cpu:10.2f}")
    for ours in ("drm-query --json", "drm-query --json --probe", "drm-query"):
        if "drm_info -j" in medians:
            ratios = [a / b for a, b in zip(medians[ours], medians["drm_info -j"])]
            print(f"{ours} / drm_info -j: wall {ratios[0]:.2f}, CPU {ratios[1]:.2f}")


if __name__ == "__main__":
    main()
