"""What a program needs and does not get: descriptors, memory, requests to the kernel. Runs in the guest."""
import errno
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from signal import SIGBUS, SIGCONT, SIGKILL, SIGSEGV, SIGTERM, SIGURG, SIGWINCH

import faults_console as console
from faults_subject import OUTPUT, Subject, parents
from faults_trial import MOVING, OTHER_VT, STILL, VT, GivenUp, Trial, fault

SHIM = os.environ.get("SHIM", "")
SYSRQ = Path("/proc/sysrq-trigger")
PLAY = os.environ.get("PLAY", "")
# drm-show's own, of docs/drm-show.1; and what the dynamic linker ends with.
UNEXPECTED, REFUSED, BAD_CONTENT, LOST = 1, 7, 8, 9
OWN_ERRORS = range(1, 10)
LINKER_FAILED = 127

# Takes memory until a process is gone; the next to go, if the kernel needs more, is this one.
HOG = """
import mmap, sys
open("/proc/self/oom_score_adj", "w").write("-200")
def alive():
    try:
        return bool(open(f"/proc/{sys.argv[1]}/maps").read(1))
    except OSError:
        return False
taken = []
while alive():
    taken.append(mmap.mmap(-1, 256 << 10, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE))
"""
NEVER, FIRST = "-1000", "1000"


def set_oom_score(pid: int | str, score: str) -> None:
    Path(f"/proc/{pid}/oom_score_adj").write_text(score, encoding="ascii")


def ends_somehow(trial: Trial, subject: Subject, *also: int) -> None:
    """It worked, or says what did not."""
    status = subject.end(trial.patience(10))
    if status in also:
        return
    if status not in (0, *OWN_ERRORS):
        trial.problem(f"it ends with {status}: {subject.said()[-500:]}")
    elif status != 0 and "drm-show: " not in subject.said():
        trial.problem(f"it ends with {status} and says only “{subject.said()[-500:]}”")


def counts(subject: Subject) -> dict:
    line = next((line for line in subject.said().splitlines() if line.startswith('{"schema"')), None)
    if line is None:
        raise GivenUp(f"no statistics: {subject.said()[-500:]}")
    return json.loads(line)["outputs"][0]["frames"]


def shimmed(trial: Trial, *arguments: str, **environment: str) -> Subject:
    return trial.start(*arguments, environment={"LD_PRELOAD": SHIM, **environment})


def with_each_limit(trial: Trial, what: int, limits: range, unit: str, size: int) -> None:
    worked = []
    for limit in limits:
        with trial.repetition(f"{limit} {unit}"):
            subject = trial.start(*(STILL, MOVING)[limit % 2], "--duration", "0.02",
                                  before_exec=lambda n=limit * size: resource.setrlimit(what, (n, n)))
            ends_somehow(trial, subject, LINKER_FAILED)
            if subject.ended == 0:
                worked.append(limit)
    trial.note(f"works from {min(worked, default='no')} {unit} on")


@fault("fd exhaustion (RLIMIT_NOFILE)", "resources")
def _(trial: Trial) -> None:
    with_each_limit(trial, resource.RLIMIT_NOFILE, range(3, 25), "descriptors", 1)


@fault("fd exhaustion while it shows", "resources")
def _(trial: Trial) -> None:
    """It goes on, or ends with an error of its own; a guard that cannot be replaced is said to be missing."""
    for slack in range(4):
        with trial.repetition(f"{slack} left"):
            subject = trial.showing(*MOVING, "--screenshot-dir", str(OUTPUT))
            most = max(map(int, os.listdir(f"/proc/{subject.pid}/fd"))) + 1 + slack
            resource.prlimit(subject.pid, resource.RLIMIT_NOFILE, (most, most))
            for number in (OTHER_VT, VT):
                trial.check(console.switch_to(number, trial.patience(3)), f"one cannot switch to VT {number}")
            for key in (b"n", b"m", b"s"):
                subject.type(VT, key)
                trial.pause(0.2)
            for guard in subject.helpers():
                os.kill(guard, SIGKILL)
            trial.pause(0.3)
            if subject.alive():
                trial.check(bool(subject.helpers()) or "there can be no other" in subject.said(),
                            f"no word of the guard: {subject.said()[-300:]}")
                subject.send(SIGTERM)
            ends_somehow(trial, subject)
            for shot in OUTPUT.glob("drm-show-*.png"):
                shot.unlink()


@fault("memory exhaustion (RLIMIT_AS)", "resources")
def _(trial: Trial) -> None:
    with_each_limit(trial, resource.RLIMIT_AS, range(4, 21), "MiB", 1 << 20)


@fault("OOM kill", "memory")
def _(trial: Trial) -> None:
    """Of a still picture: what moves keeps its pages in memory for minutes before the kernel gives up.
    Where SysRq is, the kernel is told to kill just one."""
    for pid in parents():  # the test bed
        set_oom_score(pid, NEVER)
    subject = trial.showing(*STILL, before_exec=lambda: set_oom_score("self", "0"))
    set_oom_score(subject.pid, FIRST)
    if SYSRQ.exists():
        SYSRQ.write_text("f", encoding="ascii")
        trial.ends(subject, -SIGKILL)
        return
    hog = subprocess.Popen([sys.executable, "-c", HOG, str(subject.pid)])
    trial.ends(subject, -SIGKILL, within=40)
    hog.wait()


@fault("exception", "resources")
def _(trial: Trial) -> None:
    subject = shimmed(trial, *MOVING, ATOMIC_ERRORS=f"{errno.EINVAL}:20:100000")
    trial.ends(subject, REFUSED, says="drm-show: ")


# test_frames_vkms and test_endurance let each request and each allocation fail, without a VT.
@fault("ENOMEM at every fifth request", "resources")
def _(trial: Trial) -> None:
    tried = 0
    for at in range(1, 600, 5):
        with trial.repetition(f"request {at}"):
            subject = shimmed(trial, *STILL, "--duration", "0.01", IOCTL_ERROR=f"{errno.ENOMEM}:{at}:1")
            ends_somehow(trial, subject)
        tried = at
        if "IOCTL_ERROR" not in subject.said():
            break
    trial.note(f"{tried} requests")


@fault("ENOMEM while frames move", "resources")
def _(trial: Trial) -> None:
    subject = shimmed(trial, *MOVING, "--frames", "60", "--stats=json", ATOMIC_ERRORS=f"{errno.ENOMEM}:20:3")
    trial.ends(subject, 0)
    trial.check(counts(subject)["shown"] == 60, "not all frames are shown")


@fault("EBUSY storm", "resources")
def _(trial: Trial) -> None:
    with trial.repetition("that passes"):
        subject = shimmed(trial, *MOVING, "--frames", "60", "--stats=json",
                          ATOMIC_ERRORS=f"{errno.EBUSY}:20:10")
        trial.ends(subject, 0)
        trial.check(counts(subject)["shown"] == 60, "not all frames are shown")
    with trial.repetition("that stays"):
        subject = shimmed(trial, *MOVING, ATOMIC_ERRORS=f"{errno.EBUSY}:20:100000")
        trial.ends(subject, UNEXPECTED, says="drm-show: ", within=15)


@fault("EINTR storm", "resources")
def _(trial: Trial) -> None:
    storm = {"SIGNALS": "1000", "INTERRUPTED": "2"}
    with trial.repetition("frames"):
        subject = shimmed(trial, *MOVING, "--frames", "60", "--stats=json", **storm)
        trial.ends(subject, 0, within=15)
        trial.check(counts(subject)["shown"] == 60, "not all frames are shown")
    for number in (SIGTERM, SIGKILL):
        with trial.repetition(number.name):
            subject = shimmed(trial, *STILL, **storm)
            trial.check(subject.says("Showing", trial.patience(10)), "it does not show")
            trial.strike(subject, number)
            trial.ends(subject, 0 if number == SIGTERM else -number)
    with trial.repetition("signals from outside"):
        subject = trial.showing(*MOVING)
        for _ in range(500):
            subject.send(SIGCONT, SIGWINCH, SIGURG)
            trial.pause(0.001)
        trial.survives(subject)
        trial.terminated(subject)


@fault("stuck fence", "resources")
def _(trial: Trial) -> None:
    """With play-frames, whose fences are made to order. It does nothing to the VT; a GPU's fences that hang, with
    drm-show, are in vulkan_faults_cases.py."""
    with trial.repetition("one"):
        subject = trial.start("stuck", "30", program=PLAY)
        trial.ends(subject, 0, says="29 shown, 1 cancelled", within=10)
    with trial.repetition("all"):
        subject = trial.start("hopeless", "30", program=PLAY)
        trial.ends(subject, LOST, says="render fences do not signal", within=10)
    with trial.repetition("killed"):
        subject = trial.start("hopeless", "30", program=PLAY)
        trial.pause(0.15)
        trial.strike(subject, SIGKILL)
        trial.ends(subject, -SIGKILL)


@fault("damaged picture, by key", "resources")
def _(trial: Trial) -> None:
    good, damaged = OUTPUT / "good.ppm", OUTPUT / "damaged.ppm"
    good.write_bytes(b"P6 2 1 255\n" + bytes(6))
    damaged.write_bytes(b"P6 2 1 255\n")
    subject = trial.showing(str(good), str(damaged))
    subject.type(VT, b"n")
    trial.survives(subject, says="damaged.ppm", within=3)
    trial.terminated(subject)


WITHOUT_GUARD = "cannot start the process that guards"
FAILSLAB = Path("/sys/kernel/debug/failslab")
FAILING = {"probability": "2", "interval": "1", "times": "-1", "task-filter": "Y", "ignore-gfp-wait": "N",
           "verbose": "0"}


@fault("kernel memory short now and then", "resources")
def _(trial: Trial) -> None:
    """Two of a hundred allocations that the kernel makes for the program fail, and for its guard. Who cannot
    be given a page of his own program dies of SIGSEGV or SIGBUS."""
    for name, value in FAILING.items():
        (FAILSLAB / name).write_text(value, encoding="ascii")
    worked = unguarded = 0
    for i in range(24):
        with trial.repetition(f"run {i}"):
            subject = trial.start(*(STILL, MOVING)[i % 2], "--duration", "0.1")
            Path(f"/proc/{subject.pid}/make-it-fail").write_text("1", encoding="ascii")
            if i % 4 > 1:
                subject.says("Showing", 0.5)
                unguarded += WITHOUT_GUARD in subject.said()
                subject.send(SIGTERM if WITHOUT_GUARD in subject.said() else SIGKILL)
            ends_somehow(trial, subject, LINKER_FAILED, -SIGTERM, -SIGKILL, -SIGSEGV, -SIGBUS)
            worked += subject.ended == 0
    (FAILSLAB / "probability").write_text("0", encoding="ascii")
    trial.note(f"{worked} of 24 worked all the same, {unguarded} said that they had no guard")
