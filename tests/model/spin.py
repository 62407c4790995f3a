#!/usr/bin/env python3
"""Explores every order of events of a model in Promela with Spin: assertions and deadlocks, then each LTL formula
under weak fairness. Then the mistakes (MUTANT): each has to be found, and each formula has to find one. In the model:

  found by FORMULA: 7 14    mistakes that this formula has to find
  not by safety: 14         mistakes that assertions and deadlocks do not show

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


class Expected:
    """What the model says about itself."""

    def __init__(self, text: str):
        numbers = lambda line: {int(number) for number in line.split()}
        self.mutants = sorted({int(number) for number in re.findall(r"MUTANT [!=]= (\d+)", text)})
        self.formulas = re.findall(r"^ltl (\w+)", text, re.MULTILINE)
        self.not_by_safety = {number for line in re.findall(r"not by safety: ([\d ]+)", text) for number in numbers(line)}
        self.found_by = {name: numbers(line) for name, line in re.findall(r"found by (\w+): ([\d ]+)", text)}
        if set(self.formulas) != set(self.found_by) or not self.mutants:
            sys.exit(f"no mistake is there for: {set(self.formulas) ^ set(self.found_by) or 'anything'}")


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


def is_caught(checker: Checker, mutant: int, expected: Expected) -> bool:
    formulas = [name for name, found in expected.found_by.items() if mutant in found]
    missed = [name for name in formulas if is_clean(checker.formula(name))]
    if mutant not in expected.not_by_safety and is_clean(checker.safety()):
        missed.append("assertions and deadlocks")
    for name in missed:
        print(f"mistake {mutant} is not found by: {name}")
    return not missed


def main() -> int:
    model, compiler = pathlib.Path(sys.argv[1]), sys.argv[2:]
    if not shutil.which("spin"):
        print("skipped: spin is not installed (apt-get install spin)")
        return 77
    expected, start = Expected(model.read_text(encoding="utf-8")), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        good = check_shipped(Checker(model, compiler, 0, folder), expected.formulas)
    caught = 0
    for mutant in expected.mutants:
        with tempfile.TemporaryDirectory() as folder:
            caught += is_caught(Checker(model, compiler, mutant, folder), mutant, expected)
    print(f"{caught} of {len(expected.mutants)} mistakes found, {time.monotonic() - start:.0f} s")
    return 0 if good and caught == len(expected.mutants) else 1


if __name__ == "__main__":
    sys.exit(main())
