"""Whether hardware virtualization really works here: found out once per boot of the machine."""

import os
import subprocess
from pathlib import Path

import cache

OPTIONS = ["-accel", "kvm", "-cpu", "host"]
SECONDS = 10


def works(binary: str, kernel: Path) -> bool:
    """Tell whether a kernel boots with KVM.

    Nothing less proves it: there are machines (often virtual ones themselves)
    where /dev/kvm opens and hands out virtual CPUs that then crash or hang.
    """
    if not os.access("/dev/kvm", os.R_OK | os.W_OK):
        return False
    boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    note = cache.folder() / "kvm" / boot
    with cache.lock("kvm"):
        if not note.exists():
            note.parent.mkdir(exist_ok=True)
            for old in note.parent.iterdir():
                old.unlink()
            note.write_text("yes" if _boots(binary, kernel) else "no", encoding="ascii")
    return note.read_text(encoding="ascii") == "yes"


def _boots(binary: str, kernel: Path) -> bool:
    """Boot a kernel without any root: that it complains about that, and ends, is success."""
    argv = [binary, "-M", "pc", *OPTIONS, "-smp", "2", "-m", "256M", "-nodefaults",
            "-no-user-config", "-no-reboot", "-display", "none", "-serial", "stdio",
            "-kernel", str(kernel), "-append", "console=ttyS0 panic=-1"]
    try:
        result = subprocess.run(argv, capture_output=True, timeout=SECONDS, check=False,
                                stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return False
    return result.returncode == 0 and b"Unable to mount root" in result.stdout
