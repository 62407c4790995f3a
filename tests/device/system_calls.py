"""Whose system calls are these? Reads what "strace -k" writes of several threads: each call and its stack.

A call is the program's or the Vulkan driver's (with its loader and the layer of faults, which stands for a driver),
whoever comes first on the stack from the call outwards; where neither does, it counts as the program's.
"""
import pathlib
import re
from dataclasses import dataclass, field
from typing import Iterator

PROGRAM = "drm-show"
DRIVER = ("libvulkan", "vulkan-faults")
COMMIT = "DRM_IOCTL_MODE_ATOMIC"
HAND_OVER = "WorkThread::"  # to the thread that draws, and back


@dataclass
class Call:
    text: str
    stack: list[tuple[str, str]] = field(default_factory=list)  # (file, function), the innermost first

    @property
    def name(self) -> str:
        return self.text.partition("(")[0]

    def place(self) -> tuple[str, str]:
        """The innermost place in program or driver."""
        for file, function in self.stack:
            if file == PROGRAM or file.startswith(DRIVER):
                return file, function
        return PROGRAM, ""

    def is_ours(self) -> bool:
        return self.place()[0] == PROGRAM

    def is_commit(self) -> bool:
        return self.is_ours() and COMMIT in self.text

    def hands_over(self) -> bool:
        return self.is_ours() and HAND_OVER in self.place()[1]


def parse(trace: pathlib.Path) -> Iterator[Call]:
    """The calls, in the order in which they ended."""
    unfinished: dict[str, str] = {}
    call = None
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if found := re.match(r" > (\S*?)\((.*)\) \[", line):
            if call:
                call.stack.append((pathlib.Path(found[1]).name, found[2]))
            continue
        if call:
            yield call
        call = None
        if not (found := re.match(r"(\d+) +(.*)", line)):
            continue
        thread, text = found.groups()
        if text.endswith("<unfinished ...>"):
            unfinished[thread] = text
        elif resumed := re.match(r"<\.\.\. \w+ resumed>(.*)", text):
            call = Call(unfinished.pop(thread, "unknown(") + resumed[1])
        elif re.match(r"\w+\(", text):
            call = Call(text)
    if call:
        yield call


def between_commits(calls: list[Call]) -> list[Call]:
    """After the first commit, up to the last one: whole frames."""
    commits = [number for number, call in enumerate(calls) if call.is_commit()]
    return calls[commits[0] + 1:commits[-1] + 1] if commits else []
