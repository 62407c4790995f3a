"""The guard is killed or stopped, alone and together with the program that it guards. Runs in the guest."""
import os
from signal import SIGKILL, SIGSTOP

import faults_console as console
from faults_subject import Subject, wait_until
from faults_trial import MOVING, OTHER_VT, STILL, VT, GivenUp, Trial, fault


def guard_of(trial: Trial, subject: Subject, other_than: int = 0) -> int:
    def found() -> list[int]:
        return [pid for pid in subject.helpers() if pid != other_than]
    if not wait_until(lambda: bool(found()), trial.patience(3), 0.01):
        raise GivenUp(f"there is no {'other ' if other_than else ''}guard: {subject.said()[-300:]}")
    return found()[0]


def kill_guard(trial: Trial, subject: Subject) -> int:
    """The one that takes its place."""
    first = guard_of(trial, subject)
    os.kill(first, SIGKILL)
    return guard_of(trial, subject, other_than=first)


@fault("supervisor killed", "guard")
def _(trial: Trial) -> None:
    for pattern in trial.patterns():
        with trial.repetition(pattern[1]):
            subject = trial.showing(*pattern)
            kill_guard(trial, subject)
            trial.survives(subject)
            trial.terminated(subject)


@fault("supervisor killed, then the program", "guard")
def _(trial: Trial) -> None:
    for pattern in trial.patterns():
        with trial.repetition(pattern[1]):
            subject = trial.showing(*pattern)
            kill_guard(trial, subject)
            trial.pause(0.05)
            trial.strike(subject, SIGKILL)
            trial.ends(subject, -SIGKILL)


@fault("supervisor killed ten times", "guard")
def _(trial: Trial) -> None:
    subject = trial.showing(*MOVING)
    trial.pause(0.1)
    before = subject.descriptors()
    for _ in range(10):
        kill_guard(trial, subject)
    trial.pause(0.1)
    trial.no_more_descriptors(subject, before)
    trial.terminated(subject)


@fault("supervisor gets every signal but KILL and STOP", "guard")
def _(trial: Trial) -> None:
    subject = trial.showing(*STILL)
    guard = guard_of(trial, subject)
    for number in (*range(1, SIGKILL), *range(SIGKILL + 1, SIGSTOP), *range(SIGSTOP + 1, 32)):
        os.kill(guard, number)
    trial.pause(0.1)
    trial.check(guard in subject.helpers(), "the guard is gone")
    trial.strike(subject, SIGKILL)
    trial.ends(subject, -SIGKILL)


@fault("supervisor stopped", "guard")
def _(trial: Trial) -> None:
    with trial.repetition("then SIGTERM"):
        subject = trial.showing(*STILL)
        guard = guard_of(trial, subject)
        os.kill(guard, SIGSTOP)
        trial.terminated(subject)
    # A stopped process group that nobody of its session is left to look after is continued by the kernel.
    with trial.repetition("then SIGKILL"):
        subject = trial.showing(*STILL)
        guard = guard_of(trial, subject)
        os.kill(guard, SIGSTOP)
        trial.pause(0.05)
        trial.strike(subject, SIGKILL)
        trial.ends(subject, -SIGKILL)


def kill_both(trial: Trial) -> None:
    """At one moment, so that the one cannot notice what the other's end means."""
    subject = trial.showing(*MOVING)
    guard = guard_of(trial, subject)
    for pid in (subject.pid, guard):
        os.kill(pid, SIGSTOP)
    for pid in (guard, subject.pid):
        os.kill(pid, SIGKILL)
    trial.ends(subject, -SIGKILL)


# Without our way back the kernel's console brings back what it knows of: properties that it does not
# know stay as we left them, which is why nothing is marked here.
@fault("both killed, then a VT switch", "guard", marked=False)
def _(trial: Trial) -> None:
    kill_both(trial)
    trial.check(wait_until(lambda: console.kms_state() == trial.bench.display.state, trial.patience(3), 0.01),
                "the kernel does not bring its console's picture back")
    left = console.Console.read(VT).differences(trial.bench.console)
    trial.note(f"nobody is left to do it: {', '.join(left)}")
    # The same look that all other faults get, at a console that is really dead.
    trial.check(len(left) > 1, "the check does not see that the VT is dead")
    for number in (OTHER_VT, VT):
        trial.check(console.switch_to(number, trial.patience(3)), f"one cannot switch to VT {number}")


@fault("both killed, then --rescue", "guard", marked=False)
def _(trial: Trial) -> None:
    kill_both(trial)
    rescue = trial.start("--rescue")
    trial.ends(rescue, 0)
