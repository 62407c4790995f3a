#!/usr/bin/env python3
"""press.py KEYS PROGRAM…: runs a program on a terminal of its own, waits until it says that it
shows, presses keys, and tells whether it ended soon and put the terminal back. Exits as it did."""
import os
import pty
import select
import sys
import termios
import time

keys = sys.argv[1].encode().decode("unicode_escape").encode()
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])

before = termios.tcgetattr(terminal)
text = b""
deadline = time.monotonic() + 20
ready_marker = b"Showing "
pressed_at = None
while time.monotonic() < deadline:
    if select.select([terminal], [], [], 0.05)[0]:
        try:
            chunk = os.read(terminal, 4096)
        except OSError:  # the other end is closed
            break
        text += chunk
    if pressed_at is None and ready_marker in text and text.endswith(b"\n"):
        time.sleep(0.3)
        os.write(terminal, keys)
        pressed_at = time.monotonic()

sys.stdout.write(text.decode())
_, status = os.waitpid(pid, 0)
print("lived on" if time.monotonic() - (pressed_at or 0) > 0.5 else "ended at once")
restored = termios.tcgetattr(terminal)[3] == before[3]
print("terminal restored" if restored else "terminal NOT restored")
sys.exit(os.waitstatus_to_exitcode(status))
