#!/usr/bin/env python3
"""console_real_keys.py: in a QEMU guest, on VT 3 as the controlling terminal of the session that it
leads: keys that are really pressed, and screenshots that test_console_qemu compares."""
import os
import select
import subprocess

from console_guest import AS_BEFORE, HOME, TAKEN, Show, modes, settings, wait_for
from session_guest import go_to, shown, vt

OTHER = 2
HIDE_CURSOR = "\x1b[?25l"  # it blinks


def keys(*names):
    subprocess.run(["vm-keys", *names], check=True)


def screenshot(name):
    subprocess.run(["vm-screenshot", name], check=True)


def write_texts():
    for number, text in ((HOME, "the shell's console"), (OTHER, "another console")):
        go_to(number)
        fd = vt(number)
        os.write(fd, f"{HIDE_CURSOR}hello from {text}\r\n".encode())
        os.close(fd)
        screenshot(f"text-{number}")
    go_to(HOME)


def typed(fd, text):
    """What arrived there within some seconds: keys take a while through QEMU."""
    data = b""
    while data != text and select.select([fd], [], [], 5)[0]:
        data += os.read(fd, 64)
    assert data == text, f"{data} arrived, not {text}"


def show_and_switch():
    terminal = settings()
    show = Show("--no-label").shows()
    assert modes(HOME) == TAKEN
    screenshot("card")
    keys("n")
    show.hear("Showing smpte on")
    keys("right")
    show.hear("Showing smpte-hd on")
    keys("ctrl-alt-f2")
    wait_for(lambda: shown() == OTHER, "VT 2")
    other = vt(OTHER)
    keys("q", "ret")  # not for drm-show
    typed(other, b"q\n")
    assert show.alive()
    go_to(HOME)
    go_to(OTHER)
    os.write(other, b"\x1b[A\x1b[2K")  # the q is echoed in a line of its own
    os.close(other)
    screenshot("away")
    keys("ctrl-alt-f3")
    wait_for(lambda: shown() == HOME and modes(HOME) == TAKEN, "our VT")
    keys("p")
    show.hear("Showing smpte on")
    screenshot("back")
    keys("q")
    assert show.wait() == 0, show.err
    assert modes(HOME) == AS_BEFORE and settings() == terminal
    screenshot("after")
    keys("l", "s", "ret")
    typed(0, b"ls\n")


def other_ends():
    for key in ("esc", "ctrl-c"):
        show = Show("--no-label", "--pattern", "bounce").shows()
        keys("ctrl-alt-f2")
        wait_for(lambda: shown() == OTHER, "VT 2")
        keys("ctrl-alt-f3")
        wait_for(lambda: shown() == HOME, "our VT")
        keys(key)
        assert show.wait() == 0, (key, show.err)
        assert modes(HOME) == AS_BEFORE, key


if __name__ == "__main__":
    write_texts()
    show_and_switch()
    other_ends()
    screenshot("end")
