"""Switching terminals: much of it, in a random rhythm, and death in the middle of it. Runs in the guest."""
from signal import SIGCONT, SIGKILL, SIGSTOP, SIGTERM

import faults_console as console
from faults_subject import Subject, wait_until
from faults_trial import CHANCE, MOVING, OTHER_VT, STILL, VT, GivenUp, Trial, fault

LESS = 0.1  # of the switches, where each is slow


def times(trial: Trial, many: int) -> int:
    if trial.bench.slow == 1:
        return many
    trial.note(f"{int(many * LESS)} times only")
    return int(many * LESS)


def switch(trial: Trial, number: int) -> None:
    if not console.switch_to(number, trial.patience(3)):
        raise GivenUp(f"one cannot switch to VT {number}")


def switch_much(trial: Trial, many: int) -> None:
    for i in range(many):
        number = VT if i % 2 else OTHER_VT
        # Now and then the next is asked for before the last has happened.
        if CHANCE.random() < 0.25:
            console.activate(number)
        else:
            switch(trial, number)
        trial.rhythm()
    if not console.stay_on(VT, trial.patience(3)):
        raise GivenUp(f"one cannot come back to VT {VT}")


def switched(trial: Trial, subject: Subject, many: int) -> None:
    trial.pause(0.1)
    before = subject.descriptors()
    switch_much(trial, many)
    trial.survives(subject)
    trial.pause(0.1)
    trial.no_more_descriptors(subject, before)


@fault("VT switched 200 times while flipping", "vt")
def _(trial: Trial) -> None:
    subject = trial.showing(*MOVING)
    switched(trial, subject, times(trial, 200))
    trial.frames_advance()
    trial.terminated(subject)


@fault("VT switched 200 times, a still picture", "vt")
def _(trial: Trial) -> None:
    subject = trial.showing(*STILL)
    switched(trial, subject, times(trial, 200))
    trial.check("drm-show" in console.read_debug("state"), "the picture is not shown again")
    trial.terminated(subject)


@fault("VT switched during the first modeset", "vt")
def _(trial: Trial) -> None:
    for _ in range(times(trial, 20)):
        subject = trial.start(*MOVING, "--duration", "0.2")
        while subject.alive() and "Showing" not in subject.said():
            for number in (OTHER_VT, VT):
                console.activate(number)
                trial.pause(CHANCE.uniform(0, 0.02))
        trial.check(console.stay_on(VT, trial.patience(3)), f"one cannot come back to VT {VT}")
        trial.ends(subject, 0, within=10)
        trial.settle()


@fault("killed and ended while another VT is shown", "vt")
def _(trial: Trial) -> None:
    for number, status in ((SIGTERM, 0), (SIGKILL, -SIGKILL)):
        for pattern in trial.patterns():
            with trial.repetition(f"{number.name} {pattern[1]}"):
                subject = trial.showing(*pattern)
                switch(trial, OTHER_VT)
                trial.check(wait_until(lambda: "[fbcon]" in console.kms_state(), trial.patience(2), 0.01),
                            "the other VT does not show the kernel's console")
                subject.send(number)
                trial.ends(subject, status)
                trial.pause(0.1)
                trial.check(console.foreground() == OTHER_VT, "another VT is shown than before")
                switch(trial, VT)


@fault("killed while a switch is wanted", "vt")
def _(trial: Trial) -> None:
    for pattern in trial.patterns():
        with trial.repetition(pattern[1]):
            subject = trial.showing(*pattern)
            subject.send(SIGSTOP)
            console.activate(OTHER_VT)
            trial.pause(0.05)
            subject.send(SIGKILL)
            trial.ends(subject, -SIGKILL)
            trial.pause(0.1)
            switch(trial, VT)


@fault("stopped while a switch is wanted", "vt")
def _(trial: Trial) -> None:
    subject = trial.showing(*MOVING)
    subject.send(SIGSTOP)
    console.activate(OTHER_VT)
    trial.pause(0.1)
    trial.check(console.foreground() == VT, "the kernel does not wait for it")
    subject.send(SIGCONT)
    trial.check(wait_until(lambda: console.foreground() == OTHER_VT, trial.patience(3)), "it does not let go")
    switch(trial, VT)
    trial.frames_advance()
    trial.terminated(subject)


@fault("two instances on two VTs", "vt")
def _(trial: Trial) -> None:
    first = trial.showing(*MOVING)
    second = trial.start(*MOVING, terminal=OTHER_VT)
    switch(trial, OTHER_VT)
    trial.survives(second, says="Showing", within=5)
    for pair in ((first, second), (second, first)):
        for subject in pair:
            trial.survives(subject)
    switch_much(trial, times(trial, 100))
    trial.survives(first)
    trial.survives(second)
    trial.frames_advance()
    switch(trial, OTHER_VT)
    trial.frames_advance()
    second.send(SIGTERM)
    trial.ends(second, 0)
    with console.terminal(OTHER_VT) as fd:
        mode = console.text_mode(fd)
    trial.check(mode == console.KD_TEXT, f"VT {OTHER_VT} stays in KD_GRAPHICS")
    switch(trial, VT)
    trial.frames_advance()
    trial.terminated(first)
