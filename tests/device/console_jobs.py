#!/usr/bin/env python3
"""console_jobs.py CASE: one case of test_console_vkms, in the guest: a shell with job control, which stops
programs and puts them into the background."""
import fcntl
import os
import pathlib
import subprocess
import sys
import termios
import time

from console_guest import (AS_BEFORE, DRI, HOME, OTHER, SCRATCH, SHOW, TAKEN, display, give_display_to_kernel, modes,
                           press, settings, wait_for)
from session_guest import go_to, shown, vt


class Shell:
    """An interactive one on another terminal, which is shown: with job control."""

    def __init__(self):
        self.files = [SCRATCH / "shell.out", SCRATCH / "shell.err"]
        terminal = vt(OTHER)
        with self.files[0].open("wb") as out, self.files[1].open("wb") as err:
            self.process = subprocess.Popen(
                ["bash", "--norc", "--noediting", "-i"], stdin=terminal, stdout=out, stderr=err, start_new_session=True,
                preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 1))
        os.close(terminal)
        go_to(OTHER)

    def does(self, line, shows=1):
        """Types it, and waits until drm-show has shown something that often."""
        press(line + "\n", OTHER)
        wait_for(lambda: self.files[0].read_text().count("Showing ") == shows, line, 10)

    def end(self):
        self.process.kill()
        self.process.wait()
        go_to(HOME)


def state_of(name):
    """Of the process of that name: R, S, T."""
    for entry in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            before, after = entry.read_text().rsplit(")", 1)
        except OSError:
            continue
        if before.endswith(f"({name}"):
            return after.split()[0]
    return ""


def stays_usable(number, when):
    """drm-show goes on, and the terminal that it has can be switched away from."""
    time.sleep(0.3)
    assert state_of("drm-show") not in ("T", ""), f"{when}: {state_of('drm-show')!r}"
    assert modes(number) == TAKEN, (when, modes(number))
    go_to(HOME)
    go_to(number)
    wait_for(lambda: "drm-show" in DRI.joinpath("state").read_text(), f"{when}: the picture again")


def job_control():
    """Ctrl-Z, a start in the background, fg, stty tostop: nothing stops it, and there never is a console that
    takes no keys or cannot be left."""
    before = give_display_to_kernel()
    for options, number in (("", OTHER), ("--no-keys", OTHER), ("--tty 9 --no-keys", 9)):
        for start in (f"{SHOW} {options}", f"{SHOW} {options} & sleep 0.5; fg", f"stty tostop; {SHOW} {options} & fg"):
            shell = Shell()
            shell.does(start)
            wait_for(lambda: settings(OTHER)[6][termios.VSUSP] == b"\0", f"{start}: no Ctrl-Z")
            press("\x1a", OTHER)
            stays_usable(number, start)
            press("touch /run/typed-meanwhile\n" if options else "q", OTHER)
            if options:
                subprocess.run(["pkill", "drm-show"], check=True)
            wait_for(lambda: state_of("drm-show") == "", f"{start}: its end")
            wait_for(lambda: shown() == OTHER and modes(OTHER) == AS_BEFORE and display() == before, "all as before")
            press("touch /run/typed-afterwards\n", OTHER)
            wait_for(pathlib.Path("/run/typed-afterwards").exists, "a shell that works")
            pathlib.Path("/run/typed-afterwards").unlink()
            assert not pathlib.Path("/run/typed-meanwhile").exists(), f"{start}: typed into the shell"
            shell.end()
    stopped_then_in_the_foreground(before)


def stopped_then_in_the_foreground(before):
    """By SIGSTOP, which cannot be ignored: the shell has the terminal then, until fg."""
    shell = Shell()
    shell.does(f"{SHOW}")
    subprocess.run(["pkill", "-STOP", "drm-show"], check=True)
    wait_for(lambda: settings(OTHER)[3] & termios.ICANON, "the shell's settings")
    press("fg\n", OTHER)
    wait_for(lambda: not settings(OTHER)[3] & termios.ICANON, "ours again")
    press("n", OTHER)
    shell.does("", shows=2)
    subprocess.run(["pkill", "-KILL", "drm-show"], check=True)
    wait_for(lambda: modes(OTHER) == AS_BEFORE and display() == before, "the guard's work")
    shell.end()


if __name__ == "__main__":
    globals()[sys.argv[1]]()
