#!/usr/bin/env python3
"""--help, the man page and the shell completions must list the same options and exit codes.

Usage: check_options.py PROGRAM DOCS_FOLDER
"""
import pathlib
import re
import subprocess
import sys

LONG = r"--[a-z][a-z-]+"


def options_in_help(program: str) -> set[str]:
    text = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(rf"^  (?:-\w,)?({LONG})", text, re.MULTILINE))


def exit_codes_in_help(program: str) -> set[str]:
    text = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"(?:^|\s{2})(\d) [a-z]", text.split("Exit codes:")[1]))


def options_in_man_page(page: str) -> set[str]:
    plain = page.replace("\\-", "-")
    return set(re.findall(rf"^\.BR? .*?({LONG})", plain, re.MULTILINE))


def exit_codes_in_man_page(page: str) -> set[str]:
    section = page.split(".SH EXIT STATUS")[1].split(".SH")[0]
    return set(re.findall(r"^\.B (\d)$", section, re.MULTILINE))


def options_in_completion(text: str) -> set[str]:
    options = set(re.findall(LONG, text))
    options |= {f"--{name}" for name in re.findall(r"(?:\s|^)-l ([a-z-]+)", text)}  # fish
    return options


def compare(what: str, found: set[str], expected: set[str]) -> list[str]:
    complaints = [f"{what}: {name} is missing" for name in sorted(expected - found)]
    return complaints + [f"{what}: {name} is not in --help" for name in sorted(found - expected)]


def main() -> int:
    program, docs = sys.argv[1], pathlib.Path(sys.argv[2])
    name = pathlib.Path(program).name
    options = options_in_help(program)
    assert len(options) > 5, "no options found in --help"
    page = (docs / f"{name}.1").read_text(encoding="utf-8")
    complaints = compare("man page", options_in_man_page(page), options)
    complaints += compare("man page, exit status", exit_codes_in_man_page(page),
                          exit_codes_in_help(program))
    for file in (f"{name}.bash", f"_{name}", f"{name}.fish"):
        text = (docs / "completions" / file).read_text(encoding="utf-8")
        complaints += compare(f"completions/{file}", options_in_completion(text), options)
    print("\n".join(complaints) if complaints else f"{len(options)} options, the same everywhere")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
