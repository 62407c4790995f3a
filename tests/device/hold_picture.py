#!/usr/bin/env python3
"""hold_picture.py FIRST: FIRST shows a picture and is stopped, still on the screen but not master;
drm-show takes over and ends. Then the state must be FIRST's again, framebuffer and all."""
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

STATE = pathlib.Path("/sys/kernel/debug/dri/0/state")
DROP_MASTER = 0x641F  # DRM_IOCTL_DROP_MASTER


def state() -> str:
    return "\n".join(line for line in STATE.read_text().splitlines()
                     if re.search(r"fb=|crtc=|active=|enable=|crtc-pos|src-pos|mode:", line))


def drop_master_of(pid: int) -> None:
    """As a VT switch would: the client stays, without its mastership."""
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    process = os.pidfd_open(pid)
    for entry in os.listdir(f"/proc/{pid}/fd"):
        if os.readlink(f"/proc/{pid}/fd/{entry}").startswith("/dev/dri/card"):
            copy = libc.syscall(438, process, int(entry), 0)  # pidfd_getfd
            assert copy >= 0, os.strerror(ctypes.get_errno())
            assert libc.ioctl(copy, DROP_MASTER, 0) == 0, os.strerror(ctypes.get_errno())
            os.close(copy)


first = subprocess.Popen([sys.argv[1], "60"], stdout=subprocess.PIPE)
first.stdout.readline()
drop_master_of(first.pid)
before = state()
assert re.search(r"fb=[1-9]", before), before
show = subprocess.Popen([os.environ["SHOW"]], stdout=subprocess.PIPE)
show.stdout.readline()
during = state()
show.send_signal(signal.SIGTERM)
code = show.wait()
after = state()
first.kill()
assert during != before, "drm-show changed nothing"
assert after == before, f"before:\n{before}\nafter:\n{after}"
time.sleep(0.1)
sys.exit(code)
