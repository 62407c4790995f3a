"""What all compositors of these tests have in common: a socket, clients, signals, and an end.

    with Weston(size=(800, 600)) as weston, weston.client([SHOW, "--backend", "wayland"]) as client:
        weston.screenshot(file)

Logs of compositors and clients are shown by whoever fails: failure_notes().
"""
import contextlib
import pathlib
import re
import signal
import subprocess
import time

import protocol_log
from runtime import Process, environment, runtime_folder, wait_for

# Of /proc/net/unix.
CONNECTED = "03"  # St
LISTENS = "00010000"  # Flags: __SO_ACCEPTCON (include/linux/net.h)


class Client(Process):
    """A Wayland client, with WAYLAND_DEBUG's log of it."""

    def protocol(self) -> list[protocol_log.Message]:
        return protocol_log.parse(self.text())

    def count(self, interface: str, name: str) -> int:
        """How many messages of this kind it has sent or received so far."""
        return sum(1 for m in self.protocol() if (m.interface, m.name) == (interface, name))

    def wait_for(self, interface: str, name: str, times: int = 1, timeout: float = 15) -> None:
        try:
            wait_for(f"{times} {interface}.{name}", lambda: self.count(interface, name) >= times
                     or not self.runs(), timeout)
            if self.count(interface, name) < times:
                raise AssertionError(f"{self.name} has ended without {times} {interface}.{name}")
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.tail()}") from None


class Compositor:
    """A running compositor. Who derives from it says how it is started (_start), as which user, and with
    which socket."""

    user: int | None = None

    def __init__(self) -> None:
        self._stack = contextlib.ExitStack()
        self._clients = 0
        self.process: Process
        self.folder: pathlib.Path
        self.socket: pathlib.Path

    def __enter__(self):
        with contextlib.ExitStack() as undo:
            self.folder = undo.enter_context(runtime_folder(self.user))
            undo.push(self._stack)  # what _start() needs besides its process
            self.process = undo.enter_context(self._start())
            self.socket = self._wait_for_socket()
            self._stack = undo.pop_all()
        return self

    def __exit__(self, *_) -> None:
        self._stack.close()

    def _start(self) -> Process:
        raise NotImplementedError

    def _sockets(self) -> list[pathlib.Path]:
        return [path for path in self.folder.glob("wayland-*") if path.is_socket() and _listens(path)]

    def _wait_for_socket(self) -> pathlib.Path:
        try:
            wait_for(f"{self.process.name}'s socket", lambda: self._sockets() or not self.process.runs())
            return self._sockets()[0]
        except (AssertionError, IndexError) as error:
            raise AssertionError(f"{self.process.name} does not start: {error}\n{self.process.tail()}") from None

    @property
    def environment(self) -> dict[str, str]:
        """For clients."""
        return environment(self.folder, WAYLAND_DISPLAY=self.socket.name, XDG_SESSION_TYPE="wayland")

    def client(self, command: list, **env: str) -> Client:
        """Starts a client of it, to be used in a with statement. Its log has everything that it prints."""
        self._clients += 1
        log = self.folder / f"client-{self._clients}.log"
        # No plugins of libdecor, which GLFW 3.4 takes: each connects or asks what there is by itself.
        return Client(command, log, {**self.environment, "WAYLAND_DEBUG": "1", "LIBDECOR_PLUGIN_DIR": str(self.folder),
                                     **env})

    def run(self, command: list, folder: pathlib.Path | None = None) -> str:
        """Runs a tool that is a client, and returns its standard output."""
        done = subprocess.run(command, env=self.environment, cwd=folder, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=20, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{command[0]} fails with {done.returncode}: {done.stderr}{self.failure_notes()}")
        return done.stdout

    def connections(self) -> int:
        """Connections to its socket that are open now. Its own helpers use socket pairs and are not counted."""
        text = pathlib.Path("/proc/net/unix").read_text(encoding="utf-8", errors="replace")
        ends = (line.split() for line in text.splitlines() if line.endswith(f" {self.socket}"))
        return sum(1 for fields in ends if fields[5] == CONNECTED)

    def freeze(self) -> None:
        """It answers nothing any more, and its connections stay open."""
        self.process.signal(signal.SIGSTOP)
        status = pathlib.Path(f"/proc/{self.process.popen.pid}/status")
        wait_for("stopped", lambda: re.search(r"^State:\tT", status.read_text(encoding="utf-8"), re.M))

    def thaw(self) -> None:
        self.process.signal(signal.SIGCONT)

    def kill(self) -> None:
        self.process.signal(signal.SIGKILL)
        self.process.wait(5)

    def failure_notes(self) -> str:
        """The ends of all logs, for a message of a test that fails."""
        logs = sorted(self.folder.glob("*.log"))
        return "".join(f"\n--- {log.name}:\n" + "\n".join(_end_of(log)) for log in logs)


def _listens(socket: pathlib.Path) -> bool:
    """It is there a little before anybody may connect."""
    text = pathlib.Path("/proc/net/unix").read_text(encoding="utf-8", errors="replace")
    return any(line.endswith(f" {socket}") and line.split()[3] == LISTENS for line in text.splitlines())


def _end_of(log: pathlib.Path) -> list[str]:
    return log.read_text(encoding="utf-8", errors="replace").splitlines()[-25:]


def steady(sample, timeout: float = 5.0, pause: float = 0.1):
    """The value of sample() once two in a row are the same."""
    deadline = time.monotonic() + timeout
    last = sample()
    while time.monotonic() < deadline:
        time.sleep(pause)
        now = sample()
        if now == last:
            return now
        last = now
    raise AssertionError(f"it does not come to rest in {timeout:g} s")
