#!/usr/bin/env python3
"""The part of recovery.py that runs in the guest: kills, switches terminals, and tells what came of it as
lines of JSON."""
import argparse
import dataclasses
import json
import pathlib
import random
import shutil
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "device"))
# pylint: disable=wrong-import-position
import faults_console as console
from faults_bench import OTHER_VT, VT, Bench
from faults_subject import Subject, wait_until
from faults_trial import MOVING, STILL
from first_scanout import connector_id

GIVEN_UP = 3.0  # seconds: a dead console
LOOK_EVERY = 0.0005
STARTING = 0.15  # seconds; what is longer is told by "Showing"


def tell(**finding) -> None:
    print(json.dumps(finding), flush=True)


def has_text_and_keys(bench: Bench) -> bool:
    """All but who makes switches, which the guard restores last."""
    now = console.Console.read(VT)
    return dataclasses.replace(now, switching=bench.console.switching) == bench.console


def kill_once(bench: Bench, chance: random.Random, number: int) -> None:
    pattern = (STILL, MOVING)[number % 2]
    subject = Subject([bench.show, *pattern, *bench.marks], VT)
    # One of four while it starts, the others some time after.
    if number % 4 == 0:
        time.sleep(chance.uniform(0, STARTING) * bench.slow)
    else:
        subject.says("Showing", 10 * bench.slow)
        time.sleep(chance.uniform(0, 0.05) * bench.slow)
    shown = "Showing" in subject.said()
    things = {"text": lambda: has_text_and_keys(bench),
              "display": lambda: console.kms_state() == bench.display.state,
              "all": lambda: console.Console.read(VT) == bench.console and console.kms_state() == bench.display.state}
    watched = list(things)[number // 4 % 3]
    patience = GIVEN_UP * bench.slow
    begin = time.monotonic()
    subject.send(signal.SIGKILL)
    wait_until(things[watched], patience, LOOK_EVERY)
    back = (time.monotonic() - begin) * 1000
    alive = all(wait_until(is_back, patience, LOOK_EVERY) for is_back in things.values())
    subject.end(patience)
    tell(what="kill", shown=shown, moving=pattern == MOVING, watched=watched, ms=back, alive=alive,
         left=console.Console.read(VT).differences(bench.console))
    wait_until(lambda: not subject.left_behind(), 2 * bench.slow, 0.005)
    if not alive:
        subject.destroy()
        bench.make_good()


def of_the_kernel() -> bool:
    return "allocated by = [fbcon]" in console.kms_state()


def switch_often(bench: Bench, many: int) -> None:
    subject = Subject([bench.show, *MOVING], VT)
    if not subject.says("Showing", 10 * bench.slow):
        sys.exit(f"recovery: {subject.said()}")
    for _ in range(many):
        begin = time.monotonic()
        if not console.switch_to(OTHER_VT, GIVEN_UP * bench.slow):
            sys.exit("recovery: the VT cannot be left")
        away = time.monotonic()
        wait_until(of_the_kernel, bench.slow, LOOK_EVERY)
        back = time.monotonic()
        console.activate(VT)
        seen = wait_until(lambda: not of_the_kernel(), GIVEN_UP * bench.slow, LOOK_EVERY)
        tell(what="switch", away_ms=(away - begin) * 1000,
             back_ms=(time.monotonic() - back) * 1000 if seen else None)
        time.sleep(0.02 * bench.slow)
    subject.destroy()
    bench.make_good()


def rivals() -> dict[str, list[str]]:
    mode = f"{connector_id()}:1024x768"
    all_of_them = {"modetest": ["modetest", "-M", "vkms", "-s", mode],
                   "kmscube": ["kmscube", "-D", console.CARD],
                   "mpv": ["mpv", "--no-config", "--vo=drm", f"--drm-device={console.CARD}",
                           "--image-display-duration=inf", "--really-quiet", "av://lavfi:color=red:s=1024x768"]}
    return {name: command for name, command in all_of_them.items() if shutil.which(name)}


def kill_rivals(bench: Bench, many: int) -> None:
    """What is there a second later; each on a terminal of its own, as drm-show is."""
    for name, command in rivals().items():
        for _ in range(many):
            subject = Subject(command, VT)
            shows = wait_until(lambda: "allocated by" in console.kms_state() and not of_the_kernel(),
                               10 * bench.slow, 0.005)
            time.sleep(0.1 * bench.slow)
            modes = console.Console.read(VT).differences(bench.console)
            subject.send(signal.SIGKILL)
            time.sleep(bench.slow)
            left = console.Console.read(VT).differences(bench.console)
            if console.kms_state() != bench.display.state:
                left.append("the display is not as before")
            tell(what="rival", name=name, shows=shows, modes=modes, left=left)
            subject.destroy()
            bench.make_good()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", required=True)
    parser.add_argument("--slow", type=float, default=1)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--switches", type=int, default=100)
    parser.add_argument("--rivals", type=int, default=3)
    options = parser.parse_args()
    bench = Bench(options.show, options.slow)
    chance = random.Random(1)
    for number in range(options.kills):
        kill_once(bench, chance, number)
    switch_often(bench, options.switches)
    if options.rivals and bench.driver == "vkms":
        kill_rivals(bench, options.rivals)


if __name__ == "__main__":
    main()
