"""A program under test on a virtual terminal, as a login there would start it: leader of a session, with
that terminal as its controlling one and as its input. Runs in the guest."""
import fcntl
import os
import pathlib
import re
import select
import signal
import subprocess
import termios
import time

import faults_console
from vt_ioctls import type_on

TIOCSCTTY_STEAL = 1
OUTPUT = pathlib.Path("/run/faults")


def wait_until(condition, patience: float, pause: float = 0.001) -> bool:
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def parents() -> dict[int, tuple[int, int]]:
    """Of all processes that are not dead yet: parent and session."""
    found = {}
    for entry in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()
        except OSError:
            continue
        if fields[0] not in "ZX":
            found[int(entry.parent.name)] = (int(fields[1]), int(fields[3]))
    return found


def command_of(pid: int) -> str:
    try:
        return pathlib.Path(f"/proc/{pid}/comm").read_text("utf-8").strip() + f" ({pid})"
    except OSError:
        return f"({pid})"


class Subject:
    """Its output goes to files, so that the text on the terminal stays as it was."""
    count = 0

    def __init__(self, command: list[str], terminal: int | None, environment: dict[str, str] | None = None,
                 before_exec=lambda: None):
        OUTPUT.mkdir(exist_ok=True)
        Subject.count += 1
        self.out = OUTPUT / f"{Subject.count}.out"
        self.err = OUTPUT / f"{Subject.count}.err"
        self.ended: int | None = None
        path = f"/dev/tty{terminal}" if terminal else "/dev/null"
        with self.out.open("wb") as out, self.err.open("wb") as err:
            stdin = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
            self.process = subprocess.Popen(
                command, stdin=stdin, stdout=out, stderr=err, start_new_session=True,
                env={**os.environ, **(environment or {})},
                preexec_fn=lambda: self._prepare(terminal, before_exec))
            os.close(stdin)
        self.pid = self.process.pid

    @staticmethod
    def _prepare(terminal: int | None, before_exec) -> None:
        # A shell ignores them for what it starts in the background, and so would we.
        for number in (signal.SIGINT, signal.SIGQUIT):
            signal.signal(number, signal.SIG_DFL)
        if terminal:
            fcntl.ioctl(0, termios.TIOCSCTTY, TIOCSCTTY_STEAL)
        before_exec()

    def said(self) -> str:
        return self.out.read_text("utf-8", "replace") + self.err.read_text("utf-8", "replace")

    def alive(self) -> bool:
        if self.ended is None:
            self.ended = self.process.poll()
        return self.ended is None

    def says(self, text: str, patience: float) -> bool:
        """Until it does, or ends."""
        wait_until(lambda: text in self.said() or not self.alive(), patience, 0.005)
        return text in self.said()

    def send(self, *signals: int) -> None:
        for number in signals:
            self.process.send_signal(number)

    def end(self, patience: float) -> int | None:
        """Its exit status, -N if signal N ended it; None if it does not end."""
        pidfd = os.pidfd_open(self.pid) if self.alive() else -1
        if pidfd >= 0:
            select.select([pidfd], [], [], patience)
            os.close(pidfd)
        self.alive()
        return self.ended

    def helpers(self) -> list[int]:
        """Whom it started: the guard."""
        return [pid for pid, (parent, _) in parents().items() if parent == self.pid]

    def left_behind(self) -> list[int]:
        """Of its session, when it is gone."""
        return [pid for pid, (_, session) in parents().items() if session == self.pid and pid != self.pid]

    def descriptors(self) -> list[str]:
        """What they are of."""
        found = []
        for link in pathlib.Path(f"/proc/{self.pid}/fd").iterdir():
            try:
                found.append(re.sub(r"\d+]", "]", os.readlink(link)))  # socket:[123]
            except OSError:
                pass  # closed just now
        return sorted(found)

    def type(self, terminal: int, text: bytes) -> None:
        """Keys, as if pressed on that terminal."""
        with faults_console.terminal(terminal) as fd:
            type_on(fd, text)

    def destroy(self) -> None:
        for pid in [self.pid, *self.left_behind()]:
            try:
                os.kill(pid, signal.SIGKILL)
                os.kill(pid, signal.SIGCONT)
            except ProcessLookupError:
                pass
        self.process.wait(20)
