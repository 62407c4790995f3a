"""Talk to QEMU: its own protocol, one JSON object a line."""

import json
import socket
from pathlib import Path

import png
from trouble import Trouble


class Qmp:
    def __init__(self, line: socket.socket):
        line.settimeout(20)
        self.file = line.makefile("rw", encoding="utf-8")
        self._reply()
        self.ask("qmp_capabilities")

    def ask(self, command: str, **arguments):
        """Carry out one command and return its result; what QEMU refuses is Trouble."""
        json.dump({"execute": command, "arguments": arguments}, self.file)
        self.file.write("\n")
        self.file.flush()
        while "event" in (reply := self._reply()):
            pass  # things happen meanwhile; none of them matters here
        if "error" in reply:
            raise Trouble(f"QEMU refuses {command}: {reply['error']['desc']}")
        return reply["return"]

    def _reply(self) -> dict:
        try:
            line = self.file.readline()
        except OSError:
            line = ""
        if not line:
            raise Trouble("QEMU ended, or does not answer")
        return json.loads(line)

    def screendump(self, path: Path, head: int) -> None:
        """Save as PNG what the display's HEAD shows: written whole before it has its name."""
        raw = path.with_suffix(".ppm")
        self.ask("screendump", filename=str(raw), device="display", head=head)
        scratch = path.with_suffix(".part")
        scratch.write_bytes(png.from_ppm(raw.read_bytes()))
        scratch.rename(path)
        raw.unlink()

    def press(self, keys: str) -> None:
        """Press keys together, for example ctrl-alt-f2."""
        codes = [{"type": "qcode", "data": key} for key in keys.split("-")]
        self.ask("send-key", keys=codes)
