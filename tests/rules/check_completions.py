#!/usr/bin/env python3
"""What the Tab key makes of a line, typed into real shells, with a recorded report as the device.

Usage: check_completions.py DRM_QUERY COMPLETIONS_FOLDER REPORTS_FOLDER
"""
import json
import os
import pathlib
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

# What is typed, and what the line is after Tab. In the report, DP-1 has a property "max bpc".
LINES = [
    ("drm-query exp", "drm-query explain "),
    ("drm-query DP", "drm-query DP-1 "),
    ("drm-query show crtc/3", "drm-query show crtc/3"),  # 33 and 38
    ("drm-query get DP", "drm-query get DP-1."),
    ("drm-query get DP-1.non", "drm-query get DP-1.non-desktop "),
    ("drm-query get DP-1.max", r"drm-query get DP-1.max\ bpc "),
    (r"drm-query get DP-1.max\ b", r"drm-query get DP-1.max\ bpc "),
    ('drm-query get "DP-1.max b', 'drm-query get "DP-1.max bpc" '),
    ("drm-query get 'DP-1.max b", "drm-query get 'DP-1.max bpc' "),
    ("drm-query explain max", r"drm-query explain max\ bpc "),
    ("drm-query get card0.caps.PRI", "drm-query get card0.caps.PRIME "),
    ("drm-query get card0/DP-1.EDID.ser", "drm-query get card0/DP-1.EDID.serial "),
    ("drm-query --json get DP-1.link", "drm-query --json get DP-1.link-status "),
    ("drm-query --device card0 get DP-1.link", "drm-query --device card0 get DP-1.link-status "),
    ("drm-query --device card7 get DP-1.link", "drm-query --device card7 get DP-1.link"),
    ("drm-query --device virt", "drm-query --device virtio_gpu "),
    ("drm-query --device=virt", "drm-query --device=virtio_gpu "),
    ("drm-query -d 0000:00:0", "drm-query -d 0000:00:05.0 "),
    ("drm-query -d 0000:00:05.0 get DP-1.link", "drm-query -d 0000:00:05.0 get DP-1.link-status "),
    ("drm-query --pro", "drm-query --probe "),
    ("drm-query --j", "drm-query --json "),
    ("drm-query --color al", "drm-query --color always "),
    ("drm-query graph s", "drm-query graph svg "),
    ("drm-query --from repo", "drm-query --from report.json "),
    ("drm-query diff repo", "drm-query diff report.json "),
    ("drm-query --from report.json get Virtual-2.link",
     "drm-query --from report.json get Virtual-2.link-status "),
]
# Pressed after Tab, it makes the shell print its line between these.
MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"],
             "source {file}; bind 'set bell-style none'; "
             "bind -x '\"\\C-t\": echo \"[\"\"[$READLINE_LINE]]\"'"),
    "zsh": (["zsh", "-f", "-i"],
            "fpath=({folder} $fpath); autoload -Uz compinit; compinit -u -D; unsetopt beep; "
            "show-line() {{ print -r -- '['\"[$BUFFER]]\" }}; zle -N show-line; "
            "bindkey '^T' show-line"),
}
FILES = {"bash": "drm-query.bash", "zsh": "_drm-query", "fish": "drm-query.fish"}


class Terminal:
    """A shell at work in a pseudo-terminal."""

    def __init__(self, command: list[str], environment: dict[str, str], folder: str):
        pid, self.fd = pty.fork()
        if pid == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, environment)

    def type(self, text: str) -> None:
        os.write(self.fd, text.encode())

    def read_until(self, pattern: re.Pattern, seconds: float = 20) -> re.Match:
        text, end = "", time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.fd], [], [], 0.1)[0]:
                text += os.read(self.fd, 65536).decode(errors="replace")
            if match := pattern.search(text):
                return match
        raise AssertionError(f"nothing like {pattern.pattern} in {text!r}")


def completed(shell: str, folder: pathlib.Path, completions: pathlib.Path,
              environment: dict[str, str]) -> list[str]:
    command, setup = SHELLS[shell]
    terminal = Terminal(command, environment, str(folder))
    terminal.type(setup.format(file=shlex.quote(str(completions / FILES[shell])),
                               folder=shlex.quote(str(completions))) + "; echo re''ady\n")
    terminal.read_until(re.compile("ready"))
    answers = []
    for line, _ in LINES:
        terminal.type(line + "\t\x14")
        answers.append(terminal.read_until(MARK).group(1))
        terminal.type("\x15")  # forget the line
    os.close(terminal.fd)
    return answers


def shell_complaints(shell: str, *where: object) -> list[str]:
    return [f"{shell}: {line!r} became {answer!r}, not {expected!r}"
            for (line, expected), answer in zip(LINES, completed(shell, *where), strict=True)
            if answer != expected]


def unquoted(text: str) -> str:
    return re.sub(r"[\\\\\"']", "", text).strip()


# fish says what it would offer; quoting is its own business.
def fish_complaints(folder: pathlib.Path, completions: pathlib.Path,
                    environment: dict[str, str]) -> list[str]:
    found = []
    for line, expected in LINES:
        script = f"source {completions / FILES['fish']}; complete -C {shlex.quote(line)}"
        offers = subprocess.run(["fish", "--no-config", "-c", script], cwd=folder, text=True,
                                env=environment, capture_output=True, check=True).stdout
        offers = [unquoted(offer.split("\t")[0]) for offer in offers.splitlines()]
        if line == expected:
            right = len(offers) != 1
        else:
            right = bool(offers) and all(unquoted(expected).endswith(offer) for offer in offers)
        if not right:
            found.append(f"fish: {line!r} offers {offers}, not {expected!r}")
    return found


def prepare(program: str, reports: pathlib.Path, folder: pathlib.Path) -> dict[str, str]:
    report = json.loads((reports / "virtio-gpu-6.1.json").read_text("utf-8"))
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
    connector = report["/dev/dri/card0"]["connectors"][0]
    connector["name"] = "DP-1"
    connector["properties"]["max bpc"] = dict(connector["properties"]["DPMS"], id=200)
    (folder / "device").mkdir()
    (folder / "device/now").write_text(json.dumps(report), encoding="utf-8")
    (folder / "bin").mkdir()
    wrapper = folder / "bin/drm-query"
    wrapper.write_text(f"#!/bin/sh\nexec {shlex.quote(str(pathlib.Path(program).resolve()))} "
                       f"--from {folder}/device/now \"$@\"\n", encoding="utf-8")
    wrapper.chmod(0o755)
    return dict(os.environ, PATH=f"{folder}/bin:{os.environ['PATH']}", TERM="dumb", PS1="$ ",
                HOME=str(folder), HISTFILE="", INPUTRC="/dev/null")


def main() -> int:
    program, completions, reports = sys.argv[1], *map(pathlib.Path, sys.argv[2:4])
    complaints, tried = [], []
    for shell in FILES:
        if not shutil.which(shell):
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            environment = prepare(program, reports, folder)
            where = folder, completions.resolve(), environment
            complaints += (fish_complaints(*where) if shell == "fish" else
                           shell_complaints(shell, *where))
        tried.append(shell)
    print("\n".join(complaints) if complaints else f"{len(LINES)} lines in {', '.join(tried)}")
    return 1 if complaints else 0 if tried else 77


if __name__ == "__main__":
    sys.exit(main())
