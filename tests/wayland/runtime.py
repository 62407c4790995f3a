"""What every compositor of these tests lives in: a private XDG_RUNTIME_DIR, and processes with logs."""
import contextlib
import os
import pathlib
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator

START_TIMEOUT = 15.0  # seconds; a busy machine starts weston in 2
END_TIMEOUT = 5.0  # seconds between SIGTERM and SIGKILL
# These would send clients and compositors to the displays of whoever runs the tests.
FORGET = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "WAYLAND_DEBUG", "XAUTHORITY", "SWAYSOCK", "I3SOCK",
          "XDG_CURRENT_DESKTOP", "DBUS_SESSION_BUS_ADDRESS", "XDG_SESSION_ID", "XDG_SEAT", "XDG_VTNR")


def wait_for(what: str, condition: Callable[[], object], timeout: float = START_TIMEOUT) -> None:
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {timeout:g} s in vain: {what}")
        time.sleep(0.01)


@contextlib.contextmanager
def runtime_folder(user: int | None = None) -> Iterator[pathlib.Path]:
    """A folder as XDG_RUNTIME_DIR has to be: its owner's alone. Its path is short, since a socket's may have 107
    characters."""
    with tempfile.TemporaryDirectory(prefix="drm-show-wl-", ignore_cleanup_errors=True) as name:
        folder = pathlib.Path(name)
        folder.chmod(0o700)
        if user is not None:
            os.chown(folder, user, user)
        yield folder


def environment(folder: pathlib.Path, **more: str) -> dict[str, str]:
    """For a process that knows this folder's sockets only, and leaves recordings there."""
    kept = {key: value for key, value in os.environ.items() if key not in FORGET}
    return {**kept, "XDG_RUNTIME_DIR": str(folder), "STATE_DIRECTORY": str(folder / "state"), **more}


class Process:
    """A program, with all that it prints in a file. Ended when the with statement is left."""

    def __init__(self, command: list, log: pathlib.Path, env: dict[str, str], user: int | None = None,
                 folder: pathlib.Path | None = None) -> None:
        self.log = log
        self.name = pathlib.Path(command[0]).name
        self._last_words: str | None = None  # set by end()
        rights = {} if user is None else {"user": user, "group": user, "extra_groups": []}
        with open(log, "wb") as output:
            self.popen = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=env,
                                          cwd=folder, start_new_session=True, **rights)

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self.end()

    def text(self) -> str:
        """What it has printed; still there when its file is gone."""
        if self._last_words is not None:
            return self._last_words
        return self.log.read_text(encoding="utf-8", errors="replace")

    def runs(self) -> bool:
        return self.popen.poll() is None

    def wait(self, timeout: float) -> int:
        """The exit code, as subprocess has it: -9 for SIGKILL."""
        try:
            return self.popen.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self.name} has not ended after {timeout:g} s; it printed:\n{self.tail()}") from None

    def tail(self, lines: int = 40) -> str:
        return "\n".join(self.text().splitlines()[-lines:])

    def signal(self, number: int) -> None:
        self.popen.send_signal(number)

    def end(self) -> None:
        """SIGTERM, then SIGKILL to it and to its children (a compositor starts helpers)."""
        if self.runs():
            self.signal(signal.SIGCONT)  # a stopped process takes no SIGTERM
            self.signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(END_TIMEOUT)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()
        self._last_words = self.text()
