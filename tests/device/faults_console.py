"""What a console is in, and what a display shows, as the kernel knows it: for tests of how they come back.

Runs in the guest. Nothing here takes a terminal as its controlling one, and nothing stays open that
would keep the display from the kernel's own console.
"""
import errno
import fcntl
import os
import pathlib
import re
import struct
import subprocess
import termios
import time
from contextlib import contextmanager
from dataclasses import dataclass

from vt_ioctls import (KD_GRAPHICS, KD_TEXT, KDSETMODE, KDSKBMODE, VT_ACTIVATE, VT_AUTO, VT_PROCESS, VT_SETMODE,
                       active, keyboard_mode, switching, text_mode)

K_NAMES = {0: "K_RAW", 1: "K_XLATE", 2: "K_MEDIUMRAW", 3: "K_UNICODE", 4: "K_OFF"}

DEBUG = pathlib.Path("/sys/kernel/debug/dri/0")
CARD = "/dev/dri/card0"
# What only tells how the last commit went, and the kernel's own bookkeeping.
TRANSIENT = re.compile(r"_changed=|refcount|vaddr|use_count|pin_count")


@contextmanager
def terminal(number: int):
    """Opened anew each time: the kernel hangs a terminal up when the leader of its session ends, and
    then no descriptor that anybody had of it is good for anything."""
    fd = os.open(f"/dev/tty{number}", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        yield fd
    finally:
        os.close(fd)


@dataclass(frozen=True)
class Console:
    """A virtual terminal's modes."""
    text_mode: int
    keyboard: int
    switching: int
    settings: str  # termios
    foreground: int  # the VT that is shown

    @classmethod
    def read(cls, number: int) -> "Console":
        while True:
            try:
                return cls._read_once(number)
            except (OSError, termios.error) as error:
                # Hung up just now: opened again it answers.
                if error.args[0] != errno.EIO:
                    raise

    @classmethod
    def _read_once(cls, number: int) -> "Console":
        with terminal(number) as fd:
            return cls(text_mode(fd), keyboard_mode(fd), switching(fd),
                       repr(termios.tcgetattr(fd)), foreground())

    def differences(self, other: "Console") -> list[str]:
        """What is not as in `other`, which is right, in words."""
        found = []
        if self.text_mode != other.text_mode:
            found.append("the VT is in KD_GRAPHICS")
        if self.switching != other.switching:
            found.append("the VT is in VT_PROCESS")
        if self.keyboard != other.keyboard:
            found.append(f"the keyboard is in {K_NAMES.get(self.keyboard, self.keyboard)}")
        if self.settings != other.settings:
            found.append("the terminal's settings are changed")
        if self.foreground != other.foreground:
            found.append(f"VT {self.foreground} is shown")
        return found


def foreground() -> int:
    with terminal(0) as fd:
        return active(fd)


def activate(number: int) -> None:
    with terminal(0) as fd:
        fcntl.ioctl(fd, VT_ACTIVATE, number)


def switch_to(number: int, patience: float) -> bool:
    """VT_WAITACTIVE would wait for ever for a program that does not let go. The kernel forgets what is asked
    for while another switch is waiting for a program: so it is asked again, and looked at again."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        activate(number)
        again = min(time.monotonic() + 0.1, end)
        while foreground() != number and time.monotonic() < again:
            time.sleep(0.0005)
        if foreground() == number:
            return True
    return False


def stay_on(number: int, patience: float) -> bool:
    """When switches may still be under way."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if not switch_to(number, patience):
            return False
        time.sleep(0.05)
        if foreground() == number:
            return True
    return False


def make_usable(number: int, console: Console, settings: list) -> None:
    """By force: for the next fault to begin on a good console."""
    with terminal(number) as fd:
        fcntl.ioctl(fd, VT_SETMODE, struct.pack("=bbhhh", VT_AUTO, 0, 0, 0, 0))
        fcntl.ioctl(fd, KDSETMODE, console.text_mode)
        fcntl.ioctl(fd, KDSKBMODE, console.keyboard)
        termios.tcsetattr(fd, termios.TCSANOW, settings)
    switch_to(console.foreground, 5)


def read_debug(name: str) -> str:
    try:
        return (DEBUG / name).read_text(encoding="utf-8")
    except OSError:
        return ""


def touch_display() -> None:
    """A device's last close gives it back to the kernel's console."""
    os.close(os.open(CARD, os.O_RDWR | os.O_CLOEXEC))


def kms_state() -> str:
    return "\n".join(line for line in read_debug("state").splitlines() if not TRANSIENT.search(line))


def restore_property(driver: str, name: str, value: int) -> None:
    """Of all planes, by another program."""
    for plane in re.findall(r"^plane\[(\d+)\]", read_debug("state"), re.MULTILINE):
        subprocess.run(["modetest", "-M", driver, "-w", f"{plane}:{name}:{value}"], check=False,
                       capture_output=True)


def clients() -> list[str]:
    """Who has the device open: command and pid."""
    return [" ".join(line.split()[:2]) for line in read_debug("clients").splitlines()[1:]]


def framebuffers() -> list[str]:
    """Whose, and of which size; one that its owner died with goes a moment later."""
    text = read_debug("framebuffer")
    return sorted(f"{owner} {size}" for owner, size in
                  re.findall(r"allocated by = (.*)\n(?:.*\n)*?\s*size=(\S+)", text))


def shared_memory_kib() -> int:
    """What buffers on virtual displays are made of (shmem), and files in memory."""
    text = pathlib.Path("/proc/meminfo").read_text(encoding="ascii")
    return int(re.search(r"^Shmem:\s+(\d+)", text, re.MULTILINE).group(1))


def remove_recordings() -> None:
    """What drm-show leaves on purpose; the guest's disk is memory, too."""
    for folder in ("/dev/shm", "/var/lib/drm-show"):
        for recording in pathlib.Path(folder).glob("drm-record.*"):
            recording.unlink(missing_ok=True)


@dataclass(frozen=True)
class Display:
    state: str
    clients: tuple[str, ...]
    framebuffers: tuple[str, ...]
    memory_kib: int

    # Less than any framebuffer of ours has.
    MEMORY_SLACK_KIB = 1024

    @classmethod
    def read(cls) -> "Display":
        return cls(kms_state(), tuple(clients()), tuple(framebuffers()), shared_memory_kib())

    def differences(self, other: "Display") -> list[str]:
        found = []
        if self.state != other.state:
            found.append(f"the display's state: {changed_lines(other.state, self.state)}")
        if self.clients != other.clients:
            found.append(f"clients of the device: {', '.join(self.clients)}")
        if self.framebuffers != other.framebuffers:
            found.append(f"framebuffers: {', '.join(self.framebuffers)}")
        if self.memory_kib > other.memory_kib + self.MEMORY_SLACK_KIB:
            found.append(f"{self.memory_kib - other.memory_kib} KiB of buffers are left")
        return found


def changed_lines(before: str, after: str, most: int = 4) -> str:
    """The first lines that differ, each with the object that it belongs to."""
    found, owner = [], ""
    for old, new in zip(before.splitlines(), after.splitlines()):
        if not new.startswith("\t"):
            owner = new.rstrip(":")
        if old != new and len(found) < most:
            found.append(f"{owner}: {new.strip()} (was {old.strip()})")
    return "; ".join(found) or "lines came or went"
