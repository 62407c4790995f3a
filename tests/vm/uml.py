"""Start a guest on User-Mode Linux: an ordinary program of the host that is a kernel."""

import os

import uml_kernel
from options import BUILT_IN
from stream import Streams

# Serial lines, in the order of their device names in the guest.
LINES = {"control": "/dev/ttyS1", "out": "/dev/ttyS2", "err": "/dev/ttyS3", "in": "/dev/ttyS4"}


class Uml:
    """The same face as qemu.Qemu: lines(), arguments(), opened(), answer()."""

    def __init__(self, options):
        self.options = options
        self.kernel = uml_kernel.kernel()

    @staticmethod
    def prepare(_options) -> None:
        uml_kernel.kernel()

    def lines(self) -> dict[str, str]:
        lines = {"VM_CONTROL": LINES["control"], "VM_STDOUT": LINES["out"],
                 "VM_STDERR": LINES["err"]}
        return {**lines, "VM_STDIN": LINES["in"]} if self.options.stdin else lines

    def stream_names(self) -> list[str]:
        return ["control", "out", "err", "log"] + (["in"] if self.options.stdin else [])

    def arguments(self, session, streams: Streams) -> list[str]:
        """Return the kernel's command line. Its console is its own standard output."""
        os.symlink(session_init(), session.folder / "init")
        serial = [f"ssl{path[-1]}=fd:{streams.fd(name)},fd:{streams.fd(name)}"
                  for name, path in LINES.items() if name in streams.theirs]
        blacklist = [] if self.options.vgem else ["initcall_blacklist=vgem_init"]
        return [str(self.kernel), f"mem={self.options.memory}", f"uml_dir={session.folder}",
                "umid=uml", "rootfstype=hostfs", "rootflags=/", "ro",
                f"init={session.folder}/init", f"VM_SESSION={session.folder}",
                "ssl0=null,fd:1", *serial, "console=ttyS0", "con=null", "seccomp=auto",
                *self._vkms(), "vt.global_cursor_default=0", "consoleblank=0",
                "panic=-1", "quiet", *blacklist]

    def _vkms(self) -> list[str]:
        if self.options.vkms != BUILT_IN:
            return ["vkms.create_default_dev=0"]
        return ["vkms.enable_overlay=1", "vkms.enable_plane_pipeline=1"]

    def opened(self, _streams) -> None:
        """Nothing to do once it runs."""

    @staticmethod
    def answer(words: list[str]) -> str:
        return f"error User-Mode Linux does not know '{' '.join(words)}'"


def session_init() -> str:
    from session import GUEST
    return str(GUEST / "init-uml")
