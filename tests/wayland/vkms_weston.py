#!/usr/bin/env python3
"""vkms_weston.py COMMAND…: in a guest with a display and --vt: weston is DRM master there, COMMAND its client. The
exit status is COMMAND's. With DRMSHOW_BUILD weston has a seat. Needs udev, and with weston 12 or newer seatd.

Debian 12's weston 10 takes the terminal itself (--tty), which only root may."""
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import weston  # noqa: E402
from runtime import Process, environment, wait_for  # noqa: E402

UDEVD = next((path for path in ("/usr/lib/systemd/systemd-udevd", "/lib/systemd/systemd-udevd")
              if os.path.exists(path)), None)
SEATD = shutil.which("seatd", path="/usr/sbin:/usr/bin")
CLIENTS = pathlib.Path("/sys/kernel/debug/dri/0/clients")
SEAT_SOCKET = pathlib.Path("/run/seatd.sock")
KMS_SETTINGS = "[output]\nname=Virtual-1\nmode={width}x{height}\n"
IS_NEW = 12  # the first version with libseat, in Debian


def missing() -> str:
    """What a test needs and this machine lacks; empty if nothing."""
    needed = {"weston": weston.PROGRAM, "udev": UDEVD}
    if weston.PROGRAM and weston.version() >= IS_NEW:
        needed["seatd"] = SEATD
    return ", ".join(name for name, program in needed.items() if not program)


def start_udev() -> None:
    """weston finds displays through udev's database."""
    if pathlib.Path("/run/udev/control").exists():
        return
    for command in ([UDEVD, "--daemon"], ["udevadm", "trigger"], ["udevadm", "settle", "--timeout=10"]):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def terminal() -> str:
    """The number of the virtual terminal in the foreground."""
    return pathlib.Path("/sys/class/tty/tty0/active").read_text(encoding="ascii").strip().removeprefix("tty")


class VkmsWeston(weston.Weston):
    """weston on the guest's first display, its DRM master."""

    def _start(self) -> Process:
        start_udev()
        if weston.version() >= IS_NEW:
            self._start_seatd()
            how = ["--backend=drm", "--renderer=pixman"]
        else:
            how = ["--backend=drm-backend.so", "--use-pixman", f"--tty={terminal()}"]
        settings = self._write_settings(KMS_SETTINGS)
        command = [weston.PROGRAM, *how, "--continue-without-input", *weston.COMMON, f"--config={settings}", *self.more]
        return Process(command, self.folder / "weston.log", environment(self.folder, LIBSEAT_BACKEND="seatd"),
                       folder=self.folder)

    def _start_seatd(self) -> None:
        seatd = Process([SEATD, "-g", "root"], self.folder / "seatd.log", environment(self.folder))
        self._stack.callback(seatd.end)
        wait_for("seatd's socket", SEAT_SOCKET.exists)

    def _is_ready(self) -> bool:
        return self.is_master() and super()._is_ready()

    def is_master(self) -> bool:
        """It is the one that sets modes."""
        return bool(re.search(r"^ *weston +\d+ +\d+ +y ", CLIENTS.read_text(encoding="utf-8"), re.M))


def main(command: list[str]) -> int:
    with contextlib.ExitStack() as stack:
        compositor = stack.enter_context(VkmsWeston(seat="DRMSHOW_BUILD" in os.environ))
        done = subprocess.run(command, env=compositor.environment, check=False)
        if done.returncode != 0:
            print(compositor.failure_notes(), file=sys.stderr)
        return done.returncode if done.returncode >= 0 else 128 - done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
