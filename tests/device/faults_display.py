"""The display goes to another master, its cable is pulled, or it is gone. Runs in the guest."""
import ctypes
import fcntl
import os
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from signal import SIGKILL, SIGTERM

import faults_console as console
from faults_subject import Subject, wait_until
from faults_trial import MOVING, STILL, VT, GivenUp, Trial, fault

NO_OUTPUT, LOST = 6, 9
PIDFD_GETFD = 438  # asm-generic/unistd.h
DRM_SET_MASTER, DRM_DROP_MASTER = 0x641E, 0x641F
STATUS = Path("/sys/kernel/config/vkms/vkms0/connectors/connector0/status")
ENABLED = Path("/sys/kernel/config/vkms/vkms0/enabled")
PLUGGED, UNPLUGGED = "1", "2"


@contextmanager
def descriptor_of(subject: Subject):
    """The very open file of the device that it has."""
    links = Path(f"/proc/{subject.pid}/fd").iterdir()
    number = next(int(link.name) for link in links if os.readlink(link) == console.CARD)
    pidfd = os.pidfd_open(subject.pid)
    fd = ctypes.CDLL(None, use_errno=True).syscall(PIDFD_GETFD, pidfd, number, 0)
    os.close(pidfd)
    if fd < 0:
        raise GivenUp(f"its device cannot be had: {os.strerror(ctypes.get_errno())}")
    try:
        yield fd
    finally:
        os.close(fd)


@contextmanager
def master_instead_of(subject: Subject):
    with descriptor_of(subject) as theirs:
        ours = os.open(console.CARD, os.O_RDWR | os.O_CLOEXEC)
        fcntl.ioctl(theirs, DRM_DROP_MASTER)
        try:
            fcntl.ioctl(ours, DRM_SET_MASTER)
        except OSError:
            os.close(ours)
            raise
    try:
        yield
    finally:
        os.close(ours)


@fault("master taken away", "master")
def _(trial: Trial) -> None:
    with trial.repetition("for a while"):
        subject = trial.showing(*MOVING)
        for _ in range(5):
            with master_instead_of(subject):
                trial.pause(0.1)
            trial.frames_advance()
        trial.survives(subject, says="another program's now")
        trial.terminated(subject)
    with trial.repetition("from a still picture"):
        subject = trial.showing(*STILL)
        with master_instead_of(subject):
            trial.pause(0.1)
        trial.survives(subject)
        trial.terminated(subject)


# The display is the other program's: what was marked stays so.
@fault("master taken away, then killed", "master", marked=False)
def _(trial: Trial) -> None:
    for pattern in trial.patterns():
        for number in (SIGKILL, SIGTERM):
            with trial.repetition(f"{pattern[1]} {number.name}"):
                subject = trial.showing(*pattern)
                with master_instead_of(subject):
                    trial.pause(0.05)
                    subject.send(number)
                    subject.end(trial.patience(5))
                    trial.pause(0.1)
                    left = console.Console.read(VT).differences(trial.bench.console)
                    trial.check(not left, f"with the other master there: {', '.join(left)}")


def plug(status: str) -> None:
    STATUS.write_text(status, encoding="ascii")


@contextmanager
def plugged_in_again():
    try:
        yield
    finally:
        plug(PLUGGED)


@fault("connector flapping 200 times", "cable")
def _(trial: Trial) -> None:
    for pattern in trial.patterns():
        with trial.repetition(pattern[1]), plugged_in_again():
            subject = trial.showing(*pattern, "--wait")
            trial.pause(0.1)
            before = subject.descriptors()
            for i in range(200):
                plug(PLUGGED if i % 2 else UNPLUGGED)
                trial.rhythm()
            trial.survives(subject)
            trial.check(wait_until(lambda: "drm-show" in console.read_debug("state"), trial.patience(3), 0.01),
                        "the picture is not shown again")
            if pattern == MOVING:
                trial.frames_advance()
            trial.no_more_descriptors(subject, before)
            trial.terminated(subject)


@fault("the last cable is pulled", "cable")
def _(trial: Trial) -> None:
    for pattern in trial.patterns():
        with trial.repetition(pattern[1]), plugged_in_again():
            subject = trial.showing(*pattern)
            trial.struck = time.monotonic()
            plug(UNPLUGGED)
            trial.ends(subject, NO_OUTPUT, says="drm-show: ", within=5)


@fault("killed with the cable pulled", "cable")
def _(trial: Trial) -> None:
    with trial.repetition("waiting"), plugged_in_again():
        subject = trial.showing(*MOVING, "--wait")
        plug(UNPLUGGED)
        trial.pause(0.1)
        subject.send(SIGKILL)
        trial.ends(subject, -SIGKILL)


def plug_device_in_again(trial: Trial) -> None:
    ENABLED.write_text("1", encoding="ascii")
    wait_until(lambda: os.path.exists(console.CARD), trial.patience(3), 0.01)
    trial.bench.look()


def remove(trial: Trial, pattern: tuple[str, str]) -> None:
    subject = trial.showing(*pattern)
    if ENABLED.exists():
        ENABLED.write_text("0", encoding="ascii")
    else:
        subprocess.run(["vm-remove"], check=True)
    trial.ends(subject, LOST, says="was removed")
    wait_until(lambda: console.Console.read(VT) == trial.bench.console, trial.patience(3), 0.01)
    trial.problems += console.Console.read(VT).differences(trial.bench.console)
    trial.nobody_left()


# What vkms shows after that is not looked at: it goes on answering. On QEMU there is nothing to look at.
@fault("device removed", "removal", next_run=False, screen=False)
def _(trial: Trial) -> None:
    for pattern in trial.patterns():
        remove(trial, pattern)
        if not ENABLED.exists():
            trial.bench.display = console.Display.read()
            return
        plug_device_in_again(trial)
    trial.next_run_works()
