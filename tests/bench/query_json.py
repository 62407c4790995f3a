#!/usr/bin/env python3
"""drm-query --json against drm_info -j, on the same virtual display.

Run inside a virtual machine, for example:

    tests/vm/run --env QUERY=$PWD/build/release/src/query/drm-query -- python3 tests/bench/query_json.py

The programs take turns, start by start. Of the wall times the median is printed, of the CPU times
(wait4(2), which some kernels count in ticks of 10 ms) the mean, and ratios. All are told the device,
since drm_info's libdrm may not list it. drm_info probes the connectors (it uses the probing request,
which the kernel grants it as it is master); drm-query does not unless asked: so it is measured with
--probe as well.

This program holds the device open meanwhile, as a compositor or logind does. Otherwise each close is
the last one, in which the kernel sets the mode of its console and waits for the next vertical blank:
what is measured then is how many blanks, of 17 ms each, a program happens to wait for.
"""
import fcntl
import os
import shutil
import statistics
import subprocess
import sys
import time

ROUNDS = int(os.environ.get("ROUNDS", "150"))
QUERY = os.environ.get("QUERY", "build/release/src/query/drm-query")
DEVICE = os.environ.get("DEVICE", "/dev/dri/card0")
DROP_MASTER = 0x641F  # DRM_IOCTL_DROP_MASTER

QUIET = [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_RDWR, 0) for fd in (0, 1, 2)]
COMMANDS = {
    "drm-query --json": [QUERY, "--json", "--device", DEVICE],
    "drm-query --json --probe": [QUERY, "--json", "--probe", "--device", DEVICE],
    "drm-query": [QUERY, "--device", DEVICE],
    "drm_info -j": ["drm_info", "-j", DEVICE],
    "modetest": ["modetest", "-M", "DRIVER", "-c", "-e", "-p"],
}


def measure(command: list[str]) -> tuple[float, float]:
    """Milliseconds of wall and CPU time of a start."""
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=QUIET)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{' '.join(command)}: failed")
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def main() -> None:
    holder = os.open(DEVICE, os.O_RDWR | os.O_CLOEXEC)
    fcntl.ioctl(holder, DROP_MASTER)
    driver = subprocess.run([QUERY, "get", "--device", DEVICE, "card0.driver.name"],
                            capture_output=True, text=True, check=True).stdout.strip()
    commands = {name: [driver if word == "DRIVER" else word for word in command]
                for name, command in COMMANDS.items() if shutil.which(command[0])}
    runs = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            runs[name].append(measure(command))
    medians = {name: (statistics.median(wall for wall, _ in measured),
                      statistics.mean(cpu for _, cpu in measured))
               for name, measured in runs.items()}
    print(f"{driver}, {ROUNDS} starts of each:\n{'':26}{'wall ms':>10}{'CPU ms':>10}")
    for name, (wall, cpu) in medians.items():
        print(f"{name:26}{wall:10.2f}{cpu:10.2f}")
    for ours in ("drm-query --json", "drm-query --json --probe", "drm-query"):
        if "drm_info -j" in medians:
            ratios = [a / b for a, b in zip(medians[ours], medians["drm_info -j"])]
            print(f"{ours} / drm_info -j: wall {ratios[0]:.2f}, CPU {ratios[1]:.2f}")


if __name__ == "__main__":
    main()
