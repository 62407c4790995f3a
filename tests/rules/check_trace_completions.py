#!/usr/bin/env python3
"""What the Tab key makes of a line of drm-trace, typed into real shells, with a recording of ours.

Usage: check_trace_completions.py DRM_TRACE COMPLETIONS_FOLDER MAKE_RECORDING
"""
import os
import pathlib
import shlex
import subprocess
import sys

import check_completions

# What is typed, and what the line is after Tab. PID is that of the recording.
LINES = [
    ("drm-trace su", "drm-trace summary "),
    ("drm-trace w", "drm-trace why "),
    ("drm-trace why mis", "drm-trace why missed "),
    ("drm-trace dump PID", "drm-trace dump PID "),
    ("drm-trace why last PID", "drm-trace why last PID "),
    ("drm-trace --json summary PID", "drm-trace --json summary PID "),
    ("drm-trace dump saved", "drm-trace dump saved.rec "),
    ("drm-trace --dry", "drm-trace --dry-run "),
    ("drm-trace dump --clock w", "drm-trace dump --clock wall "),
    ("drm-trace export --around mis", "drm-trace export --around missed "),
    ("drm-trace export -o saved", "drm-trace export -o saved.rec "),
]
PROGRAM = "drm-trace"


def prepare(program: str, make_recording: pathlib.Path, folder: pathlib.Path) -> dict[str, str]:
    path = subprocess.run([make_recording, folder], text=True, capture_output=True,
                          check=False).stdout.strip()
    pid = path.rsplit(".", 1)[1]
    os.rename(path, folder / "saved.rec")
    check_completions.LINES[:] = [(line.replace("PID", pid), expected.replace("PID", pid))
                                  for line, expected in LINES]
    (folder / "bin").mkdir()
    wrapper = folder / "bin" / PROGRAM
    wrapper.write_text(f"#!/bin/sh\nexec {shlex.quote(str(pathlib.Path(program).resolve()))} \"$@\"\n",
                       encoding="utf-8")
    wrapper.chmod(0o755)
    return dict(os.environ, PATH=f"{folder}/bin:{os.environ['PATH']}", TERM="dumb", PS1="$ ",
                HOME=str(folder), HISTFILE="", INPUTRC="/dev/null", STATE_DIRECTORY=str(folder))


if __name__ == "__main__":
    check_completions.FILES = {"bash": f"{PROGRAM}.bash", "zsh": f"_{PROGRAM}",
                               "fish": f"{PROGRAM}.fish"}
    check_completions.prepare = prepare
    sys.exit(check_completions.main())
