"""How fast this processor's time stamp counter runs. An emulated guest has the same one, and measures it with
timers that are late on a busy machine: its clock then ran up to eight times too fast."""

import ctypes
import mmap
import platform
import time

# rdtsc; shl rdx, 32; or rax, rdx; ret
READ_COUNTER = bytes.fromhex("0f31 48c1e220 4809d0 c3")
SECONDS = 0.1
TRIES = 20


def khz() -> int:
    """In kHz, 0 where it cannot be known."""
    if platform.machine() != "x86_64":
        return 0
    try:
        code = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    except OSError:  # there are systems that forbid memory to be written and executed
        return 0
    code.write(READ_COUNTER)
    read = ctypes.CFUNCTYPE(ctypes.c_uint64)(ctypes.addressof(ctypes.c_char.from_buffer(code)))
    first = _together(read)
    time.sleep(SECONDS)
    second = _together(read)
    return round((second[1] - first[1]) * 1_000_000 / (second[0] - first[0]))


def _together(read) -> tuple[int, int]:
    """The time in nanoseconds, and the counter: the one of several tries that was least disturbed."""
    tries = []
    for _ in range(TRIES):
        begin, counter, end = time.monotonic_ns(), read(), time.monotonic_ns()
        tries.append((end - begin, begin, counter))
    return min(tries)[1:]
