"""weston without a display: its headless backend, drawing with pixman, or with OpenGL, which takes dmabufs. Of
Debian 12 (10.0) and 13 (14.0)."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
from functools import cache

import pixels
from compositor import Compositor
from runtime import Process, environment, wait_for

PROGRAM = shutil.which("weston")
BUILD = pathlib.Path(os.environ.get("DRMSHOW_BUILD", pathlib.Path(__file__).resolve().parents[2] / "build" / "debug"))
SEAT = BUILD / "tests" / "wayland" / "weston-seat.so"
NEW_OPTIONS = 12  # the first version with --renderer, and backends without "-backend.so"

COMMON = ["--debug", "--socket=wayland-test", "--idle-time=0"]  # debug: who asks may take screenshots
SETTINGS = """[core]
idle-time=0
require-input=false
[shell]
panel-position=none
locking=false
animation=none
close-animation=none
startup-animation=none
focus-animation=none
background-color=0xff000000
"""
OUTPUT = "[output]\nname=headless\nmode={width}x{height}\nscale={scale}\n"


@cache
def version() -> int:
    """Its major version."""
    text = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"(\d+)\.\d", text)[1])


def _drawing_with(renderer: str) -> list[str]:
    """renderer: pixman, gl"""
    if version() >= NEW_OPTIONS:
        return ["--backend=headless", f"--renderer={renderer}"]
    return ["--backend=headless-backend.so", f"--use-{renderer}"]


class Weston(Compositor):
    """Windows are on black, without a panel, and where weston likes. Not with its kiosk-shell: without a seat that
    shows nothing (10.0). env: for weston itself, such as mesa.environment() for renderer="gl". seat: whether it has
    one, with a keyboard."""

    def __init__(self, size: tuple[int, int] = (1024, 768), scale: int = 1, renderer: str = "pixman",
                 env: dict[str, str] | None = None, more: tuple[str, ...] = (), seat: bool = False) -> None:
        super().__init__()
        self.size, self.scale, self.renderer, self.env = size, scale, renderer, env or {}
        self.more = (*more, f"--modules={SEAT}") if seat else more

    def _write_settings(self, output: str) -> pathlib.Path:
        width, height = self.size
        file = self.folder / "weston.ini"
        text = SETTINGS + output.format(width=width, height=height, scale=self.scale)
        file.write_text(text, encoding="utf-8")
        return file

    def _start(self) -> Process:
        width, height = self.size
        settings = self._write_settings(OUTPUT)
        command = [PROGRAM, *_drawing_with(self.renderer), f"--width={width}", f"--height={height}",
                   f"--scale={self.scale}", *COMMON, f"--config={settings}", *self.more]
        return Process(command, self.folder / "weston.log", environment(self.folder, **self.env), folder=self.folder)

    def __enter__(self):
        super().__enter__()
        try:
            wait_for("weston's background", self._is_ready)
        except BaseException:
            self.__exit__()
            raise
        return self

    def _is_ready(self) -> bool:
        """Its background is there: at first the whole output is grey."""
        file = self.folder / "ready.png"
        self.screenshot(file)
        return not any(pixels.read(file).rows[0])

    def screenshot(self, file: pathlib.Path) -> None:
        """What is on its output, as a PNG. weston-screenshooter chooses the name, with a second in it."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            self.run(["weston-screenshooter"], pathlib.Path(folder))
            shutil.copy(next(pathlib.Path(folder).glob("*.png")), file)


class WestonWithSeat(Weston):
    """For clients that use GLFW 3.4, which crashes where there is no seat."""

    def __init__(self, *arguments, **settings) -> None:
        super().__init__(*arguments, seat=True, **settings)
