"""The machine that faults are tried on: what its console, its display and its screen are like when all is
well. Runs in the guest."""
import os
import subprocess
import termios
import time
from pathlib import Path

import faults_console as console
from faults_subject import wait_until

VT, OTHER_VT = 3, 4


class Screen:
    """What is scanned out, seen from outside."""

    def __init__(self, slow: float):
        self.folder, self.slow, self.count = Path(os.environ["VM_SHOTS"]), slow, 0
        # Messages of the kernel are text on the screen as well.
        Path("/proc/sys/kernel/printk").write_text("1", encoding="ascii")
        self.write()
        time.sleep(0.1 * slow)
        self.right = self.take("before")

    def write(self) -> None:
        with console.terminal(VT) as fd:
            os.write(fd, b"\033c\033[?25l" + b"\r\n".join(b"Before the fault: line %d" % n for n in range(20)))

    def take(self, name: str) -> bytes:
        subprocess.run(["vm-screenshot", name], check=True)
        return (self.folder / f"{name}.png").read_bytes()

    def is_right(self) -> bool:
        """The kernel draws its text again a moment after it has its display again."""
        self.count += 1
        return wait_until(lambda: self.take(f"after-{self.count}") == self.right, 2 * self.slow, 0.1)


class Bench:
    """The machine: what its console and display are like when all is well."""

    def __init__(self, show: str, slow: float):
        self.show = show
        self.slow = slow  # how much slower than User-Mode Linux
        self.driver = console.read_debug("name").split()[0]
        console.switch_to(VT, 5)
        # User-Mode Linux has no text on its screen.
        self.screen = None if os.environ.get("VM_DISPLAY") == "uml-vkms" else Screen(slow)
        with console.terminal(VT) as fd:
            self.settings = termios.tcgetattr(fd)
        self.marks = self._marks()
        self.look()

    def _marks(self) -> tuple[str, ...]:
        has_range = "color-range=YCbCr full range" in console.kms_state()
        return ("--set", "plane.COLOR_RANGE=YCbCr limited range") if has_range else ()

    def look(self) -> None:
        console.touch_display()
        self.console = console.Console.read(VT)
        self.display = console.Display.read()

    def make_good(self) -> None:
        console.make_usable(VT, self.console, self.settings)
        time.sleep(0.05)
        if self.marks:
            console.restore_property(self.driver, "COLOR_RANGE", 1)
        console.touch_display()
        if self.screen:
            self.screen.write()
