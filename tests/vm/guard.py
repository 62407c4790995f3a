"""A small process between us and the virtual machine, so that nothing is ever left behind.

It adopts every descendant of the machine (a child subreaper), kills them all when
the machine ends, when the time is up or when we die by whatever cause (its end of
the socket then reads end-of-file), and removes the session's folder.
"""

import ctypes
import os
import select
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
LIBC = ctypes.CDLL(None, use_errno=True)


def _parents() -> dict[int, int]:
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text(encoding="utf-8", errors="replace")
            found[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            continue  # it ended while we looked
    return found


def descendants(root: int) -> list[int]:
    parents = _parents()
    found, fresh = [], {root}
    while fresh:
        fresh = {pid for pid, parent in parents.items() if parent in fresh}
        found.extend(fresh)
    return found


def _kill_all() -> None:
    """Kill and reap descendants until none is left: new ones may appear meanwhile."""
    for _ in range(500):
        for pid in descendants(os.getpid()):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.01)


def _before_exec() -> None:
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _watch(line: socket.socket, machine: int, deadline: float) -> None:
    """Return when the machine must go; tell the other side what happened, if it listens."""
    pidfd = os.pidfd_open(machine)
    while True:
        left = max(0.0, deadline - time.monotonic())
        ready, _, _ = select.select([line, pidfd], [], [], left)
        word = b"ended" if pidfd in ready else b"late" if not ready else b""
        if line in ready or not word:
            return
        try:
            line.sendall(word)
        except OSError:
            pass
        # Keep the session's folder until the other side has taken what it wants.
        _kill_all()
        select.select([line], [], [], 30)
        return


def _guard(line: socket.socket, argv: list[str], fds: dict, deadline: float, folder: Path) -> None:
    os.setsid()
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1)
    try:
        machine = subprocess.Popen(argv, pass_fds=fds["pass"], stdin=subprocess.DEVNULL,
                                   stdout=fds["stdout"], stderr=fds["stdout"],
                                   preexec_fn=_before_exec, cwd="/")
        for fd in fds["close"]:
            os.close(fd)
        _watch(line, machine.pid, deadline)
    finally:
        _kill_all()
        shutil.rmtree(folder, ignore_errors=True)


def start(argv: list[str], fds: dict, deadline: float, folder: Path) -> tuple[int, socket.socket]:
    """Start ARGV guarded. Returns the guard's pid and a socket: close it to end everything.

    The socket says "ended" when the machine ended by itself, "late" when the time was up.
    """
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid:
        theirs.close()
        return pid, ours
    status = 1
    try:
        ours.close()
        _guard(theirs, argv, fds, deadline, folder)
        status = 0
    finally:
        os._exit(status)
    return 0, theirs
