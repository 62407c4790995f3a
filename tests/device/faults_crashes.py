"""Ways to die, and to be told to: faults of one program, of signals and of missing resources."""
import fcntl
import os
import random
import signal
import time
from signal import SIGABRT, SIGCONT, SIGHUP, SIGINT, SIGKILL, SIGQUIT, SIGSEGV, SIGSTOP, SIGTERM

import faults_console as console
from faults_subject import wait_until
from faults_trial import MOVING, STILL, VT, Trial, fault

TIOCVHANGUP = 0x5437  # asm-generic/ioctls.h


def struck(number: int, check) -> None:
    @fault(number.name)
    def _(trial: Trial) -> None:
        for pattern in trial.patterns():
            with trial.repetition(pattern[1]):
                subject = trial.showing(*pattern)
                trial.strike(subject, number)
                check(trial, subject)


def asked_to_end(number: int) -> None:
    def check(trial: Trial, subject) -> None:
        trial.ends(subject, 0)
        trial.says_nothing_wrong(subject)
    struck(number, check)


def killed(number: int) -> None:
    def check(trial: Trial, subject) -> None:
        trial.ends(subject, -number)
        trial.guard_says(subject, f"ended unexpectedly (pid {subject.pid}); the console has been restored; its recording: ")
    struck(number, check)


for each in (SIGTERM, SIGINT, SIGHUP, SIGQUIT):
    asked_to_end(each)
for each in (SIGABRT, SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, SIGKILL):
    killed(each)


@fault("stopped, then killed")
def _(trial: Trial) -> None:
    for pattern in trial.patterns():
        with trial.repetition(pattern[1]):
            subject = trial.showing(*pattern)
            subject.send(SIGSTOP)
            trial.pause(0.05)
            trial.strike(subject, SIGKILL)
            trial.ends(subject, -SIGKILL)


@fault("stopped, then continued")
def _(trial: Trial) -> None:
    subject = trial.showing(*MOVING)
    subject.send(SIGSTOP)
    trial.pause(0.1)
    subject.send(SIGCONT)
    trial.pause(0.1)
    trial.survives(subject)
    trial.terminated(subject)


@fault("killed at any moment from start to end")
def _(trial: Trial) -> None:
    chance = random.Random(6)
    for i in range(20):
        moment = chance.uniform(0, 0.15)
        with trial.repetition(f"after {moment * 1000:.0f} ms"):
            subject = trial.start(*(STILL, MOVING)[i % 2], "--duration", "0.05")
            trial.pause(moment)
            trial.strike(subject, SIGKILL)
            trial.ends(subject, 0, -SIGKILL)


@fault("Ctrl-C reaches the whole process group")
def _(trial: Trial) -> None:
    for number in (SIGINT, SIGQUIT, SIGHUP):
        with trial.repetition(number.name):
            subject = trial.showing(*STILL)
            trial.struck = time.monotonic()
            os.killpg(subject.pid, number)
            trial.ends(subject, 0)


@fault("the terminal is hung up")
def _(trial: Trial) -> None:
    for pattern in trial.patterns():
        with trial.repetition(pattern[1]):
            subject = trial.showing(*pattern)
            trial.struck = time.monotonic()
            with console.terminal(VT) as fd:
                fcntl.ioctl(fd, TIOCVHANGUP)
            trial.ends(subject, 0)


FREE_VT = 5


@fault("killed on a VT that it switched to (--tty)")
def _(trial: Trial) -> None:
    for number, status in ((SIGTERM, 0), (SIGKILL, -SIGKILL)):
        for pattern in trial.patterns():
            with trial.repetition(f"{number.name} {pattern[1]}"):
                subject = trial.showing(*pattern, "--tty", str(FREE_VT), terminal=None)
                trial.check(console.foreground() == FREE_VT, "it did not switch")
                trial.strike(subject, number)
                trial.ends(subject, status)
                trial.check(wait_until(lambda: console.foreground() == VT, trial.patience(3), 0.01),
                            "the VT that was shown before is not shown again")
                with console.terminal(FREE_VT) as fd:
                    trial.check(console.text_mode(fd) == console.KD_TEXT, f"VT {FREE_VT} is left in KD_GRAPHICS")
