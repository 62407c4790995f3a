#!/usr/bin/env python3
"""console_suspend.py: in a QEMU guest, on VT 3: the machine goes to sleep and wakes up while drm-show
shows, as far as the kernel's own test of that goes (pm_test: everything but the last step).

The guest cannot read its files (9p over virtio) after that. So whatever is needed is
read before, and the end is told and made without any program."""
import mmap
import os
import pathlib
import select
import time

from console_guest import SHOW, Show

PM = pathlib.Path("/sys/power")
NO_SUSPEND = 77
CONTROL = os.open(os.environ["VM_CONTROL"], os.O_RDWR)


def end(code):
    """What stage2 does at the end, without files."""
    os.write(CONTROL, f"exit {code}\n".encode())
    time.sleep(0.5)
    pathlib.Path("/proc/sysrq-trigger").write_text("o")
    time.sleep(60)


def ask(*words):
    os.write(CONTROL, f"ask {' '.join(words)}\n".encode())
    answer = b""
    while not answer.endswith(b"\n"):
        assert select.select([CONTROL], [], [], 10)[0], f"no answer to {words}"
        answer += os.read(CONTROL, 256)
    assert answer.startswith(b"ok"), answer


def read_everything(process):
    """The program and its libraries, so that nobody has to when the files are gone."""
    maps = pathlib.Path(f"/proc/{process.pid}/maps").read_text().split()
    for file in {SHOW, *(pathlib.Path(word) for word in maps if word.startswith("/") and ".so" in word)}:
        with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, mmap.MAP_SHARED, mmap.PROT_READ) as view:
            view.madvise(mmap.MADV_WILLNEED)
            sum(view[i] for i in range(0, len(view), mmap.PAGESIZE))


def sleep_and_wake(level):
    (PM / "pm_test").write_text(level)
    before = time.clock_gettime(time.CLOCK_BOOTTIME) - time.monotonic()
    (PM / "state").write_text("mem")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.monotonic() - before


def run():
    if not (PM / "pm_test").exists():
        end(NO_SUSPEND)
    # The real-time clock that tells how long it was counts whole seconds.
    pathlib.Path("/sys/module/suspend/parameters/pm_test_delay").write_text("2")
    ask("screenshot", "text")
    show = Show("--no-label", "--pattern", "ebu").shows()
    for key, name in (("n", "bars100"), ("p", "ebu")):
        ask("key", key)
        show.hear(f"Showing {name} on")
    read_everything(show.process)
    for level in ("devices", "core"):  # the clocks tell of the second only
        slept = sleep_and_wake(level)
        assert level == "devices" or slept > 0.1, slept
        time.sleep(0.5)
        ask("screenshot", level)
        assert show.alive()
    ask("key", "n")
    show.hear("Showing bars100 on")
    time.sleep(0.3)
    ask("screenshot", "next")
    assert show.err == "", show.err
    ask("key", "q")
    time.sleep(1)
    ask("screenshot", "after")


if __name__ == "__main__":
    try:
        run()
    except Exception as error:  # a traceback would be read from files
        os.write(2, f"{error!r}\n".encode())
        end(1)
    end(0)
