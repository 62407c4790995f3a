"""weston without a display: its headless backend, drawing with pixman. Of Debian 12 (10.0) and 13 (14.0)."""
import pathlib
import re
import shutil
import subprocess
import tempfile
from functools import cache

from compositor import Compositor
from runtime import Process, environment

PROGRAM = shutil.which("weston")
NEW_OPTIONS = 12  # the first version with --renderer, and backends without "-backend.so"

INI = """[core]
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
[output]
name=headless
mode={width}x{height}
scale={scale}
"""


@cache
def version() -> int:
    """Its major version."""
    text = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"(\d+)\.\d", text)[1])


class Weston(Compositor):
    """Windows are on black, without a panel, and where weston likes. Not with its kiosk-shell: without a seat that
    shows nothing (10.0)."""

    def __init__(self, size: tuple[int, int] = (1024, 768), scale: int = 1, more: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.size, self.scale, self.more = size, scale, more

    def _start(self) -> Process:
        width, height = self.size
        ini = self.folder / "weston.ini"
        ini.write_text(INI.format(width=width, height=height, scale=self.scale), encoding="utf-8")
        backend = (["--backend=headless", "--renderer=pixman"] if version() >= NEW_OPTIONS
                   else ["--backend=headless-backend.so", "--use-pixman"])
        command = [PROGRAM, *backend, f"--width={width}", f"--height={height}", f"--scale={self.scale}", "--debug",
                   "--socket=wayland-test", "--idle-time=0", f"--config={ini}", *self.more]
        return Process(command, self.folder / "weston.log", environment(self.folder), folder=self.folder)

    def screenshot(self, file: pathlib.Path) -> None:
        """What is on its output, as a PNG. weston-screenshooter chooses the name, with a second in it."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            self.run(["weston-screenshooter"], pathlib.Path(folder))
            shutil.copy(next(pathlib.Path(folder).glob("*.png")), file)
