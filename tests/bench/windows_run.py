"""One trial of windows.py: a client started on a compositor, watched, and ended."""
import mmap
import pathlib
import re
import shutil
import signal
import struct
import subprocess
import sys
import time
from dataclasses import dataclass

import frames

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "wayland"))

from runtime import Process, wait_for  # noqa: E402  (found through the line above)

SETTLE = 1.0  # seconds after the first frame that are start, not frames
STRACE = 2.0  # seconds


@dataclass(frozen=True)
class Program:
    name: str
    command: list
    size: tuple[int, int]

    def there(self) -> bool:
        return shutil.which(str(self.command[0])) is not None


class Counter:
    """What commit-count.so writes."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.file = folder / "commit-count"
        self.file.write_bytes(bytes(16))
        with self.file.open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 16, prot=mmap.PROT_READ)

    def frames(self) -> int:
        return struct.unpack_from("=Q", self._memory, 0)[0]

    def first(self) -> float:
        """time.monotonic() of the first frame."""
        return struct.unpack_from("=Q", self._memory, 8)[0] / 1e9


def tree_cpu_ms(pid: int) -> float:
    return sum(map(frames.cpu_ms, [pid, *frames.descendants(pid)]))


def peak_mib(pid: int) -> float:
    status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def idle_share(compositor, seconds: float = 2.0) -> float:
    """Of one processor, without a client."""
    time.sleep(SETTLE)
    begin = tree_cpu_ms(compositor.process.popen.pid)
    time.sleep(seconds)
    return (tree_cpu_ms(compositor.process.popen.pid) - begin) / seconds / 1000


def _measure(client: Process, compositor, counter: Counter, seconds: float) -> dict:
    pids = client.popen.pid, compositor.process.popen.pid
    begin = time.monotonic(), counter.frames(), *map(tree_cpu_ms, pids)
    time.sleep(seconds)
    end = time.monotonic(), counter.frames(), *map(tree_cpu_ms, pids)
    wall, count, own, others = (after - before for before, after in zip(begin, end))
    if not client.runs() or not count:
        raise AssertionError(f"it stands still or has ended: {client.tail(2)}")
    return {"rate": count / wall, "client": own / count, "compositor": others / count}


def _count_calls(client: Process, counter: Counter, folder: pathlib.Path) -> dict[str, float]:
    """System calls a frame, by name: strace looks on for a while, at all threads."""
    table, log = folder / "strace-table", folder / "strace-log"
    with log.open("wb") as output:
        tracer = subprocess.Popen(["strace", "-f", "-c", "-p", str(client.popen.pid), "-o", table], stderr=output)
    wait_for("strace", lambda: b"attached" in log.read_bytes() or tracer.poll() is not None)
    begin = counter.frames()
    time.sleep(STRACE)
    count = counter.frames() - begin
    tracer.send_signal(signal.SIGINT)
    tracer.wait(5)
    # % time, seconds, µs a call, calls, perhaps errors, name
    rows = re.findall(r"^ *[\d.]+ +[\d.]+ +\d+ +(\d+) +(?:\d+ +)?(\w+)$", table.read_text(encoding="utf-8"), re.M)
    return {name: int(calls) / count for calls, name in rows if name not in ("total", "restart_syscall")}


def trial(program: Program, compositor, shim: pathlib.Path, seconds: float, trace: bool) -> dict:
    """What was found, or {"why": …}."""
    counter = Counter(compositor.folder)
    env = {**compositor.environment, "LD_PRELOAD": str(shim), "COMMIT_COUNT": str(counter.file)}
    begin = time.monotonic()
    with Process(program.command, compositor.folder / "bench.log", env) as client:
        try:
            wait_for("the first frame", lambda: counter.frames() or not client.runs())
            start = (counter.first() - begin) * 1000
            time.sleep(SETTLE)
            found = {"start": start, **_measure(client, compositor, counter, seconds)}
            found["peak"] = peak_mib(client.popen.pid)
            if trace and shutil.which("strace"):
                found["calls"] = _count_calls(client, counter, compositor.folder)
            return found
        except AssertionError as error:
            return {"why": str(error).splitlines()[-1] if client.runs() else client.tail(1) or "it ends at once"}
