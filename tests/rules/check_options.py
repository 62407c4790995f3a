#!/usr/bin/env python3
"""--help, the man page and the shell completions must list the same options and exit codes; of a
program with verbs, these too, and so must its shell, if it has one.

Usage: check_options.py PROGRAM DOCS_FOLDER
"""
import pathlib
import re
import subprocess
import sys

LONG = r"--[a-z][a-z-]+"
VERBS = "What to ask (WHAT)"
NOT_IN_SHELL = {"shell", "complete"}


def output_of(*command: str, given: str = "") -> str:
    return subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout


def options_in_help(text: str) -> set[str]:
    return set(re.findall(rf"^  (?:-\w,)?({LONG})", text, re.MULTILINE))


def exit_codes_in_help(text: str) -> set[str]:
    section = text.split("Exit codes:")[1].split("\n\n")[0]
    return set(re.findall(r"(?:^|\s)(\d+) [a-z]", section))


def section_of(page: str, name: str) -> str:
    return page.split(f".SH {name}\n")[1].split("\n.SH")[0]


def options_in_man_page(page: str) -> set[str]:
    plain = page.replace("\\-", "-")
    return set(re.findall(rf"^\.BR? .*?({LONG})", section_of(plain, "OPTIONS"), re.MULTILINE))


def exit_codes_in_man_page(page: str) -> set[str]:
    return set(re.findall(r"^\.B (\d+)$", section_of(page, "EXIT STATUS"), re.MULTILINE))


def options_in_completion(text: str) -> set[str]:
    options = set(re.findall(LONG, text))
    fish = re.findall(r"^complete .*?\s-l ([a-z-]+)", text, re.MULTILINE)
    return options | {f"--{name}" for name in fish}


# "show OBJECT, OBJECT" is the verb show: a verb has no capitals.
def verbs_in_help(text: str, heading: str) -> set[str]:
    section = text.split(heading)[1].split("\n\n")[0]
    return set(re.findall(r"^  ([a-z]+)\b", section, re.MULTILINE))


def verbs_in_man_page(page: str) -> set[str]:
    return set(re.findall(r"^\.TP\n\.B[RI]? ([a-z]+)", section_of(page, "VERBS"), re.MULTILINE))


def verbs_in_completion(file: str, text: str) -> set[str] | None:
    if file.endswith(".fish"):
        return set(re.findall(r"-a ([a-z]+) -d", text))
    if file.startswith("_"):
        return set(re.findall(r"^  '([a-z]+):", text, re.MULTILINE))
    return None  # bash asks the program


def compare(what: str, found: set[str], expected: set[str]) -> list[str]:
    complaints = [f"{what}: {name} is missing" for name in sorted(expected - found)]
    return complaints + [f"{what}: {name} is not in --help" for name in sorted(found - expected)]


def compare_completion(file: pathlib.Path, options: set[str], verbs: set[str]) -> list[str]:
    text = file.read_text(encoding="utf-8")
    complaints = compare(file.name, options_in_completion(text), options)
    found = verbs_in_completion(file.name, text)
    if verbs and found is not None:
        complaints += compare(f"{file.name}, verbs", found, verbs)
    return complaints


def compare_verbs(program: str, page: str, verbs: set[str]) -> list[str]:
    offered = output_of(program, "complete", "--", "").split("\n")
    known = {word for word in offered if re.fullmatch("[a-z]+", word)}
    complaints = compare("man page, verbs", verbs_in_man_page(page), verbs)
    complaints += compare("complete, verbs", known, verbs)
    if "shell" not in verbs:
        return complaints
    shell = verbs_in_help(output_of(program, "shell", given="help\n"), "Commands:")
    return complaints + compare("shell, verbs", shell - {"help"}, verbs - NOT_IN_SHELL)


def main() -> int:
    program, docs = sys.argv[1], pathlib.Path(sys.argv[2])
    name = pathlib.Path(program).name
    text = output_of(program, "--help")
    options, codes = options_in_help(text), exit_codes_in_help(text)
    assert len(options) > 5 and len(codes) > 5, "no options or exit codes found in --help"
    page = (docs / f"{name}.1").read_text(encoding="utf-8")
    complaints = compare("man page", options_in_man_page(page), options)
    complaints += compare("man page, exit status", exit_codes_in_man_page(page), codes)
    verbs = verbs_in_help(text, VERBS) if VERBS in text else set()
    if verbs:
        complaints += compare_verbs(program, page, verbs)
    for file in (f"{name}.bash", f"_{name}", f"{name}.fish"):
        complaints += compare_completion(docs / "completions" / file, options, verbs)
    print("\n".join(complaints) if complaints else
          f"{len(options)} options, {len(verbs)} verbs, the same everywhere")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
