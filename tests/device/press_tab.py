#!/usr/bin/env python3
"""press_tab.py TEXT PROGRAM…: runs a program on a terminal of its own, types a text at its prompt and
presses Tab and Enter, prints what it answers, and ends it with Ctrl-D."""
import os
import pty
import select
import sys
import time

PROMPT = b"drm> "
PATIENCE_S = 20
QUIET_S = 0.7  # nothing more for so long: that was all

pid, terminal = pty.fork()
if pid == 0:
    os.environ["TERM"] = "vt100"
    os.execv(sys.argv[2], sys.argv[2:])


def read_until(done) -> bytes:
    text = b""
    heard = start = time.monotonic()
    while time.monotonic() - start < PATIENCE_S and not done(text, time.monotonic() - heard):
        if not select.select([terminal], [], [], 0.05)[0]:
            continue
        try:
            text += os.read(terminal, 4096)
        except OSError:  # the other end is closed
            break
        heard = time.monotonic()
    return text


def quiet(_text: bytes, since: float) -> bool:
    return since > QUIET_S


read_until(lambda text, _: PROMPT in text)
os.write(terminal, sys.argv[1].encode() + b"\t")
answer = read_until(quiet)
os.write(terminal, b"\n")
answer += read_until(quiet)
os.write(terminal, b"\x04")  # Ctrl-D
answer += read_until(lambda _, since: since > PATIENCE_S)
sys.stdout.write(answer.decode(errors="replace"))
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status))
