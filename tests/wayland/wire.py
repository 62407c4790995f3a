"""A Wayland client that speaks the wire protocol itself, and so can make every mistake that libwayland would not let
it make. For tests of those who watch clients."""
import array
import mmap
import os
import socket
import struct
import time

HEADER = struct.Struct("=IHH")  # object, opcode, size


class Fd(int):
    """An argument that is a file descriptor."""


class Wire:
    """A connection: requests out, events in. Object 1 is wl_display, 2 its registry."""

    def __init__(self, path) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.connect(str(path))
        self.socket.settimeout(5)
        self.last_id, self.data = 1, b""
        self.globals: dict[str, tuple[int, int]] = {}
        self.events: list[tuple[int, int, bytes]] = []  # not taken yet: object, opcode, arguments
        registry = self.new_id()
        self.send(1, 1, registry)
        self.roundtrip()
        for _, _, data in self.take(registry, 0):
            name, length = struct.unpack_from("=II", data)
            interface = data[8:8 + length - 1].decode()
            self.globals[interface] = name, struct.unpack_from("=I", data, 8 + (length + 3) // 4 * 4)[0]

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self.socket.close()

    def new_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def send(self, target: int, opcode: int, *args) -> None:
        body, fds = b"", array.array("i")
        for arg in args:
            if isinstance(arg, Fd):
                fds.append(arg)
            elif isinstance(arg, str):
                text = arg.encode() + b"\0"
                body += struct.pack("=I", len(text)) + text + bytes(-len(text) % 4)
            else:
                body += struct.pack("=I", arg & 0xffffffff)
        message = HEADER.pack(target, opcode, HEADER.size + len(body)) + body
        ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)] if fds else []
        self.socket.sendmsg([message], ancillary)

    def make(self, target: int, opcode: int, *args) -> int:
        """A request whose first argument is a new id, which is returned."""
        made = self.new_id()
        self.send(target, opcode, made, *args)
        return made

    def bind(self, interface: str, version: int = 1) -> int:
        name, _ = self.globals[interface]
        made = self.new_id()
        self.send(2, 0, name, interface, version, made)
        return made

    def read(self) -> None:
        data, fds, _, _ = socket.recv_fds(self.socket, 65536, 16)
        for fd in fds:
            os.close(fd)
        if not data:
            raise ConnectionError("the compositor has closed the connection")
        self.data += data
        while len(self.data) >= HEADER.size:
            target, opcode, size = HEADER.unpack_from(self.data)
            if len(self.data) < size:
                break
            self.events.append((target, opcode, self.data[HEADER.size:size]))
            self.data = self.data[size:]

    def take(self, target: int, opcode: int) -> list[tuple[int, int, bytes]]:
        found = [event for event in self.events if event[:2] == (target, opcode)]
        self.events = [event for event in self.events if event[:2] != (target, opcode)]
        return found

    def wait(self, target: int, opcode: int) -> bytes:
        """The arguments of the next such event."""
        while not (found := self.take(target, opcode)):
            self.read()
        self.events += found[1:]
        return found[0][2]

    def roundtrip(self) -> None:
        self.wait(self.make(1, 0), 0)

    def error(self) -> int | None:
        """The code of the protocol error that the compositor has told, if any."""
        try:
            self.roundtrip()
        except (ConnectionError, BrokenPipeError):
            pass
        found = self.take(1, 0)
        return struct.unpack_from("=II", found[0][2])[1] if found else None


class Window(Wire):
    """A client with a window that has been configured, and well behaved so far."""

    def __init__(self, path, acks: bool = True) -> None:
        super().__init__(path)
        self.compositor, self.shm, self.shell = (self.bind(name) for name in ("wl_compositor", "wl_shm", "xdg_wm_base"))
        self.surface = self.make(self.compositor, 0)
        self.xdg_surface = self.make(self.shell, 2, self.surface)
        self.toplevel = self.make(self.xdg_surface, 1)
        self.commit()
        self.serial = self.configured()
        if acks:
            self.ack()

    def configured(self) -> int:
        return struct.unpack("=I", self.wait(self.xdg_surface, 0))[0]

    def ack(self) -> None:
        self.send(self.xdg_surface, 4, self.serial)

    def buffer(self, width: int = 64, height: int = 64) -> tuple[int, mmap.mmap]:
        """A wl_buffer and its memory."""
        size = 4 * width * height
        fd = os.memfd_create("pool")
        os.ftruncate(fd, size)
        pool = self.make(self.shm, 0, Fd(fd), size)
        made = self.make(pool, 0, 0, width, height, 4 * width, 1)
        memory = mmap.mmap(fd, size)
        os.close(fd)
        return made, memory

    def attach(self, buffer: int) -> None:
        self.send(self.surface, 1, buffer, 0, 0)

    def frame(self) -> int:
        return self.make(self.surface, 3)

    def commit(self) -> None:
        self.send(self.surface, 6)

    def show(self, buffer: int) -> None:
        """The buffer, until its frame callback has come."""
        self.attach(buffer)
        callback = self.frame()
        self.commit()
        self.wait(callback, 0)

    def pause(self, seconds: float = 0.1) -> None:
        """The compositor has time for its own."""
        time.sleep(seconds)
        self.roundtrip()
