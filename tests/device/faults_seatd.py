"""A user without any right of their own, through seatd: who dies, and what it does about the display. Runs in
the guest."""
import os
import pathlib
import shutil
import subprocess
from contextlib import contextmanager
from signal import SIGABRT, SIGKILL, SIGSEGV, SIGTERM

import faults_console as console
from faults_subject import Subject, wait_until
from faults_trial import MOVING, OTHER_VT, VT, GivenUp, Trial, fault

USER = 1000
VIDEO = 44  # the group's number in Debian
SOCKET = pathlib.Path("/run/seatd.sock")
THROUGH_SEATD = {"LIBSEAT_BACKEND": "seatd", "HOME": "/tmp"}


def become_user() -> None:
    os.setgroups([VIDEO])
    os.setgid(USER)
    os.setuid(USER)


@contextmanager
def seatd(trial: Trial):
    """While it runs the switches of VTs that it has looked after go through it, so it ends before the
    console is compared."""
    SOCKET.unlink(missing_ok=True)
    program = shutil.which("seatd", path="/usr/sbin:/usr/bin")
    process = subprocess.Popen([program, "-g", "video"], stderr=subprocess.DEVNULL)
    if not wait_until(SOCKET.exists, trial.patience(5), 0.01):
        raise GivenUp("seatd does not start")
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
        os.chown(f"/dev/tty{VT}", 0, -1)
        console.make_usable(VT, trial.bench.console, trial.bench.settings)


def shown_by_a_user(trial: Trial, pattern: tuple[str, str]) -> Subject:
    os.chown(f"/dev/tty{VT}", USER, -1)  # as login does
    subject = trial.showing(*pattern, "--seat", "libseat", "--record", "off", environment=THROUGH_SEATD,
                            before_exec=become_user)
    trial.check("seatd" in console.read_debug("clients"), "it does not go through seatd")
    return subject


def is_back_with_seatd(trial: Trial) -> None:
    """The display is as before, the VT has its text and keyboard, and switches are made."""
    right = trial.bench

    def is_right() -> bool:
        now = console.Console.read(VT)
        return (console.kms_state() == right.display.state and now.text_mode == right.console.text_mode
                and now.keyboard == right.console.keyboard and now.settings == right.console.settings)
    if not wait_until(is_right, trial.patience(3), 0.005):
        trial.problem("it is not back: " + "; ".join(console.Console.read(VT).differences(right.console))
                      + console.changed_lines(right.display.state, console.kms_state()))
    trial.switching_works()


@fault("seatd: its client is killed", "seatd")
def _(trial: Trial) -> None:
    for number in (SIGKILL, SIGSEGV, SIGABRT):
        for pattern in trial.patterns():
            with trial.repetition(f"{number.name} {pattern[1]}"), seatd(trial):
                subject = shown_by_a_user(trial, pattern)
                trial.strike(subject, number)
                trial.ends(subject, -number)
                trial.guard_says(subject, "the console has been restored")
                is_back_with_seatd(trial)


# Nothing is marked here: seatd has taken the display away before anybody could bring its properties back.
# Of a client that dies before it has agreed to the switch, seatd 0.7 dies as well (an assertion).
@fault("seatd: its client is killed while another VT is shown", "seatd", marked=False)
def _(trial: Trial) -> None:
    for moment in (0, 0.01, 0.3):
        with trial.repetition(f"after {moment} s"), seatd(trial):
            subject = shown_by_a_user(trial, MOVING)
            trial.check(console.switch_to(OTHER_VT, trial.patience(3)), "one cannot switch away")
            trial.pause(moment)
            subject.send(SIGKILL)
            trial.ends(subject, -SIGKILL)
            trial.check(wait_until(lambda: not subject.left_behind(), trial.patience(3), 0.01), "the guard is left")
            trial.check(console.switch_to(VT, trial.patience(3)), "one cannot switch back")
            is_back_with_seatd(trial)
    trial.note("properties that were set stay as they are: seatd takes the display away before it tells")


@fault("seatd: its client is told to end", "seatd")
def _(trial: Trial) -> None:
    with trial.repetition("SIGTERM"), seatd(trial):
        subject = shown_by_a_user(trial, MOVING)
        trial.strike(subject, SIGTERM)
        trial.ends(subject, 0)
        trial.says_nothing_wrong(subject)
        is_back_with_seatd(trial)


@fault("seatd is killed", "seatd")
def _(trial: Trial) -> None:
    with trial.repetition("SIGKILL"), seatd(trial) as manager:
        subject = shown_by_a_user(trial, MOVING)
        manager.kill()
        trial.ends(subject, 1, says="the seat manager has ended")
