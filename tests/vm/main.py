"""From the command line to an exit status."""

import os
import shutil
import signal
import sys
import time
from pathlib import Path

import cache
import guard
import options
import uml
import uml_kernel
from session import Session
from stream import Ending, Loop, Streams
from trouble import Trouble, UsageError

LATE, BROKEN, USAGE = 124, 125, 2
LOG_LINES = 40


def _say(text: str) -> None:
    print(f"tests/vm/run: {text}", file=sys.stderr, flush=True)


def _machine(given):
    if given.display in ("uml-vkms", "none"):
        return uml.Uml
    import qemu
    return qemu.Qemu


def _list() -> int:
    for name, text in options.DISPLAYS.items():
        print(f"{name:12} {text}")
    state = "built" if uml_kernel.ready() else "not built yet"
    print(f"\nUser-Mode Linux kernel: {state}. Cache: {cache.folder()}")
    return 0


def _follow(machine, loop: Loop) -> Ending:
    try:
        machine.opened(loop.streams)
    except Trouble as error:
        ending = loop.rest()
        ending.trouble = f"{error}\n{_last(ending)}"
        return ending
    return loop.run()


def _last(ending: Ending) -> str:
    return "\n".join(ending.log.decode(errors="replace").splitlines()[-LOG_LINES:])


def _run(given) -> Ending:
    machine = _machine(given)(given)
    session = Session(given, machine.lines())
    try:
        return _guarded(given, machine, session)
    finally:
        # The guard did this already, unless it could not start or was killed.
        shutil.rmtree(session.folder, ignore_errors=True)


def _guarded(given, machine, session: Session) -> Ending:
    streams = Streams(machine.stream_names())
    fds = {"pass": [end.fileno() for end in streams.theirs.values()],
           "stdout": streams.theirs["log"].fileno(),
           "close": [end.fileno() for end in (*streams.theirs.values(), *streams.ours.values())]}
    argv = machine.arguments(session, streams)
    pid, line = guard.start(argv, fds, time.monotonic() + given.time_limit, session.folder)
    streams.close_theirs()
    try:
        ending = _follow(machine, Loop(streams, line, machine.answer))
        session.bring_back()
    finally:
        line.close()  # the guard now kills what is left and removes the session's folder
        os.waitpid(pid, 0)
    return ending


def _status(given, ending: Ending) -> int:
    if given.kernel_log:
        Path(given.kernel_log).write_bytes(ending.log)
    if ending.status is not None:
        return ending.status
    if ending.trouble:
        _say(ending.trouble)
        return BROKEN
    if ending.late:
        _say(f"stopped: the time limit of {given.time_limit:g} s is over.")
        if ending.ready:
            return LATE
    _say(f"the guest {'did not come up' if not ending.ready else 'died'}; "
         f"its last messages:\n{_last(ending)}")
    return LATE if ending.late else BROKEN


def _stop(number, _frame):
    raise SystemExit(128 + number)


def main(argv: list[str]) -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        given = options.parse(argv)
        if given.list:
            return _list()
        if given.prepare:
            _machine(given).prepare(given)
            return 0
        return _status(given, _run(given))
    except UsageError as error:
        _say(f"{error} See --help.")
        return USAGE
    except Trouble as error:
        _say(str(error))
        return BROKEN
