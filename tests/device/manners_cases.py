"""For the guest: drm-show and those around it, who want the screen, end, or stop listening. Each
case is a function; test_manners_vkms.py calls them by name. SHOW is drm-show."""
import fcntl
import os
import pathlib
import signal
import struct
import subprocess
import sys
import time

import session_guest
from session_guest import AUTO, GRAPHICS, PROCESS, TEXT, Held, go_to, modes, shown, vt, wait_for
from vt_ioctls import VT_RELDISP, VT_SETMODE

SHOW = os.environ["SHOW"]
HOME, OTHER = 3, 5
SET_MASTER, DROP_MASTER = 0x641E, 0x641F


class Show(Held):
    def __init__(self, *arguments, **more):
        super().__init__(arguments[0], arguments[1:], program=SHOW, **more)


def press(keys: bytes) -> None:
    session_guest.press(keys, HOME)


def try_ioctl(fd: int, request: int) -> int:
    try:
        fcntl.ioctl(fd, request, 0)
        return 0
    except OSError as error:
        return error.errno


class Compositor:
    """A program on the home VT that takes part in switches as compositors do: when it is shown again it
    wants to be master at once, and does not try twice."""

    def __init__(self):
        self.terminal = vt(HOME)
        self.device = os.open("/dev/dri/card0", os.O_RDWR)
        self.answers = []
        signal.signal(signal.SIGUSR1, self.leave)
        signal.signal(signal.SIGUSR2, self.enter)
        fcntl.ioctl(self.terminal, VT_SETMODE, struct.pack("bbhhh", 1, 0, signal.SIGUSR1, signal.SIGUSR2, 0))

    def leave(self, *_):
        try_ioctl(self.device, DROP_MASTER)
        fcntl.ioctl(self.terminal, VT_RELDISP, 1)

    def enter(self, *_):
        fcntl.ioctl(self.terminal, VT_RELDISP, 2)
        self.answers.append(try_ioctl(self.device, SET_MASTER))


def next_in_line():
    """Who is shown after us is master with its first try, however we end."""
    compositor = Compositor()
    for number in (signal.SIGTERM, signal.SIGKILL) * 4:
        show = Show("--tty", str(OTHER))
        show.hear("Showing")
        assert modes(OTHER)[::2] == (GRAPHICS, PROCESS)
        show.kill(number)
        show.end()
        wait_for(lambda: shown() == HOME, "the VT of the compositor")
    wait_for(lambda: len(compositor.answers) >= 8, "eight returns")
    assert not any(compositor.answers), compositor.answers


def hung_up():
    """The login on our VT ends and we do not: switches go on, or we end and say so."""
    said = pathlib.Path("said")
    shell = subprocess.Popen(["setsid", "-c", "sh", "-m", "-c", f"{SHOW} --no-keys >said 2>&1 </dev/null & sleep 1"],
                             stdin=vt(HOME))
    shell.wait()
    wait_for(lambda: "Showing" in said.read_text(), "a picture")
    time.sleep(0.3)
    go_to(OTHER)
    wait_for(lambda: modes(HOME)[::2] == (TEXT, AUTO), "the VT in order")
    wait_for(lambda: "was hung up: the session on it has ended" in said.read_text(), "why it ended")


def stopped_output():
    """Ctrl-S on our VT, where messages go, too: keys and switches go on."""
    show = subprocess.Popen([SHOW], stdin=vt(HOME), stdout=vt(HOME), stderr=vt(HOME))
    wait_for(lambda: modes(HOME)[0] == GRAPHICS, "a picture")
    time.sleep(0.3)
    press(b"\x13nnn")
    time.sleep(0.3)
    go_to(OTHER)
    go_to(HOME)
    press(b"q")
    assert show.wait(timeout=5) == 0


def nobody_reads():
    """A full pipe at the other end of our messages."""
    read_end, write_end = os.pipe()
    os.set_blocking(write_end, False)
    try:
        while os.write(write_end, b"x" * 4096):
            pass
    except BlockingIOError:
        os.set_blocking(write_end, True)
    show = subprocess.Popen([SHOW], stdin=vt(HOME), stdout=write_end, stderr=write_end)
    wait_for(lambda: modes(HOME)[0] == GRAPHICS, "graphics mode")
    time.sleep(1)
    press(b"nn")
    go_to(OTHER)
    go_to(HOME)
    press(b"q")
    assert show.wait(timeout=10) == 0
    os.close(read_end)


def master_elsewhere():
    """Another program is master for a while: keys do not end us, and we go on when it has gone."""
    show = Show("--wait")
    show.hear("Showing")
    own = os.pidfd_open(show.process.pid)
    devices = [int(fd) for fd in os.listdir(f"/proc/{show.process.pid}/fd")
               if os.readlink(f"/proc/{show.process.pid}/fd/{fd}") == "/dev/dri/card0"]
    import ctypes
    copy = ctypes.CDLL(None).syscall(438, own, devices[0], 0)  # pidfd_getfd
    assert try_ioctl(copy, DROP_MASTER) == 0
    other = os.open("/dev/dri/card0", os.O_RDWR)  # without a master, who opens it becomes that
    press(b"m")
    time.sleep(0.5)
    assert show.process.poll() is None, show.process.stderr.read()
    os.close(other)
    show.hear("Showing")
    press(b"q")
    assert show.end() == 0, show.error
    assert "waiting for it to go" in show.error, show.error


def two_changes_at_once():
    """Another mode, and another one before the first was ever shown: the screen is never dark."""
    show = Show("--pattern", "solid:white")
    show.hear("Showing")
    press(b"mm")
    for _ in range(200):
        state = pathlib.Path("/sys/kernel/debug/dri/0/state").read_text()
        plane = state[state.index("plane["):].split("\n", 3)[:3]
        assert not any(line.strip() == "fb=0" for line in plane), plane
        time.sleep(0.005)
    press(b"q")
    assert show.end() == 0, show.error


globals()[sys.argv[1]]()
