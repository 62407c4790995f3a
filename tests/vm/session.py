"""One run's folder on the host: what the guest reads, and what it leaves behind.

FOLDER/settings, command, topology, fetch   read by the guest's scripts
FOLDER/share/{out,shots,fetch}              the one place both sides can write
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import busybox
import topology
from trouble import Trouble

GUEST = Path(__file__).resolve().parent / "guest"
# These speak of the host's own display and login; in the guest they would be lies.
FORGET = re.compile(r"DISPLAY|WAYLAND_.*|XDG_(RUNTIME_DIR|SESSION_.*|SEAT|VTNR)|XAUTHORITY|"
                    r"DBUS_.*|SSH_.*|VM_.*|PWD|OLDPWD|SHLVL|_")


class Session:
    def __init__(self, options, lines: dict[str, str]):
        """LINES names the guest's devices: VM_CONTROL, VM_STDOUT, VM_STDERR, VM_STDIN."""
        self.options = options
        self.folder = Path(tempfile.mkdtemp(prefix="drm-show-vm-", dir=_place()))
        self.folder.chmod(0o755)
        self.share = self.folder / "share"
        for name in ("mnt", "share/out", "share/shots", "share/fetch"):
            (self.folder / name).mkdir(parents=True)
        for name in ("out", "shots"):
            (self.share / name).chmod(0o1777)
        self._write_settings(lines)
        self._write("command", self._command(lines["VM_CONTROL"]))
        self._write("fetch", "".join(f"{guest}\n" for guest, _ in options.fetch))
        if options.devices:
            self._write("topology", topology.script(options.devices))

    def _write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8", errors="surrogateescape")

    def _write_settings(self, lines: dict[str, str]) -> None:
        options = self.options
        values = {"VM_STDIN": "", **lines, "VM_SESSION": str(self.folder), "VM_GUEST": str(GUEST),
                  "VM_BUSYBOX": str(busybox.binary()), "VM_DISPLAY": options.display,
                  "VM_VT": str(options.vt or ""), "VM_OUTPUTS": str(options.outputs),
                  "VM_USER": "" if options.user is None else str(options.user)}
        self._write("settings", "".join(f"{key}={topology.quote([value])}\n"
                                        for key, value in values.items()))

    def _environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items()
                if re.fullmatch(r"[A-Za-z_]\w*", key) and not FORGET.fullmatch(key)}
        path = kept.get("PATH", "/usr/bin:/bin")
        return {**kept, "PATH": f"{GUEST}/bin:{path}:/usr/sbin:/sbin", "TERM": "linux",
                "VM_OUT": f"{self.share}/out", "VM_SHOTS": f"{self.share}/shots",
                "VM_SESSION": str(self.folder), "VM_DISPLAY": self.options.display,
                "VM_OUTPUTS": str(self.options.outputs), "VM_GRABBER": self.options.grabber,
                **dict(self.options.env)}

    def _command(self, control: str) -> str:
        variables = {**self._environment(), "VM_CONTROL": control}
        exports = [f"export {key}={topology.quote([value])}" for key, value in variables.items()]
        enter = f"cd {topology.quote([os.getcwd()])} || exit 125"
        return "\n".join([*exports, enter, f"exec {topology.quote(self.options.command)}"]) + "\n"

    def bring_back(self) -> None:
        """Copy to their places what the guest left for us; missing files are named."""
        if self.options.out:
            shutil.copytree(self.share / "out", self.options.out, dirs_exist_ok=True)
        if self.options.screenshots:
            shutil.copytree(self.share / "shots", self.options.screenshots, dirs_exist_ok=True)
        for number, (guest, host) in enumerate(self.options.fetch):
            source = self.share / "fetch" / str(number)
            if source.is_dir():
                shutil.copytree(source, host, dirs_exist_ok=True)
            elif source.exists():
                shutil.copy(source, host)
            else:
                print(f"tests/vm/run: the guest has no file {guest} to bring back.",
                      file=sys.stderr)


def _place() -> str:
    """Return the folder for temporary files: its path goes onto a kernel's command line."""
    place = tempfile.gettempdir()
    place = place if re.fullmatch(r"[\w/.+-]{1,60}", place) else "/tmp"
    if not os.access(place, os.W_OK):
        raise Trouble(f"Cannot write to {place}, where the test bed keeps its temporary files.")
    return place
