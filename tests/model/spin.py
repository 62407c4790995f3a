#!/usr/bin/env python3
"""Explores every order of events of the hand-over (handover.pml) with Spin: assertions and deadlocks, then each
LTL formula under weak fairness. Then the mistakes: each has to be found, and each formula has to find one.

Usage: spin.py MODEL COMPILER…

Exits with 77 (skipped) if Spin is not installed.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

# Mistakes that assertions and deadlocks do not show, and the formulas that have to find a mistake.
NOT_BY_SAFETY = {14}
FOUND_BY_FORMULAS = {7: ["job_is_submitted"], 14: ["closing_ends", "all_ends"], 16: ["frame_is_shown"]}
LEAST_STATES = 100_000  # fewer: the model cannot do much any more


class Checker:
    """A mistake's (0: none) verifier, in a folder of its own."""

    def __init__(self, model: pathlib.Path, compiler: list[str], mutant: int, folder: str):
        self.compiler, self.folder = compiler, folder
        generate = subprocess.run(["spin", f"-DMUTANT={mutant}", "-a", model.resolve()], cwd=folder,
                                  capture_output=True, text=True, check=False)
        if not (pathlib.Path(folder) / "pan.c").exists():
            sys.exit(f"spin does not take the model:\n{generate.stdout}{generate.stderr}")

    def run(self, defines: list[str], options: list[str]) -> str:
        subprocess.run([*self.compiler, "-O1", "-w", *defines, "-o", "pan", "pan.c"], cwd=self.folder, check=True)
        return subprocess.run(["./pan", "-m1000000", *options], cwd=self.folder, capture_output=True, text=True,
                              timeout=300, check=False).stdout

    def safety(self) -> str:
        return self.run(["-DSAFETY", "-DNOCLAIM"], [])

    def formula(self, name: str) -> str:
        return self.run(["-DNFAIR=3"], ["-a", "-f", "-N", name])


def is_clean(report: str) -> bool:
    """No errors, and all was looked at."""
    if "max search depth too small" in report or "Search not completed" in report and "errors: 0" in report:
        sys.exit(f"the search was not complete:\n{report}")
    if not re.search(r"errors: \d", report):
        sys.exit(f"the verifier failed:\n{report}")
    return "errors: 0" in report


def states(report: str) -> int:
    return int(float(re.search(r"([0-9.e+]+) states, stored", report)[1]))


def check_shipped(checker: Checker, formulas: list[str]) -> bool:
    good = True
    for name in ["assertions and deadlocks", *formulas]:
        report = checker.formula(name) if name in formulas else checker.safety()
        clean = is_clean(report)
        print(f"{name:26} {states(report):9} states  {'holds' if clean else 'FAILED'}")
        if not clean or states(report) < LEAST_STATES:
            print(report)
            good = False
    return good


def is_caught(checker: Checker, mutant: int) -> bool:
    formulas = FOUND_BY_FORMULAS.get(mutant, [])
    missed = [name for name in formulas if is_clean(checker.formula(name))]
    if mutant not in NOT_BY_SAFETY and is_clean(checker.safety()):
        missed.append("assertions and deadlocks")
    for name in missed:
        print(f"mistake {mutant} is not found by: {name}")
    return not missed


def main() -> int:
    model, compiler = pathlib.Path(sys.argv[1]), sys.argv[2:]
    if not shutil.which("spin"):
        print("skipped: spin is not installed (apt-get install spin)")
        return 77
    text, start = model.read_text(encoding="utf-8"), time.monotonic()
    mutants = sorted({int(number) for number in re.findall(r"MUTANT [!=]= (\d+)", text)})
    formulas = re.findall(r"^ltl (\w+)", text, re.MULTILINE)
    untested = set(formulas) - {name for names in FOUND_BY_FORMULAS.values() for name in names}
    if untested or not mutants:
        sys.exit(f"no mistake is there for: {untested or 'anything'}")
    with tempfile.TemporaryDirectory() as folder:
        good = check_shipped(Checker(model, compiler, 0, folder), formulas)
    caught = 0
    for mutant in mutants:
        with tempfile.TemporaryDirectory() as folder:
            caught += is_caught(Checker(model, compiler, mutant, folder), mutant)
    print(f"{caught} of {len(mutants)} mistakes found, {time.monotonic() - start:.0f} s")
    return 0 if good and caught == len(mutants) else 1


if __name__ == "__main__":
    sys.exit(main())
