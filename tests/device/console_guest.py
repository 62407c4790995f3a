"""For the guest: drm-show on a virtual terminal or without one, keys typed there, and what was scanned
out. Pictures are drawn by render-pattern, never by the program that is judged."""
import fcntl
import os
import pathlib
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import zlib

import session_guest
from session_guest import AUTO, GRAPHICS, K_UNICODE, PROCESS, TEXT, display, modes, vt, wait_for
from validation_log import validation_messages

BUILD = pathlib.Path(os.environ["BUILD"])
SHOW = BUILD / "src" / "show" / "drm-show"
RENDER = BUILD / "tests" / "golden" / "render-pattern"
ANIMATION = BUILD / "tests" / "golden" / "render-animation"
COMPARE = BUILD / "tests" / "device" / "compare-png"
REPLAY = BUILD / "tests" / "model" / "frame-ring-replay"
MORE = os.environ.get("SHOW_OPTIONS", "").split()  # for all of them
SHOTS = pathlib.Path(os.environ["VM_SHOTS"])
GRABBER = os.environ.get("VM_GRABBER", "")
SCRATCH = pathlib.Path("/run/console")
SCRATCH.mkdir(exist_ok=True)

HOME, OTHER = 3, 5  # we are on the first; nobody is on the other
AS_BEFORE = (TEXT, K_UNICODE, AUTO)
TAKEN = (GRAPHICS, K_UNICODE, PROCESS)
ESCAPE_S = 0.1  # so long Esc waits for what may follow it
SIZE = "640x480"
DRI = pathlib.Path("/sys/kernel/debug/dri/0")


def press(keys, number=HOME):
    session_guest.press(keys if isinstance(keys, bytes) else keys.encode(), number)


def settings(number=HOME):
    fd = vt(number)
    try:
        return termios.tcgetattr(fd)
    finally:
        os.close(fd)


def give_display_to_kernel():
    """A device's last close does; what it shows then is "before"."""
    os.close(os.open("/dev/dri/card0", os.O_RDWR))
    return display()


def in_foreground(pid):
    """What a shell does for whatever it starts; from the background this would stop us (SIGTTOU)."""
    old = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    terminal = os.open("/dev/tty", os.O_RDWR)
    os.tcsetpgrp(terminal, pid)
    os.close(terminal)
    signal.signal(signal.SIGTTOU, old)


class Show:
    """drm-show in a process group of its own, in the foreground if we have a terminal. `user`: with
    their groups; `leader`: of a session on that VT; `session`: of one without a terminal."""

    count = 0
    alive_ones: list["Show"] = []

    def __init__(self, *arguments, stdin=None, user=None, groups=(), leader=None, session=False, env=None,
                 program=SHOW):
        Show.count += 1
        self.heard = 0
        self.files = [SCRATCH / f"{Show.count}.{kind}" for kind in ("out", "err")]
        self.terminal = not session and leader is None and os.isatty(0)
        Show.alive_ones = [show for show in Show.alive_ones if show.alive()]
        self.foreground_before = os.tcgetpgrp(0) if self.terminal else 0

        def prepare():
            for number in (signal.SIGINT, signal.SIGQUIT):  # not as in the background of a script
                signal.signal(number, signal.SIG_DFL)
            if leader:
                os.setsid()
                fd = vt(leader)
                fcntl.ioctl(fd, termios.TIOCSCTTY, 1)  # from whoever has it
                os.dup2(fd, 0)
            elif self.terminal:
                os.setpgid(0, 0)
                in_foreground(os.getpid())
        with self.files[0].open("wb") as out, self.files[1].open("wb") as err:
            self.process = subprocess.Popen([program, *MORE, *map(str, arguments)], stdin=stdin, stdout=out, stderr=err,
                                            preexec_fn=prepare, start_new_session=session, user=user,
                                            group=user, extra_groups=groups if user else None,
                                            env=dict(os.environ, **env) if env else None)
        Show.alive_ones.append(self)

    @property
    def out(self):
        return self.files[0].read_text()

    @property
    def err(self):
        return self.files[1].read_text()

    def alive(self):
        return self.process.poll() is None

    def hear(self, text, seconds=10.0):
        """Waits until it says this, after what it has been heard to say."""
        position = -1

        def said():
            nonlocal position
            over = not self.alive()
            position = self.out.find(text, self.heard)
            return position >= 0 or over
        self.wait_for(said, text, seconds)
        assert position >= 0, f"it ended with {self.process.returncode} before {text!r}: {self.out} {self.err}"
        self.heard = position + len(text)
        return self

    def shows(self):
        return self.hear("Showing ")

    def hear_error(self, text, seconds=10.0):
        self.wait_for(lambda: text in self.err, text, seconds)

    def wait_for(self, condition, what, seconds=10.0):
        try:
            wait_for(condition, what, seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}; it says {self.out} {self.err}") from None

    def press(self, keys):
        press(keys)
        return self

    def wait(self, seconds=60.0):
        try:
            code = self.process.wait(seconds)
        finally:
            if self.terminal:
                in_foreground(self.foreground_before)
        found = validation_messages(self.out)
        assert not found, found
        return code

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        code = self.wait()
        assert code == 0, (code, self.out, self.err)
        return code


def run(*arguments, **options):
    """To its end; how it ended."""
    show = Show(*arguments, **options)
    show.wait()
    return show


def quit_by(show, keys="q", before=None):
    press(keys)
    code = show.wait()
    assert code == 0, (keys, code, show.err)
    assert modes(HOME) == AS_BEFORE, modes(HOME)
    if before is not None:
        assert display() == before, f"{before}\n{display()}"


# What is scanned out

def stop(process):
    process.send_signal(signal.SIGSTOP)
    stat = pathlib.Path(f"/proc/{process.pid}/stat")
    wait_for(lambda: stat.read_text().rsplit(")", 1)[1].split()[0] in "TZ", "its standstill")


def shot(name, crtc=None):
    """A screenshot; of several CRTCs the one of that index. vkms forgets a writeback that is followed by
    another commit before the next vertical blank, so nobody may commit meanwhile."""
    stopped = [show.process for show in Show.alive_ones if show.alive()]
    for process in stopped:
        stop(process)
    try:
        subprocess.run([GRABBER, "--out", SHOTS / name], check=True)
    finally:
        for process in stopped:
            process.send_signal(signal.SIGCONT)
    return SHOTS / (f"{name}.png" if crtc is None else f"{name}-{crtc}.png")


def difference(expected, got, tolerance=0):
    """Nothing if they are the same."""
    done = subprocess.run([COMPARE, expected, got, str(tolerance)], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def pattern(name, size=SIZE, label=()):
    file = SCRATCH / f"{name}-{size}-{len(label)}-{label[0] if label else ''}.png"
    if not file.exists():
        lines = [word for line in label for word in ("--label", line)]
        subprocess.run([RENDER, name, size, file, *lines], check=True)
    return file


def sees(expected, what, crtc=None, tolerance=0, seconds=5.0):
    """The screen shows this picture, now or soon."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", what)
    deadline = time.monotonic() + seconds
    while True:
        try:
            got = shot(name, crtc)
            differs = difference(expected, got, tolerance)
        except subprocess.CalledProcessError:  # nothing is lit just now
            differs = "dark"
        if not differs:
            return got
        assert time.monotonic() < deadline, f"{what}: {differs}"
        time.sleep(0.02)


def frame_number(file):
    done = subprocess.run([ANIMATION, "--read", file], capture_output=True, text=True, check=True)
    return int(done.stdout)


def frame(name, number, fps, size=SIZE):
    file = SCRATCH / f"{name}-{number}.png"
    subprocess.run([ANIMATION, name, size, str(number), repr((number - 1) / fps), file], check=True)
    return file


# Pictures of our own

class Pixels:
    """Red, green, blue in rows."""

    def __init__(self, rows):
        self.rows = rows

    @staticmethod
    def blocks(width, height, seed=1):
        """Squares of 20 pixels in colours that no turn or mirror image repeats."""
        def colour(column, row):
            value = (column * 7919 + row * 104729 + seed * 1299709) * 2654435761 >> 8 & 0xffffff
            return value.to_bytes(3, "big")
        lines = [b"".join(colour(x // 20, y) * 20 for x in range(0, width, 20))[:width * 3]
                 for y in range(-(-height // 20))]
        return Pixels([lines[y // 20] for y in range(height)])

    @staticmethod
    def ramps(width, height, part=None):
        """Red grows downwards and green to the right; `part` of it (its left, top, width and height on the
        screen), which may be larger than it, is how this looks scaled."""
        left, top, wide, high = part or (0, 0, 120, 240)

        def level(at, start, length, levels, step):
            place = ((at - start) + 0.5) * levels / length - 0.5
            return round(max(0, min(levels - 1, place)) * step)
        rows = []
        for y in range(height):
            red = level(y, top, high, 240, 1)
            rows.append(b"".join(bytes((red, level(x, left, wide, 120, 2), 128))
                                 if left <= x < left + wide and top <= y < top + high else b"\0\0\0"
                                 for x in range(width)))
        return Pixels(rows)

    def turned(self):
        """By 90 degrees clockwise."""
        width = len(self.rows[0]) // 3
        return Pixels([b"".join(row[3 * x:3 * x + 3] for row in reversed(self.rows)) for x in range(width)])

    def ppm(self, name):
        file = SCRATCH / f"{name}.ppm"
        file.write_bytes(b"P6 %d %d 255\n" % (len(self.rows[0]) // 3, len(self.rows)) + b"".join(self.rows))
        return file

    def png(self, name):
        sys.path.append(str(pathlib.Path(__file__).parents[1] / "vm"))
        import png
        file = SCRATCH / f"{name}.png"
        file.write_bytes(png.from_ppm(self.ppm(name).read_bytes()))
        return file


def slow_png(name, side=6000):
    """Black and large: it takes some tenths of a second to read. Smaller ones would be over before anybody looks."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    packer = zlib.compressobj(1)
    row = bytes(1 + 3 * side)
    rows = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    file = SCRATCH / f"{name}.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)) +
                     chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    return file


def reads(show, file):
    """Whether it has that file open."""
    try:
        return any(os.readlink(fd) == str(file) for fd in pathlib.Path(f"/proc/{show.process.pid}/fd").iterdir())
    except FileNotFoundError:  # just closed
        return False


# What is left

def framebuffers():
    """Of drm-show."""
    return (DRI / "framebuffer").read_text().count("allocated by = drm-show")


def lit_crtcs():
    parts = (DRI / "state").read_text().split("crtc[")[1:]
    return [i for i, part in enumerate(parts) if "active=1" in part]


def crtc_of(output):
    """Its index."""
    state = (DRI / "state").read_text()
    return int(re.search(rf"connector\[\d+\]: {output}\n\tcrtc=crtc-(\d+)", state)[1])


def status(pid, field):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return line.split(":")[1].split()
    raise AssertionError(field)


def unread(fd):
    """What can be read there at once."""
    data = b""
    while select.select([fd], [], [], 0)[0]:
        more = os.read(fd, 4096)
        if not more:
            break
        data += more
    return data


def plug(output, state):
    subprocess.run(["vm-plug", str(output), state], check=True)


def is_allocated(number):
    """Whether the kernel has this VT: only of those can the text be read."""
    node = SCRATCH / f"vcs{number}"
    if not node.exists():
        os.mknod(node, 0o600 | 0o020000, os.makedev(7, number))
    try:
        os.close(os.open(node, os.O_RDONLY))
        return True
    except OSError:
        return False
