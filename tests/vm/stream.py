"""Carry a running guest's output to ours, answer its requests, and learn how it ended."""

import os
import selectors
import socket
import threading
from dataclasses import dataclass, field

CHUNK = 1 << 16


@dataclass
class Ending:
    """How a run ended. STATUS is the command's own, or None if it never told us."""
    status: int | None = None
    ready: bool = False
    late: bool = False
    trouble: str = ""
    log: bytearray = field(default_factory=bytearray)


class Streams:
    """The host's ends of the guest's lines: out, err, control, log and maybe in."""

    def __init__(self, names: list[str]):
        self.ours, self.theirs = {}, {}
        for name in names:
            self.ours[name], self.theirs[name] = socket.socketpair()
            os.set_inheritable(self.theirs[name].fileno(), True)

    def fd(self, name: str) -> int:
        return self.theirs[name].fileno()

    def close_theirs(self) -> None:
        for end in self.theirs.values():
            end.close()


class Loop:
    def __init__(self, streams: Streams, guard: socket.socket, answer):
        """ANSWER(words) carries out a guest's request and returns the line to reply with."""
        self.streams, self.guard, self.answer = streams, guard, answer
        self.ending = Ending()
        self.partial = b""
        self.selector = selectors.DefaultSelector()
        self.selector.register(guard, selectors.EVENT_READ, self._on_guard)
        readers = {"out": lambda data: write_all(1, data), "err": lambda data: write_all(2, data),
                   "log": self.ending.log.extend, "control": self._on_control}
        for name, reader in readers.items():
            if name in streams.ours:
                self.selector.register(streams.ours[name], selectors.EVENT_READ, reader)
        self.running = True

    def run(self) -> Ending:
        while self.running:
            self._step(None)
        return self.rest()

    def rest(self) -> Ending:
        """Take what is still on its way."""
        while self._step(0):
            pass
        return self.ending

    def _step(self, timeout: float | None) -> bool:
        events = self.selector.select(timeout)
        for key, _ in events:
            self._read(key)
        return bool(events)

    def _read(self, key) -> None:
        try:
            data = os.read(key.fd, CHUNK)
        except ConnectionResetError:
            data = b""
        if data or key.fileobj is self.guard:
            key.data(data)
        if not data:
            self.selector.unregister(key.fileobj)

    def _on_guard(self, data: bytes) -> None:
        self.ending.late = data == b"late"
        self.running = False

    def _on_control(self, data: bytes) -> None:
        *lines, self.partial = (self.partial + data).split(b"\n")
        for line in lines:
            self._on_line(line.decode(errors="replace").strip())

    def _on_line(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if word == "ready":
            self.ending.ready = True
            if "in" in self.streams.ours:
                threading.Thread(target=feed, args=[self.streams.ours["in"]], daemon=True).start()
        elif word == "exit":
            self.ending.status, self.running = int(rest), False
        elif word == "trouble":
            self.ending.trouble, self.running = rest, False
        elif word == "ask":
            self.streams.ours["control"].sendall(f"{self.answer(rest.split())}\n".encode())


def feed(line: socket.socket) -> None:
    """Send our standard input in pieces, each after its length; 0 is the end."""
    try:
        while data := os.read(0, 4096):
            line.sendall(f"{len(data)}\n".encode() + data)
        line.sendall(b"0\n")
    except OSError:
        pass  # the guest is gone; the guard will tell


def write_all(fd: int, data: bytes) -> None:
    while data:
        data = data[os.write(fd, data):]
