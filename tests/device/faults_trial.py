"""A fault: a program is started on a good console, something is done to it, and then everything has to be
as it was. Runs in the guest."""
import json
import os
import random
import re
import signal
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Callable

import faults_console as console
from faults_bench import OTHER_VT, VT, Bench
from faults_subject import Subject, command_of, parents, wait_until

CHANCE = random.Random(1)
STILL = ("--pattern", "smpte")
MOVING = ("--pattern", "bounce")
# A flip that is pending, and whatever else a driver finishes, is over long before; with all else that this machine does.
LIMIT_S = 2


class GivenUp(Exception):
    """The fault could not be provoked, or what came of it cannot be looked at."""


@dataclass(frozen=True)
class Fault:
    name: str
    happen: Callable[["Trial"], None]
    group: str
    next_run: bool
    # A property that the kernel's own console leaves alone, changed by each run: so that it is our
    # way back that brings the display back, and not the kernel's at the device's last close.
    marked: bool
    screen: bool  # whether there is one to look at then


FAULTS: list[Fault] = []


def fault(name: str, group: str = "crashes", next_run: bool = True, marked: bool = True,
          screen: bool = True):
    def register(happen: Callable[["Trial"], None]) -> Callable[["Trial"], None]:
        FAULTS.append(Fault(name, happen, group, next_run, marked, screen))
        return happen
    return register


@dataclass
class Trial:
    bench: Bench
    fault: Fault
    subjects: list[Subject] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    struck: float | None = None
    restored_ms: list[float] = field(default_factory=list)

    # Starting

    def start(self, *arguments: str, terminal: int | None = VT, environment: dict[str, str] | None = None,
              before_exec: Callable[[], None] = lambda: None, program: str | None = None) -> Subject:
        marks = self.bench.marks if self.fault.marked and not program else ()
        subject = Subject([program or self.bench.show, *arguments, *marks], terminal, environment, before_exec)
        self.subjects.append(subject)
        return subject

    def showing(self, *arguments: str, **how) -> Subject:
        subject = self.start(*arguments, **how)
        if not subject.says("Showing", self.patience(10)):
            raise GivenUp(f"it does not show: {subject.said()[-500:]}")
        if not console.Console.read(VT).differences(self.bench.console):
            raise GivenUp("it shows, but nothing on the VT is changed that could come back")
        return subject

    def patterns(self) -> tuple[tuple[str, str], ...]:
        """Both kinds where there is time."""
        return (STILL, MOVING) if self.bench.slow == 1 else (MOVING,)

    def patience(self, seconds: float) -> float:
        return seconds * self.bench.slow

    def pause(self, seconds: float) -> None:
        time.sleep(seconds * self.bench.slow)

    def rhythm(self) -> None:
        """Between two of many blows: often nothing at all."""
        self.pause(CHANCE.choice((0, 0, 0, 0.002, 0.01, 0.02, 0.04)))

    # Striking

    def strike(self, subject: Subject, *signals: int) -> None:
        self.struck = time.monotonic()
        subject.send(*signals)

    # Looking

    def problem(self, text: str) -> None:
        self.problems.append(text)

    def note(self, text: str) -> None:
        self.notes.append(text)

    def check(self, right: bool, text: str) -> None:
        if not right:
            self.problem(text)

    def ends(self, subject: Subject, *statuses: int, says: str = "", within: float = 5) -> None:
        """With one of these statuses (-N: by signal N), having said something like this."""
        status = subject.end(self.patience(within))
        if status is None:
            self.problem(f"it goes on for {within} s")
        elif status not in statuses:
            self.problem(f"it ends with {status}, not {' or '.join(map(str, statuses))}: "
                         f"{subject.said()[-500:]}")
        if not re.search(says, subject.said()):
            self.problem(f"it does not say “{says}” but “{subject.said()[-500:]}”")

    def survives(self, subject: Subject, says: str = "", within: float = 0) -> None:
        if says and not subject.says(says, self.patience(within)):
            self.problem(f"it does not say “{says}” but “{subject.said()[-500:]}”")
        self.check(subject.alive(), f"it is gone, with {subject.ended}: {subject.said()[-500:]}")

    def no_more_descriptors(self, subject: Subject, before: list[str]) -> None:
        """Than before; some are open only now and then. One more eventfd may be of the drawing thread, which is
        made when a frame first takes long."""
        def more() -> list[str]:
            now = subject.descriptors()
            for each in [*before, "anon_inode:[eventfd]"]:
                if each in now:
                    now.remove(each)
            return now
        self.check(wait_until(lambda: not more(), self.patience(1), 0.02), f"more descriptors: {more()}")

    def frames_advance(self) -> None:
        seen: set[str] = set()

        def moved() -> bool:
            seen.update(line for line in console.kms_state().splitlines() if "fb=" in line and "fb=0" not in line)
            return len(seen) > 2
        self.check(wait_until(moved, self.patience(3), 0.003), f"frames do not advance: {seen}")

    def terminated(self, subject: Subject) -> None:
        """The orderly end of what has survived."""
        self.strike(subject, signal.SIGTERM)
        self.ends(subject, 0)

    def says_nothing_wrong(self, subject: Subject) -> None:
        errors = subject.err.read_text("utf-8", "replace")
        self.check(not errors, f"it complains: {errors[-500:]}")

    def guard_says(self, subject: Subject, text: str) -> None:
        """After the program's end."""
        if not wait_until(lambda: text in subject.said(), self.patience(2), 0.01):
            self.problem(f"the guard does not say “{text}” but “{subject.said()[-500:]}”")

    def settle(self) -> None:
        """The console is as before, and the display, and nothing is left of the run."""
        self.console_back()
        self.display_back()
        self.nobody_left()

    def console_back(self) -> None:
        bench, since = self.bench, self.struck or time.monotonic()
        back = wait_until(self.all_is_back, self.patience(LIMIT_S), 0.001)
        took = time.monotonic() - since
        if self.struck and back:
            self.restored_ms.append(took * 1000)
            self.check(took < self.patience(LIMIT_S), f"the console is back {took:.1f} s after the blow only")
        self.struck = None
        if back:
            return
        for each in console.Console.read(VT).differences(bench.console):
            self.problem(f"{each}, {LIMIT_S} s later")
        if console.kms_state() != bench.display.state:
            self.problem(f"the display is not as before, {LIMIT_S} s later")

    def all_is_back(self) -> bool:
        return (console.Console.read(VT) == self.bench.console
                and console.kms_state() == self.bench.display.state)

    def display_back(self) -> None:
        right = self.bench.display

        # The kernel lets go of a dead program's framebuffers in a worker, and the guard saves last.
        def is_right() -> bool:
            console.remove_recordings()
            return not console.Display.read().differences(right)
        wait_until(is_right, self.patience(2), 0.01)
        self.problems += console.Display.read().differences(right)

    def switching_works(self) -> None:
        for number in (OTHER_VT, VT):
            self.check(console.switch_to(number, self.patience(3)), f"one cannot switch to VT {number}")

    def nobody_left(self) -> None:
        def left() -> list[int]:
            sessions = {subject.pid for subject in self.subjects}
            return [pid for pid, (_, session) in parents().items() if session in sessions]
        if not wait_until(lambda: not left(), self.patience(2), 0.01):
            self.problem(f"processes are left: {', '.join(map(command_of, left()))}")

    def next_run_works(self) -> None:
        subject = self.start(*STILL, "--duration", "0.1")
        self.ends(subject, 0, says="Showing", within=10)
        self.settle()

    @contextmanager
    def repetition(self, name: str):
        """One of several of the same kind: what goes wrong there is told with its name."""
        before = len(self.problems)
        yield
        self.settle()
        if len(self.problems) > before:
            self.problems[before:] = [f"{name}: {each}" for each in self.problems[before:]]
            self.problems.append(f"{name}: it said “{self.subjects[-1].said()[-300:]}”")
            self.clean_up()
            self.bench.make_good()

    def clean_up(self) -> None:
        for subject in self.subjects:
            subject.destroy()


def run(bench: Bench, one: Fault) -> dict:
    trial = Trial(bench, one)
    begin = time.monotonic()
    try:
        one.happen(trial)
        trial.settle()
        if bench.screen and one.screen:
            trial.check(bench.screen.is_right(), f"the screen is not as before (after-{bench.screen.count}.png)")
        trial.switching_works()
        if one.next_run:
            trial.next_run_works()
    except GivenUp as reason:
        trial.problem(str(reason))
    except Exception as error:  # the other faults are still to be tried
        trial.problem(f"the test itself: {type(error).__name__}: {error} (line {error.__traceback__.tb_lineno})")
    trial.clean_up()
    if trial.problems:
        bench.make_good()
    return {"fault": one.name, "group": one.group, "driver": bench.driver, "problems": trial.problems,
            "notes": trial.notes, "restored_ms": [round(each, 2) for each in trial.restored_ms],
            "seconds": round(time.monotonic() - begin, 2)}


def main() -> None:
    """faults_guest.py GROUP… [=NAME…]: those groups of faults, or the one of that name."""
    names = [word[1:] for word in sys.argv[1:] if word.startswith("=")]
    groups = [word for word in sys.argv[1:] if not word.startswith("=")]
    bench = Bench(os.environ["SHOW"], float(os.environ.get("SLOW", "1")))
    for one in FAULTS:
        if one.name in names or one.group in groups:
            print(json.dumps(run(bench, one)), flush=True)
