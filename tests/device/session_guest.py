"""For the guest: programs that hold a seat, and what is left of a virtual terminal after them."""
import fcntl
import os
import pathlib
import select
import signal
import subprocess
import time

from vt_ioctls import (K_OFF, K_UNICODE, K_XLATE, KDSETMODE, KDSKBMODE, VT_ACTIVATE, VT_SETMODE,
                       active, keyboard_mode, switching, text_mode, type_on)
from vt_ioctls import KD_GRAPHICS as GRAPHICS
from vt_ioctls import KD_TEXT as TEXT
from vt_ioctls import VT_AUTO as AUTO
from vt_ioctls import VT_PROCESS as PROCESS

HOLD = os.environ.get("HOLD", "")
STATE = pathlib.Path("/sys/kernel/debug/dri/0/state")


def vt(number):
    return os.open(f"/dev/tty{number}", os.O_RDWR | os.O_NOCTTY)


def modes(number):
    """Text or graphics, keyboard mode, who switches."""
    fd = vt(number)
    try:
        return text_mode(fd), keyboard_mode(fd), switching(fd)
    finally:
        os.close(fd)


def shown():
    fd = vt(0)
    try:
        return active(fd)
    finally:
        os.close(fd)


def ask_for(number):
    fd = vt(0)
    fcntl.ioctl(fd, VT_ACTIVATE, number)
    os.close(fd)


def press(keys, number):
    """Types these bytes on a virtual terminal."""
    fd = vt(number)
    type_on(fd, keys)
    os.close(fd)


def wait_for(condition, what, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"in vain: {what}"
        time.sleep(0.002)


def go_to(number):
    ask_for(number)
    wait_for(lambda: shown() == number, f"VT {number}, shown is {shown()}")


def display():
    """What is scanned out."""
    return [line.strip() for line in STATE.read_text().splitlines()
            if any(word in line for word in ("fb=", "crtc=", "active=", "enable=", "mode:"))]


class Held:
    """hold-seat, and what it says. `leader`: of a session on that VT; `session`: of one without a
    terminal, but for its stdin; `group`: of a process group."""

    def __init__(self, mode="hold", options=(), leader=None, session=False, group=False, user=None, keep=(),
                 program=HOLD):
        def lead():
            if leader:
                os.setsid()
                fd = vt(leader)
                fcntl.ioctl(fd, 0x540E, 1)  # TIOCSCTTY, from whoever has it
                os.dup2(fd, 0)
        self.process = subprocess.Popen(
            [program, mode, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=lead,
            start_new_session=session, process_group=0 if group else None, user=user, pass_fds=keep)
        self.said = b""
        self.error = ""
        self.guards = []

    def hear(self, word, seconds=10.0):
        """Waits until it says `word`; returns that line."""
        deadline = time.monotonic() + seconds
        while True:
            while b"\n" in self.said:
                line, self.said = self.said.split(b"\n", 1)
                line = line.decode()
                if line.startswith("guard "):
                    self.guards.append(int(line.split()[1]))
                if line.startswith(word):
                    return line
            left = deadline - time.monotonic()
            assert left > 0, f"it never said {word}"
            if select.select([self.process.stdout], [], [], left)[0]:
                more = os.read(self.process.stdout.fileno(), 4096)
                assert more, f"it ended before {word}: {self.process.stderr.read().decode()}"
                self.said += more

    def ready(self):
        self.hear("ready")
        return self

    def kill(self, number=signal.SIGKILL):
        self.process.send_signal(number)

    def end(self, seconds=20.0):
        """How it ended. Its stderr ends when its guard is gone too."""
        out, error = self.process.communicate(timeout=seconds)
        for line in (self.said + out).decode().splitlines():
            if line.startswith("guard "):
                self.guards.append(int(line.split()[1]))
        self.error = error.decode()
        return self.process.returncode

    def kill_and_end(self):
        self.kill()
        return self.end()


def guards_alive():
    return [entry.name for entry in pathlib.Path("/proc").iterdir()
            if entry.name.isdigit() and is_guard(entry)]


def the_guard():
    """The only one; waits for it, since it has its name a moment after its start."""
    wait_for(lambda: len(guards_alive()) == 1, "a guard")
    only, = guards_alive()
    return only


def is_guard(entry):
    try:
        name, rest = (entry / "stat").read_text().rsplit(")", 1)
    except OSError:
        return False
    return name.endswith("(console-guard") and rest.split()[0] not in "ZX"
