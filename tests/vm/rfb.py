"""Monitors of virtio-gpu. QEMU plugs one in when a viewer (VNC) gives its head a size,
and pulls it out when that size is 0x0. So we are the viewer, of each head."""

import socket
import struct
import time
from pathlib import Path

from trouble import Trouble

DEFAULT_SIZE = (1024, 768)
EXTENDED_DESKTOP_SIZE = -308
SET_ENCODINGS, SET_DESKTOP_SIZE = 2, 251


def _path(folder: Path, head: int) -> Path:
    return folder / f"vnc{head}"


def arguments(folder: Path, options) -> list[str]:
    """QEMU's options for one VNC socket a head."""
    if options.display != "virtio-gpu":
        return []
    words = []
    for head in range(options.outputs):
        words += ["-vnc", f"unix:{_path(folder, head)},id=vnc{head},display=display,head={head}"]
    return words


def monitors(folder: Path, options) -> list["Monitor"]:
    size = options.resolution or DEFAULT_SIZE
    return [Monitor(_path(folder, head), size) for head in range(options.outputs)]


class Monitor:
    """A VNC connection that only ever speaks: what QEMU draws is not asked for."""

    def __init__(self, path: Path, size: tuple[int, int]):
        self.size = size
        self.line = _connect(path)
        self._greet()

    def _receive(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            more = self.line.recv(count - len(data))
            if not more:
                raise Trouble("QEMU's VNC connection ended")
            data += more
        return data

    def _greet(self) -> None:
        self._receive(12)
        self.line.sendall(b"RFB 003.008\n")
        self._receive(self._receive(1)[0])
        self.line.sendall(b"\1")  # no authentication: the socket is in our own folder
        self._receive(4)
        self.line.sendall(b"\1")  # shared
        name_length = struct.unpack(">I", self._receive(24)[20:])[0]
        self._receive(name_length)
        self.line.sendall(struct.pack(">BxHi", SET_ENCODINGS, 1, EXTENDED_DESKTOP_SIZE))

    def plug(self, on: bool) -> None:
        width, height = self.size if on else (0, 0)
        screen = struct.pack(">IHHHHI", 0, 0, 0, width, height, 0)
        self.line.sendall(struct.pack(">BxHHBx", SET_DESKTOP_SIZE, width, height, 1) + screen)


def _connect(path: Path) -> socket.socket:
    deadline = time.monotonic() + 10
    while True:
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(10)
        try:
            line.connect(str(path))
            return line
        except OSError as error:
            line.close()
            if time.monotonic() > deadline:
                raise Trouble(f"QEMU does not answer at {path}: {error}") from error
            time.sleep(0.05)
